"""The parser: right structure, one parse for a sentence, several threads, and silence about what is not installed."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version

import pytest

from copydesk.errors import EngineError
from copydesk.model import Engine
from copydesk.syntax import Parser, english_parser

pytest.importorskip("spacy", reason="the extra “syntax” is not installed")

SENTENCES = ["The ferry left the harbour.", "A spokesman for the company.", "Nobody came.", "The roads were closed."]


@pytest.fixture(scope="module")
def parser() -> Parser:
    return Parser()


def test_structure(parser: Parser) -> None:
    (doc,) = parser.parse(["The old ferry left the harbours."])
    assert [(t.text, t.pos_, t.tag_, t.dep_, t.head.text, t.lemma_) for t in doc if t.pos_ in ("NOUN", "VERB")] == [
        ("ferry", "NOUN", "NN", "nsubj", "left", "ferry"),
        ("left", "VERB", "VBD", "ROOT", "left", "leave"),
        ("harbours", "NOUN", "NNS", "dobj", "left", "harbour"),
    ]
    assert doc.ents == ()


def test_offsets_are_those_of_the_sentence(parser: Parser) -> None:
    sentence = "Über  the “old” harbour – 🚢 – nobody’s ferry left."
    (doc,) = parser.parse([sentence])
    assert doc.text == sentence
    assert all(sentence[t.idx : t.idx + len(t)] == t.text for t in doc)


def test_answers_are_in_the_order_of_the_questions(parser: Parser) -> None:
    asked = [SENTENCES[2], SENTENCES[0], SENTENCES[2], SENTENCES[1]]
    assert [doc.text for doc in parser.parse(asked)] == asked
    assert parser.parse([]) == ()


def test_a_sentence_is_parsed_once(parser: Parser) -> None:
    (first,) = parser.parse(["This sentence comes back."])
    again, _ = parser.parse(["This sentence comes back.", "This one does not."])
    assert again is first


def test_what_is_remembered_is_small(parser: Parser) -> None:
    (doc,) = parser.parse(["What the model computed it from is not kept."])
    assert doc.tensor.size == 0
    assert doc.tensor.base is None  # nor held on to by a view


def test_old_sentences_are_forgotten(parser: Parser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("copydesk.syntax.parser._REMEMBERED", 2)
    (first,) = parser.parse(["One ferry left."])
    docs = parser.parse(["Two ferries left.", "Three ferries left.", "Four ferries left."])
    assert [doc.text for doc in docs] == ["Two ferries left.", "Three ferries left.", "Four ferries left."]
    (again,) = parser.parse(["One ferry left."])
    assert again is not first
    assert again.text == first.text


def test_threads_get_their_own_answers(parser: Parser) -> None:
    questions = [[f"Ferry number {i * j} left." for j in range(1, 4)] for i in range(1, 13)]
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(parser.parse, questions))
    assert [[doc.text for doc in docs] for docs in answers] == questions


def test_what_answered() -> None:
    assert english_parser().info == Engine("spacy", version("spacy"))
    assert english_parser().installed
    assert english_parser() is english_parser()


def test_an_absent_model_is_told() -> None:
    absent = Parser("no_such_model_package")
    assert not absent.installed
    with pytest.raises(EngineError, match="spaCy cannot be used"):
        absent.parse(SENTENCES)


def test_an_absent_spacy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(EngineError, match="spaCy cannot be used"):
        Parser().parse(SENTENCES)
