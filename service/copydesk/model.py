"""The types that every room shares. All are immutable; all offsets are Unicode code points, half-open."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum


class Family(StrEnum):
    """The closed list of fault families. Declaration order is the order of documentation, not of priority."""

    GRAMMAR = "grammar"
    NAMES = "names"
    CAPTIONS = "captions"
    DUPLICATES = "duplicates"
    DEBRIS = "debris"
    ENCODING = "encoding"
    SEAMS = "seams"
    TRANSLATION = "translation"
    BITEXT = "bitext"


class Severity(StrEnum):
    """How sure the rule is that an editor will want a change."""

    ERROR = "error"  # wrong in any reading
    WARNING = "warning"
    SUGGESTION = "suggestion"

    @property
    def rank(self) -> int:
        """0 for suggestion, 1 for warning, 2 for error: larger is graver."""
        return _SEVERITY_RANK[self]


_SEVERITY_RANK = {Severity.SUGGESTION: 0, Severity.WARNING: 1, Severity.ERROR: 2}


class Safety(StrEnum):
    """Whether a fix may be applied without a person looking at it."""

    SAFE = "safe"  # may be applied unseen
    UNSAFE = "unsafe"  # probably right; ask
    SHOW = "show"  # a hint among several; never applied by the machine


class SegmentKind(StrEnum):
    """What a stretch of the source is. Checkers choose by it; readers of every format label with it."""

    TITLE = "title"
    PARAGRAPH = "paragraph"
    CAPTION = "caption"
    CREDIT = "credit"
    ALT_TEXT = "alt text"
    LIST_ITEM = "list item"
    QUOTE = "quote"
    TABLE_CELL = "table cell"
    MENU = "menu"  # navigation, buttons, footers of a page: words, and no sentences
    SITE_MENU = "site menu"  # the same outside the article of a page that marks its article: not its text
    CODE = "code"
    MARKUP = "markup"


PROSE = frozenset(SegmentKind) - {SegmentKind.CODE, SegmentKind.MARKUP}


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points, `0 <= start <= end`."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The part of `text` that this span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether `other` lies within this span, ends included."""
        return self.start <= other.start and other.end <= self.end

    def shift(self, by: int) -> Span:
        """The same length, `by` code points further on (back, when negative)."""
        return Span(self.start + by, self.end + by)


@dataclass(frozen=True, slots=True)
class Segment:
    """A labelled stretch of the source: one title, paragraph, caption line, alt text …

    `language` is a BCP 47 tag where the segment's own language is known, else the document's.
    """

    kind: SegmentKind
    span: Span
    language: str


@dataclass(frozen=True, slots=True)
class Document:
    """A text with its labels. `text` is the source itself, so every offset is one into what the caller sent.

    `segments` and `sentences` are in order and do not overlap; no sentence crosses the edge of a segment.
    `source` is the path or name by which the caller knows the text; None for a text without one.
    """

    text: str
    segments: tuple[Segment, ...]
    sentences: tuple[Span, ...]
    language: str
    format: str = "text"
    source: str | None = None

    def prose(self) -> Iterator[Segment]:
        """The segments that a reader reads: all but code and markup."""
        return (s for s in self.segments if s.kind in PROSE)

    def segment_index(self, point: int) -> int:
        """The index of the last segment that begins at or before `point`; -1 where none does. O(log n)."""
        return bisect_right(self.segments, point, key=lambda segment: segment.span.start) - 1

    def sentence_index(self, point: int) -> int:
        """The index of the last sentence that begins at or before `point`; -1 where none does. O(log n)."""
        return bisect_right(self.sentences, point, key=lambda sentence: sentence.start) - 1


@dataclass(frozen=True, slots=True)
class Pair:
    """A text and its translation: usually a sentence each. The `source` of either is the place of the pair."""

    source: Document
    target: Document


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace `span` by `text`; an empty `text` removes, an empty `span` inserts."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits that belong together: all are applied or none."""

    edits: tuple[Edit, ...]
    safety: Safety


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that explains a finding: the other spelling, the first caption, the source segment."""

    span: Span
    message: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault at one place. `fixes` are alternatives, the most likely first.

    Findings on a translation have the place in its source in `source`, code points into the source text; `span` is in
    the target. What is missing in the target has the empty span where it should stand, or at the target's end.
    """

    rule: str
    family: Family
    severity: Severity
    span: Span
    message: str
    fixes: tuple[Fix, ...] = ()
    related: tuple[Related, ...] = ()
    source: Span | None = None

    def removes(self) -> bool:
        """Whether the first fix takes the whole span out of the text, so that faults inside it no longer matter."""
        return bool(self.fixes) and any(not e.text and e.span.contains(self.span) for e in self.fixes[0].edits)

    def with_severity(self, severity: Severity) -> Finding:
        """The same finding, graver or milder."""
        return replace(self, severity=severity)


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the caller must know about the review itself: what could not run, what was assumed.

    `span` is the place in the source that it is about, if it is about one.
    """

    code: str
    message: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Engine:
    """A grammar engine that answered, and its version."""

    name: str
    version: str


@dataclass(frozen=True, slots=True)
class Review:
    """The outcome for one document. `findings` are in the order of the text and do not conflict."""

    document: Document
    findings: tuple[Finding, ...]
    notices: tuple[Notice, ...] = ()
    engines: tuple[Engine, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """The outcome for pairs: `findings` has one entry a pair, each in the order of its target and without conflicts."""

    pairs: tuple[Pair, ...]
    findings: tuple[tuple[Finding, ...], ...]
    notices: tuple[Notice, ...] = ()
    engines: tuple[Engine, ...] = ()
