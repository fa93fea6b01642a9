"""A repository of 2,000 articles: first run and next ones, one core and two, memory, and what others make of it."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path, PurePath

from benchmarks.corpora import article_bodies, published_news
from benchmarks.repository.peers import PEERS, Alarms, Peer
from benchmarks.repository.texts import Fault, File, files, write
from benchmarks.repository.watch import Watched, watched
from benchmarks.tables import Table, number
from copydesk.model import Span
from copydesk.repository.cache import FOLDER

_COUNT = 2000
_PART = 100  # of them, for peers that would take long
_CORES = 400  # of them, for one core against two: what a start costs, which no second core shortens, weighs less then
_LIMIT = 3600.0  # seconds for a run of copydesk
_PEER_LIMIT = 90.0
_WIDEST, _SLACK = 3, 80  # as in marked.py: an alarm may be so many times as long as the fault, or so much longer
_CHECK = (sys.executable, "-m", "copydesk.cli", "check", "--format", "json", ".")
_FORGETFUL = {"COPYDESK_CACHE_BYTES": "0"}  # paragraphs that stand in several files are checked in each
_HEAD = ["run", "files", "seconds", "peak MiB", "alarms per 1,000 words", "faults of language", "other faults"]


def repository() -> Table:
    """All runs, one after the other."""
    return measured(tuple(files([*published_news(), *article_bodies()], _COUNT)), _PART)


def repository_cores() -> Table:
    """The first of the files on one core and on two."""
    return on_cores(tuple(files([*published_news(), *article_bodies()], _COUNT))[:_CORES])


def on_cores(made: Sequence[File]) -> Table:
    """The table of one core against two for the files `made`."""
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), made)
        one, two = (_copydesk(Path(folder), cores) for cores in (1, 2))
    ratio = number(one.seconds / two.seconds, 2)
    rows = [
        ["run", "files", "seconds"],
        ["first run, one core", str(len(made)), number(one.seconds)],
        [f"first run, two cores ({ratio} times as fast)", str(len(made)), number(two.seconds)],
    ]
    return Table("A repository on one core and on two", _HOW_CORES, rows)


def measured(made: Sequence[File], part: int) -> Table:
    """The table for the files `made`, of which a slow peer is given the first `part`."""
    with tempfile.TemporaryDirectory() as folder:
        whole, few, aside = (Path(folder, name) for name in ("whole", "few", "aside"))
        aside.mkdir()
        write(whole, made)
        write(few, made[:part])
        rows = [_HEAD, *_runs(whole, made)]
        rows += [_of_peer(peer, whole, few, aside, made, part) for peer in PEERS]
    size = sum(len(file.text.encode()) for file in made)
    words = sum(file.words for file in made)
    planted = [sum(fault.language is sort for file in made for fault in file.faults) for sort in (True, False)]
    how = _HOW.format(
        count=len(made),
        size=size / 1e6,
        words=words,
        language=planted[0],
        other=planted[1],
        limit=_PEER_LIMIT,
        part=part,
    )
    return Table("A repository of articles", how, rows)


_HOW_CORES = """\
The first of the files above, twice from nothing, as commands, loading included. One core: the process and its \
children are held to one processor. Nobody looks at their memory, which would take time from two cores only."""

_HOW = """{count:,} files in Markdown and HTML, {size:.1f} MB, {words:,} words of published news, drawn anew for each \
file with some sentences left out; in each a fault of language (two letters changed round, a word doubled, “an” for \
“a”, “was” for “were”, a space before a comma: {language:,}) and one of those of “Planted faults” ({other:,}). Found: \
an alarm on the fault, not much wider than it. All alarms count in the fifth column, also the right ones.

All runs one after the other, as commands, loading included. copydesk: embedded engine, all families, on all \
processors; nothing is known before the first run, and within a run no paragraph is remembered \
(`COPYDESK_CACHE_BYTES=0`; the default may take 64 MB more a process). The peak is the sum of the proportional set \
sizes of all processes, looked at once a second. textlint with its HTML plugin, common-misspellings and write-good; \
cspell, Harper and Vale with what they bring. Harper reads HTML as plain text. A peer that would need more than \
{limit:.0f} seconds for all files is given {part}."""


def _runs(folder: Path, made: Sequence[File]) -> list[list[str]]:
    """copydesk on all files: the first time, the second, and after a change to one of them."""
    first = _copydesk(folder)
    second = _copydesk(folder)
    changed = folder / made[0].name
    changed.write_bytes(changed.read_bytes() + b"\n<p>One more sentence stands here.</p>\n")
    third = _copydesk(folder)
    share = number(100 * second.seconds / first.seconds)
    return [
        ["copydesk, first run", f"{len(made):,}", *_cost(first), *_quality(_own(first), made)],
        [f"copydesk, second run ({share} % of the first)", f"{len(made):,}", *_cost(second), "", "", ""],
        ["copydesk, one file changed", f"{len(made):,}", *_cost(third), "", "", ""],
    ]


def _copydesk(folder: Path, cores: int | None = None) -> Watched:
    """A run; with `cores` one in which nothing is known."""
    if cores is not None:
        shutil.rmtree(folder / FOLDER, ignore_errors=True)
    jobs = [] if cores is None else ["--jobs", str(cores)]
    run = watched([*_CHECK, *jobs], folder, _LIMIT, cores, _FORGETFUL)
    if run.output is None:
        raise TimeoutError(f"copydesk took more than {_LIMIT:.0f} s")
    return run


def _own(run: Watched) -> Alarms:
    told = json.loads(run.output or b"")
    if told["failures"]:
        raise ValueError(f"copydesk failed on {len(told['failures'])} files")
    return {
        PurePath(doc["path"]).name: [Span(f["start"], f["end"]) for f in doc["findings"]] for doc in told["documents"]
    }


def _of_peer(peer: Peer, whole: Path, few: Path, aside: Path, made: Sequence[File], part: int) -> list[str]:
    """A peer's row: on the first `part` of the files, in `few`, and on all where these let expect that it will end."""
    if peer.found is None:
        return [peer.name, "absent", "", "", "", "", ""]
    name = peer.named()
    row = [name, str(part), f"over {_PEER_LIMIT:.0f}", "", "", "", ""]
    for folder, given in ((few, made[:part]), (whole, made)):
        run = watched(peer.command(aside, [file.name for file in given]), folder, _PEER_LIMIT)
        if run.output is None:
            return row
        alarms = peer.read(run.output, {PurePath(file.name).name: file.text for file in given})
        row = [name, f"{len(given):,}", *_cost(run), *_quality(alarms, given)]
        if run.seconds * len(made) / part > _PEER_LIMIT:
            return row
    return row


def _cost(run: Watched) -> list[str]:
    return [number(run.seconds), number(run.peak / 2**20, 0)]


def _quality(alarms: Alarms, made: Sequence[File]) -> list[str]:
    """Alarms per 1,000 words, and the shares of the planted faults that were found."""
    many = sum(map(len, alarms.values()))
    shares = []
    for sort in (True, False):
        faults = [
            (fault, alarms.get(PurePath(file.name).name, []))
            for file in made
            for fault in file.faults
            if fault.language is sort
        ]
        found = sum(any(_points_at(alarm, fault) for alarm in told) for fault, told in faults)
        shares.append(f"{found / len(faults):.2f}")
    return [number(1000 * many / sum(file.words for file in made), 2), *shares]


def _points_at(alarm: Span, fault: Fault) -> bool:
    longest = max(_WIDEST * len(fault.span), len(fault.span) + _SLACK)
    return alarm.overlaps(fault.span) and len(alarm) <= longest
