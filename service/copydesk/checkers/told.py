"""What checkers tell beside their findings: the notices and engines of one review."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from copydesk.checkers.base import Remark
from copydesk.errors import CopydeskError
from copydesk.model import Engine, Family, Finding, Notice

log = logging.getLogger(__name__)

S = TypeVar("S")
T = TypeVar("T")


class Told:
    """What checkers tell beside their findings, each once, in the order told."""

    def __init__(self) -> None:
        self.notices: dict[Notice, None] = {}  # sets that keep their order
        self.engines: dict[Engine, None] = {}

    def asked(self, family: Family, check: Callable[[S], Iterable[T]], subject: S) -> list[T]:
        """What one checker says of `subject`. A fault in it costs its own findings, never the review, and is told."""
        try:
            return list(check(subject))
        except CopydeskError:
            raise
        except Exception as error:  # noqa: BLE001 (a boundary: whatever went wrong is told, without the text)
            log.error("checker %s failed: %s", family, type(error).__name__)
            told = f"the {family} checks failed and are missing from this answer"
            self.notices[Notice("checker-failed", told)] = None
            return []

    def without(self, remarks: Iterable[Remark]) -> Iterator[Finding]:
        """The findings among `remarks`; the rest is kept here."""
        for remark in remarks:
            if isinstance(remark, Finding):
                yield remark
            elif isinstance(remark, Notice):
                self.notices[remark] = None
            else:
                self.engines[remark] = None
