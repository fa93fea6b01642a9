"""Holds rules to their own examples: the same for the shipped packs in the tests and for a user's own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from copydesk.bitext.glossary import Term
from copydesk.bitext.pairs import pair_of
from copydesk.findings.correct import correct
from copydesk.model import Finding, Safety, Span
from copydesk.names.lexicon import Entry
from copydesk.packs import Example, Rule
from copydesk.pipeline import Desk, Options
from copydesk.read.language import LANGUAGES

_ALL = frozenset(Safety)


def try_rules(desk: Desk, rules: Iterable[Rule]) -> Iterator[str]:
    """A line for each example of `rules`, which are among the desk's, that does not come out as it says."""
    for rule in rules:
        for example in rule.bad:
            yield from try_bad(desk, rule, example)
        for good in rule.good:
            yield from try_good(desk, rule, good)


def try_bad(desk: Desk, rule: Rule, example: Example) -> Iterator[str]:
    """What is wrong with a bad example: the findings must be exactly the marked spans, of this rule; `fixed` must be
    the text after the fixes; and the fixed text must be silent. A translation's findings must point to the marked
    places of its source, where it has marks."""
    text = example.source
    findings = _findings(desk, rule, example)
    found = [(f.span, f.rule) for f in findings]
    if found != [(span, rule.id) for span in example.spans]:
        shown = [(span.of(text), name) for span, name in found]
        yield f"{rule.id}: in {text!r} found {shown}"
    sources = [f.source for f in findings]
    if example.original_spans and sources != example.original_spans:
        yield f"{rule.id}: in {text!r} the source has {[_shown(span, example.original) for span in sources]}"
    if example.fixed is None:
        return
    fixed = correct(text, findings, _ALL).text
    if fixed != example.fixed:
        yield f"{rule.id}: {text!r} became {fixed!r}"
    yield from try_good(desk, rule, example.model_copy(update={"text": example.fixed}))


def try_good(desk: Desk, rule: Rule, good: str | Example) -> Iterator[str]:
    """What is wrong with a good example: any finding of any family but grammar."""
    example = good if isinstance(good, Example) else Example(text=good)
    for finding in _findings(desk, rule, example.model_copy(update={"house": ()})):
        yield f"{rule.id}: good text {example.source!r} has {finding.rule} on {finding.span.of(example.source)!r}"


def _findings(desk: Desk, rule: Rule, example: Example) -> Sequence[Finding]:
    if example.translates is not None:
        return _against_source(desk, example)
    house = tuple(Entry(canonical=right, variants=(wrong,), kind="place") for right, wrong in example.house)
    language = rule.language if rule.language in LANGUAGES else "en-US"
    options = Options(lexicon=house)
    return desk.review(example.source, options, format=example.format, language=language).findings


def _against_source(desk: Desk, example: Example) -> Sequence[Finding]:
    """The findings on the example's own pair, which comes after those beside it."""
    pairs = [
        pair_of(source, target, example.source_language or "", example.target_language)
        for source, target in (*example.beside, (example.original, example.source))
    ]
    terms = tuple(Term(source, (target,) if target else (), tuple(bad)) for source, target, *bad in example.glossary)
    return desk.compare(pairs, Options(glossary=terms)).findings[-1]


def _shown(span: Span | None, text: str) -> str | None:
    return None if span is None else span.of(text)
