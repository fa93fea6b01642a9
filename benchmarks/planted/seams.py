"""Plants seams: what a cut, a lost break or a page's edge leaves."""

from __future__ import annotations

import re
import textwrap
from random import Random

from benchmarks.planted.planters import (
    Planted,
    Planter,
    between_lines,
    line_break,
    replaced,
    some_match,
    with_caption,
    with_line,
)
from copydesk.model import Family, Span

_STOP = re.compile(r"(?<=[a-z]{3}[.]) (?=[A-Z][a-z]* [a-z])")
_YEAR_STOP = re.compile(r"(?<= in )((?:19|20)\d\d)\. (?=[A-Z][a-z]+ [a-z])")
_WORD = re.compile(r"(?<=[a-z] )[a-z]{8,}(?= [a-z])")
_GAP = re.compile(r"(?<=[a-z]{3} [a-z]{4}) (?=[a-z]{3,} [a-z])|(?<=[a-z]{6}) (?=[a-z]{3,} [a-z])")
_LAST_WORD = re.compile(r"(?<=[a-z] )[a-z]{4,}\.(?= [A-Z][a-z]+ [a-z])")
_PARAGRAPH = re.compile(r"^[A-Z][^\n]{200,900}[.]$", re.M)
_PLAIN = re.compile(r"^[A-Z][^\n\"“”()]{120,900}[.]$", re.M)
_LABELS = ("•", "-", "2.", "3)", "*", "Source:", "Photo:", "Author:")
_DEBRIS = ("Advertisement", "Read more: A village without a school", "Photo: Marta Lindgren")


def _no_space(text: str, random: Random) -> Planted | None:
    """The space between two sentences is lost."""
    place = some_match(_STOP, text, random)
    if place is None:
        return None
    planted = text[: place.start()] + text[place.end() :]
    return Planted(planted, (Span(place.start() - 1, place.start() + 1),), (text,))


def _year_joined(text: str, random: Random) -> Planted | None:
    """A year at the end of a line and the next word are one: “2022The”."""
    made = with_caption(text, random)
    if made is None:
        return None
    clean, caption = made
    said = caption.of(clean).removesuffix(".") + f" in {random.randrange(1990, 2024)}"
    return _joined(text, clean, caption, said)


def _words_joined(text: str, random: Random) -> Planted | None:
    """A line without a stop and the next one are one: “endStart”."""
    made = with_caption(text, random)
    return _joined(text, made[0], made[1], made[1].of(made[0]).removesuffix(".")) if made else None


def _joined(text: str, clean: str, line: Span, said: str) -> Planted | None:
    """`said` in place of `line`, glued to the line below; mended by a space or by the break."""
    after = clean[line.end + len(line_break(text)) :]
    first = re.match(r"[A-Z][a-z]+(?= )", after)
    if first is None:
        return None
    head = clean[: line.start] + said
    start = head.rfind(" ") + 1
    spans = (Span(start, len(head) + first.end()), Span(len(head) - 1, len(head) + 1))
    return Planted(head + after, spans, (f"{head} {after}", head + line_break(text) + after))


def _doubled(text: str, random: Random) -> Planted | None:
    """The last word of a sentence once more, as a sentence, with the dots of the cut or without."""
    place = some_match(_LAST_WORD, text, random)
    if place is None:
        return None
    word = place.group()
    again = " " + random.choice([word, word.capitalize(), word + " . .", word + " . . ."])
    made = replaced(text, place.end(), place.end(), again)
    return Planted(made.text, (Span(place.start(), made.spans[0].end),), made.wanted)


def _wrapped(text: str, random: Random) -> Planted | None:
    """A paragraph broken at a column."""
    paragraph = some_match(_PARAGRAPH, text, random)
    if paragraph is None or "  " in paragraph.group():
        return None
    width = random.choice([66, 72, 78])
    lines = textwrap.fill(paragraph.group(), width, break_long_words=False, break_on_hyphens=False)
    made = replaced(text, *paragraph.span(), lines)
    at = paragraph.start() + lines.index("\n")
    return Planted(made.text, (Span(at, at + 1), made.spans[0]), made.wanted)


def _hyphenated(text: str, random: Random) -> Planted | None:
    """A word with the hyphen and the space, or the line end, of a page's edge."""
    place = some_match(_WORD, text, random)
    if place is None:
        return None
    word = place.group()
    at = random.randrange(3, len(word) - 3)
    return replaced(text, *place.span(), word[:at] + random.choice(["- ", "-\n"]) + word[at:])


def _bracket(text: str, random: Random) -> Planted | None:
    """A bracket without its partner."""
    paragraph = some_match(_PLAIN, text, random)
    place = some_match(_GAP, paragraph.group(), random) if paragraph else None
    if paragraph is None or place is None:
        return None
    at = paragraph.start() + place.start()
    if random.random() < 0.5:
        return replaced(text, at, at, random.choice(")]"))
    return replaced(text, at + 1, at + 1, random.choice("(["))


def _quote(text: str, random: Random) -> Planted | None:
    """A quotation mark without its partner, of the kind that the text has."""
    paragraph = some_match(_PLAIN, text, random)
    place = some_match(_GAP, paragraph.group(), random) if paragraph else None
    if paragraph is None or place is None:
        return None
    at = paragraph.start() + place.start()
    opening, closing = ('"', '"') if '"' in text else ("“", "”")
    after = text[paragraph.end() :].lstrip()[:1]
    if random.random() < 0.5 or after in ("“", '"'):  # an opening mark would be right there: the quotation goes on
        return replaced(text, at, at, closing)
    return replaced(text, at + 1, at + 1, opening)


def _broken(text: str, random: Random) -> Planted | None:
    """A paragraph broken in the middle of a sentence."""
    return _parted(text, random, "")


def _interrupted(text: str, random: Random) -> Planted | None:
    """A paragraph broken by a line: debris goes as well, a credit may stand after the paragraph."""
    return _parted(text, random, random.choice(_DEBRIS))


def _parted(text: str, random: Random, line: str) -> Planted | None:
    paragraph = some_match(_PARAGRAPH, text, random)
    if paragraph is None:
        return None
    places = [m for m in _GAP.finditer(paragraph.group()) if 70 < m.start() < len(paragraph.group()) - 40]
    if not places:
        return None
    place = random.choice(places)
    start, end = paragraph.start() + place.start(), paragraph.start() + place.end()
    gap = line_break(text)
    planted = text[:start] + gap + (line + gap if line else "") + text[end:]
    after = re.compile(r"[a-z]+").match(text, end)
    grown = len(planted) - len(text)
    ends = (after.end() if after else end) + grown
    begins = end + grown if line else text.rfind(" ", 0, start) + 1  # without a line between, both halves are shown
    moved = text[: paragraph.end()] + gap + line + text[paragraph.end() :]
    return Planted(planted, (Span(begins, ends),), (text, moved) if line else (text,))


def _stop_inside(text: str, random: Random) -> Planted | None:
    """A full stop in the middle of a sentence."""
    place = some_match(_GAP, text, random)
    if place is None:
        return None
    word = text.rfind(" ", 0, place.start()) + 1
    after = re.compile(r"[a-z]+").match(text, place.end())
    end = after.end() if after else place.end()
    planted = text[: place.start()] + "." + text[place.start() :]
    return Planted(planted, (Span(word, end + 1),), (text,))


def _label(text: str, random: Random) -> Planted | None:
    """A bullet, a number or a label, and nothing after it."""
    at = between_lines(text, random)
    if at is None:
        return None
    line = random.choice(_LABELS)
    return Planted(with_line(text, at, line), (Span(at, at + len(line)),), (text,))


SEAM_PLANTERS = (
    Planter("sentences joined", Family.SEAMS, _no_space),
    Planter("year and word joined", Family.SEAMS, _year_joined),
    Planter("words joined", Family.SEAMS, _words_joined),
    Planter("word doubled over a stop", Family.SEAMS, _doubled),
    Planter("hard-wrapped", Family.SEAMS, _wrapped),
    Planter("hyphen of a page's edge", Family.SEAMS, _hyphenated),
    Planter("orphaned bracket", Family.SEAMS, _bracket),
    Planter("orphaned quotation mark", Family.SEAMS, _quote),
    Planter("paragraph broken", Family.SEAMS, _broken),
    Planter("paragraph interrupted", Family.SEAMS, _interrupted),
    Planter("stop in the sentence", Family.SEAMS, _stop_inside),
    Planter("bare label", Family.SEAMS, _label),
)
