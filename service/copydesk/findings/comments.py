"""Comments in a text that are meant for copydesk: `copydesk-ignore` and what stands after it.

In markup a comment of the markup's own: `<!-- copydesk-ignore … -->`, `{/* … */}` in MDX, a line `# …` in front matter,
`NOTE …` in WebVTT. In plain text and commit messages a line that holds nothing else, as it is or in the signs of a
comment. What is shown as code, or is words of the text, is none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from copydesk.model import Document, SegmentKind, Span
from copydesk.offsets import Offsets
from copydesk.read import CODE_MARK, Reading
from copydesk.read.plain import segments_of
from copydesk.read.projection import joined
from copydesk.read.sentences import sentences_of

WORD = "copydesk-ignore"
_SIGNED = rf"{WORD}(?:-[a-z]+)*(?:[\s:].{{0,500}}?)?"  # in a comment of markup, which may go over several lines
_COMMENT = re.compile(rf"<!--\s*+({_SIGNED})-->|\{{/\*\s*+({_SIGNED})\*/\}}", re.DOTALL)
_LINE = re.compile(
    r"(?<![^\r\n])\ufeff?[ \t]*+(?:<!--|\{/\*|//|#|%|\[|NOTE\b)?[ \t]*+"
    rf"({WORD}(?:-[a-z]+)*(?:[ \t:][^\r\n]*)?)(?:-->|\*/\}}|\])?[ \t]*+(?![^\r\n])"
)
_CLOSED = re.compile(r"(?:-->|\*/\}|\])\s*\Z")
_REASON = re.compile(r"(?:\A|\s)(?:--+|[–—])(?:\s|\Z)")
_PARTED = re.compile(r"[\s,:]+")


@dataclass(frozen=True, slots=True)
class Comment:
    """One of them: `kind` is what follows on the word (`next-line`, `start` …; empty for the word alone), `names` are
    the rules and families that it names, none for all; `span` is its place in the source."""

    kind: str
    names: tuple[str, ...]
    span: Span


def comments_of(reading: Reading) -> tuple[Comment, ...]:
    """The comments for copydesk in a source, in order. Linear, and next to nothing where there is none."""
    source = reading.document
    if WORD not in source.text:
        return ()
    is_plain = reading.projection is None
    taken = [] if is_plain else _words_and_code(reading)
    found: dict[int, Comment] = {}
    for pattern in (_LINE,) if is_plain else (_COMMENT, _LINE):
        for match in pattern.finditer(source.text):
            group = match.lastindex or 1
            whole = pattern is _LINE and source.format == "text"  # a line of its own, also among annotated markup
            if match.start(group) not in found and (whole or not _overlaps(Span(*match.span()), taken)):
                found[match.start(group)] = _comment(match[group], Span(*match.span()))
    return tuple(found[at] for at in sorted(found))


def unseen(document: Document) -> Document:
    """`document`, a view, without the lines of a plain text that are such comments: a mark stands in their place.

    It is as long as before, so that all places hold; the mark is in no segment, and no blank that a fix would take
    along with a line.
    """
    if document.format != "text" or WORD not in document.text:
        return document
    text = _LINE.sub(lambda match: CODE_MARK * len(match[0]), document.text)
    if text == document.text:
        return document
    segments = tuple(s for s in segments_of(text, document.language) if s.span.of(text).strip(CODE_MARK))
    return replace(document, text=text, segments=segments, sentences=sentences_of(text, segments))


def texts_of(reading: Reading) -> list[Span]:
    """The stretches of the source that are read, in its order; a view is as `unseen` leaves it."""
    view = reading.view
    if reading.projection is None:
        return [segment.span for segment in view.segments]
    runs = (run for block in reading.projection.blocks for run in block.runs)
    return joined(
        Span(run.source, run.source_end) for run in runs if view.format != "text" or view.text[run.view] != CODE_MARK
    )


def line_at(offsets: Offsets, place: Span) -> Span:
    """The lines that `place` stands on, with one code point after them."""
    _, before = offsets.line_column(place.start)
    last, behind = offsets.line_column(place.end)
    return Span(place.start - before + 1, place.end - behind + len(offsets.line_text(last)) + 2)


def _words_and_code(reading: Reading) -> list[Span]:
    code = [segment.span for segment in reading.document.segments if segment.kind is SegmentKind.CODE]
    return joined(iter([*texts_of(reading), *code]))


def _overlaps(span: Span, taken: Sequence[Span]) -> bool:
    at = bisect_right(taken, span.end, key=lambda other: other.start) - 1
    return any(span.overlaps(other) for other in taken[max(at - 1, 0) : at + 1])


def _comment(inside: str, span: Span) -> Comment:
    word = _PARTED.split(inside, maxsplit=1)[0]
    said = _REASON.split(_CLOSED.sub("", inside[len(word) :]), maxsplit=1)[0]
    names = dict.fromkeys(name for name in _PARTED.split(said) if name)
    return Comment(word.removeprefix(WORD).removeprefix("-"), () if "all" in names else tuple(names), span)
