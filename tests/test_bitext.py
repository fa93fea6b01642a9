"""Translations against their sources: alignment, one finding for one fault, the whole file, the desk."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest

from copydesk.bitext.align import align
from copydesk.bitext.lengths import length_model
from copydesk.bitext.pairs import document_of, language_of, pair_of
from copydesk.checkers.base import Remark
from copydesk.checkers.bitext.links import LinkChecker
from copydesk.errors import UnknownNameError
from copydesk.findings.bilingual import merge_pair, moved
from copydesk.findings.suppress import Filter
from copydesk.model import Edit, Family, Finding, Fix, Pair, Safety, Severity, Span
from copydesk.pipeline import Desk, Options

SOURCE = (
    "Министр прибыл в аэропорт в понедельник. Его встретили журналисты и дипломаты. Он ничего не сказал. "
    "Суд отложил дело на месяц. Адвокат в тот же день обжаловал это решение в областном суде."
)
TARGET = (
    "The minister arrived at the airport on Monday, where journalists and diplomats met him. He said nothing. "
    "The court adjourned the case for a month. On the same day the lawyer appealed. The appeal is before the "
    "regional court."
)


def finding(start: int, end: int, source: tuple[int, int] | None = None, **fields: object) -> Finding:
    values: dict[str, object] = {"rule": "any/bitext/a", "family": Family.BITEXT, "severity": Severity.WARNING}
    place = None if source is None else Span(*source)
    return Finding(span=Span(start, end), message="", source=place, **{**values, **fields})  # type: ignore[arg-type]


def test_sentences_that_were_joined_and_parted_are_found_again() -> None:
    source, target = document_of(SOURCE, "ru"), document_of(TARGET, "en-US")
    beads = [(bead.source.of(SOURCE).split()[0], bead.target.of(TARGET).split()[0]) for bead in align(source, target)]
    assert beads == [("Министр", "The"), ("Он", "He"), ("Суд", "The"), ("Адвокат", "On")]
    last = align(source, target)[-1]
    assert last.target.of(TARGET).endswith("regional court.")


@pytest.mark.parametrize(("given", "said"), [(0, 0), (0, 3), (3, 0), (1, 90), (90, 1), (70, 69)])
def test_every_sentence_is_in_one_bead(given: int, said: int) -> None:
    source = document_of("Это предложение для проверки. " * given, "ru")
    target = document_of("This is a sentence to test with. " * said, "en")
    beads = align(source, target)
    assert sum(len(bead.source) > 0 for bead in beads) <= given
    for side, sentences in ((0, source.sentences), (1, target.sentences)):
        spans = [bead[side] for bead in beads if len(bead[side])]
        assert all(any(span.contains(sentence) for span in spans) for sentence in sentences)
        assert all(a.end <= b.start for a, b in pairwise(spans))


def test_as_many_paragraphs_are_aligned_one_by_one() -> None:
    source = document_of("Да.\n\nНет, и это всё, что он сказал о деле в тот день.", "ru")
    target = document_of("Yes, and that is all that he said about the case that day.\n\nNo.", "en")
    assert [(b.source.start, b.target.start) for b in align(source, target)] == [(0, 0), (5, 60)]


def test_lengths_go_by_way_of_english() -> None:
    model = length_model("zh-CN", "ru-RU")
    assert model.characters == pytest.approx(3.21 / 0.97)
    assert model.deviation(0, 0) == 0.0
    assert model.deviation(30, 0) < -4 < 0 < model.deviation(30, 300)
    assert length_model("xx", "en").variance == 6.8


def test_any_language_is_a_language_of_a_source() -> None:
    assert (language_of("RU"), language_of("hi"), language_of("tlh-Latn")) == ("ru-RU", "hi", "tlh-Latn")
    with pytest.raises(UnknownNameError):
        language_of("x y")


def test_the_graver_and_then_the_longer_finding_stands() -> None:
    grave, long, short = finding(0, 5, severity=Severity.ERROR), finding(3, 20), finding(22, 25)
    inside = finding(23, 24)
    assert merge_pair([inside, short, long, grave]) == (grave, short)


def test_omissions_are_one_only_where_they_are_of_the_same_words() -> None:
    first, second, again = finding(9, 9, (0, 4)), finding(9, 9, (6, 8)), finding(9, 9, (2, 3), rule="any/bitext/b")
    assert merge_pair([second, first, again]) == (first, second)


def test_a_finding_is_moved_on_both_sides() -> None:
    fix = Fix((Edit(Span(1, 2), "x"),), Safety.UNSAFE)
    got = moved(finding(1, 2, (3, 4), fixes=(fix,)), 10, 100)
    assert (got.span, got.source) == (Span(11, 12), Span(103, 104))
    assert got.fixes == (Fix((Edit(Span(11, 12), "x"),), Safety.UNSAFE),)


def test_the_most_frequent_translation_is_right(desk: Desk) -> None:
    source = "Управление социальной защиты населения"
    targets = ["Social Security Office", "Department of Social Protection", "Department of social protection."]
    found = desk.compare([pair_of(source, target, "ru", "en-US", f"a:{i}") for i, target in enumerate(targets)])
    assert [[f.rule for f in own] for own in found.findings] == [["any/bitext/translated-two-ways"], [], []]
    assert found.findings[0][0].message.endswith("“Department of Social Protection” (a:1).")


def test_a_checker_that_fails_costs_its_own_findings_and_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: LinkChecker, pair: Pair) -> Iterator[Remark]:
        raise ZeroDivisionError

    monkeypatch.setattr(LinkChecker, "check", fail)
    found = desk.compare([pair_of("Цены на www.a.example.", "Prices rose on the market market.", "ru", "en-US")])
    assert [f.rule for f in found.findings[0]] == ["any/bitext/repeated-words"]
    assert [notice.code for notice in found.notices] == ["checker-failed"]


def test_only_what_is_asked_for(desk: Desk) -> None:
    pair = pair_of("Цены выросли на рынке.", "Prices rose on the market market.", "ru", "en-US")
    for wanted in (
        Filter(families=frozenset({Family.NAMES})),
        Filter(disabled=frozenset({"any/bitext/repeated-words"})),
        Filter(severity=Severity.ERROR),
        Filter(accepted=frozenset({"market market"})),
    ):
        assert desk.compare([pair], Options(wanted)).findings == ((),)


def test_documents_are_compared_in_their_own_places(desk: Desk) -> None:
    target = TARGET.replace("a month", "a month a month a month")
    found = desk.compare_documents(document_of(SOURCE, "ru"), document_of(target, "en-US"))
    [only] = found.findings[0]
    assert (only.rule, only.span.of(target)) == ("any/bitext/looping", "a month a month a month")
    assert len(found.pairs) == 1
