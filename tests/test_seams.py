"""Seams: exact places, exact repairs, and silence on what only looks cut."""

from __future__ import annotations

import re
import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.checkers import Resources
from copydesk.checkers.seams import SeamChecker
from copydesk.errors import EngineError
from copydesk.findings.correct import correct
from copydesk.model import Engine, Family, Finding, Notice, Safety, Span
from copydesk.names.lexicon import shipped_lexicon
from copydesk.pipeline import Desk
from copydesk.read import read
from copydesk.syntax import Parser, english_parser
from desks import plain_desk

RULES = plain_desk().rules
CHECKER = SeamChecker(RULES, Resources(shipped_lexicon()))
ALL = frozenset(Safety)
FRAGMENT = "The ferry did not sail. A spokesman for the company that runs the line. Nobody knew when it would."
PARAGRAPH = (
    "The ferry to the island had not left the harbour for nine days, and in the only shop of the village the shelves "
    "were so empty that people began to trade what they had: potatoes for soap, candles for salt. The mayor wrote to "
    "the ministry twice, but the letters went by the same ferry and lay in a bag on the quay."
)


def findings(text: str, language: str = "en-US") -> list[Finding]:
    document, _ = read(text, language=language)
    return [remark for remark in CHECKER.check(document) if isinstance(remark, Finding)]


def mended(text: str) -> str:
    return correct(text, findings(text), ALL).text


def rules(text: str, language: str = "en-US") -> list[str]:
    return [finding.rule for finding in findings(text, language)]


@pytest.mark.parametrize("width", [60, 72, 80])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_hard_wrapped_lines_are_joined(width: int, end: str) -> None:
    lines = textwrap.wrap(PARAGRAPH, width, break_on_hyphens=False)
    text = end.join(lines)
    (found,) = findings(text)
    assert (found.rule, found.span.start, found.span.of(text)) == ("any/seams/hard-wrapped", len(lines[0]), end)
    assert mended(text) == PARAGRAPH


def test_each_wrapped_paragraph_is_one_finding() -> None:
    wrapped = textwrap.fill(PARAGRAPH, 70)
    assert rules(f"{wrapped}\n\n{wrapped}") == ["any/seams/hard-wrapped"] * 2
    assert mended(f"{wrapped}\n\n{wrapped}") == f"{PARAGRAPH}\n\n{PARAGRAPH}"


@pytest.mark.parametrize(
    "text",
    [
        "The ferry lay in the harbour all the winter,\nand nobody had come to see the captain sail;\n"
        "the captain slept.",  # verse: its lines end where the next word would have fitted
        "Harbour office\n12 Quay Street, second floor on the left side\nTallinn",
        "The ferry did not sail at all on that Monday morning.\nThe shop was empty before the end of the week.",
    ],
)
def test_lines_that_were_meant(text: str) -> None:
    assert rules(text) == []


def test_a_parted_word_in_wrapped_lines_is_joined() -> None:
    text = PARAGRAPH.replace("the ministry twice", "the minis-\ntry twice")
    assert mended(text) == PARAGRAPH


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        ("They call it a govern- ment of thieves.", "They call it a government of thieves."),
        ("A short- and long-term plan, pre- or post-war.", None),
        ("The wind- turbine was sold.", "The windturbine was sold."),  # a compound loses its own hyphen
        ("Vor- und Nachteile, Ein- bis Zweizimmerwohnung.", None),
    ],
)
def test_hyphens_of_a_page(text: str, fixed: str | None) -> None:
    assert mended(text) == (fixed or text)


def test_a_sentence_interrupted_by_a_caption_goes_on_before_it() -> None:
    head = "The mayor wrote to the ministry twice, but the letters went by the same ferry and lay"
    text = f"{head}\n\nThe quay at noon\nPhoto: Ann Holm\n\nin a bag on the quay.\n\nNobody came."
    (found,) = findings(text)
    assert (found.rule, found.span.of(text)) == ("any/seams/interrupted-paragraph", "in")
    assert mended(text) == f"{head} in a bag on the quay.\n\nThe quay at noon\nPhoto: Ann Holm\n\nNobody came."


@pytest.mark.parametrize("after", ["iPhone sales fell.", "von der Leyen left.", "https://example.org/a", "eBay fell."])
def test_a_paragraph_may_begin_with_a_small_letter(after: str) -> None:
    head = "Ministers of twelve countries meet in the old town to talk about the price of grain"
    assert rules(f"{head}\n\n{after}") == []
    assert rules(f"{head}\n\nA quay at noon\n\n{after}") == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("The mayor) was asked to leave the room.", 9),
        ("Nobody had seen [ the letter before it was read.", 16),
        ("One (two (three) four.", 4),
    ],
)
def test_orphaned_brackets(text: str, place: int) -> None:
    (found,) = findings(text)
    assert (found.rule, found.span.start, len(found.span)) == ("any/seams/orphaned-bracket", place, 1)


@pytest.mark.parametrize(
    "text",
    [
        "He left (nobody knows [yet] why).",
        "The offer was a) late, b) poor and (c) rude. 1) It was cold. iv) It was dark.",
        "We are glad :) and sad :-( and both ;)",
        "(The first paragraph of a long aside.\n\nThe second one ends it.)",
    ],
)
def test_brackets_that_are_right(text: str) -> None:
    assert rules(text) == []


@pytest.mark.parametrize("mark", list('“”"'))
def test_orphaned_quotation_marks(mark: str) -> None:
    text = f"The talks about {mark}the bridge should begin in the autumn."
    (found,) = findings(text)
    assert (found.rule, found.span.of(text), found.span.start) == ("any/seams/orphaned-quotation-mark", mark, 16)
    assert mended(text) == text.replace(mark, "")


@pytest.mark.parametrize(
    "text",
    [
        "He said “we are late.\n\n“We shall not sail”, he said.",  # each paragraph of a quotation opens it
        'They sold a 6" board and went home.',
        "“He said that they were late.",  # the closing mark is lost: where it stood, nobody can tell
        "The harbour master said &ldquo;no” twice, and the boats stayed in for a week.",
        "The harbour master said â€œno” twice, and the boats stayed in for a week.",
    ],
)
def test_quotation_marks_that_are_left_alone(text: str) -> None:
    assert rules(text) == []


def test_fragments_are_told_with_the_engine_that_told_them() -> None:
    pytest.importorskip("spacy", reason="the extra “syntax” is not installed")
    document, _ = read(FRAGMENT, language="en-US")
    found, engine = CHECKER.check(document)
    assert isinstance(found, Finding)
    assert found.rule == "en/seams/subject-without-predicate"
    assert found.span.of(FRAGMENT) == "A spokesman for the company that runs the line."
    assert engine == english_parser().info


def test_without_a_parser_there_is_a_notice_and_the_rest_goes_on() -> None:
    checker = SeamChecker(RULES, Resources(shipped_lexicon(), syntax=Parser("no_such_model_package")))
    document, _ = read(FRAGMENT + "They left.The end of it came.", language="en-US")
    remarks = list(checker.check(document))
    assert [r.rule for r in remarks if isinstance(r, Finding)] == ["any/seams/no-space-after-stop"]
    said = "spaCy cannot be used: OSError: faults that only the structure of a sentence shows were not looked for"
    assert [r for r in remarks if isinstance(r, Notice)] == [Notice("syntax-absent", said)]
    assert not [r for r in remarks if isinstance(r, Engine)]


def test_the_parser_is_asked_only_about_suspicious_sentences() -> None:
    """Published prose must not cost two seconds of loading."""
    document, _ = read(PARAGRAPH + " The mayor was asked. He laughed. Not so. A disaster.", language="en-US")
    absent = SeamChecker(RULES, Resources(shipped_lexicon(), syntax=Parser("no_such_model_package")))
    assert list(absent.check(document)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Nobody knew what to do. Not so. A disaster. The ferry sailed.",
        "Who won? The head of the district. Nobody was told.",
        "“Who was it? A spokesman for the company that runs the line. Nobody else.”",
        "She had one hope left. The ferry. It came at noon.",
        "KYIV, March 3. The head of the district left.",
    ],
)
def test_fragments_of_style(text: str) -> None:
    assert rules(text) == []


def test_other_languages_have_no_english_fragments() -> None:
    assert rules("Die Fähre fuhr nicht. Bundeskanzler Olaf Scholz. Niemand kam.", "de-DE") == []


@given(
    st.lists(
        st.sampled_from(["The ferry", "left.", "(", ")", "“", "”", "-", "\n", "\n\n", "the", ":", "2."]), max_size=25
    )
)
def test_any_text_is_read_and_every_span_is_inside(parts: list[str]) -> None:
    text = " ".join(parts)
    for found in findings(text):
        assert found.family is Family.SEAMS
        assert found.span.end <= len(text)
        assert all(edit.span.end <= len(text) for fix in found.fixes for edit in fix.edits)
    assert re.sub(r"\W", "", mended(text)) != "" or not re.sub(r"[\W\d]", "", text)


def test_one_notice_tells_that_there_is_no_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    """Seams and translation both ask it."""

    def fail(self: Parser) -> None:
        raise EngineError("no parser")

    monkeypatch.setattr(Parser, "_loaded", fail)
    found = Desk(RULES).review(FRAGMENT + "They live in a small very house.", language="en-US")
    said = "no parser: faults that only the structure of a sentence shows were not looked for"
    assert [notice for notice in found.notices if notice.code != "grammar-off"] == [Notice("syntax-absent", said)]


def test_marks_in_what_is_quoted_are_single() -> None:
    [found] = Desk(RULES).review("He said “that it was the end.”Then he left the house.", language="en-US").findings
    assert found.span == Span(28, 31)
    assert found.message == "A space is missing after the full stop: “.’T”."
