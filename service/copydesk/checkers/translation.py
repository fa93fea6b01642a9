"""Word-for-word translation: calques, false friends, word order. All of it is rules."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from copydesk.checkers.base import Remark, Resources
from copydesk.model import Document, Family
from copydesk.packs import RuleBook
from copydesk.packs.patterns import PatternMatcher


class TranslationChecker:
    """Runs the pattern rules of its family."""

    family: ClassVar[Family] = Family.TRANSLATION

    def __init__(self, rules: RuleBook, resources: Resources) -> None:
        self._patterns = PatternMatcher(rules.of(self.family))

    def check(self, document: Document) -> Iterator[Remark]:
        """The findings of every pattern rule."""
        yield from self._patterns.find(document)
