"""The only place that knows the order: read → check → merge → suppress → correct."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from copydesk.bitext.glossary import Term
from copydesk.cache import Cache
from copydesk.checkers import REGISTRY, Checker, Remark, Resources, Scope
from copydesk.checkers.bilingual import Bilingual
from copydesk.checkers.paragraphs import Paragraphs
from copydesk.checkers.second_reader import SecondReaderChecker
from copydesk.checkers.told import Told
from copydesk.errors import TimeOverError
from copydesk.findings.bilingual import merge_pair, moved
from copydesk.findings.comments import unseen
from copydesk.findings.correct import Applied, correct
from copydesk.findings.ignored import Ignored
from copydesk.findings.merge import merge
from copydesk.findings.project import project
from copydesk.findings.suppress import Filter, concerning
from copydesk.grammar import GrammarSource
from copydesk.limits import Limits, ends_at, lines_in
from copydesk.model import Comparison, Document, Family, Finding, Pair, Review, Safety, Severity
from copydesk.names.lexicon import Entry, Lexicon, shipped_lexicon
from copydesk.packs import RuleBook, load_packs, shipped_rules
from copydesk.packs.patterntime import pattern_time
from copydesk.read import Reading, is_writable, open_in_time
from copydesk.secondreader import SecondReader

SAFE = frozenset({Safety.SAFE})
UNSAFE = frozenset({Safety.SAFE, Safety.UNSAFE})
# Notices that something was not looked for, or not told.
_INCOMPLETE = frozenset({"checker-failed", "deadline", "findings-limit", "pattern-time", "syntax-absent"})
_NO_GRAMMAR = _INCOMPLETE | {"grammar-off", "grammar-unavailable"}
_MOST_ROUNDS = 8  # of safe fixes; each removes what the last one laid bare


@dataclass(frozen=True, slots=True)
class Options:
    """What one request asks for, beyond the text itself.

    `enabled` are engine rules that are off by default; `lexicon` are house forms on top of the shipped ones;
    `grammar` replaces the desk's engines (a pinned one, say). `source` is what the text translates, to be read against
    it; `glossary` are the terms that a translation is held to; `reader` is a language model that reads the text too.
    At `deadline`, in `time.monotonic()`, the review ends with what has been found; it costs no more than `limits`.
    """

    filter: Filter = field(default_factory=Filter)
    enabled: frozenset[str] = frozenset()
    lexicon: tuple[Entry, ...] = ()
    grammar: GrammarSource | None = None
    source: Document | None = None
    glossary: tuple[Term, ...] = ()
    reader: SecondReader | None = None
    deadline: float | None = None
    limits: Limits = field(default_factory=Limits)


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
        self.resources = Resources(shipped_lexicon() if lexicon is None else lexicon, grammar, cache=cache)
        self.cache = cache
        self._checkers = tuple(checker(self.rules, self.resources) for checker in REGISTRY)
        self._paragraphs = Paragraphs(self.rules, cache)
        self._bilingual = Bilingual(self.rules, self.resources)

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

        Raises InputError, also for a text that is over a limit, and EngineError only for a pinned engine.
        """
        options = options or Options()
        options.limits.admit(lines_in(content))  # before they are read, which takes 7 s for a million
        reading, notices = open_in_time(content, options.deadline, format=format, language=language, source=source)
        review = self.check(reading, options)
        return replace(review, notices=(*notices, *review.notices))

    def check(self, reading: Reading, options: Options) -> Review:
        """The review of a source that has been read already. Places in it are those of the source.

        What was not asked for and what overlaps is decided on the view, where accepted words and neighbours are as a
        reader sees them. Comments in the source say what else is left alone.
        """
        ignored = Ignored(reading)
        reading, view = ignored.reading, ignored.reading.view
        options.limits.admit_view(view)
        findings: list[Finding] = []
        told = Told(options.limits.findings_of_one)
        with ends_at(options.deadline), pattern_time(options.limits.pattern_seconds):
            for checker in self._chosen(options):
                findings += told.without(told.asked(checker.family, self._check_of(checker), view))
            if options.reader is not None and options.filter.wants(Family.TRANSLATION):
                model = SecondReaderChecker(options.reader, options.deadline)
                findings += told.without(told.asked(model.family, model.check, view))
        wanted = list(options.filter.apply(concerning(findings, view), view.text))
        if options.source is not None:
            against = self._against(unseen(options.source), view, replace(options, reader=None))
            wanted += against.findings[0]
            told.notices |= dict.fromkeys(against.notices)
        told.tell_times()
        [merged], cut = options.limits.first([merge(ignored.without(wanted), len(view.text))])
        told.notices |= dict.fromkeys(cut)
        notices = (*told.all_notices(), *ignored.notices(self.rules, partial(_judged, options, told)))
        with ends_at(options.deadline):
            placed = project(merged, reading)
        return Review(reading.document, placed, notices, tuple(told.engines))

    def compare(self, pairs: Sequence[Pair], options: Options | None = None) -> Comparison:
        """What is wrong with each translation in `pairs`, held against its source and against the other pairs."""
        options = options or Options()
        options.limits.admit(len(pairs))
        findings: list[list[Finding]] = [[] for _ in pairs]
        told = Told()
        with ends_at(options.deadline):
            if options.filter.wants(Family.BITEXT):
                findings = self._bilingual.check(pairs, options.glossary, told)
            if options.reader is not None and options.filter.wants(Family.TRANSLATION):
                model = SecondReaderChecker(options.reader, options.deadline)
                for index, remark in told.asked(model.family, model.check_pairs, pairs):
                    findings[index] += told.without([remark])
        merged = [
            merge_pair(options.filter.apply(found, pair.target.text)) if found else ()
            for found, pair in zip(findings, pairs, strict=True)
        ]
        told.tell_times()
        kept, cut = options.limits.first(merged)
        told.notices |= dict.fromkeys(cut)
        return Comparison(tuple(pairs), tuple(kept), told.all_notices(), tuple(told.engines))

    def compare_documents(self, source: Document, target: Document, options: Options | None = None) -> Comparison:
        """What is wrong with `target` as a translation of `source`: one pair, aligned by sentence to be compared.

        Places are those of the documents. Sentences of the target that the source has not are left alone, and what
        comments in it say.
        """
        ignored = Ignored(Reading(target, target))
        found = self._against(unseen(source), ignored.reading.view, options or Options())
        notices = (*found.notices, *ignored.notices(self.rules, lambda _: False))  # other families are not looked for
        findings = tuple(ignored.without(found.findings[0]))
        return replace(found, pairs=(Pair(source, target),), findings=(findings,), notices=notices)

    def _against(self, source: Document, target: Document, options: Options) -> Comparison:
        from copydesk.bitext.align import aligned_pairs  # here, as the checkers of translations: see `Bilingual`

        try:
            with ends_at(options.deadline):
                aligned = list(aligned_pairs(source, target))
        except TimeOverError:
            aligned = []  # no checker will have time either, and that is told
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
        limits = replace(options.limits, segments=None)  # the text has been admitted, whatever corrections make of it
        quick = replace(options, filter=_without_grammar(options.filter), reader=None, source=None, limits=limits)
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

    def _check_of(self, checker: Checker) -> Callable[[Document], Iterable[Remark]]:
        return partial(self._paragraphs.check, checker) if checker.scope is Scope.PARAGRAPH else checker.check

    def _chosen(self, options: Options) -> Iterable[Checker]:
        """The checkers of the wanted families; those that read what the request brings are made anew."""
        resources = self.resources
        if options.lexicon:
            resources = replace(resources, lexicon=resources.lexicon.stacked(options.lexicon))
        if options.grammar is not None or options.enabled or options.deadline is not None:
            grammar = options.grammar or resources.grammar
            resources = replace(resources, grammar=grammar, enabled=options.enabled, deadline=options.deadline)
        for checker in self._checkers:
            if options.filter.wants(checker.family):
                named = checker.family is Family.NAMES and resources.lexicon is not self.resources.lexicon
                own = named or (checker.family is Family.GRAMMAR and resources is not self.resources)
                yield type(checker)(self.rules, resources) if own else checker


def _without_grammar(wanted: Filter) -> Filter:
    families = wanted.families if wanted.families is not None else frozenset(Family)
    return replace(wanted, families=families - {Family.GRAMMAR})


def _judged(options: Options, told: Told, family: Family) -> bool:
    """Whether all that `family` can say of a text was looked for, so that a comment against it could be of use."""
    codes = {notice.code for notice in told.notices}
    if family is Family.BITEXT and options.source is None:
        return False
    asked = options.filter.wants(family) and options.filter.severity is Severity.SUGGESTION
    return asked and not codes & (_NO_GRAMMAR if family is Family.GRAMMAR else _INCOMPLETE)
