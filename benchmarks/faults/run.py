"""One fault under load: when it came, when all was well again, and the row that tells it."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.faults.load import CLIENTS, Load, Tally, Texts
from benchmarks.faults.service import NotShownError, Service, until
from benchmarks.tables import number

HEAD = (
    "fault",
    "sent",
    "answered",
    "of these degraded",
    "told to wait",
    "cut, sent again",
    "lost",
    "longest, ms",
    "well again, s",
    "what became of it",
)
FAILED = "FAILED"
_BEFORE, _AFTER = 3.0, 5.0  # seconds of load before a fault, and after all is well again


@dataclass(slots=True)
class Run:
    """What a fault has in hand: the service under load, and the clock."""

    service: Service
    load: Load
    struck: float | None = None  # in `time.monotonic()`
    told: list[str] = field(default_factory=list)

    def strikes(self) -> None:
        """Says that the fault comes now."""
        self.struck = time.monotonic()

    def tell(self, what: str) -> None:
        """Says what became of it."""
        self.told.append(what)

    def since(self) -> float:
        """Seconds since the fault."""
        assert self.struck is not None
        return time.monotonic() - self.struck


@dataclass(frozen=True, slots=True)
class Fault:
    """`happen` sets the fault and returns when all is well again, or raises NotShownError. `last`: it ends the service.
    `stays`: it has no end, so that answers stay degraded.

    `may_cut`: it ends a process that has connections in hand.
    """

    name: str
    happen: Callable[[Run], None]
    last: bool = False
    stays: bool = False
    may_cut: bool = False


@dataclass(frozen=True, slots=True)
class Scene:
    """Faults that are set to one service, one after the other; `place` starts it in a folder."""

    faults: tuple[Fault, ...]
    place: Callable[[Path], AbstractContextManager[Service]]


def under_load(service: Service, texts: Texts, fault: Fault) -> list[str]:
    """The row of one fault, with what is wrong with it as its last cell."""
    failed = ""
    with Load(service.url, texts, service.key) as load:
        run = Run(service, load)
        time.sleep(_BEFORE)
        try:
            fault.happen(run)
            whole = time.monotonic()
            if fault.stays:
                time.sleep(_AFTER)  # under load; where the first texts brought it about, there was none yet
            elif not fault.last:
                _settle(load.tally)
        except NotShownError as error:
            failed, whole = str(error), time.monotonic()
    began = whole if run.struck is None else run.struck
    well = max(whole, load.tally.last_odd) - began
    failed = failed or _failed(load.tally, fault)
    figures = _figures(fault.name, load.tally, None if fault.stays else well)
    return [*figures, f"{FAILED}: {failed}" if failed else "; ".join(run.told)]


def _settle(tally: Tally) -> None:
    """Returns when for a while every answer was whole. Raises NotShownError where that does not come."""
    began = time.monotonic()

    def is_well() -> bool:
        return time.monotonic() - max(began, tally.last_odd) > _AFTER and tally.last_whole > tally.last_odd

    until(is_well, "answers that are whole")


def _failed(tally: Tally, fault: Fault) -> str:
    if tally.lost:
        return f"lost: {tally.lost[0]}"
    if tally.cut and not fault.may_cut:
        return f"{tally.cut} connections were cut"
    if tally.refused and not fault.last:
        return "nobody listened"
    return "" if tally.answered > CLIENTS else "there was no load"


def _figures(name: str, tally: Tally, well: float | None) -> list[str]:
    counts = (tally.sent, tally.answered, tally.degraded, tally.told_to_wait, tally.cut, len(tally.lost))
    return [
        name,
        *(f"{count:,}" for count in counts),
        number(1000 * tally.longest, 0),
        "–" if well is None else number(well),
    ]
