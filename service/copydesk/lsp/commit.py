"""A commit message while it is being written: what git will keep is read, its comments and the diff are not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copydesk.model import Document, Notice, Segment, SegmentKind, Span
from copydesk.read import Block, Projection, Reading
from copydesk.read.escapes import plain
from copydesk.read.language import choose
from copydesk.read.plain import segments_of
from copydesk.read.projection import Run
from copydesk.read.sentences import sentences_of

COMMIT = "commit"
_END = r"(?:\r\n|\r|\n|\Z)"
# git's `commit.verbose`: what comes below the line with the scissors is not part of the message.
_LEFT_OUT = re.compile(rf"^#[ ]-+[ ]>8[ ]-+{_END}(?s:.*)|^#[^\r\n]*{_END}", re.MULTILINE)
_BREAK = re.compile(r"\r\n|\r|\n")


def read_commit(text: str, language: str | None, source: str | None) -> tuple[Reading, tuple[Notice, ...]]:
    """The reading of a message with git's comments in it. Raises UnknownNameError for the language.

    `core.commentChar` is taken to be `#`, as it is unless somebody changes it.
    """
    kept = list(_kept(text))
    view = "".join(span.of(text) for span in kept)
    language, notices = choose(view, language, None)
    segments = segments_of(view, language)
    shown = Document(view, segments, sentences_of(view, segments), language, "text", source)
    blocks = tuple(_block(segment, kept, text) for segment in segments)
    pieces = [(block.segment.kind, piece) for block in blocks for piece in block.pieces(block.segment.span)]
    left_out = [(SegmentKind.CODE, Span(*match.span())) for match in _LEFT_OUT.finditer(text) if match.group()]
    labels = tuple(Segment(kind, span, language) for kind, span in sorted(pieces + left_out, key=lambda p: p[1]))
    document = Document(text, labels, (), language, "text", source)
    return Reading(document, shown, Projection(blocks)), notices


def _kept(text: str) -> Iterator[Span]:
    """The stretches between the comments."""
    at = 0
    for match in _LEFT_OUT.finditer(text):
        if match.start() > at:
            yield Span(at, match.start())
        at = match.end()
    if at < len(text):
        yield Span(at, len(text))


def _block(segment: Segment, kept: list[Span], text: str) -> Block:
    """The way back from one segment: the stretches of the source that its part of the view was put together from."""
    runs = []
    view = 0
    for span in kept:
        start, end = max(segment.span.start, view), min(segment.span.end, view + len(span))
        if start < end:
            runs.append(Run(start, end - start, span.start + start - view, end - start, True))
        view += len(span)
    around = Span(runs[0].source, runs[-1].source_end)
    line_end = _BREAK.match(text, around.end)
    return Block(segment, tuple(runs), (), (Span(*line_end.span()),) if line_end else (), plain, around)
