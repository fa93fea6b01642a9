"""Rules of kinds `tokens` and `syntax`: which sentences are parsed, what is found, and what is told without spaCy."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from copydesk.cache import Cache
from copydesk.checkers.base import Resources
from copydesk.checkers.structure import StructureChecker
from copydesk.checkers.translation import TranslationChecker
from copydesk.model import Document, Engine, Finding, Notice, SegmentKind, Span
from copydesk.names.lexicon import Lexicon
from copydesk.packs import Rule, RuleBook, load_packs, shipped_rules
from copydesk.read import read
from copydesk.syntax import Parser, SyntaxMatcher, Triggers, english_parser

VERY: dict[str, Any] = {
    "id": "en/order/very-after-adjective",
    "kind": "tokens",
    "family": "translation",
    "severity": "warning",
    "message": "“{match}”: “{degree}” stands before “{adjective}”.",
    "why": "The adverb of degree stands before its adjective.",
    "triggers": ["[a-z]+ (?:very|quite)"],
    "tokens": [
        {"POS": "DET"},
        {"TAG": "JJ", "AS": "adjective"},
        {"LOWER": {"IN": ["very", "quite"]}, "AS": "degree"},
        {"POS": "NOUN"},
    ],
    "covers": ["adjective", "degree"],
    "replace": [r"\g<degree> \g<adjective>"],
    "safety": "unsafe",
    "bad": [{"text": "The [[old very]] mill.", "fixed": "The very old mill."}],
    "good": ["The very old mill."],
}
WILL: dict[str, Any] = {
    "id": "en/time/will-yesterday",
    "kind": "syntax",
    "family": "translation",
    "severity": "error",
    "message": "“{future} {verb}” with “{time}”.",
    "why": "A future verb with a time that is past.",
    "triggers": "yesterday[.,]",
    "syntax": [
        {"RIGHT_ID": "verb", "RIGHT_ATTRS": {"TAG": "VB"}},
        {"LEFT_ID": "verb", "REL_OP": ">--", "RIGHT_ID": "future", "RIGHT_ATTRS": {"LOWER": "will"}},
        {"LEFT_ID": "verb", "REL_OP": ">", "RIGHT_ID": "time", "RIGHT_ATTRS": {"LOWER": "yesterday"}},
    ],
    "covers": ["future", "verb"],
    "unless": "close",
    "bad": [{"text": "He [[will leave]] yesterday."}],
    "good": ["He left yesterday."],
}
TEXT = "It rained. They live in an old very house. The monk will leave yesterday. She saw an old very house."


def rule(entry: dict[str, Any], **changes: Any) -> Rule:
    return Rule.model_validate({**entry, **changes})


def document(text: str) -> Document:
    return read(text, language="en-US")[0]


class Recorded(Parser):
    """The real parser, and what it was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[list[str]] = []

    def parse(self, sentences: Sequence[str]) -> Any:
        self.asked.append(list(sentences))
        return english_parser().parse(sentences)


def checker(parser: Parser, *rules: Rule) -> StructureChecker:
    return StructureChecker(RuleBook(rules), Resources(Lexicon(()), syntax=parser))


def test_only_sentences_with_a_trigger() -> None:
    triggers = Triggers([rule(VERY), rule(WILL)])
    found = {span.of(TEXT): rules for span, rules in triggers.sentences(document(TEXT)).items()}
    assert found == {
        "They live in an old very house.": [0],
        "The monk will leave yesterday.": [1],
        "She saw an old very house.": [0],
    }


def test_more_triggers_than_one_set_holds() -> None:
    rules = [rule(VERY, id=f"en/order/rule-{n}", triggers=f"word{n}") for n in range(60)]
    found = Triggers(rules).sentences(document("Here is word3 and word59.\n\nAnd word30 again."))
    assert list(found.values()) == [[3, 59], [30]]


def test_a_segment_is_looked_through_once_for_the_same_rules() -> None:
    cache = Cache(1_000_000)
    triggers = Triggers([rule(VERY), rule(WILL)], cache)
    triggers.sentences(document(TEXT))
    cache.misses = 0
    text = f"A new line.\n\n{TEXT}"
    assert triggers.sentences(document(text)) == Triggers([rule(VERY), rule(WILL)]).sentences(document(text))
    assert cache.misses == 1
    others = Triggers([rule(WILL)], cache).sentences(document(TEXT))
    assert {span.of(TEXT): rules for span, rules in others.items()} == {"The monk will leave yesterday.": [0]}


def test_a_trigger_is_whole_words_of_one_sentence() -> None:
    triggers = Triggers([rule(VERY, triggers=["mill", "old town"])])
    assert triggers.sentences(document("The miller is old. Town and windmill are new.")) == {}


def test_a_rule_looks_only_at_its_segments() -> None:
    text = "The Old Very House\n\nThe old very house was sold by the monks.\n"
    spans = list(Triggers([rule(VERY, segments=["paragraph"])]).sentences(document(text)))
    assert [span.of(text) for span in spans] == ["The old very house was sold by the monks."]
    assert [s.kind for s in document(text).segments] == [SegmentKind.TITLE, SegmentKind.PARAGRAPH]


def test_text_of_another_language_is_not_parsed() -> None:
    german = read("Der Mann sagt: old very house.", language="de")[0]
    assert Triggers([rule(VERY)]).sentences(german) == {}


def test_without_spacy_a_notice_says_what_is_missing() -> None:
    remarks = list(checker(Parser("no_such_model"), rule(VERY), rule(WILL)).check(document(TEXT)))
    assert [type(remark) for remark in remarks] == [Notice]
    assert isinstance(remarks[0], Notice)
    assert remarks[0].code == "syntax-absent"
    assert remarks[0].message.endswith(": faults that only the structure of a sentence shows were not looked for")


def test_without_spacy_the_patterns_run() -> None:
    book = load_packs([shipped_rules() / "translation"])
    desk = TranslationChecker(book, Resources(Lexicon(()), syntax=Parser("no_such_model")))
    text = "The talks were held in the frames of a project. He will reach it ago."
    assert [f.span.of(text) for f in desk.check(document(text)) if isinstance(f, Finding)] == ["in the frames of"]


class TestParsed:
    @pytest.fixture(autouse=True)
    def _spacy(self) -> None:
        pytest.importorskip("spacy", reason="the extra “syntax” is not installed")

    def test_each_sentence_is_parsed_once_for_all_rules(self) -> None:
        parser = Recorded()
        twice = rule(VERY, id="en/order/twin", triggers="old very")
        remarks = list(checker(parser, rule(VERY), twice, rule(WILL)).check(document(TEXT)))
        house = "an old very house"
        assert parser.asked == [
            [f"They live in {house}.", "The monk will leave yesterday.", f"She saw {house}."],
        ]
        assert [r for r in remarks if isinstance(r, Engine)] == [english_parser().info]
        assert [(f.rule, f.span.of(TEXT)) for f in remarks if isinstance(f, Finding)] == [
            ("en/order/very-after-adjective", "old very"),
            ("en/order/twin", "old very"),
            ("en/time/will-yesterday", "will leave"),
            ("en/order/very-after-adjective", "old very"),
            ("en/order/twin", "old very"),
        ]

    def test_nothing_is_asked_without_a_trigger(self) -> None:
        parser = Recorded()
        assert list(checker(parser, rule(VERY)).check(document("The old house was sold."))) == []
        assert parser.asked == []

    def test_a_finding_says_the_named_words(self) -> None:
        text = "🚢 Quite so. Old very houses are a old very sight."
        (found,) = [r for r in checker(Recorded(), rule(VERY)).check(document(text)) if isinstance(r, Finding)]
        assert (found.span, found.span.of(text)) == (Span(34, 42), "old very")
        assert found.message == "“old very”: “very” stands before “old”."
        assert [edit.text for fix in found.fixes for edit in fix.edits] == ["very old"]

    def test_unless_cancels(self) -> None:
        (closed,) = english_parser().parse(["The monk will close the gate yesterday."])
        assert list(SyntaxMatcher([rule(WILL)]).find(closed, 0, [0])) == []
        (left,) = english_parser().parse(["The monk will leave the gate yesterday."])
        assert [f.span for f in SyntaxMatcher([rule(WILL)]).find(left, 100, [0])] == [Span(109, 119)]

    def test_optional_words_do_not_double_a_finding(self) -> None:
        tokens = [{"POS": "ADV", "OP": "*"}, *VERY["tokens"]]
        (doc,) = english_parser().parse(["Now they still own an old very house."])
        assert len(list(SyntaxMatcher([rule(VERY, tokens=tokens)]).find(doc, 0, [0]))) == 1

    def test_threads(self) -> None:
        desk = checker(english_parser(), rule(VERY), rule(WILL))
        texts = [f"They own {n} mills and an old very house." for n in range(2, 14)]
        with ThreadPoolExecutor(4) as pool:
            found = list(pool.map(lambda text: list(desk.check(document(text))), texts))
        assert [
            [f.span.of(text) for f in one if isinstance(f, Finding)] for text, one in zip(texts, found, strict=True)
        ] == [["old very"]] * len(texts)
