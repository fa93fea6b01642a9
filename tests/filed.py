"""Reports for the tests of outputs, and the way back from each kind of position, written without copydesk's offsets."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from hypothesis import strategies as st

from copydesk.model import Document, Edit, Family, Finding, Fix, Related, Review, Safety, Severity, Span
from copydesk.packs import RuleBook
from copydesk.repository.report import Failure, HeldBack, Report

PIECES = [
    "😀",
    "👩‍👩‍👧",
    "e\u0301",
    "\r\n",
    "\r",
    "\n",
    "שלום",
    "مرحبا",
    "\u202e",
    "\u2028",
    "Ж",
    "漢",
    "𝔘",
    "a",
    " ",
    "\t",
]
AWKWARD_NAMES = ["a b.txt", "Минск/été.md", "100%.txt", "a,b.txt", "a:b.txt", "a\nb.txt", 'q"<&>.txt', "-|`*.md"]


def no_rules() -> RuleBook:
    """For what must not load the packs."""
    return RuleBook(())


def finding(start: int, end: int, **fields: Any) -> Finding:
    """A finding of an engine's rule, where `fields` say nothing else."""
    values = {"rule": "A_RULE", "family": Family.GRAMMAR, "severity": Severity.WARNING, "message": "Not so."}
    return Finding(span=Span(start, end), **{**values, **fields})


def review(text: str, findings: Sequence[Finding] = (), path: str | None = "a.txt", form: str = "text") -> Review:
    """A review of `text`."""
    return Review(Document(text, (), (), "en-US", form, path), tuple(findings))


def report(
    *reviews: Review,
    rules: Callable[[], RuleBook] = no_rules,
    failures: Sequence[Failure] = (),
    held_back: HeldBack | None = None,
    root: str = "/nowhere",
) -> Report:
    """A report of `reviews`, by default in no repository."""
    return Report(root, reviews, rules, tuple(failures), held_back or HeldBack())


@st.composite
def reviews(draw: st.DrawFn) -> Review:
    """A text of awkward characters, with or without a byte order mark, and findings with fixes anywhere in it."""
    text = draw(st.sampled_from(["", "\ufeff"])) + "".join(draw(st.lists(st.sampled_from(PIECES), max_size=60)))
    points = st.integers(0, len(text))
    spans = [Span(*sorted(pair)) for pair in draw(st.lists(st.tuples(points, points), min_size=1, max_size=4))]
    found = []
    for span in spans:
        fix = Fix((Edit(span, draw(st.sampled_from(["", "x", "Ж\n"]))),), Safety.UNSAFE)
        fixes = (fix,) if len(span) or fix.edits[0].text else ()
        found.append(finding(span.start, span.end, fixes=fixes, related=(Related(spans[0], "the first"),)))
    return review(text, sorted(found, key=lambda each: each.span))


def without_mark(text: str, span: Span) -> str:
    """What a program that decodes the file sees of `span`: a byte order mark is no character to it."""
    return span.of(text).removeprefix("\ufeff") if span.start == 0 else span.of(text)


def utf16(text: str) -> bytes:
    return text.encode("utf-16-le")


def decoded(text: str) -> str:
    """The file of `text` as a program reads it."""
    return text.encode("utf-8").decode("utf-8-sig")


def utf16_place(text: str, line: int, column: int) -> int:
    """Line (LF ends it) and column to bytes into the decoded text in UTF-16."""
    lines = decoded(text).split("\n")
    return len(utf16("".join(f"{each}\n" for each in lines[: line - 1]))) + 2 * (column - 1)


def byte_place(text: str, line: int, column: int) -> int:
    """Line (LF ends it) and column in bytes to bytes into the file."""
    lines = text.encode("utf-8").split(b"\n")
    return len(b"".join(each + b"\n" for each in lines[: line - 1])) + column - 1


def reader_place(text: str, line: int, column: int) -> int:
    """Line (LF, CR or CRLF ends it) and column to code points, as editors tell them."""
    parts = re.split(r"(\r\n|\r|\n)", text)
    return len("".join(parts[: 2 * (line - 1)])) + column - 1
