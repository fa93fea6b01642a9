"""Annotations of GitHub Actions: workflow commands, one a line, on standard output of a step.

https://docs.github.com/actions/reference/workflow-commands-for-github-actions. The runner takes commands apart at
`::`, `,`, `:`, `%` and line ends, so these are escaped, and more in properties than in the message; it drops the
columns of what is longer than a line. GitHub shows ten annotations a level and step and drops the rest without a word:
past ten, the findings of a file are told together, and past ten files those of the others in the tenth.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from copydesk.model import Severity
from copydesk.render.located import Located, located
from copydesk.render.wording import counted, first_fix_in_words, notices, shown_path
from copydesk.repository.report import Report

MOST = 10  # annotations of a level that GitHub shows of a step
_LEVELS = ("error", "warning", "notice")
_LEVEL = dict(zip((Severity.ERROR, Severity.WARNING, Severity.SUGGESTION), _LEVELS, strict=True))
_MOST_LINES = 20  # line numbers that an annotation of several findings names
_SUMMARY = "The job summary lists them."
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = _DATA | str.maketrans({":": "%3A", ",": "%2C"})


@dataclass(frozen=True, slots=True)
class _Annotation:
    """What one annotation says; `path` None: it is of no file; `place` are the properties of lines and columns."""

    title: str
    message: str
    path: str | None = None
    place: tuple[tuple[str, int], ...] = ()

    def command(self, level: str) -> str:
        """The workflow command, on one line."""
        pairs: list[tuple[str, object]] = [("file", self.path)] if self.path is not None else []
        pairs += [*self.place, ("title", self.title)]
        told = ",".join(f"{name}={str(value).translate(_PROPERTY)}" for name, value in pairs)
        return f"::{level} {told}::{self.message.translate(_DATA)}\n"


def github(report: Report) -> str:
    """At most ten annotations a level: what could not be read, notices, and the findings. Columns are UTF-16.

    GitHub documents no unit of columns and shows none; UTF-16 is what its own page and code scanning count in.
    """
    waiting: dict[str, list[_Annotation]] = {level: [] for level in _LEVELS}
    for failure in report.failures:
        told = _Annotation("copydesk: not reviewed", failure.reason, shown_path(failure.path))
        waiting["error"].append(told)
    for code, message, paths in notices(report):
        within = "" if len(paths) == 1 else f" ({len(paths)} files)"
        waiting["notice"].append(
            _Annotation(f"copydesk: {code}", message + within, None if within else shown_path(paths[0]))
        )
    for review in report.reviews:
        for found in located(review):
            waiting[_LEVEL[found.finding.severity]].append(_of(found))
    return "".join(told.command(level) for level in _LEVELS for told in _fitted(waiting[level]))


def _of(found: Located) -> _Annotation:
    fix = first_fix_in_words(found.finding, found.document.text)
    message = f"{found.message}\n{fix}" if fix else found.message
    return _Annotation(f"copydesk: {found.finding.rule}", message, found.path, tuple(_place(found)))


def _place(found: Located) -> Iterator[tuple[str, int]]:
    """The lines, and the columns of what stands on one line; the end column is the first after the finding."""
    if not found.in_lines:
        return
    first, last = found.lines()
    yield from (("line", first), ("endLine", last))
    if first == last:
        span = found.finding.span
        _, column = found.line_column()
        width = found.offsets.decoded_utf16(span.end) - found.offsets.decoded_utf16(span.start)
        yield from (("col", column), ("endColumn", column + width))


def _fitted(waiting: Sequence[_Annotation]) -> list[_Annotation]:
    """`waiting` in at most ten: as many single ones as leave room for one a file of the others."""
    if len(waiting) <= MOST:
        return list(waiting)
    groups = [list(group) for _, group in groupby(waiting, key=lambda told: told.path)]
    if len(groups) > MOST:
        rest = [told for group in groups[MOST - 1 :] for told in group]
        last = _Annotation("copydesk", f"{counted(len(rest), 'more annotation')} in other files. {_SUMMARY}")
        return [*(_together(group) for group in groups[: MOST - 1]), last]
    single = max(n for n in range(MOST) if n + _files(waiting[n:]) <= MOST)
    rest = [_together(list(group)) for _, group in groupby(waiting[single:], key=lambda told: told.path)]
    return [*waiting[:single], *rest]


def _files(waiting: Sequence[_Annotation]) -> int:
    return sum(1 for _ in groupby(waiting, key=lambda told: told.path))


def _together(group: Sequence[_Annotation]) -> _Annotation:
    """One annotation for several of a file, at the first of them."""
    first = group[0]
    if len(group) == 1:
        return first
    lines = list(dict.fromkeys(value for told in group for name, value in told.place if name == "line"))
    shown = ", ".join(map(str, lines[:_MOST_LINES])) + (", …" if len(lines) > _MOST_LINES else "")
    rules = Counter(told.title.removeprefix("copydesk: ") for told in group)
    of = ", ".join(f"{rule} ({count})" if count > 1 else rule for rule, count in rules.most_common())
    where = f" on line{'s' if len(lines) > 1 else ''} {shown}" if lines else ""
    what = counted(len(group), "notice" if first.path is None else "finding")
    return _Annotation(f"copydesk: {what}", f"{what}{where}: {of}. {_SUMMARY}", first.path, first.place[:1])
