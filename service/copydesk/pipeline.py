"""The only place that knows the order: read → check → merge → suppress → correct."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path

from copydesk.bitext.align import aligned_pairs
from copydesk.bitext.glossary import Term
from copydesk.cache import Cache
from copydesk.checkers import REGISTRY, Checker, Remark, Resources, Scope
from copydesk.checkers.bitext import PAIR_REGISTRY, SET_REGISTRY, PairChecker, SetChecker, TerminologyChecker
from copydesk.checkers.paragraphs import Paragraphs
from copydesk.checkers.second_reader import SecondReaderChecker
from copydesk.checkers.told import Told
from copydesk.errors import UnknownNameError
from copydesk.findings.bilingual import merge_pair, moved
from copydesk.findings.correct import Applied, correct
from copydesk.findings.merge import merge
from copydesk.findings.project import project
from copydesk.findings.suppress import Filter, concerning
from copydesk.grammar import GrammarSource
from copydesk.model import Comparison, Document, Family, Finding, Pair, Review, Safety
from copydesk.names.lexicon import Entry, Lexicon, shipped_lexicon
from copydesk.packs import RuleBook, load_packs, shipped_rules
from copydesk.read import Reading, is_writable, open_source
from copydesk.secondreader import SecondReader

SAFE = frozenset({Safety.SAFE})
UNSAFE = frozenset({Safety.SAFE, Safety.UNSAFE})
_MOST_ROUNDS = 8  # of safe fixes; each removes what the last one laid bare


@dataclass(frozen=True, slots=True)
class Options:
    """What one request asks for, beyond the text itself.

    `enabled` are engine rules that are off by default; `lexicon` are house forms on top of the shipped ones;
    `grammar` replaces the desk's engines (a pinned one, say). `source` is what the text translates, to be read against
    it; `glossary` are the terms that a translation is held to; `reader` is a language model that reads the text too.
    """

    filter: Filter = field(default_factory=Filter)
    enabled: frozenset[str] = frozenset()
    lexicon: tuple[Entry, ...] = ()
    grammar: GrammarSource | None = None
    source: Document | None = None
    glossary: tuple[Term, ...] = ()
    reader: SecondReader | None = None


class Desk:
    """Everything loaded once: rules, lexicon, checkers. Immutable afterwards; any number of threads may use it."""

    def __init__(
        self,
        rules: RuleBook | None = None,
        lexicon: Lexicon | None = None,
        grammar: GrammarSource | None = None,
        cache: Cache | None = None,
    ) -> None:
        """With no arguments: the shipped rules and lexicon, and no grammar engine. Raises RuleError.

        `cache` remembers what single paragraphs have; a grammar source has it of its own.
        """
        self.rules = load_packs([shipped_rules()]) if rules is None else rules
        self.resources = Resources(shipped_lexicon() if lexicon is None else lexicon, grammar)
        self.cache = cache
        self._checkers = tuple(checker(self.rules, self.resources) for checker in REGISTRY)
        self._paragraphs = Paragraphs(self.rules, cache)

    @classmethod
    def with_rules(
        cls, paths: Iterable[Path], grammar: GrammarSource | None = None, cache: Cache | None = None
    ) -> Desk:
        """A desk with the shipped packs and the user's own at `paths`. Raises RuleError."""
        return cls(load_packs([shipped_rules(), *paths]), grammar=grammar, cache=cache)

    def review(
        self,
        content: str | bytes,
        options: Options | None = None,
        *,
        format: str = "text",  # noqa: A002
        language: str | None = None,
        source: str | None = None,
    ) -> Review:
        """Everything wrong with `content`: a text, or the bytes of a file.

        Raises InputError, and EngineError only for a pinned engine.
        """
        reading, notices = open_source(content, format=format, language=language, source=source)
        review = self.check(reading, options or Options())
        return replace(review, notices=(*notices, *review.notices))

    def check(self, reading: Reading, options: Options) -> Review:
        """The review of a source that has been read already. Places in it are those of the source.

        What was not asked for and what overlaps is decided on the view, where accepted words and neighbours are as a
        reader sees them.
        """
        view = reading.view
        findings: list[Finding] = []
        told = Told()
        for checker in self._chosen(options):
            findings += told.without(told.asked(checker.family, self._check_of(checker), view))
        if options.reader is not None and options.filter.wants(Family.TRANSLATION):
            model = SecondReaderChecker(options.reader)
            findings += told.without(told.asked(model.family, model.check, view))
        wanted = list(options.filter.apply(concerning(findings, view), view.text))
        if options.source is not None:
            against = self.compare_documents(options.source, view, replace(options, reader=None))
            wanted += against.findings[0]
            told.notices |= dict.fromkeys(against.notices)
        merged = merge(wanted, len(view.text))
        return Review(reading.document, project(merged, reading), tuple(told.notices), tuple(told.engines))

    def compare(self, pairs: Sequence[Pair], options: Options | None = None) -> Comparison:
        """What is wrong with each translation in `pairs`, held against its source and against the other pairs."""
        options = options or Options()
        findings: list[list[Finding]] = [[] for _ in pairs]
        told = Told()
        if options.filter.wants(Family.BITEXT):
            alone, together = self._bilingual
            if options.glossary:
                resources = replace(self.resources, glossary=options.glossary)
                alone = (*alone, TerminologyChecker(self.rules, resources))
            for found, pair in zip(findings, pairs, strict=True):
                for checker in alone:
                    found += told.without(told.asked(checker.family, checker.check, pair))
            for whole in together:
                for index, finding in told.asked(whole.family, whole.check_all, pairs):
                    findings[index].append(finding)
        if options.reader is not None and options.filter.wants(Family.TRANSLATION):
            model = SecondReaderChecker(options.reader)
            for index, remark in told.asked(model.family, model.check_pairs, pairs):
                findings[index] += told.without([remark])
        merged = (
            merge_pair(options.filter.apply(found, pair.target.text)) if found else ()
            for found, pair in zip(findings, pairs, strict=True)
        )
        return Comparison(tuple(pairs), tuple(merged), tuple(told.notices), tuple(told.engines))

    def compare_documents(self, source: Document, target: Document, options: Options | None = None) -> Comparison:
        """What is wrong with `target` as a translation of `source`: one pair, aligned by sentence to be compared.

        Places are those of the documents. Sentences of the target that the source has not are left alone.
        """
        aligned = list(aligned_pairs(source, target))
        found = self.compare([part.pair for part in aligned], options)
        findings = [
            moved(finding, part.bead.target.start, part.bead.source.start)
            for part, own in zip(aligned, found.findings, strict=True)
            for finding in own
        ]
        return replace(found, pairs=(Pair(source, target),), findings=(tuple(findings),))

    def correct(self, review: Review, options: Options | None = None, levels: frozenset[Safety] = SAFE) -> Applied:
        """The text after the fixes of `levels`, such that a review of it has no safe fix left.

        Removing one fault can lay another bare, so the cheap checkers (all but the grammar engine and the second
        reader, whose fixes are never safe) read the outcome again until nothing safe is left.
        """
        rounds = list(self.rounds(review, options or Options(), levels))
        return Applied(rounds[-1].text, rounds[0].findings)

    def rounds(self, review: Review, options: Options, levels: frozenset[Safety] = SAFE) -> Iterator[Applied]:
        """The fixes of `levels` applied to the text of `review`, then the safe ones of each outcome to that outcome.

        The first round always comes; the last changes nothing, or is the last that is allowed.
        """
        document = review.document
        text, findings, allowed = document.text, review.findings, levels
        quick = replace(options, filter=_without_grammar(options.filter), reader=None, source=None)
        for _ in range(_MOST_ROUNDS):
            applied = correct(text, findings, allowed)
            yield applied
            if applied.text == text:
                return
            text, allowed = applied.text, SAFE
            findings = self.again(document, text, quick).findings

    def again(self, document: Document, text: str, options: Options) -> Review:
        """The review of `text`, which corrections made of the text of `document`."""
        format = document.format if is_writable(document.format) else "text"  # noqa: A001
        return self.review(text, options, format=format, language=document.language, source=document.source)

    @cached_property
    def _bilingual(self) -> tuple[tuple[PairChecker, ...], tuple[SetChecker, ...]]:
        """The checkers of pairs and of whole files, made when first asked for: most requests have no source."""
        alone = tuple(checker(self.rules, self.resources) for checker in PAIR_REGISTRY)
        return alone, tuple(checker(self.rules, self.resources) for checker in SET_REGISTRY)

    def _check_of(self, checker: Checker) -> Callable[[Document], Iterable[Remark]]:
        return partial(self._paragraphs.check, checker) if checker.scope is Scope.PARAGRAPH else checker.check

    def _chosen(self, options: Options) -> Iterable[Checker]:
        """The checkers of the wanted families; those that read what the request brings are made anew."""
        resources = self.resources
        if options.lexicon:
            resources = replace(resources, lexicon=resources.lexicon.stacked(options.lexicon))
        if options.grammar is not None or options.enabled:
            resources = replace(resources, grammar=options.grammar or resources.grammar, enabled=options.enabled)
        for checker in self._checkers:
            if options.filter.wants(checker.family):
                named = checker.family is Family.NAMES and resources.lexicon is not self.resources.lexicon
                own = named or (checker.family is Family.GRAMMAR and resources is not self.resources)
                yield type(checker)(self.rules, resources) if own else checker


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
