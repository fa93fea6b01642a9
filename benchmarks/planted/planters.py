"""What planting is: a clean text, a random place in it, one fault at a known span, and the text that is wanted back."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from copydesk.model import Family, Span

_SENTENCE = re.compile(r"[A-Z][^.!?“”\"()\n]{40,150}[a-z]{3}\.")
_BETWEEN = re.compile(r"(?<=[a-z]{4}\. )" + _SENTENCE.pattern + r" (?=[A-Z“])")
_SPLIT = re.compile(r"\n+")


@dataclass(frozen=True, slots=True)
class Planted:
    """A text with one fault.

    `spans` are the readings of its exact place, the first of which is the planted one; `wanted` are the texts that
    count as mended, none where only the source can tell what was lost.
    """

    text: str
    spans: tuple[Span, ...]
    wanted: tuple[str, ...]


Plant = Callable[[str, Random], Planted | None]
"""Plants one fault in a clean text; None where the text has no place for it."""


@dataclass(frozen=True, slots=True)
class Planter:
    """One kind of fault."""

    kind: str
    family: Family
    plant: Plant


def replaced(text: str, start: int, end: int, by: str, *wanted: str) -> Planted:
    """`by` in place of `text[start:end]`; it is the fault. Without `wanted`, the text itself is wanted back."""
    planted = text[:start] + by + text[end:]
    return Planted(planted, (Span(start, start + len(by)),), wanted or (text,))


def some_match(pattern: re.Pattern[str], text: str, random: Random) -> re.Match[str] | None:
    """One of the places where `pattern` matches."""
    matches = list(pattern.finditer(text))
    return random.choice(matches) if matches else None


def line_break(text: str) -> str:
    """What stands between the paragraphs of `text`."""
    return "\n\n" if "\n\n" in text else "\n"


def between_lines(text: str, random: Random) -> int | None:
    """Where a line may be put: the beginning of a line that is not the first."""
    breaks = [m.end() for m in _SPLIT.finditer(text)]
    return random.choice(breaks) if breaks else None


def with_line(text: str, at: int, line: str) -> str:
    """`text` with `line` before the line that begins at `at`."""
    return text[:at] + line + line_break(text) + text[at:]


def with_caption(text: str, random: Random) -> tuple[str, Span] | None:
    """`text` with one of its own sentences moved out, to stand as a caption between two paragraphs; and the caption."""
    sentence = some_match(_BETWEEN, text, random)
    if sentence is None:
        return None
    caption = sentence.group().strip()
    rest = text[: sentence.start()] + text[sentence.end() :]
    at = between_lines(rest, random)
    if at is None:
        return None
    if random.random() < 0.5:
        caption = caption.removesuffix(".")
    return with_line(rest, at, caption), Span(at, at + len(caption))
