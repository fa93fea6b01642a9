"""The contract of the checkers that hold a translation against its source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar, Protocol

from copydesk.checkers.base import Remark, Resources
from copydesk.model import Family, Finding, Pair
from copydesk.packs import RuleBook


class PairChecker(Protocol):
    """What a pair alone can show. As `Checker`: compiled when made, stateless, any number of threads.

    All checkers together have half a millisecond a pair: test first what is cheap, and what most pairs do not have.
    """

    family: ClassVar[Family] = Family.BITEXT

    def __init__(self, rules: RuleBook, resources: Resources) -> None: ...

    def check(self, pair: Pair) -> Iterator[Remark]:
        """The faults of `pair`, in any order: `span` in the target, `source` in the source."""


class SetChecker(Protocol):
    """What only the whole file can show: one source translated two ways, say."""

    family: ClassVar[Family] = Family.BITEXT

    def __init__(self, rules: RuleBook, resources: Resources) -> None: ...

    def check_all(self, pairs: Sequence[Pair]) -> Iterator[tuple[int, Finding]]:
        """The faults, each with the index of its pair, in any order."""
