"""SARIF 2.1.0 for code scanning: one run with its rules, files, results and what could not be done.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html. Characters are UTF-16 code units and a byte order mark
is none, as Microsoft's SDK and VS Code count; lines end at LF and CRLF, which the run says. It holds no times and no
path of the machine, so that the same texts give the same bytes. GitHub knows an alert again by
`primaryLocationLineHash`; ours is the finding's fingerprint, which outlives more edits than the hash of its line.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from copydesk import __version__
from copydesk.model import Fix, Review, Span
from copydesk.render.located import Located, located
from copydesk.render.sarif_files import BASES, Files
from copydesk.render.sarif_rules import LEVEL, descriptors
from copydesk.render.wording import notices
from copydesk.repository.report import Report

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_NOT_REVIEWED = "not-reviewed"


def sarif(report: Report) -> str:
    """The log, indented. Only rules that have a result are described."""
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [_run(report)]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _run(report: Report) -> dict[str, Any]:
    files = Files(report)
    found = [(place, review) for review in report.reviews for place in located(review)]
    rules = descriptors([place.finding for place, _ in found], report)
    index = {rule["id"]: at for at, rule in enumerate(rules)}
    told = list(_notifications(report, files))
    return {
        "tool": {
            "driver": {
                "name": "copydesk",
                "version": __version__,
                "semanticVersion": __version__,
                "rules": rules,
            }
        },
        "invocations": [{"executionSuccessful": not report.failures, "toolExecutionNotifications": told}],
        "originalUriBaseIds": BASES,
        "columnKind": "utf16CodeUnits",
        "newlineSequences": ["\r\n", "\n"],
        "artifacts": files.artifacts(),
        "results": [_result(place, review, index, files) for place, review in found],
    }


def _result(found: Located, review: Review, index: dict[str, int], files: Files) -> dict[str, Any]:
    finding = found.finding
    value: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": index[finding.rule],
        "level": LEVEL[finding.severity],
        "message": {"text": found.message},
        "locations": [_location(found, review, finding.span, files)],
        "partialFingerprints": {"copydesk/v1": found.fingerprint, "primaryLocationLineHash": found.fingerprint},
    }
    if finding.related:
        value["relatedLocations"] = [
            {"id": number, **_location(found, review, related.span, files), "message": {"text": related.message}}
            for number, related in enumerate(finding.related, 1)
        ]
    if found.in_lines and finding.fixes:
        value["fixes"] = [_fix(found, review, fix, files) for fix in finding.fixes]
    return value


def _location(found: Located, review: Review, span: Span, files: Files) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": files.location(review.document.source)}
    if found.in_lines:
        physical["region"] = {**region(found, span), "snippet": {"text": span.of(found.document.text)}}
    return {"physicalLocation": physical}


def region(found: Located, span: Span) -> dict[str, int]:
    """A span by lines and columns, and by characters. Ends are exclusive: after a line end comes the next line."""
    line, column = found.offsets.git_line_utf16(span.start)
    end_line, end_column = found.offsets.git_line_utf16(span.end)
    start, end = found.offsets.decoded_utf16(span.start), found.offsets.decoded_utf16(span.end)
    return {
        "startLine": line,
        "startColumn": column,
        "endLine": end_line,
        "endColumn": end_column,
        "charOffset": start,
        "charLength": end - start,
    }


def _fix(found: Located, review: Review, fix: Fix, files: Files) -> dict[str, Any]:
    replacements = [_replacement(found, edit.span, edit.text) for edit in fix.edits]
    change = {"artifactLocation": files.location(review.document.source), "replacements": replacements}
    return {"description": {"text": f"{fix.safety} fix"}, "artifactChanges": [change]}


def _replacement(found: Located, span: Span, text: str) -> dict[str, Any]:
    inserted = {"insertedContent": {"text": text}} if text else {}
    return {"deletedRegion": region(found, span), **inserted}


def _notifications(report: Report, files: Files) -> Iterator[dict[str, Any]]:
    for failure in report.failures:
        yield _notification(_NOT_REVIEWED, "error", failure.reason, [files.location(failure.path)])
    for code, message, paths in notices(report):
        yield _notification(code, "note", message, [files.location(path) for path in paths])


def _notification(code: str, level: str, text: str, places: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return {
        "descriptor": {"id": code},
        "level": level,
        "message": {"text": text},
        "locations": [{"physicalLocation": {"artifactLocation": place}} for place in places],
    }
