"""The files in which the workers of one service keep their figures, so that any of them can tell the sum.

prometheus_client keeps a file a process and kind of metric, in the folder that `PROMETHEUS_MULTIPROC_DIR` names; it
reads the variable when it is imported. What workers that are no more have counted still counts, and a service that
takes up new settings every hour would have a thousand files of them in a year: they are put into one.
"""

from __future__ import annotations

import fcntl
import logging
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.metrics_core import Metric
from prometheus_client.mmap_dict import MmapedDict
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead
from prometheus_client.registry import Collector

log = logging.getLogger(__name__)

REGISTRY = CollectorRegistry()
"""The figures of this process."""

_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
_KINDS = ("counter", "histogram")  # what is summed
_BYTES = dict.fromkeys(_KINDS, 1 << 20) | dict.fromkeys(("gauge_livesum", "gauge_livemax", "gauge_livemin"), 1 << 16)
_FILE: Any = MmapedDict  # which has no types
_ENDED = "ended"  # stands in the place of a process id
# A folder of our own is made there, which nobody else can open.
_MEMORY = "/dev/shm"  # noqa: S108 # nosec B108

_apart: list[TemporaryDirectory[str]] = []  # one at most: where this process has its files when the disk is full


def folder() -> Path | None:
    """Where the files of this service are; None for a process that keeps its figures to itself."""
    named = os.environ.get(_VARIABLE)
    return None if named is None else Path(named)


def exposition() -> bytes:
    """The figures in Prometheus' text format: of all processes of the service, or of this one where it is alone."""
    place = folder()
    if place is None:
        return generate_latest(REGISTRY)
    everybody = CollectorRegistry()
    everybody.register(_Everybody(place))
    return generate_latest(everybody)


def prepare(process: int) -> None:
    """Makes room on the disk for the files of a process that has counted nothing yet.

    They are written through the memory, and the library leaves holes in them: to fill one on a full disk would end the
    process by a signal (SIGBUS), and the one in its place too. Where there is no room even now, this process has its
    files in memory, and it alone tells its figures; where not there either, that risk is told.
    """
    place = folder()
    if place is None or _has_room_for(process, place):
        return
    with suppress(OSError):
        apart = TemporaryDirectory(prefix="copydesk-", dir=_MEMORY)
        if _has_room_for(process, Path(apart.name)):
            _apart.append(apart)
            os.environ[_VARIABLE] = apart.name
            log.error("no room for the metrics of process %d: it keeps them to itself", process)
            return
        apart.cleanup()
    log.error("no room for the metrics of process %d: it may end when it counts", process)


def bury(process: int) -> None:
    """Puts what a process that has ended has counted into the file of all such; how it was is forgotten.

    On a full disk, what it counted is forgotten too.
    """
    place = folder()
    if place is not None:
        try:
            _bury(process, place)
        except OSError as error:  # of the main process, which is to go on
            log.error("what process %d has counted is not put aside (%s)", process, type(error).__name__)


def _bury(process: int, place: Path) -> None:
    with _locked(place, fcntl.LOCK_EX):
        mark_process_dead(process)  # type: ignore[no-untyped-call]
        for kind in _KINDS:
            file = place / f"{kind}_{process}.db"
            if file.exists():
                ended = place / f"{kind}_{_ENDED}.db"
                if _has_room(ended, max(_BYTES[kind], _used(ended) + _used(file))):
                    _add(file, ended)
                else:
                    log.error("no room for what process %d has counted: it is forgotten", process)
                file.unlink()


class _Everybody(Collector):
    """Reads while no file is on its way into another: what is in it would count twice, or not at all."""

    def __init__(self, place: Path) -> None:
        self._place = place

    def collect(self) -> Iterable[Metric]:
        """The sums."""
        with _locked(self._place, fcntl.LOCK_SH):
            found: Iterable[Metric] = MultiProcessCollector(None, str(self._place)).collect()  # type: ignore[no-untyped-call]
        return found


def _has_room_for(process: int, place: Path) -> bool:
    """Makes the files of a process in a folder; false, and none are there, where they do not fit."""
    files = {place / f"{kind}_{process}.db": size for kind, size in _BYTES.items()}
    if all(_has_room(file, size) for file, size in files.items()):
        return True
    for file in files:
        file.unlink(missing_ok=True)
    return False


def _has_room(file: Path, size: int) -> bool:
    """Makes the file `size` bytes long, all of them on the disk; false where they do not fit."""
    try:
        with file.open("ab") as opened:
            os.posix_fallocate(opened.fileno(), 0, size)
    except OSError:
        return False
    return True


def _used(file: Path) -> int:
    """Bytes that have something in them: a file begins with their number."""
    if not file.exists():
        return 0
    with file.open("rb") as opened:
        return int.from_bytes(opened.read(4), sys.byteorder)


def _add(file: Path, to: Path) -> None:
    sums = _FILE(str(to))
    for key, value, _, _ in _FILE.read_all_values_from_file(str(file)):
        before, _ = sums.read_value(key)
        sums.write_value(key, before + value, 0.0)
    sums.close()


@contextmanager
def _locked(place: Path, how: int) -> Iterator[None]:
    with (place / "lock").open("ab") as lock:
        fcntl.flock(lock, how)
        yield
