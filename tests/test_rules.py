"""Every shipped rule is held to its own examples."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import re2

from copydesk.packs import Example, Rule
from copydesk.pipeline import Desk
from copydesk.trial import try_bad, try_good
from desks import plain_desk

RULES = list(plain_desk().rules)
BAD = [pytest.param(r, e, id=f"{r.id}-{i}") for r in RULES for i, e in enumerate(r.bad)]
GOOD = [pytest.param(r, g, id=f"{r.id}-{i}") for r in RULES for i, g in enumerate(r.good)]
MATCH = [pytest.param(r, id=r.id) for r in RULES if r.match is not None]
CASES = [pytest.param(r, id=r.id) for r in RULES if r.cases]
_TOKEN = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()|]")  # an escape, a class, or what alternatives are told by


@pytest.mark.parametrize(("rule", "example"), BAD)
def test_bad_example(desk: Desk, rule: Rule, example: Example) -> None:
    """The findings are exactly the marked spans; `fixed` is the text after the fix; the fixed text is silent."""
    assert list(try_bad(desk, rule, example)) == []


@pytest.mark.parametrize(("rule", "good"), GOOD)
def test_good_example(desk: Desk, rule: Rule, good: str | Example) -> None:
    """Good text is silent: no rule of any family has anything to say about it."""
    assert list(try_good(desk, rule, good)) == []


@pytest.mark.parametrize("rule", MATCH)
def test_alternatives_are_shown(rule: Rule) -> None:
    """A pattern that is a table of alternatives, most of which nobody ever tried, is no rule: it wants `cases`."""
    unshown = [part for part in _alternatives(rule.match or "") if not _finds(rule, part, rule.bad)]
    assert len(unshown) <= 1, unshown


@pytest.mark.parametrize("rule", CASES)
def test_cases_show_themselves(rule: Rule) -> None:
    """Each case finds its own example: another case of its rule may not do it in its stead."""
    assert [case.match for case in rule.cases if not _finds(rule, case.match, (case.bad,))] == []


def test_alternatives_of_a_pattern() -> None:
    """Those of a group and of a class stay together."""
    assert list(_alternatives(r"a(?:b|c)|[|(]d|\||[]|]\(")) == ["a(?:b|c)", "[|(]d", r"\|", r"[]|]\("]
    assert list(_alternatives("a")) == ["a"]


def _alternatives(pattern: str) -> Iterator[str]:
    """The parts of `pattern` between each `|` that stands in no group and in no class."""
    depth, start = 0, 0
    for token in _TOKEN.finditer(pattern):
        depth += {"(": 1, ")": -1}.get(token.group(), 0)
        if token.group() == "|" and depth == 0:
            yield pattern[start : token.start()]
            start = token.end()
    yield pattern[start:]


def _finds(rule: Rule, pattern: str, examples: tuple[Example, ...]) -> bool:
    """Whether `pattern`, with the flags of `rule`, matches within one of `examples`."""
    compiled = re2.compile(("(?m)" if rule.case_sensitive else "(?im)") + pattern)
    return any(compiled.search(example.source) for example in examples)
