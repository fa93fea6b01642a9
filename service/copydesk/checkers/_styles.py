"""What a house writes in one way throughout: percentages, millions, hours, abbreviations, dates."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from copydesk.checkers._narration import MASK, Use
from copydesk.model import Span

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_IN_NAMES = " (?:Airways|Bancorp|Bank|News|Open|Steel|Today|Weekly|Women)"  # after the letters of a country
_DAY_FIRST, _MONTH_FIRST = "day first", "month first"
_KNOWN_BY_DATE = frozenset({"September 11", "11 September", "July 4", "4 July", "May 9", "9 May", "May 1", "1 May"})


@dataclass(frozen=True, slots=True)
class Topic:
    """One thing that can be written in several ways; `uses` finds the places in the narrator's words.

    `fewest` is that of `mixture`.
    """

    rule: str
    uses: Callable[[str], list[Use]]
    fewest: int = 2


def _forms(*forms: tuple[str, str, str]) -> Callable[[str], list[Use]]:
    """Finds each of `forms`: a part of every such place, the pattern that finds them, and what is written there.

    Most paragraphs have none of the parts, and no pattern is tried on them.
    """
    patterns = [(part, re.compile(pattern), written) for part, pattern, written in forms]
    instead = {written: written for _, _, written in forms}

    def uses(words: str) -> list[Use]:
        found = (
            Use(written, Span(*match.span()), _before_stop(words, match, instead))
            for part, pattern, written in patterns
            if part in words
            for match in pattern.finditer(words)
        )
        return sorted(found, key=lambda use: use.span)

    return uses


def _before_stop(words: str, match: re.Match[str], instead: dict[str, str]) -> dict[str, str]:
    """`instead`, where a full stop of the match may be the sentence's too.

    At the end of a paragraph it is; before a capital (“5 p.m. Monday”, “5 p.m. He left”) nobody can tell.
    """
    after = words[match.end() : match.end() + 2]
    if not match.group().endswith(".") or after[:1] not in ("", " ", "\n", "\r", MASK):
        return instead
    if after[:1] != " ":
        return {style: f"{text.rstrip('.')}." for style, text in instead.items()}
    return instead if after[1:].islower() else {}


def _dates(words: str) -> list[Use]:
    """Days with their month. Days that are known by their date (September 11) are called so in every style."""
    return sorted(_found_dates(words), key=lambda use: use.span)


def _found_dates(words: str) -> Iterator[Use]:
    for match in _DAY_THEN_MONTH.finditer(words):
        if f"{match['day']} {match['month']}" not in _KNOWN_BY_DATE:
            year = f", {match['year']}" if match["year"] else ""
            after = words[match.end() : match.end() + 1]
            whole = not year or after in ".,;:)"  # elsewhere a comma would have to follow the year
            instead = {_MONTH_FIRST: f"{match['month']} {match['day']}{year}"} if whole else {}
            yield Use(_DAY_FIRST, Span(*match.span()), instead)
    for match in _MONTH_THEN_DAY.finditer(words):
        if f"{match['month']} {match['day']}" not in _KNOWN_BY_DATE:
            year = f" {match['year']}" if match["year"] else ""
            whole = not year or words[match.end() : match.end() + 1] != ","  # a comma that may have to go
            instead = {_DAY_FIRST: f"{match['day']} {match['month']}{year}"} if whole else {}
            yield Use(_MONTH_FIRST, Span(*match.span()), instead)


_DAY_THEN_MONTH = re.compile(
    rf"(?<![\w.,:/-])(?P<day>[12]?\d|3[01])(?:st|nd|rd|th)? (?P<month>{_MONTHS})\b(?:,? (?P<year>(?:19|20)\d\d)\b)?"
)
_MONTH_THEN_DAY = re.compile(
    rf"\b(?P<month>{_MONTHS}) (?P<day>[12]?\d|3[01])(?:st|nd|rd|th)?(?![\w:%])(?!\.\d)(?:,? (?P<year>(?:19|20)\d\d)\b)?"
)

_WHOLE_MILLIONS = re.compile(r"(?<![\d.,])(?P<count>\d{1,3}),000(?P<billion>,000)?,000(?![\d,])")
_WORD_MILLIONS = re.compile(r"\d (?:million|billion)\b")


def _millions(words: str) -> list[Use]:
    """Round millions in digits, and those in words."""
    found = [Use("5 million", Span(*match.span())) for match in _WORD_MILLIONS.finditer(words)]
    for match in _WHOLE_MILLIONS.finditer(words):
        instead = f"{match['count']} {'billion' if match['billion'] else 'million'}"
        found.append(Use("5,000,000", Span(*match.span()), {"5 million": instead}))
    return sorted(found, key=lambda use: use.span)


_HALF_DAY = re.compile(r"\d ?(?:[ap]\.m\.|[ap]m\b|[AP]M\b)")
_WHOLE_DAY = re.compile(r"(?<![\d:])(?P<hour>1[3-9]|2[0-3]):(?P<minute>[0-5]\d)\b(?![:.]\d| ?[A-Z(]|[^()\n]{0,80}\))")


def _hours(words: str) -> list[Use]:
    """Hours of the afternoon on a dial of twelve and of twenty-four; those with a time zone are somebody's clock."""
    found = [Use("5 p.m.", Span(*match.span())) for match in _HALF_DAY.finditer(words)]
    for match in _WHOLE_DAY.finditer(words):
        minute = "" if match["minute"] == "00" else f":{match['minute']}"
        found.append(Use("17:00", Span(*match.span()), {"5 p.m.": f"{int(match['hour']) - 12}{minute} p.m."}))
    return sorted(found, key=lambda use: use.span)


def _words(*forms: str) -> Callable[[str], list[Use]]:
    """One word in several spellings, with a capital or without, and with an ending."""
    return _forms(*((form[1:], rf"\b(?i:{form[0]}){form[1:]}(?=(?:s|ed|ing)?\b)", form) for form in forms))


def _abbreviation(dotted: str) -> Callable[[str], list[Use]]:
    """One abbreviation with its full stops and without; US$ is a currency, and U.S. Steel a name."""
    plain = dotted.replace(".", "")
    bare = (plain, rf"(?<![\w.$]){plain}(?![\w$€£]|\.\w|{_IN_NAMES})", plain)
    return _forms((dotted, rf"\b{re.escape(dotted)}(?!\w|{_IN_NAMES})", dotted), bare)


_SIGN = ("%", r"(?<=\d) ?%(?!\w)", "%")
_BILLION = ("billion", r"(?<=\d) billion\b", " billion")

TOPICS = (
    Topic("percent", _forms(("percent", r"\bpercent\b", "percent"), ("per cent", r"\bper cent\b", "per cent"))),
    Topic("percent", _forms(("percent", r"(?<=\d) percent\b", " percent"), _SIGN)),
    Topic("percent", _forms(("per cent", r"(?<=\d) per cent\b", " per cent"), _SIGN)),
    Topic("magnitude", _forms(_BILLION, ("bn", r"(?<=\d) ?bn\b", "bn"))),
    Topic("magnitude", _millions),
    Topic(
        "clock",
        _forms(("p.m.", r"(?<=\d) ?p\.m\.", " p.m."), ("pm", r"(?<=\d) ?pm\b", "pm"), ("PM", r"(?<=\d) ?PM\b", " PM")),
    ),
    Topic(
        "clock",
        _forms(("a.m.", r"(?<=\d) ?a\.m\.", " a.m."), ("am", r"(?<=\d) ?am\b", "am"), ("AM", r"(?<=\d) ?AM\b", " AM")),
    ),
    Topic("clock", _hours),
    Topic("word-form", _forms(("OK", r"\bOK\b", "OK"), ("kay", r"\b[Oo]kay\b", "okay"))),
    Topic("word-form", _words("email", "e-mail")),
    Topic("word-form", _words("website", "web site", "web-site")),
    Topic("word-form", _words("adviser", "advisor")),
    Topic("word-form", _words("ceasefire", "cease-fire")),
    Topic("word-form", _words("cyberattack", "cyber attack", "cyber-attack")),
    Topic("word-form", _words("vice president", "vice-president")),
    Topic("word-form", _forms(("COVID-19", r"\bCOVID-19\b", "COVID-19"), ("Covid-19", r"\bCovid-19\b", "Covid-19"))),
    Topic("abbreviation", _abbreviation("U.S.")),
    Topic("abbreviation", _abbreviation("U.N.")),
    Topic("abbreviation", _abbreviation("U.K.")),
    Topic("abbreviation", _abbreviation("E.U.")),
    Topic("date-order", _dates),
)
"""A pair of ways each, so that “5 per cent” is told from “5%” apart from how the word is spelt."""
