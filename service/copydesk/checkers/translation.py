"""Word-for-word translation that its wording tells: calques, false friends, case, word order. All of it is rules."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from copydesk.checkers.base import Remark, Resources, Scope
from copydesk.model import Document, Family
from copydesk.packs import RuleBook
from copydesk.packs.patterns import PatternMatcher


class TranslationChecker:
    """Runs the pattern rules of its family; those that need a parse are `StructureChecker`'s."""

    family: ClassVar[Family] = Family.TRANSLATION
    scope: ClassVar[Scope] = Scope.PARAGRAPH

    def __init__(self, rules: RuleBook, resources: Resources) -> None:
        self._patterns = PatternMatcher(rules.of(self.family))

    def check(self, document: Document) -> Iterator[Remark]:
        """The findings of every pattern rule."""
        yield from self._patterns.find(document)
