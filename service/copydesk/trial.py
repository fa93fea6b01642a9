"""Holds rules to their own examples: the same for the shipped packs in the tests and for a user's own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from copydesk.findings.correct import correct
from copydesk.model import Safety
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
        for text in rule.good:
            yield from try_good(desk, rule, text)


def try_bad(desk: Desk, rule: Rule, example: Example) -> Iterator[str]:
    """What is wrong with a bad example: the findings must be exactly the marked spans, of this rule; `fixed` must be
    the text after the fixes; and the fixed text must be silent."""
    text = example.source
    house = tuple(Entry(canonical=right, variants=(wrong,), kind="place") for right, wrong in example.house)
    review = desk.review(text, Options(lexicon=house), language=_language(rule))
    found = [(f.span, f.rule) for f in review.findings]
    if found != [(span, rule.id) for span in example.spans]:
        shown = [(span.of(text), name) for span, name in found]
        yield f"{rule.id}: in {text!r} found {shown}"
    if example.fixed is None:
        return
    fixed = correct(text, review.findings, _ALL).text
    if fixed != example.fixed:
        yield f"{rule.id}: {text!r} became {fixed!r}"
    yield from try_good(desk, rule, example.fixed)


def try_good(desk: Desk, rule: Rule, text: str) -> Iterator[str]:
    """What is wrong with a good example: any finding of any family but grammar."""
    for finding in desk.review(text, language=_language(rule)).findings:
        yield f"{rule.id}: good text {text!r} has {finding.rule} on {finding.span.of(text)!r}"


def _language(rule: Rule) -> str:
    return rule.language if rule.language in LANGUAGES else "en-US"
