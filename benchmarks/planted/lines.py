"""Plants what comes by the line: captions, duplicates and debris."""

from __future__ import annotations

import re
from collections.abc import Callable
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
from benchmarks.planted.wordings import WORDINGS
from copydesk.model import Family, Span

_PARAGRAPH = re.compile(r"^[A-Z][^\n]{160,900}[.]$", re.M)
_SENTENCE = re.compile(r"(?<=[a-z]{4}\. )[A-Z][^.!?“”\"()\n]{50,200}[a-z]{3}\.(?= [A-Z])")
_LONG_WORD = re.compile(r"(?<=\s)[A-Z]?[a-z]{6,}(?=[ ,])")
_CREDITS = ("Photo: Marta Lindgren", "Photograph by Owen Castell", "Image: Getty Images", "Picture: Ruta Balode / AFP")


def _twice(text: str, random: Random) -> Planted | None:
    """The caption a second time, below."""
    return _copied(text, random, lambda caption: caption)


def _other_stop(text: str, random: Random) -> Planted | None:
    """The second has a full stop, or lost it."""
    return _copied(text, random, lambda caption: caption[:-1] if caption.endswith(".") else caption + ".")


def _misspelt(text: str, random: Random) -> Planted | None:
    """One letter of one word is another in the copy; either of the two may go."""

    def spelt(caption: str) -> str | None:
        word = some_match(_LONG_WORD, caption, random)
        if word is None:
            return None
        at = random.randrange(word.start() + 2, word.end() - 1)
        other = random.choice([c for c in "aeiou" if c != caption[at]])
        return caption[:at] + other + caption[at + 1 :]

    planted = _copied(text, random, spelt)
    if planted is None:
        return None
    second = planted.spans[0]
    first = Span(planted.text.rfind("\n", 0, second.start - 2) + 1, second.start - len(line_break(text)))
    other = planted.text[: first.start] + planted.text[second.start :]
    return Planted(planted.text, (second, first), (*planted.wanted, other))


def _copied(text: str, random: Random, copy: Callable[[str], str | None]) -> Planted | None:
    """A caption, and below it what `copy` makes of it."""
    made = with_caption(text, random)
    if made is None:
        return None
    clean, caption = made
    second = copy(caption.of(clean))
    if second is None:
        return None
    at = caption.end + len(line_break(text))
    return Planted(with_line(clean, at, second), (Span(at, at + len(second)),), (clean,))


def _cut_off(text: str, random: Random) -> Planted | None:
    """Above the caption its alt text, cut with an ellipsis."""
    return _shortened(text, random, random.choice(["...", "…", " ..."]))


def _cut_short(text: str, random: Random) -> Planted | None:
    """Above the caption its alt text, cut after a word."""
    return _shortened(text, random, "")


def _shortened(text: str, random: Random, end: str) -> Planted | None:
    made = with_caption(text, random)
    if made is None:
        return None
    clean, caption = made
    words = [m for m in re.finditer(r"\w{3,}(?= \w)", caption.of(clean)) if 0.6 < m.end() / len(caption) < 0.9]
    if not words:
        return None
    cut = caption.of(clean)[: random.choice(words).end()] + end
    at = caption.start
    return Planted(with_line(clean, at, cut), (Span(at, at + len(cut)),), (clean,))


def _credited(text: str, random: Random) -> Planted | None:
    """The caption, and again with its credit, which may stay alone, stay with one caption, or go."""
    made = with_caption(text, random)
    if made is None:
        return None
    clean, caption = made
    said, credit = caption.of(clean), random.choice(_CREDITS)
    at = caption.end + len(line_break(text))
    copy = Span(at, at + len(said))
    whole = Span(caption.start, caption.end)
    kept_credit = with_line(clean, at, credit)
    one = clean[: caption.end] + " " + credit + clean[caption.end :]
    return Planted(with_line(clean, at, f"{said} {credit}"), (copy, whole), (kept_credit, one, clean))


def _paragraph_at_once(text: str, random: Random) -> Planted | None:
    return _paragraph(text, random, apart=False)


def _paragraph_later(text: str, random: Random) -> Planted | None:
    return _paragraph(text, random, apart=True)


def _paragraph(text: str, random: Random, *, apart: bool) -> Planted | None:
    """A paragraph again, right below or further down."""
    paragraph = some_match(_PARAGRAPH, text, random)
    if paragraph is None:
        return None
    later = [m.end() for m in re.finditer(r"\n+", text) if m.start() > paragraph.end()]
    at = random.choice(later) if apart and later else paragraph.end() + len(line_break(text))
    if (apart and not later) or at >= len(text):
        return None
    return Planted(with_line(text, at, paragraph.group()), (Span(at, at + len(paragraph.group())),), (text,))


def _paragraph_reworded(text: str, random: Random) -> Planted | None:
    """A paragraph again, with one of its words gone; either of the two may go."""
    paragraph = some_match(_PARAGRAPH, text, random)
    at = text.rfind("\n") + 1
    if paragraph is None or paragraph.end() + 4 > at:
        return None
    said = paragraph.group()
    word = some_match(re.compile(r"(?<= )[a-z]{3,} "), said, random)
    if word is None:
        return None
    copy = said[: word.start()] + said[word.end() :]
    planted = with_line(text, at, copy)
    first = Span(*paragraph.span())
    other = planted[: first.start] + planted[first.end + len(line_break(text)) :]
    return Planted(planted, (Span(at, at + len(copy)), first), (text, other))


def _sentence_at_once(text: str, random: Random) -> Planted | None:
    """A sentence of a paragraph twice in a row."""
    sentence = some_match(_SENTENCE, text, random)
    if sentence is None:
        return None
    planted = replaced(text, sentence.end(), sentence.end(), " " + sentence.group())
    return Planted(planted.text, (Span(planted.spans[0].start + 1, planted.spans[0].end),), planted.wanted)


def _debris(kind: str) -> Planter:
    """A line of a page's furniture between two paragraphs."""

    def plant(text: str, random: Random) -> Planted | None:
        at = between_lines(text, random)
        if at is None:
            return None
        line = random.choice(WORDINGS[kind])
        return Planted(with_line(text, at, line), (Span(at, at + len(line)),), (text,))

    return Planter(kind, Family.DEBRIS, plant)


LINE_PLANTERS = (
    Planter("caption twice", Family.CAPTIONS, _twice),
    Planter("caption twice, one without its stop", Family.CAPTIONS, _other_stop),
    Planter("caption twice, a word misspelt", Family.CAPTIONS, _misspelt),
    Planter("caption cut with an ellipsis", Family.CAPTIONS, _cut_off),
    Planter("caption cut after a word", Family.CAPTIONS, _cut_short),
    Planter("caption again with a credit", Family.CAPTIONS, _credited),
    Planter("paragraph twice in a row", Family.DUPLICATES, _paragraph_at_once),
    Planter("paragraph again later", Family.DUPLICATES, _paragraph_later),
    Planter("paragraph again, a word gone", Family.DUPLICATES, _paragraph_reworded),
    Planter("sentence twice in a row", Family.DUPLICATES, _sentence_at_once),
    *(_debris(kind) for kind in WORDINGS),
)
