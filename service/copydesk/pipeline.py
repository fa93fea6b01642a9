"""The only place that knows the order: read → check → merge → suppress → correct."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from copydesk.checkers import REGISTRY, Checker, Resources
from copydesk.errors import CopydeskError, UnknownNameError
from copydesk.findings.correct import Applied, correct
from copydesk.findings.merge import merge
from copydesk.findings.suppress import Filter
from copydesk.grammar import GrammarSource
from copydesk.model import Document, Engine, Family, Finding, Notice, Review, Safety
from copydesk.names.lexicon import Entry, Lexicon, shipped_lexicon
from copydesk.packs import RuleBook, load_packs, shipped_rules
from copydesk.read import read

log = logging.getLogger(__name__)

SAFE = frozenset({Safety.SAFE})
UNSAFE = frozenset({Safety.SAFE, Safety.UNSAFE})
_MOST_ROUNDS = 8  # of safe fixes; each removes what the last one laid bare


@dataclass(frozen=True, slots=True)
class Options:
    """What one request asks for, beyond the text itself.

    `enabled` are engine rules that are off by default; `lexicon` are house forms on top of the shipped ones;
    `grammar` replaces the desk's engines (a pinned one, say).
    """

    filter: Filter = field(default_factory=Filter)
    enabled: frozenset[str] = frozenset()
    lexicon: tuple[Entry, ...] = ()
    grammar: GrammarSource | None = None


class Desk:
    """Everything loaded once: rules, lexicon, checkers. Immutable afterwards; any number of threads may use it."""

    def __init__(
        self,
        rules: RuleBook | None = None,
        lexicon: Lexicon | None = None,
        grammar: GrammarSource | None = None,
    ) -> None:
        """With no arguments: the shipped rules and lexicon, and no grammar engine. Raises RuleError."""
        self.rules = load_packs([shipped_rules()]) if rules is None else rules
        self.resources = Resources(shipped_lexicon() if lexicon is None else lexicon, grammar)
        self._checkers = tuple(checker(self.rules, self.resources) for checker in REGISTRY)

    @classmethod
    def with_rules(cls, paths: Iterable[Path], grammar: GrammarSource | None = None) -> Desk:
        """A desk with the shipped packs and the user's own at `paths`. Raises RuleError."""
        return cls(load_packs([shipped_rules(), *paths]), grammar=grammar)

    def review(
        self,
        text: str,
        options: Options | None = None,
        *,
        format: str = "text",  # noqa: A002
        language: str | None = None,
        source: str | None = None,
    ) -> Review:
        """Everything wrong with `text`. Raises InputError, and EngineError only for a pinned engine."""
        document, notices = read(text, format=format, language=language, source=source)
        review = self.check(document, options or Options())
        return replace(review, notices=(*notices, *review.notices))

    def check(self, document: Document, options: Options) -> Review:
        """The review of a document that has been read already."""
        findings: list[Finding] = []
        notices: dict[Notice, None] = {}  # a set that keeps its order
        engines: dict[Engine, None] = {}
        for checker in self._chosen(options):
            for remark in _run(checker, document):
                if isinstance(remark, Finding):
                    findings.append(remark)
                elif isinstance(remark, Notice):
                    notices[remark] = None
                else:
                    engines[remark] = None
        wanted = options.filter.apply(findings, document.text)
        merged = merge(wanted, len(document.text))
        return Review(document, merged, tuple(notices), tuple(engines))

    def correct(self, review: Review, options: Options | None = None, levels: frozenset[Safety] = SAFE) -> Applied:
        """The text after the fixes of `levels`, such that a review of it has no safe fix left.

        Removing one fault can lay another bare, so the cheap checkers (all but the grammar engine, whose fixes are
        never safe) read the outcome again until nothing safe is left.
        """
        options = options or Options()
        document = review.document
        applied = correct(document.text, review.findings, levels)
        text, done = applied.text, applied.findings
        quick = replace(options, filter=_without_grammar(options.filter))
        for _ in range(_MOST_ROUNDS):
            if text == document.text:
                break
            document, _ = read(text, format=document.format, language=document.language, source=document.source)
            text = correct(text, self.check(document, quick).findings, SAFE).text
        return Applied(text, done)

    def _chosen(self, options: Options) -> Iterable[Checker]:
        """The checkers of the wanted families; those that read what the request brings are made anew."""
        resources = self.resources
        if options.lexicon:
            resources = replace(resources, lexicon=resources.lexicon.stacked(options.lexicon))
        if options.grammar is not None or options.enabled:
            resources = replace(resources, grammar=options.grammar or resources.grammar, enabled=options.enabled)
        for checker in self._checkers:
            if options.filter.wants(checker.family):
                own = checker.family in (Family.NAMES, Family.GRAMMAR) and resources is not self.resources
                yield type(checker)(self.rules, resources) if own else checker


def _run(checker: Checker, document: Document) -> Iterable[Finding | Notice | Engine]:
    """One checker's remarks. A fault in a checker costs its own findings, never the review, and is told."""
    try:
        return list(checker.check(document))
    except CopydeskError:
        raise
    except Exception as error:  # noqa: BLE001 (a boundary: whatever went wrong is told, without the text)
        log.error("checker %s failed: %s", checker.family, type(error).__name__)
        return [Notice("checker-failed", f"the {checker.family} checks failed and are missing from this answer")]


def _without_grammar(wanted: Filter) -> Filter:
    families = wanted.families if wanted.families is not None else frozenset(Family)
    return replace(wanted, families=families - {Family.GRAMMAR})


def parse_families(names: Sequence[str]) -> frozenset[Family]:
    """Families by name. Raises UnknownNameError with the nearest."""
    known = {family.value: family for family in Family}
    for name in names:
        if name not in known:
            raise UnknownNameError("family", name, known, field="options.families")
    return frozenset(known[name] for name in names)
