"""The narrator's own words: what is left of a text without quotations, addresses, headings and tables.

How somebody else writes or speaks says nothing about the consistency of a text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from copydesk.model import Segment, SegmentKind, Span

_OTHERS = re.compile(
    r"[“„«\"][^“”„«»\"\n]*[”“»\"]?"  # without a closing mark to the end of the paragraph: quotations go on
    r"|(?<!\w)[‘'](?=\S)(?:[^\n‘'’]|(?<=\w)[’'](?=\w)){1,500}+[’'](?!\w)"  # bounded: a row of opening marks
    r"|https?://\S+|www\.\S+|\b[\w.+-]{1,64}@\S+"
)
_DOMINANT = 2  # times as many as all strays
MASK = "\u0000"  # stands for what is somebody else's
_ENGLISH = "en"


def is_narrated(segment: Segment) -> bool:
    """Whether the segment is of the narrator's words: an English paragraph."""
    return segment.kind is SegmentKind.PARAGRAPH and segment.language.startswith(_ENGLISH)


def narration(paragraph: str) -> str:
    """A paragraph's text, as long as it is, with U+0000 for quotations and addresses."""
    return _OTHERS.sub(lambda match: MASK * len(match.group()), paragraph)


@dataclass(frozen=True, slots=True)
class Use:
    """One place that is written in one of several styles; `instead` is its text in those others where it is known."""

    style: str
    span: Span
    instead: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Mixture:
    """A text that keeps one style nearly throughout: `habit` are the uses of that style, `strays` all others."""

    habit: tuple[Use, ...]
    strays: tuple[Use, ...]


def mixture(uses: Sequence[Use], fewest: int) -> Mixture | None:
    """The strays among `uses` (in the order of the text), or None where there are none or nothing is the habit.

    A habit has `fewest` uses at least, and twice as many as there are strays: where a text is of two minds, nobody can
    tell what its house writes.
    """
    if not uses:
        return None
    style, most = Counter(use.style for use in uses).most_common(1)[0]
    strays = tuple(use for use in uses if use.style != style)
    if not strays or most < fewest or most < _DOMINANT * len(strays):
        return None
    return Mixture(tuple(use for use in uses if use.style == style), strays)
