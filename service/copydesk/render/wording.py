"""How places, fixes and totals are said to people: the same in a terminal, in Markdown and on a page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from copydesk.model import Document, Finding, Fix
from copydesk.offsets import Offsets
from copydesk.read import is_writable
from copydesk.repository.report import Report

_SURROGATE = re.compile("[\ud800-\udfff]")
_MOST_QUOTED = 40  # code points of a fix's words that are shown


class Places:
    """Places in a document as a person finds them: by line and column, in a Word file by paragraph."""

    def __init__(self, document: Document) -> None:
        self.name = visible(shown_path(document.source or "<text>"))
        self.offsets = Offsets(document.text)
        self._by_paragraph = not is_writable(document.format)

    def of(self, point: int) -> str:
        """The place with the document's name before it."""
        return f"{self.name}: {self.within(point)}" if self._by_paragraph else f"{self.name}:{self.within(point)}"

    def within(self, point: int) -> str:
        """The place alone: `3:14`, or `paragraph 3, character 14`."""
        line, column = self.offsets.line_column(point)
        return f"paragraph {line}, character {column}" if self._by_paragraph else f"{line}:{column}"


def shown_path(path: str) -> str:
    """A path that any output can hold: bytes of a name that are not UTF-8 (surrogates to Python) become U+FFFD."""
    return _SURROGATE.sub("\ufffd", path)


def fix_in_words(fix: Fix, text: str) -> str:
    """What a fix of `text` does: `“teh” → “the”`, `remove “Share”`, `insert “,”`; several parted by commas."""
    return ", ".join(_edit(edit.span.of(text), edit.text) for edit in fix.edits)


def first_fix_in_words(finding: Finding, text: str) -> str:
    """The likeliest fix and how safe it is; empty where there is none."""
    return f"{finding.fixes[0].safety} fix: {fix_in_words(finding.fixes[0], text)}" if finding.fixes else ""


def one_line(text: str) -> str:
    """`text` on one line, with what cannot be seen as ·."""
    return visible(" ".join(text.split()))


def visible(text: str) -> str:
    """`text` with · for every character that is none to see: a terminal would obey some of them."""
    return text if text.isprintable() else "".join(c if c.isprintable() else "·" for c in text)


def counted(number: int, noun: str) -> str:
    """`1 finding`, `1,204 findings`."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def totals(report: Report) -> Iterator[str]:
    """How much was found and read, what is held back, and what could not be read: one sentence each."""
    findings = sum(len(review.findings) for review in report.reviews)
    files = sum(bool(review.findings) for review in report.reviews)
    within = f" in {files:,} of {counted(len(report.reviews), 'text')}" if findings else ""
    yield (
        f"{counted(findings, 'finding')}{within}"
        if findings
        else f"0 findings in {counted(len(report.reviews), 'text')}"
    )
    held = report.held_back
    if held.baseline:
        yield f"{counted(held.baseline, 'finding')} of the baseline not shown"
    if held.unchanged:
        yield f"{counted(held.unchanged, 'finding')} on unchanged lines not shown"
    if report.failures:
        yield f"{counted(len(report.failures), 'file')} could not be reviewed"


def engines(report: Report) -> str:
    """The engines that answered, with their versions; empty where none did."""
    return ", ".join(sorted({f"{e.name} {e.version}" for review in report.reviews for e in review.engines}))


def notices(report: Report) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """What is told about the reviews themselves, each once: code, message and the files that it concerns."""
    told: dict[tuple[str, str], dict[str, None]] = {}
    for review in report.reviews:
        for notice in review.notices:
            told.setdefault((notice.code, notice.message), {})[review.document.source or "<text>"] = None
    for (code, message), paths in told.items():
        yield code, message, tuple(paths)


def concerned(paths: Sequence[str]) -> str:
    """The file, or the number of files, that a notice is about."""
    return shown_path(paths[0]) if len(paths) == 1 else counted(len(paths), "file")


def _edit(old: str, new: str) -> str:
    old, new = (s if len(s) <= _MOST_QUOTED else f"{s[: _MOST_QUOTED - 3]}…" for s in (old.strip("\r\n"), new))
    if not old:
        return f"insert “{new}”" if new else "remove a line break"
    return f"“{old}” → “{new}”" if new else f"remove “{old}”"
