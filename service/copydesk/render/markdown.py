"""A report in Markdown, for a job's summary, a comment or a wiki: totals, families, the findings of each file."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate

from copydesk.model import Family, Review, Severity
from copydesk.render.wording import (
    Places,
    concerned,
    counted,
    engines,
    first_fix_in_words,
    notices,
    one_line,
    shown_path,
    totals,
)
from copydesk.repository.report import Report

_MARKUP = re.compile(r"[\\`*_{}\[\]<>#|~@&]")
_JOB_SUMMARY = 900_000  # bytes; GitHub takes 1 MiB of a step, and other tools may write to the same summary
_END = "\n"  # of a table
_TEXT = 80  # code points of a finding's text that are shown


def markdown(report: Report) -> str:
    """The whole report, in GitHub's dialect."""
    return "".join([*_head(report), *_rows(report)])


def job_summary(report: Report) -> str:
    """The report within what GitHub takes as the summary of a step; what is left out is counted at its end."""
    kept = list(_head(report))
    size = sum(len(part.encode()) for part in kept)
    rows = list(_rows(report))
    ends = accumulate((len(row.encode()) for row in rows), initial=size)
    fitting = bisect_right(list(ends), _JOB_SUMMARY) - 1
    if left_out := sum(row != _END for row in rows[fitting:]):
        rows = [*rows[:fitting], f"\n\n{counted(left_out, 'more finding')} would not fit here.\n"]
    return "".join([*kept, *rows])


def _head(report: Report) -> Iterator[str]:
    """Totals, the table of families, what could not be reviewed, notices."""
    yield "# copydesk\n\n"
    yield f"{'; '.join(totals(report))}.\n"
    if engines(report):
        yield f"\nEngines: {_escaped(engines(report))}.\n"
    yield from _families(report)
    if report.failures:
        yield "\n## Not reviewed\n\n"
    for failure in report.failures:
        yield f"- {_escaped(shown_path(failure.path))}: {_escaped(failure.reason)}\n"
    told = list(notices(report))
    if told:
        yield "\n## Notices\n\n"
    for _, message, paths in told:
        yield f"- {_escaped(message)} ({_escaped(concerned(paths))})\n"


def _families(report: Report) -> Iterator[str]:
    counts = Counter((finding.family, finding.severity) for review in report.reviews for finding in review.findings)
    if not counts:
        return
    yield "\n| family | errors | warnings | suggestions |\n| --- | ---: | ---: | ---: |\n"
    for family in Family:
        numbers = [counts[family, severity] for severity in Severity]
        if any(numbers):
            yield f"| {family} | {' | '.join(map(str, numbers))} |\n"


def _rows(report: Report) -> Iterator[str]:
    """The findings, a row each; the first of a file has its heading and the head of its table before it."""
    for review in report.reviews:
        head = f"\n## {_escaped(shown_path(review.document.source or '<text>'))}\n\n"
        head += "| place | | rule | text | message |\n| --- | --- | --- | --- | --- |"
        for row in _of_file(review):
            yield f"{head}{row}"
            head = ""
        if review.findings:
            yield _END


def _of_file(review: Review) -> Iterator[str]:
    places, text = Places(review.document), review.document.text
    for finding in review.findings:
        quoted = one_line(finding.span.of(text))
        quoted = quoted if len(quoted) <= _TEXT else f"{quoted[: _TEXT - 1]}…"
        fix = first_fix_in_words(finding, text)
        message = finding.message + (f" ({fix})" if fix else "")
        cells = (places.within(finding.span.start), finding.severity, finding.rule, quoted, message)
        yield f"\n| {' | '.join(_escaped(cell) for cell in cells)} |"


def _escaped(text: str) -> str:
    """`text` as words on one line, none of it markup."""
    return _MARKUP.sub(r"\\\g<0>", one_line(text))
