"""The tables of valency: each entry shows its fault with the exact span and the exact text after the fix."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest

from copydesk.checkers._english_forms import plural, verb_forms
from copydesk.checkers._valency import Judge, words_of
from copydesk.checkers._valency_frames import HEAVY, Frame, Shown, carried, frames
from copydesk.checkers._valency_government import Government
from copydesk.checkers._valency_support import SupportVerbs
from copydesk.checkers.base import Resources
from copydesk.checkers.valency import ValencyChecker
from copydesk.model import Finding, Notice
from copydesk.names.lexicon import Lexicon
from copydesk.packs import Example, load_packs, shipped_rules
from copydesk.read import read
from copydesk.syntax import Parser, english_parser

TABLES: dict[str, tuple[Sequence[Shown], Judge]] = {
    "verbs": (frames("verbs"), Government("verbs")),
    "nouns": (frames("nouns"), Government("nouns")),
    "adjectives": (frames("adjectives"), Government("adjectives")),
    "support": (carried(), SupportVerbs()),
}
RULES = load_packs([shipped_rules() / "translation" / "valency.yaml"])


def faulty(entry: Shown, judge: Judge) -> bool:
    """Whether an example does not come out as its entry says: one fault, its span, the fixed text, which is silent."""
    text, spans = Example(text=entry.marked).source, Example(text=entry.marked).spans
    (parsed,) = english_parser().parse([text])
    faults = list(judge.faults(parsed))
    if [fault.span for fault in faults] != spans or not judge.suspects(words_of(text)):
        return True
    edited = faults[0].edited
    return text[: edited.start] + faults[0].text + text[edited.end :] != entry.fixed or not silent(entry.fixed, judge)


def silent(text: str, judge: Judge) -> bool:
    """Whether a text has no fault; it is parsed only if a review would."""
    return not judge.suspects(words_of(text)) or not any(judge.faults(*english_parser().parse([text])))


@pytest.mark.parametrize("table", TABLES)
def test_every_entry(table: str) -> None:
    pytest.importorskip("spacy", reason="the extra “syntax” is not installed")
    entries, judge = TABLES[table]
    english_parser().parse([Example(text=entry.marked).source for entry in entries])
    assert [entry.bad for entry in entries if faulty(entry, judge)] == []


def test_tables_are_large_and_say_a_thing_once() -> None:
    """A word may stand twice, with other complements; the same complement of the same kind may not."""
    assert len({frame.word for frame in frames("verbs")}) >= 240
    assert len(carried()) >= 330
    assert len({entry.word for entry in carried()}) == len(carried())
    for kind in ("verbs", "nouns", "adjectives"):
        said = [(f.word, f.wrong, f.object, f.of) for f in frames(kind)]
        assert len(set(said)) == len(said)


def test_a_carried_noun_names_no_verb_for_nothing() -> None:
    """`may` lifts what is wrong with any noun, `never` adds to it."""
    for entry in carried():
        assert not set(entry.never) & (HEAVY | set(entry.may)), entry.word
        assert set(entry.may) <= HEAVY | {entry.say.split()[0]}, entry.word


@pytest.mark.parametrize(
    "text",
    [
        "The plan was discussed at the meeting on Monday.",
        "They discussed about 20 plans.",
        "The walk he enjoyed with his brother was long.",
        "Police reached out to the miller.",
        "Who joined? To whom did they answer on Friday?",
        "The guard stopped to read the letter.",
        "He made access to the sea easier.",
        "The crew carried the investigation no further.",
        "Did the talks fail?",
    ],
)
def test_good_english(text: str) -> None:
    assert checked(text) == []


def test_places_are_those_of_the_document() -> None:
    text = "Rain fell. The guild discussed about the bridge."
    (finding,) = checked(text)
    assert (finding.rule, finding.span.of(text)) == ("en/valency/verb", "discussed about")
    assert finding.message == "“discussed about”: English says “discuss”."
    assert [(edit.span.of(text), edit.text) for edit in finding.fixes[0].edits] == [("discussed about", "discussed")]


def test_other_languages_are_not_read() -> None:
    assert checked("The guild discussed about the bridge.", "de-DE") == []


def test_without_the_parser_a_notice_tells() -> None:
    checker = ValencyChecker(RULES, Resources(lexicon=Lexicon(()), syntax=Parser("no_such_model")))
    document = read("The guild discussed about the bridge.", language="en-US")[0]
    (notice,) = checker.check(document)
    assert isinstance(notice, Notice)
    assert notice.code == "syntax-absent"
    assert list(checker.check(read("The guild met.", language="en-US")[0])) == []


def test_forms() -> None:
    assert verb_forms("make") == ("make", "makes", "made", "made", "making")
    assert verb_forms("carry out") == ("carry out", "carries out", "carried out", "carried out", "carrying out")
    assert verb_forms("commit") == ("commit", "commits", "committed", "committed", "committing")
    assert verb_forms("stop") == ("stop", "stops", "stopped", "stopped", "stopping")
    assert verb_forms("visit") == ("visit", "visits", "visited", "visited", "visiting")
    assert verb_forms("go") == ("go", "goes", "went", "gone", "going")
    assert verb_forms("lie").gerund == "lying"
    assert verb_forms("agree").gerund == "agreeing"
    assert verb_forms("give").tagged("VBN") == "given"
    assert (plural("crisis"), plural("city"), plural("day"), plural("church")) == (
        "crises",
        "cities",
        "days",
        "churches",
    )


def test_an_entry_shows_one_fault() -> None:
    with pytest.raises(ValueError, match="marks one fault"):
        Frame(word="discuss", wrong=("about",), bad="They discussed about the plan.")


@cache
def checker() -> ValencyChecker:
    return ValencyChecker(RULES, Resources(lexicon=Lexicon(())))


def checked(text: str, language: str = "en-US") -> list[Finding]:
    """The findings of the tables alone."""
    pytest.importorskip("spacy", reason="the extra “syntax” is not installed")
    return [said for said in checker().check(read(text, language=language)[0]) if isinstance(said, Finding)]


def test_the_tables_lie_where_the_packs_are() -> None:
    folder = Path(shipped_rules()) / "translation" / "data" / "valency"
    assert {path.stem for path in folder.glob("*.yaml")} == {*TABLES, "classes"}
