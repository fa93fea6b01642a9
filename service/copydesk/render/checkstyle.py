"""Checkstyle's XML, which many build servers read. There is no schema; Checkstyle's own XMLLogger is the reference.

Columns count UTF-16 code units from 1, as Java does; a tab is one. Notices have no place in the format.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from copydesk import __version__
from copydesk.model import Severity
from copydesk.render.located import located
from copydesk.render.wording import shown_path
from copydesk.render.xmltext import document, under
from copydesk.repository.report import Report

_SEVERITY = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.SUGGESTION: "info"}


def checkstyle(report: Report) -> str:
    """The whole document: an element a file, also for those without findings; what could not be read is an error."""
    root = Element("checkstyle", {"version": __version__})
    for failure in report.failures:
        file = under(root, "file", {"name": shown_path(failure.path)})
        told = {"line": 1, "severity": "error", "message": f"Not reviewed: {failure.reason}"}
        under(file, "error", {**told, "source": "copydesk/not-reviewed"})
    for review in report.reviews:
        file = under(root, "file", {"name": shown_path(review.document.source or "<text>")})
        for found in located(review):
            place = {"line": 1}
            if found.in_lines:
                line, column = found.line_column()
                place = {"line": line, "column": column}
            severity = _SEVERITY[found.finding.severity]
            under(
                file, "error", {**place, "severity": severity, "message": found.message, "source": found.finding.rule}
            )
    return document(root)
