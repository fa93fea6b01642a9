"""Word-for-word translation: calques, false friends, case, agreement, tense, word order. All of it is rules."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from copydesk.checkers.base import Remark, Resources
from copydesk.errors import EngineError
from copydesk.model import Document, Family, Notice, Span
from copydesk.packs import RuleBook
from copydesk.packs.patterns import PatternMatcher
from copydesk.syntax import SyntaxMatcher, Triggers


class TranslationChecker:
    """Runs the pattern rules of its family over the text, and the rules that need a parse over suspicious sentences."""

    family: ClassVar[Family] = Family.TRANSLATION

    def __init__(self, rules: RuleBook, resources: Resources) -> None:
        own = rules.of(self.family)
        self._patterns = PatternMatcher(own)
        self._triggers = Triggers(own)
        self._syntax = SyntaxMatcher(self._triggers.rules)
        self._parser = resources.syntax

    def check(self, document: Document) -> Iterator[Remark]:
        """The findings of every rule; without spaCy, a notice says how many rules had a sentence to look at."""
        yield from self._patterns.find(document)
        suspects = self._triggers.sentences(document)
        if not suspects:
            return
        try:
            yield from self._parsed(document, suspects)
        except EngineError as error:
            missed = len({index for rules in suspects.values() for index in rules})
            yield Notice("syntax-absent", f"{error}: {missed} rules of the translation family did not run")

    def _parsed(self, document: Document, suspects: dict[Span, list[int]]) -> Iterator[Remark]:
        """Each sentence is parsed once, for all the rules whose trigger stands in it."""
        docs = self._parser.parse([sentence.of(document.text) for sentence in suspects])
        for doc, (sentence, rules) in zip(docs, suspects.items(), strict=True):
            yield from self._syntax.find(doc, sentence.start, rules)
        yield self._parser.info
