"""The report of a cleaning: every change and every finding that was left, as JSON-ready values and for a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from copydesk import __version__
from copydesk.cleaning import FAMILIES, Change, Cleaned
from copydesk.offsets import Offsets
from copydesk.render.json import document

_SHOWN = 60  # code points of a removed text in a line for people


def answer(cleaned: Sequence[Cleaned]) -> dict[str, Any]:
    """The whole report: one entry a text, in order, a summary over all of them, and copydesk's version."""
    return {"documents": [_document(one) for one in cleaned], "summary": summary(cleaned), "version": __version__}


def summary(cleaned: Sequence[Cleaned]) -> dict[str, Any]:
    """How many texts, changes and findings left there are, and how many changes each family made. Zeros are told."""
    by_family = Counter(change.findings[0].family for one in cleaned for change in one.changes)
    return {
        "documents": len(cleaned),
        "changes": sum(len(one.changes) for one in cleaned),
        "kept": sum(len(one.kept) for one in cleaned),
        "by_family": {family.value: by_family[family] for family in FAMILIES},
    }


def _document(cleaned: Cleaned) -> dict[str, Any]:
    """One text. Offsets, lines and columns are into the text as sent, in code points; lines count from 1."""
    reviewed = document(cleaned.review)
    source = cleaned.review.document
    offsets = Offsets(source.text)
    left = set(cleaned.kept)
    return {
        **{key: reviewed[key] for key in ("path", "format", "language")},
        "text": cleaned.text,
        "changes": [_change(change, source.text, source.source, offsets) for change in cleaned.changes],
        "kept": [
            shown
            for shown, finding in zip(reviewed["findings"], cleaned.review.findings, strict=True)
            if finding in left
        ],
        "notices": reviewed["notices"],
    }


def _change(change: Change, text: str, path: str | None, offsets: Offsets) -> dict[str, Any]:
    line, column = offsets.line_column(change.span.start)
    reason, *others = change.findings
    return {
        "path": path,
        "rule": reason.rule,
        "family": reason.family.value,
        "start": change.span.start,
        "end": change.span.end,
        "line": line,
        "column": column,
        "removed": change.span.of(text),
        "replaced_by": change.text,
        "why": reason.message,
        "also": [other.rule for other in others],
    }


def lines(cleaned: Cleaned) -> Iterator[str]:
    """One line a change and one a finding that was left, in the order of the text: `path:line:column: …`."""
    source = cleaned.review.document
    name = source.source or "text"
    offsets = Offsets(source.text)
    told = [(change.span, _told(change, source.text)) for change in cleaned.changes]
    told += [(finding.span, f"kept [{finding.rule}] {finding.message}") for finding in cleaned.kept]
    for span, said in sorted(told):
        line, column = offsets.line_column(span.start)
        yield f"{name}:{line}:{column}: {said}"


def _told(change: Change, text: str) -> str:
    removed = _quoted(change.span.of(text))
    rules = ", ".join(dict.fromkeys(finding.rule for finding in change.findings))
    if not change.text:
        return f"removed [{rules}] {removed}"
    return f"replaced [{rules}] {removed} by {_quoted(change.text)}"


def _quoted(text: str) -> str:
    """`text` on one line, short, with what cannot be seen as escapes: a terminal obeys control characters."""
    flat = "".join(
        c if c.isprintable() else "⏎" if c == "\n" else f"\\u{ord(c):04x}" for c in text.replace("\r\n", "\n")
    )
    return f"“{flat if len(flat) <= _SHOWN else f'{flat[: _SHOWN - 1]}…'}”"
