"""Every shipped rule is held to its own examples."""

from __future__ import annotations

import pytest

from copydesk.packs import Example, Rule, load_packs, shipped_rules
from copydesk.pipeline import Desk
from copydesk.trial import try_bad, try_good

RULES = list(load_packs([shipped_rules()]))
BAD = [pytest.param(r, e, id=f"{r.id}-{i}") for r in RULES for i, e in enumerate(r.bad)]
GOOD = [pytest.param(r, g, id=f"{r.id}-{i}") for r in RULES for i, g in enumerate(r.good)]


@pytest.fixture(scope="module")
def desk() -> Desk:
    return Desk()


@pytest.mark.parametrize(("rule", "example"), BAD)
def test_bad_example(desk: Desk, rule: Rule, example: Example) -> None:
    """The findings are exactly the marked spans; `fixed` is the text after the fix; the fixed text is silent."""
    assert list(try_bad(desk, rule, example)) == []


@pytest.mark.parametrize(("rule", "good"), GOOD)
def test_good_example(desk: Desk, rule: Rule, good: str | Example) -> None:
    """Good text is silent: no rule of any family has anything to say about it."""
    assert list(try_good(desk, rule, good)) == []
