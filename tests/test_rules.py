"""Every shipped rule is held to its own examples."""

from __future__ import annotations

import pytest

from copydesk.findings.correct import correct
from copydesk.model import Safety
from copydesk.packs import Example, Rule, load_packs, shipped_rules
from copydesk.pipeline import Desk, Options
from copydesk.read.language import LANGUAGES

RULES = list(load_packs([shipped_rules()]))
ALL_FIXES = frozenset(Safety)


@pytest.fixture(scope="module")
def desk() -> Desk:
    return Desk()


def language_of(rule: Rule) -> str | None:
    return rule.language if rule.language in LANGUAGES else "en-US"


def findings_of(desk: Desk, rule: Rule, text: str) -> list[tuple[int, int, str]]:
    review = desk.review(text, Options(), language=language_of(rule))
    return [(f.span.start, f.span.end, f.rule) for f in review.findings]


BAD = [(rule, example) for rule in RULES for example in rule.bad]
GOOD = [(rule, text) for rule in RULES for text in rule.good]


@pytest.mark.parametrize(("rule", "example"), BAD, ids=[f"{r.id}-{i}" for i, (r, _) in enumerate(BAD)])
def test_bad_example(desk: Desk, rule: Rule, example: Example) -> None:
    """The findings are exactly the marked spans; `fixed` is the text after the fix; the fixed text is silent."""
    review = desk.review(example.source, Options(), language=language_of(rule))
    found = [(f.span, f.rule) for f in review.findings]
    assert found == [(span, rule.id) for span in example.spans]
    if example.fixed is not None:
        assert correct(example.source, review.findings, ALL_FIXES).text == example.fixed
        assert findings_of(desk, rule, example.fixed) == []


@pytest.mark.parametrize(("rule", "text"), GOOD, ids=[f"{r.id}-{i}" for i, (r, _) in enumerate(GOOD)])
def test_good_example(desk: Desk, rule: Rule, text: str) -> None:
    """Good text is silent: no rule of any family has anything to say about it."""
    assert findings_of(desk, rule, text) == []
