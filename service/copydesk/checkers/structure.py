"""Word-for-word translation that only the parts of a sentence tell: agreement, tense, order. All of it is rules."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from copydesk.checkers.base import Remark, Resources, Scope, unparsed
from copydesk.errors import EngineError
from copydesk.model import Document, Family, Span
from copydesk.packs import RuleBook
from copydesk.syntax import SyntaxMatcher, Triggers


class StructureChecker:
    """Runs the rules of the translation family that need a parse, over suspicious sentences.

    A sentence is all that they look at, but what could not run is told once for a document; the parser itself
    remembers the sentences that it has parsed.
    """

    family: ClassVar[Family] = Family.TRANSLATION
    scope: ClassVar[Scope] = Scope.DOCUMENT

    def __init__(self, rules: RuleBook, resources: Resources) -> None:
        self._triggers = Triggers(rules.of(self.family), resources.cache)
        self._syntax = SyntaxMatcher(self._triggers.rules)
        self._parser = resources.syntax

    def check(self, document: Document) -> Iterator[Remark]:
        """The findings of every rule; without spaCy, a notice says that a sentence was not looked at."""
        suspects = self._triggers.sentences(document)
        if not suspects:
            return
        try:
            yield from self._parsed(document, suspects)
        except EngineError as error:
            yield unparsed(error)

    def _parsed(self, document: Document, suspects: dict[Span, list[int]]) -> Iterator[Remark]:
        """Each sentence is parsed once, for all the rules whose trigger stands in it."""
        docs = self._parser.parse([sentence.of(document.text) for sentence in suspects])
        for doc, (sentence, rules) in zip(docs, suspects.items(), strict=True):
            yield from self._syntax.find(doc, sentence.start, rules)
        yield self._parser.info
