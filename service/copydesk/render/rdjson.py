"""reviewdog's diagnostic format: one JSON document (rdjson), or one diagnostic a line (rdjsonl).

https://github.com/reviewdog/reviewdog/tree/master/proto/rdf. Columns count UTF-8 bytes from 1, ends are exclusive, and
a suggestion is one place and its new text. What could not be read is a diagnostic on its file; notices have no place.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from copydesk.model import Severity, Span
from copydesk.render.located import Located, as_one_edit, located
from copydesk.render.wording import shown_path
from copydesk.repository.report import Report

_SEVERITY = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.SUGGESTION: "INFO"}
_SOURCE = {"name": "copydesk"}
_MOST_SUGGESTIONS = 3  # reviewdog posts each as a comment's button


def rdjson(report: Report) -> str:
    """One `DiagnosticResult`, indented."""
    result = {"source": _SOURCE, "diagnostics": list(_diagnostics(report))}
    return json.dumps(result, ensure_ascii=False, indent=2) + "\n"


def rdjsonl(report: Report) -> str:
    """One `Diagnostic` a line."""
    lines = ({**value, "source": _SOURCE} for value in _diagnostics(report))
    return "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines)


def _diagnostics(report: Report) -> Iterator[dict[str, Any]]:
    for failure in report.failures:
        yield {
            "message": f"Not reviewed: {failure.reason}",
            "location": {"path": shown_path(failure.path)},
            "severity": "ERROR",
            "code": {"value": "copydesk/not-reviewed"},
        }
    for review in report.reviews:
        yield from map(_diagnostic, located(review))


def _diagnostic(found: Located) -> dict[str, Any]:
    finding = found.finding
    value: dict[str, Any] = {
        "message": found.message,
        "location": _location(found, finding.span),
        "severity": _SEVERITY[finding.severity],
        "code": {"value": finding.rule},
    }
    if found.in_lines and finding.fixes:
        edits = (as_one_edit(fix, found.document.text) for fix in finding.fixes[:_MOST_SUGGESTIONS])
        value["suggestions"] = [{"range": _range(found, edit.span), "text": edit.text} for edit in edits]
    if finding.related:
        value["related_locations"] = [
            {"message": related.message, "location": _location(found, related.span)} for related in finding.related
        ]
    return value


def _location(found: Located, span: Span) -> dict[str, Any]:
    return {"path": found.path, **({"range": _range(found, span)} if found.in_lines else {})}


def _range(found: Located, span: Span) -> dict[str, Any]:
    """Half-open, so a line end that is part of it makes it end at the next line's first column."""
    places = (found.offsets.git_line_utf8(point) for point in (span.start, span.end))
    start, end = ({"line": line, "column": column} for line, column in places)
    return {"start": start, "end": end}
