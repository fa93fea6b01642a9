"""The answer as JSON-ready values: the same document object for REST and the command line."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from copydesk import __version__
from copydesk.findings.correct import first_fix
from copydesk.findings.fingerprint import fingerprints
from copydesk.model import Family, Finding, Fix, Review, Safety, Severity
from copydesk.offsets import Offsets
from copydesk.render.wording import shown_path
from copydesk.repository.report import Report


def answer(reviews: Sequence[Review]) -> dict[str, Any]:
    """The whole answer: one entry a review, in order, a summary over all of them, and copydesk's version."""
    return {
        "documents": [document(review) for review in reviews],
        "summary": summary(reviews),
        "version": __version__,
    }


def report_value(report: Report) -> dict[str, Any]:
    """The answer over files: also what could not be reviewed, and how much is held back."""
    held = report.held_back
    return {
        **answer(report.reviews),
        "failures": [{"path": shown_path(failure.path), "reason": failure.reason} for failure in report.failures],
        "held_back": {"baseline": held.baseline, "unchanged": held.unchanged},
    }


def json_report(report: Report) -> str:
    """The answer over files as a JSON document, indented."""
    return json.dumps(report_value(report), ensure_ascii=False, indent=2) + "\n"


def json_lines(report: Report) -> str:
    """A JSON object a line, its `type` first: each finding, notice and failure with its path; the summary is last."""
    return "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in _lines(report))


def _lines(report: Report) -> Iterator[dict[str, Any]]:
    for review in report.reviews:
        told = document(review)
        for kind in ("finding", "notice"):
            for value in told[f"{kind}s"]:
                yield {"type": kind, "path": told["path"], **value}
    whole = report_value(report)
    for failure in whole["failures"]:
        yield {"type": "failure", **failure}
    yield {"type": "summary", **whole["summary"], "held_back": whole["held_back"], "version": whole["version"]}


def document(review: Review) -> dict[str, Any]:
    """One review. `start` and `end` are code points; `line` and `column` count from 1, in code points too."""
    source = review.document
    offsets = Offsets(source.text)
    names = fingerprints(review.findings, source.text)
    return {
        "path": None if source.source is None else shown_path(source.source),
        "format": source.format,
        "language": source.language,
        "findings": [
            finding_value(finding, source.text, offsets, name)
            for finding, name in zip(review.findings, names, strict=True)
        ],
        "engines": [{"name": engine.name, "version": engine.version} for engine in review.engines],
        "notices": [{"code": notice.code, "message": notice.message} for notice in review.notices],
    }


def summary(reviews: Sequence[Review]) -> dict[str, Any]:
    """How many findings there are, of what kind, and how many the machine could fix. Zeros are told too."""
    findings = [finding for review in reviews for finding in review.findings]
    families = Counter(finding.family for finding in findings)
    severities = Counter(finding.severity for finding in findings)
    return {
        "documents": len(reviews),
        "findings": len(findings),
        "by_family": {family.value: families[family] for family in Family},
        "by_severity": {severity.value: severities[severity] for severity in Severity},
        "fixable": {
            level.value: sum(first_fix(finding, frozenset({level})) is not None for finding in findings)
            for level in (Safety.SAFE, Safety.UNSAFE)
        },
    }


def finding_value(finding: Finding, text: str, offsets: Offsets, fingerprint: str) -> dict[str, Any]:
    """One finding on `text`; its `source` is a place in what `text` translates, null where there is none."""
    line, column = offsets.line_column(finding.span.start)
    return {
        "rule": finding.rule,
        "family": finding.family.value,
        "severity": finding.severity.value,
        "start": finding.span.start,
        "end": finding.span.end,
        "line": line,
        "column": column,
        "text": finding.span.of(text),
        "message": finding.message,
        "fixes": [_fix(fix) for fix in finding.fixes],
        "related": [
            {"start": related.span.start, "end": related.span.end, "message": related.message}
            for related in finding.related
        ],
        "source": finding.source and {"start": finding.source.start, "end": finding.source.end},
        "fingerprint": fingerprint,
    }


def _fix(fix: Fix) -> dict[str, Any]:
    return {
        "safety": fix.safety.value,
        "edits": [{"start": edit.span.start, "end": edit.span.end, "text": edit.text} for edit in fix.edits],
    }
