"""What checkers tell beside their findings: the notices and engines of one review."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TypeVar

from copydesk.checkers.base import Remark
from copydesk.errors import CopydeskError, PatternTimeError, TimeOverError
from copydesk.limits import heed_time
from copydesk.model import Engine, Family, Finding, Notice
from copydesk.watch import Stretch, tell

log = logging.getLogger(__name__)

S = TypeVar("S")
T = TypeVar("T")


class Told:
    """What checkers tell beside their findings, each once, in the order told."""

    def __init__(self, most: int | None = None) -> None:
        """`most` is what one checker may say; None: any number of remarks."""
        self._most = most
        self._unfinished: dict[Family, None] = {}  # what the time was too short for
        self._began: dict[Family, float] = {}  # in `time.time()`
        self._took: dict[Family, float] = {}  # seconds
        self.notices: dict[Notice, None] = {}  # sets that keep their order
        self.engines: dict[Engine, None] = {}

    def asked(self, family: Family, check: Callable[[S], Iterable[T]], subject: S) -> list[T]:
        """What one checker says of `subject`, in the time that is left.

        A fault in it costs its own findings, never the review, and is told.
        """
        found: list[T] = []
        start = time.perf_counter()
        if family not in self._began:
            self._began[family] = time.time()
        try:
            heed_time()
            found.extend(islice(check(subject), self._most))
        except TimeOverError:
            self._unfinished[family] = None
        except PatternTimeError as error:
            self.notices[Notice("pattern-time", str(error))] = None
        except CopydeskError:
            raise
        except Exception as error:  # noqa: BLE001 (a boundary: whatever went wrong is told, without the text)
            log.error("checker %s failed: %s", family, type(error).__name__)
            told = f"the {family} checks failed and are missing from this answer"
            self.notices[Notice("checker-failed", told)] = None
            return []
        finally:
            self._took[family] = self._took.get(family, 0.0) + time.perf_counter() - start
        if len(found) == self._most:
            told = f"the {family} checks were ended at {self._most} findings"
            self.notices[Notice("findings-limit", told)] = None
        return found

    def all_notices(self) -> tuple[Notice, ...]:
        """Everything told, and in the end what the time was too short for."""
        if not self._unfinished:
            return tuple(self.notices)
        families = ", ".join(self._unfinished)
        told = f"the time for this review was over: not everything was looked for in {families}"
        return (*self.notices, Notice("deadline", told))

    def tell_times(self) -> None:
        """Tells who watches the service how long the checks of each family took, from when the first of them began."""
        for family, seconds in self._took.items():
            tell(Stretch("family", family.value, self._began[family], seconds))

    def without(self, remarks: Iterable[Remark]) -> Iterator[Finding]:
        """The findings among `remarks`; the rest is kept here."""
        for remark in remarks:
            if isinstance(remark, Finding):
                yield remark
            elif isinstance(remark, Notice):
                self.notices[remark] = None
            else:
                self.engines[remark] = None
