"""JUnit's XML, as Jenkins' schema has it: a suite a file, a failed case a finding; a file without any is a passed case.

The schema has no place for columns, nor for a file of a case: the file is the suite's, and the case's class name, and
place and words stand in the failure. What could not be read is a failed case of type `not-reviewed`.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from copydesk.model import Review
from copydesk.render.located import Located, located
from copydesk.render.wording import Places, first_fix_in_words, one_line, shown_path
from copydesk.render.xmltext import document, under
from copydesk.repository.report import Report


def junit(report: Report) -> str:
    """The whole document. It holds no times, so that the same texts give the same bytes."""
    findings = sum(len(review.findings) for review in report.reviews)
    failed = findings + len(report.failures)
    passed = sum(not review.findings for review in report.reviews)
    root = Element("testsuites", {"name": "copydesk", **_counts(failed + passed, failed)})
    for failure in report.failures:
        path = shown_path(failure.path)
        suite = under(root, "testsuite", {"name": path, **_counts(1, 1), "file": path})
        case = under(suite, "testcase", {"name": "not reviewed", "classname": path})
        under(case, "failure", {"type": "not-reviewed", "message": failure.reason}, failure.reason)
    for review in report.reviews:
        _add_suite(root, review)
    return document(root)


def _counts(tests: int, failures: int) -> dict[str, str]:
    return {"tests": str(tests), "failures": str(failures), "errors": "0"}


def _add_suite(root: Element, review: Review) -> None:
    places, count = Places(review.document), len(review.findings)
    path = shown_path(review.document.source or "<text>")
    suite = under(root, "testsuite", {"name": path, **_counts(max(count, 1), count), "file": path})
    for found in located(review):
        _add_case(suite, found, places)
    if not count:
        under(suite, "testcase", {"name": "no findings", "classname": path})
    if review.notices:
        under(suite, "system-out", {}, "\n".join(notice.message for notice in review.notices))


def _add_case(suite: Element, found: Located, places: Places) -> None:
    finding, place = found.finding, places.within(found.finding.span.start)
    case = under(suite, "testcase", {"name": f"{finding.rule} at {place}", "classname": found.path})
    quoted = f"“{one_line(finding.span.of(found.document.text))}”" if len(finding.span) else ""
    told = (places.of(finding.span.start), quoted, finding.message, first_fix_in_words(finding, found.document.text))
    text = "\n".join(one_line(line) for line in told if line)
    under(case, "failure", {"type": str(finding.severity), "message": finding.message}, text)
