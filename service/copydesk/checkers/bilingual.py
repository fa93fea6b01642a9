"""All checkers of translations together: each pair by itself, then all pairs of a file.

They are a quarter of all modules and take 0.2 s to import, so that is done for the first pair: most texts come without
a source.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from copydesk.bitext.glossary import Term
from copydesk.checkers.base import Resources
from copydesk.checkers.told import Told
from copydesk.model import Finding, Pair
from copydesk.packs import RuleBook

if TYPE_CHECKING:
    from copydesk.checkers.bitext import PairChecker, SetChecker


class Bilingual:
    """Any number of threads may use it."""

    def __init__(self, rules: RuleBook, resources: Resources) -> None:
        self._rules, self._resources = rules, resources

    def check(self, pairs: Sequence[Pair], glossary: tuple[Term, ...], told: Told) -> list[list[Finding]]:
        """What is wrong with each of `pairs`; `glossary` are the terms of the request. `told` hears the rest."""
        findings: list[list[Finding]] = [[] for _ in pairs]
        alone, together = self._checkers
        if glossary:
            from copydesk.checkers.bitext import TerminologyChecker

            alone = (*alone, TerminologyChecker(self._rules, replace(self._resources, glossary=glossary)))
        for found, pair in zip(findings, pairs, strict=True):
            for checker in alone:
                found += told.without(told.asked(checker.family, checker.check, pair))
        for whole in together:
            for index, finding in told.asked(whole.family, whole.check_all, pairs):
                findings[index].append(finding)
        return findings

    @cached_property
    def _checkers(self) -> tuple[tuple[PairChecker, ...], tuple[SetChecker, ...]]:
        """Made when first asked for."""
        from copydesk.checkers.bitext import PAIR_REGISTRY, SET_REGISTRY

        alone = tuple(checker(self._rules, self._resources) for checker in PAIR_REGISTRY)
        return alone, tuple(checker(self._rules, self._resources) for checker in SET_REGISTRY)
