"""Words that a translation gives the complements of another language: “depends from”, “listen music”, “do a decision”.

The tables name a word, what it is wrongly given and what English gives it; the parse tells whether the two belong to
each other, however far apart they stand. A sentence is parsed only when both stand in it in the order of the fault.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import ClassVar

from copydesk.checkers._valency import Judge, words_of
from copydesk.checkers._valency_government import Government
from copydesk.checkers._valency_support import SupportVerbs
from copydesk.checkers.base import Remark, Resources, Scope, unparsed
from copydesk.errors import EngineError
from copydesk.limits import heed_time
from copydesk.model import PROSE, Document, Edit, Family, Fix, Safety, Span
from copydesk.packs import Rule, RuleBook

_TABLES: dict[str, Callable[[], Judge]] = {
    "en/valency/verb": lambda: Government("verbs"),
    "en/valency/noun": lambda: Government("nouns"),
    "en/valency/adjective": lambda: Government("adjectives"),
    "en/collocation/support-verb": SupportVerbs,
}


class ValencyChecker:
    """Runs the tables of valency, each as its rule."""

    family: ClassVar[Family] = Family.TRANSLATION
    scope: ClassVar[Scope] = Scope.DOCUMENT

    def __init__(self, rules: RuleBook, resources: Resources) -> None:
        self._judges: list[tuple[Rule, Judge]] = [
            (rules[name], make()) for name, make in _TABLES.items() if name in rules
        ]
        self._parser = resources.syntax

    def check(self, document: Document) -> Iterator[Remark]:
        """The findings of every table; without spaCy, a notice says that a sentence was not looked at."""
        suspects = [sentence for sentence in _english(document) if self._suspicious(sentence.of(document.text))]
        if not suspects:
            return
        try:
            docs = self._parser.parse([sentence.of(document.text) for sentence in suspects])
            yield self._parser.info
        except EngineError as error:
            yield unparsed(error)
            return
        for doc, sentence in zip(docs, suspects, strict=True):
            for rule, judge in self._judges:
                heed_time()
                for fault in judge.faults(doc):
                    span = fault.span.shift(sentence.start)
                    fix = Fix((Edit(fault.edited.shift(sentence.start), fault.text),), Safety.UNSAFE)
                    yield rule.finding(span, fault.span.of(doc.text), (fix,), (), say=fault.say)

    def _suspicious(self, sentence: str) -> bool:
        words = words_of(sentence)
        return any(judge.suspects(words) for _, judge in self._judges)


def _english(document: Document) -> Iterator[Span]:
    """The sentences of English prose."""
    for sentence in document.sentences:
        segment = document.segments[document.segment_index(sentence.start)]
        if segment.kind in PROSE and segment.language.split("-", 1)[0].lower() == "en":
            yield sentence
