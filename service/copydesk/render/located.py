"""Findings with all that an output for programs needs: the path, the converter of places, the fingerprint."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from copydesk.findings.correct import apply_edits
from copydesk.findings.fingerprint import fingerprints
from copydesk.model import Document, Edit, Finding, Fix, Review, Span
from copydesk.offsets import Offsets
from copydesk.read import is_writable
from copydesk.render.wording import shown_path


@dataclass(frozen=True, slots=True)
class Located:
    """One finding in its file. `in_lines` is False for a Word file, which has no lines to point at."""

    path: str
    document: Document
    offsets: Offsets
    finding: Finding
    fingerprint: str

    @property
    def in_lines(self) -> bool:
        return is_writable(self.document.format)

    @property
    def message(self) -> str:
        """The finding's message; where there are no lines, the paragraph stands before it."""
        if self.in_lines:
            return self.finding.message
        line, column = self.offsets.line_column(self.finding.span.start)
        return f"Paragraph {line}, character {column}: {self.finding.message}"

    @property
    def anchor(self) -> int:
        """A code point on the finding's first line: its start, or the last one of a text at whose very end it stands.

        After the last line end there is no line that a diff could show.
        """
        return min(self.finding.span.start, max(len(self.document.text) - 1, 0))

    def lines(self) -> tuple[int, int]:
        """The first and the last line that the finding stands on, as git counts; 1 and 1 where there are no lines.

        A line end at the finding's end is still of its last line.
        """
        if not self.in_lines:
            return 1, 1
        last = max(self.anchor, self.finding.span.end - 1)
        return self.offsets.git_line(self.anchor), self.offsets.git_line(last)

    def line_column(self) -> tuple[int, int]:
        """The first of the lines, and the column of the start on it in UTF-16 code units, both from 1."""
        line, column = self.offsets.git_line_utf16(self.anchor)
        start = self.finding.span.start
        return line, column + self.offsets.decoded_utf16(start) - self.offsets.decoded_utf16(self.anchor)


def located(review: Review) -> Iterator[Located]:
    """The findings of a review in the order of the text."""
    document, offsets = review.document, Offsets(review.document.text)
    path = shown_path(document.source or "<text>")
    names = fingerprints(review.findings, document.text)
    for finding, name in zip(review.findings, names, strict=True):
        yield Located(path, document, offsets, finding, name)


def as_one_edit(fix: Fix, text: str) -> Edit:
    """A fix of several edits as one, with the words between them as they are: for formats that know one place a fix."""
    start, end = min(e.span.start for e in fix.edits), max(e.span.end for e in fix.edits)
    moved = [Edit(edit.span.shift(-start), edit.text) for edit in fix.edits]
    return Edit(Span(start, end), apply_edits(text[start:end], moved))
