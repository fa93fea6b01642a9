"""The outcome of a run over files: what every output is made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from copydesk.model import Review

if TYPE_CHECKING:
    from copydesk.packs import RuleBook

COPIED, REPEATED, SPELLING = (f"any/corpus/{name}" for name in ("copied-text", "repeated-passage", "name-spelling"))
CORPUS_RULES = frozenset({COPIED, REPEATED, SPELLING})
"""What texts show when they are held against each other. In no pack, since a pack's examples are single texts."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read or reviewed, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class HeldBack:
    """How many findings are not shown since they are known already or not on changed lines."""

    baseline: int = 0
    unchanged: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """`reviews` and `failures` are in the order of their paths, whatever the order of the work.

    `document.source` of a review is the file's path as it is told to the user, relative to `root` where it lies in
    it, with `/` between its parts; `document.text` is the whole file, with its byte order mark and its line ends.
    `rules` loads the packs, which costs 0.1 s, or 0.8 the first time: only outputs that explain rules ask for them.
    """

    root: str
    reviews: tuple[Review, ...]
    rules: Callable[[], RuleBook]
    failures: tuple[Failure, ...] = ()
    held_back: HeldBack = HeldBack()
