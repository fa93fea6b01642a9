"""What the views share: the desk, the settings and the engines that requests may name."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from threading import Lock

from flask import current_app, g

from copydesk.api.asked import BitextOptions, ReviewOptions, TermRequest
from copydesk.bitext.glossary import Term
from copydesk.bitext.pairs import document_of
from copydesk.errors import InputError, TimeOverError, UnknownNameError
from copydesk.findings.suppress import Filter
from copydesk.grammar import GrammarSource, grammar_source
from copydesk.limits import ends_at, lines_in
from copydesk.model import Document, Family
from copydesk.pipeline import Desk, Options
from copydesk.secondreader import SecondReader, second_reader
from copydesk.secondreader.contract import RULES
from copydesk.settings import Settings

_ANSWER, _SHARE = 3.0, 0.25  # seconds, and the most of the time of a review, in which its answer is put together


class Service:
    """One desk behind the views. Any number of threads may use it."""

    def __init__(self, settings: Settings, desk: Desk) -> None:
        self.settings, self.desk = settings, desk
        self._sources: dict[str, GrammarSource] = {}
        self._opening = Lock()

    def options(self, asked: ReviewOptions) -> Options:
        """The wishes of a request as the pipeline takes them. Raises UnknownNameError, EngineError."""
        for field, rules in (("enable", asked.enable), ("disable", asked.disable)):
            for rule in rules:
                self._check(rule, field)
        wanted = Filter(
            families=None if asked.families is None else frozenset(asked.families),
            disabled=frozenset(asked.disable),
            severity=asked.severity,
            accepted=frozenset(asked.accept),
        )
        enabled = frozenset(rule for rule in asked.enable if rule not in self.desk.rules)
        grammar = None
        if asked.engine is not None and wanted.wants(Family.GRAMMAR):
            grammar = self.source(asked.engine)
        return replace(
            self.bounds(),
            filter=wanted,
            enabled=enabled,
            lexicon=asked.lexicon,
            grammar=grammar,
            glossary=terms(asked.glossary),
            reader=self.reader if asked.reader else None,
        )

    def bitext_options(self, asked: BitextOptions) -> Options:
        """The wishes of a bilingual request. Raises UnknownNameError."""
        for rule in asked.disable:
            self._check(rule, "disable")
        wanted = Filter(disabled=frozenset(asked.disable), severity=asked.severity, accepted=frozenset(asked.accept))
        reader = self.reader if asked.reader else None
        return replace(self.bounds(), filter=wanted, glossary=terms(asked.glossary), reader=reader)

    def bounds(self) -> Options:
        """What any review may take. Its time runs from when its request came, however long that waited, and ends before
        that of the answer, which has still to be put together.
        """
        whole = self.settings.review_deadline
        deadline: float = g.get("deadline") or time.monotonic() + whole
        return Options(deadline=deadline - min(_ANSWER, _SHARE * whole), limits=self.settings.limits)

    def document(self, text: str, language: str | None) -> Document:
        """One side of a translation; without any line where there is no time to read it, which whoever compares it
        then tells. Raises UnknownNameError for its language, TooLargeError.
        """
        self.settings.limits.admit(lines_in(text))
        try:
            with ends_at(self.bounds().deadline):
                return document_of(text, language)
        except TimeOverError:
            return replace(document_of("", language), text=text)

    def _check(self, rule: str, field: str) -> None:
        if rule not in self.desk.rules and rule not in RULES and not _is_engines(rule):
            raise UnknownNameError("rule", rule, self._rule_ids, field=f"options.{field}")

    @cached_property
    def _rule_ids(self) -> tuple[str, ...]:
        return tuple(rule.id for rule in self.desk.rules)

    @cached_property
    def reader(self) -> SecondReader:
        """The second reader, made when first asked for: each worker has its own connections."""
        return second_reader(self.settings)

    def source(self, name: str) -> GrammarSource:
        """The engine of that name, made when first asked for. Raises EngineError where it is not there."""
        with self._opening:
            if name not in self._sources:
                self._sources[name] = grammar_source(self.settings, name, cache=self.desk.cache)
            return self._sources[name]


def terms(asked: Sequence[TermRequest]) -> tuple[Term, ...]:
    """The terms of a request. Raises InputError for one that asks for nothing."""
    for index, term in enumerate(asked):
        if not term.forbidden and not (term.source and term.targets):
            field = f"options.glossary.{index}"
            raise InputError("a term needs a source and targets, or forbidden words", field=field)
    return tuple(Term(term.source, term.targets, term.forbidden) for term in asked)


def service() -> Service:
    """The service of the application that answers the current request."""
    found: Service = current_app.extensions["copydesk"]
    return found


def _is_engines(rule: str) -> bool:
    """Whether `rule` looks like LanguageTool's: `COMMA_COMPOUND_SENTENCE`, `piv_okremo`. No slashes."""
    return "/" not in rule and (rule != rule.lower() or "_" in rule)
