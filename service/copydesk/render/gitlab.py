"""GitLab's code quality report: a JSON list of faults, each on lines of a file.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format. GitLab shows one fault a fingerprint, so
the path is part of it. What could not be read is a fault on line 1 of its file; the format has no room for notices.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from copydesk.model import Severity
from copydesk.render.located import Located, located
from copydesk.render.wording import shown_path
from copydesk.repository.report import Report

_SEVERITY = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.SUGGESTION: "info"}


def gitlab(report: Report) -> str:
    """The list, indented. Lines are git's; the format has no columns that GitLab reads."""
    return json.dumps(list(_faults(report)), ensure_ascii=False, indent=2) + "\n"


def _faults(report: Report) -> Iterator[dict[str, Any]]:
    for failure in report.failures:
        path = shown_path(failure.path)
        yield {
            "description": f"Not reviewed: {failure.reason}",
            "check_name": "copydesk/not-reviewed",
            "fingerprint": _fingerprint(path, "not-reviewed"),
            "severity": "blocker",
            "location": {"path": path, "lines": {"begin": 1, "end": 1}},
        }
    for review in report.reviews:
        yield from map(_fault, located(review))


def _fault(found: Located) -> dict[str, Any]:
    first, last = found.lines()
    return {
        "description": found.message,
        "check_name": found.finding.rule,
        "fingerprint": _fingerprint(found.path, found.fingerprint),
        "severity": _SEVERITY[found.finding.severity],
        "location": {"path": found.path, "lines": {"begin": first, "end": last}},
    }


def _fingerprint(path: str, name: str) -> str:
    return hashlib.sha256(f"{path}\0{name}".encode()).hexdigest()
