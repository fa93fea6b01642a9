"""Debris: lines that are nothing but page furniture are found in any wording, article text is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.checkers import Resources
from copydesk.checkers.debris import DebrisChecker
from copydesk.findings.correct import correct
from copydesk.findings.merge import merge
from copydesk.model import Family, Finding, Safety, Span
from copydesk.names.lexicon import shipped_lexicon
from copydesk.packs import load_packs, shipped_rules
from copydesk.packs.lines import moved, normal, one_line_each, whole_line
from copydesk.read import read
from desks import plain_desk

RULES = plain_desk().rules
CHECKER = DebrisChecker(RULES, Resources(shipped_lexicon()))
SAFE = frozenset({Safety.SAFE})


def findings(text: str, language: str = "en-US") -> tuple[Finding, ...]:
    document, _ = read(text, language=language)
    found = [remark for remark in CHECKER.check(document) if isinstance(remark, Finding)]
    return merge(found, len(text))


def lines_found(text: str, language: str = "en-US") -> list[str]:
    return [f.span.of(text) for f in findings(text, language)]


@pytest.mark.parametrize(
    "line",
    [
        "NEWNow you can listen to Fox News articles!",
        "You can now listen to the Daily Courier’s articles.",
        "Listen to this story",
        "CLICK HERE TO DOWNLOAD THE DAILY COURIER APPLICATION",
        "Subscribe to our Telegram channel so as not to miss the news",
        "Follow us on Google News and stay informed",
        "This article was translated automatically.",
        "Advertising. Continued below",
        "ALSO READ | What is known about the storm",
        "If you notice an error, highlight it with the mouse and press Ctrl + Enter.",
        "© 2022 Daily Courier. All rights reserved.",
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\n\n"])
def test_a_line_of_debris_is_found_whole_and_removed(line: str, end: str) -> None:
    text = f"The mayor spoke on Friday.{end}{line}{end}He left at noon."
    assert lines_found(text) == [line]
    assert correct(text, findings(text), SAFE).text == f"The mayor spoke on Friday.{end}He left at noon."


@pytest.mark.parametrize(
    "sentence",
    [
        "The firm said readers can now listen to its articles, which are read by a machine, on Mondays.",
        "He asked them to subscribe to our newsletter when they met in the square of the old town.",
        "Police asked people to share this story with their friends after the girl went missing.",
        "The advertisement, which ran for a week, was withdrawn after complaints.",
        "“Follow us,” the guide said, and everyone did.",
        "NEWSWEEK reported the figures first.",
        "The train leaves at 08:15.",
    ],
)
def test_the_same_words_in_a_sentence_are_left_alone(sentence: str) -> None:
    assert lines_found(sentence) == []


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("de-DE", "Folgen Sie uns auf Facebook und Instagram"),
        ("fr", "Inscrivez-vous vite à notre newsletter"),
        ("es", "Suscríbete ya a nuestro boletín"),
        ("pl-PL", "Zapisz się na nasz newsletter!"),
        ("ru-RU", "Подписывайтесь на наш телеграм-канал!"),
        ("uk-UA", "Підписуйтесь на наш телеграм-канал!"),
    ],
)
def test_reworded_phrases_of_other_languages(language: str, line: str) -> None:
    assert lines_found(line, language) == [line]


def test_a_rule_is_for_its_language() -> None:
    assert lines_found("Weiterlesen", "en-US") == []


def test_of_a_glued_label_only_the_label_goes() -> None:
    text = "WATCHHow the storm hit the coast\nAdvertisementThe minister spoke.\nThe actor leaves  Play Video2:14"
    assert correct(text, findings(text), SAFE).text == (
        "How the storm hit the coast\nThe minister spoke.\nThe actor leaves"
    )


def test_words_of_a_line() -> None:
    assert normal("NEWNow you can, 3 times!") == "now you can times"
    assert normal("NATO") == "nato"


@pytest.mark.parametrize(
    ("text", "line", "rest"),
    [
        ("a\nX\nb", "X", "a\nb"),
        ("a\n\nX\n\nb", "X", "a\n\nb"),
        ("a\r\n\r\nX\r\n\r\nb", "X", "a\r\n\r\nb"),
        ("a\n\nX", "X", "a"),
        ("a\n\nX\n", "X", "a\n"),
        ("X\nb", "X", "b"),
        ("X", "X", ""),
    ],
)
def test_whole_line(text: str, line: str, rest: str) -> None:
    start = text.index(line)
    span = whole_line(text, Span(start, start + len(line)))
    assert text[: span.start] + text[span.end :] == rest


@given(st.lists(st.text("ab \t.", max_size=12), max_size=8), st.sampled_from(["\n", "\r\n", "\n\n", "\r"]))
def test_one_line_each_keeps_places(lines: list[str], end: str) -> None:
    text = end.join(lines)
    document, _ = read(text, language="en-US")
    flat, own = one_line_each(document)
    for segment in flat.segments:
        span, _ = moved(segment.span, flat, own)
        assert span.of(text).replace("\r", " ").replace("\n", " ") == segment.span.of(flat.text)


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en-US", "Register here to get our free bulletin by e-mail"),
        ("en-US", "Please turn on push alerts for our news"),
        ("en-US", "Join us on Viber and on our YouTube channel"),
        ("en-US", "Spotted a typo? Select it and press Ctrl + Enter"),
        ("de-DE", "Bestellen Sie jetzt kostenlos unseren täglichen Newsletter"),
        ("fr", "Inscrivez-vous pour recevoir notre lettre gratuite"),
        ("es", "Recibe cada día nuestro boletín gratuito"),
        ("pl-PL", "Zapisz się i otrzymuj nasz newsletter codziennie"),
        ("ru-RU", "Подпишитесь и читайте нас также в Вайбере"),
        ("uk-UA", "Підпишіться та читайте нас також у Вайбері"),
    ],
)
def test_a_line_in_other_words_is_found_by_its_heads(language: str, line: str) -> None:
    assert lines_found(line, language) == [line]


@pytest.mark.parametrize(
    "sentence",
    [
        "Subscribers were told to register for the newsletter.",
        "The bank sends a newsletter to its customers",
        "Support for the newspaper of the miners fell",
        "“Subscribe to our newsletter today”",
        "Turn left, and the alerts of the sirens reach your street from the harbour",
    ],
)
def test_a_line_that_tells_a_story_is_not_reworded_debris(sentence: str) -> None:
    assert lines_found(sentence) == []


@pytest.mark.parametrize(
    "row",
    [
        "Subscribe for $1 a weekSign InSave this story",
        "Share this withCopy linkAbout sharing",
        "HomeFootballLive ScoresTablesTransfers",
        "Home | World | Politics",
        "16:42 | 1823 | 0 comments | Print | A- A+",
        "Read us on Telegram! Subscribe to our daily newsletter",
    ],
)
def test_a_row_of_debris_goes_whole(row: str) -> None:
    text = f"The mayor spoke on Friday.\n\n{row}\n\nHe left at noon."
    assert lines_found(text) == [row]
    assert correct(text, findings(text), SAFE).text == "The mayor spoke on Friday.\n\nHe left at noon."


@pytest.mark.parametrize("line", ["Politics", "World Politics", "Sport and culture", "Home | Alone | Again"])
def test_what_is_debris_only_in_a_row_is_left_alone_elsewhere(line: str) -> None:
    assert lines_found(f"The mayor spoke on Friday.\n\n{line}\n\nHe left at noon.") == []


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("The mayor spoke on Friday.Read more", "The mayor spoke on Friday."),
        ("The mayor spoke (Read also: How the storm hit the coast) and left.", "The mayor spoke and left."),
    ],
)
def test_of_a_paragraph_only_the_glued_debris_goes(text: str, rest: str) -> None:
    assert correct(text, findings(text), frozenset(Safety)).text == rest


def test_every_kind_has_rules_in_every_language() -> None:
    own = RULES.of(Family.DEBRIS)
    assert len(own) >= 300
    folder = shipped_rules() / "debris"
    kinds = "advertisement agency app comments consent images navigation newsletter paywall players promotion related"
    for kind in [*kinds.split(), "social", "widgets"]:
        packs = {pack.stem for pack in (folder / kind).glob("*.yaml")}
        assert packs >= {"en", "de", "fr", "es", "pl", "ru", "uk"}, kind


def test_a_pack_holds_one_language() -> None:
    for pack in (shipped_rules() / "debris").glob("*/*.yaml"):
        languages = {rule.language for rule in load_packs([pack])}
        assert languages == {pack.stem}, pack
