"""The page of the report. It runs nothing and loads nothing, and says so to the browser."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections import Counter
from collections.abc import Iterator
from html import escape
from importlib.resources import files
from pathlib import Path, PurePosixPath

from copydesk import __version__
from copydesk.model import Family, Severity
from copydesk.offsets import Offsets
from copydesk.render.report.charts import bars, months
from copydesk.render.report.listing import listing
from copydesk.render.wording import concerned, counted, engines, notices, shown_path, totals
from copydesk.repository.history import History, history
from copydesk.repository.report import Report

_MOST_FOLDERS = _MOST_RULES = 20  # in their charts


def html(report: Report) -> str:
    """The whole page. Runs git once a file, for 300 files at most, to tell since when the findings are there."""
    style = files(__package__).joinpath("report.css").read_text(encoding="utf-8")
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>copydesk: {escape(next(totals(report)))}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        f"<main>\n{''.join(_sections(report))}</main>\n</body>\n</html>\n"
    )


def _sections(report: Report) -> Iterator[str]:
    yield f"<h1>copydesk</h1>\n<p>{escape('; '.join(totals(report)))}.</p>\n"
    by = f" with {engines(report)}" if engines(report) else ""
    yield f'<p class="note">Reviewed by copydesk {escape(__version__ + by)}.</p>\n'
    yield from _not_reviewed(report)
    yield from _charts(report)
    yield from listing(report)


def _not_reviewed(report: Report) -> Iterator[str]:
    if report.failures:
        rows = [f"<li><bdi>{escape(shown_path(f.path))}</bdi>: {escape(f.reason)}</li>" for f in report.failures]
        yield f"<h2>Not reviewed</h2>\n<ul>{''.join(rows)}</ul>\n"
    rows = [f"<li>{escape(message)} ({escape(concerned(paths))})</li>" for _, message, paths in notices(report)]
    if rows:
        yield f"<h2>Notices</h2>\n<ul>{''.join(rows)}</ul>\n"


def _charts(report: Report) -> Iterator[str]:
    counts: dict[str, dict[str, Counter[Severity]]] = {"family": {}, "folder": {}, "rule": {}}
    for review in report.reviews:
        folder = str(PurePosixPath(shown_path(review.document.source or "<text>")).parent)
        for finding in review.findings:
            for what, name in (("family", finding.family.value), ("folder", folder), ("rule", finding.rule)):
                counts[what].setdefault(name, Counter())[finding.severity] += 1
    if not counts["family"]:
        return
    yield "<h2>By family</h2>\n"
    yield bars("Findings by family", "family", [(f, counts["family"][f]) for f in Family if f in counts["family"]])
    yield "<h2>By folder</h2>\n"
    yield bars("Findings by folder", "folder", _largest(counts["folder"], _MOST_FOLDERS))
    yield from _over_time(report)
    yield "<h2>By rule</h2>\n"
    yield bars("Findings by rule", "rule", _largest(counts["rule"], _MOST_RULES))


def _largest(counts: dict[str, Counter[Severity]], most: int) -> list[tuple[str, Counter[Severity]]]:
    """The rows with the most findings, and the rest as one."""
    rows = sorted(counts.items(), key=lambda row: (-row[1].total(), row[0]))
    if len(rows) <= most:
        return rows
    rest = rows[most - 1 :]
    return [*rows[: most - 1], (f"{len(rest)} others", sum((count for _, count in rest), Counter[Severity]()))]


def _over_time(report: Report) -> Iterator[str]:
    """When today's findings came in. Nothing where there is no repository or none of its commits has one."""
    found = history(Path(report.root), _lines(report))
    if found is None or not found.months:
        return
    yield "<h2>Over time</h2>\n"
    yield f"<p>When the lines that have a finding today were last changed.{escape(_caveats(found))}</p>\n"
    yield months(found)


def _lines(report: Report) -> dict[str, Counter[int]]:
    """How many findings begin on each line of each file; one at the very end is on the last line that git has."""
    lines = {}
    for review in report.reviews:
        if review.findings and review.document.source:
            text, offsets = review.document.text, Offsets(review.document.text)
            last = max(len(text) - 1, 0)
            lines[review.document.source] = Counter(
                offsets.git_line(min(finding.span.start, last)) for finding in review.findings
            )
    return lines


def _caveats(found: History) -> str:
    told = ""
    if found.uncommitted:
        told += f" {counted(found.uncommitted, 'finding')} on lines that are not committed yet."
    if found.left_out:
        told += f" {counted(found.left_out, 'finding')} left out, in files past the first 300 or unknown to git."
    if found.is_cut:
        told += " The clone is shallow: all that is older than its first commit is counted there."
    return told
