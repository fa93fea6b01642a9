"""The planting of faults is right: a fault is where it is said to be, and what is wanted back is what was there."""

from __future__ import annotations

import re
from collections import Counter
from random import Random

import pytest
from benchmarks.corpora import SHARED
from benchmarks.planted.planters import Planter
from benchmarks.planted.table import PLANTERS, clean_excerpts, measure, plant
from benchmarks.planted.wordings import WORDINGS

from copydesk.model import Family
from copydesk.pipeline import Desk
from desks import plain_desk

# Invented; long enough that every planter finds a place, and clean.
CLEAN = """\
The ferry to the island had been lying in the harbour for nine days when the first letter reached the mayor. He \
opened it at the table of the only café, read it twice and gave it to his wife. She put it between the pages of \
the register and said that the council would have to decide. Nobody on the quay expected any answer before the \
end of the month, because the ministry had been moved to another town in spring.

In the shop the shelves were emptier than in the worst winter that the owner could remember. People traded \
potatoes for soap and candles for salt – the priest kept the accounts. Several families had already asked their \
relatives on the mainland to send flour with the fishing boats. The boats came in the evening, and they brought \
newspapers of the week before.

“We have seen worse,” the harbour master said. He has been counting ships since the bridge project was stopped \
in 1998, and he does not expect a bridge any longer. The engineers measured the bottom of the sound again last \
autumn, found nothing new and left. Their final report fills seven boxes in the cellar of the office.

The council met on Monday in the old school and talked until midnight about the price of a second ferry. Members \
from the northern villages wanted to buy the smaller vessel, which could be repaired in their own yard. The \
others asked where the money should come from, and after three hours nobody had an answer that would have \
satisfied the treasurer. They agreed to write another letter."""


@pytest.mark.parametrize("planter", PLANTERS, ids=lambda p: p.kind)
def test_what_is_planted_is_where_it_is_said_to_be(planter: Planter) -> None:
    """The text is not what is wanted back, but it is outside the span, letter by letter."""
    done = 0
    for text, fault in plant(planter, [CLEAN], 12):
        done += 1
        assert text == CLEAN
        assert fault.text != CLEAN
        assert all(0 <= span.start < span.end <= len(fault.text) for span in fault.spans)
        for wanted in fault.wanted:
            assert wanted != fault.text
        span = fault.spans[0]
        around = _letters(fault.text[: span.start]), _letters(fault.text[span.end :])
        if fault.wanted and planter.kind not in ("paragraph interrupted", "caption again with a credit"):
            wanted = _letters(fault.wanted[0])
            assert wanted.startswith(around[0])
            assert wanted.endswith(around[1])
    assert done == 12, "the article has no place for it"


def _letters(text: str) -> str:
    return re.sub(r"\W", "", text)


@pytest.mark.parametrize("planter", PLANTERS, ids=lambda p: p.kind)
def test_the_same_faults_are_planted_each_time(planter: Planter) -> None:
    assert list(plant(planter, [CLEAN], 3)) == list(plant(planter, [CLEAN], 3))


def test_a_text_without_a_place_is_left_alone() -> None:
    for planter in PLANTERS:
        assert planter.plant("No.", Random(1)) is None  # noqa: S311


def test_there_are_enough_kinds_of_each_family() -> None:
    kinds = Counter(planter.family for planter in PLANTERS)
    assert len({planter.kind for planter in PLANTERS}) == len(PLANTERS) >= 20
    assert set(kinds) == {Family.CAPTIONS, Family.DUPLICATES, Family.DEBRIS, Family.ENCODING, Family.SEAMS}


def test_the_wordings_are_not_the_rules_examples() -> None:
    """What the rules show as bad is found by construction, and would measure nothing."""
    examples = [example.source for rule in plain_desk().rules for example in rule.bad]
    shown = {line.casefold() for source in examples for line in source.split("\n")}
    assert [line for lines in WORDINGS.values() for line in lines if line.casefold() in shown] == []


def test_measuring_tells_found_from_missed(desk: Desk) -> None:
    """On the invented article: a doubled word is found and mended; nothing is found where nothing is planted."""
    planter = next(p for p in PLANTERS if p.kind == "word doubled over a stop")
    outcome = measure(desk, planter, [CLEAN], 5)
    assert (outcome.planted, outcome.found, outcome.exact, outcome.mended, outcome.missed) == (5, 5, 5, 5, [])
    blind = Desk(plain_desk().rules)
    blind._checkers = ()
    outcome = measure(blind, planter, [CLEAN], 5)
    assert (outcome.planted, outcome.found, outcome.exact, outcome.mended) == (5, 0, 0, 0)
    assert len(outcome.missed) == 5


@pytest.mark.skipif(not (SHARED / "data").exists(), reason="the shared data is not beside this checkout")
def test_seams_are_found_in_published_articles(desk: Desk) -> None:
    """Twelve of each kind, of all but one in twenty; the table of the benchmarks has sixty."""
    excerpts = clean_excerpts(desk)
    assert len(excerpts) >= 200
    outcomes = {p.kind: measure(desk, p, excerpts, 12) for p in PLANTERS if p.family is Family.SEAMS}
    assert {kind: o.planted for kind, o in outcomes.items()} == dict.fromkeys(outcomes, 12)
    assert {kind: o.missed for kind, o in outcomes.items() if o.found < 10} == {}
    assert sum(o.found for o in outcomes.values()) >= 0.95 * 12 * len(outcomes)
