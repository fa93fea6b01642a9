"""Since when the texts have had their faults: the age of the lines on which findings stand, by git blame."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from copydesk.errors import InputError
from copydesk.repository.git import output, root_of

_MOST_FILES = 300  # blame costs 10 to 50 ms a file
_AT_ONCE = 4  # git processes
_OF_A_LINE = re.compile(rb"([0-9a-f]{40,64}) \d+ (\d+)(?: \d+)?")
_WHEN = b"committer-time "


@dataclass(frozen=True, slots=True)
class History:
    """How many findings stand on lines that were last changed in each month, of the findings that were looked up.

    `months` are all from the first with one to the last, as `2026-03`, in UTC. `left_out` are findings in files past
    the limit or unknown to git; `is_cut` says that the clone is shallow, so what is old seems as old as its end.
    """

    months: tuple[tuple[str, int], ...]
    uncommitted: int
    left_out: int
    is_cut: bool


def history(root: Path, lines: Mapping[str, Counter[int]]) -> History | None:
    """The age of findings; `lines` has for each file, by its path from `root`, how many stand on each line of git's.

    Looks at the 300 files with the most findings. None where `root` lies in no repository, or git cannot be run.
    """
    top = root_of(root)
    if top is None:
        return None
    chosen = sorted(lines, key=lambda path: (-lines[path].total(), path))[:_MOST_FILES]
    try:
        is_cut = output(top, "rev-parse", "--is-shallow-repository").strip() == b"true"
    except InputError:
        return None
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        blamed = list(threads.map(lambda path: _months_of(top, root / path, lines[path]), chosen))
    counts = sum((months for months in blamed if months is not None), Counter[str]())
    uncommitted = counts.pop("", 0)
    left_out = sum(lines[path].total() for path in lines) - counts.total() - uncommitted
    return History(tuple((month, counts[month]) for month in _months(counts)), uncommitted, left_out, is_cut)


def _months_of(root: Path, path: Path, lines: Counter[int]) -> Counter[str] | None:
    """How many findings are of each month, those of lines not yet committed under ""; None where git does not know."""
    ranges = [f"-L{line},{line}" for line in sorted(lines)]
    try:
        told = output(root, "blame", "--porcelain", *ranges, "--", str(path))
    except InputError:
        return None
    when: dict[bytes, str] = {}
    counts: Counter[str] = Counter()
    commit_of: list[tuple[bytes, int]] = []
    for row in told.split(b"\n"):
        if (head := _OF_A_LINE.fullmatch(row)) is not None:
            commit_of.append((head[1], int(head[2])))
        elif row.startswith(_WHEN) and commit_of:
            when[commit_of[-1][0]] = datetime.fromtimestamp(int(row.removeprefix(_WHEN)), UTC).strftime("%Y-%m")
    for commit, line in commit_of:
        counts[when[commit] if commit.strip(b"0") else ""] += lines[line]
    return counts


def _months(counts: Counter[str]) -> Iterator[str]:
    """Every month from the first of `counts` to the last."""
    if not counts:
        return
    month, last = min(counts), max(counts)
    while month <= last:
        yield month
        year, number = map(int, month.split("-"))
        month = f"{year + number // 12:04}-{number % 12 + 1:02}"
