"""Names, negation, words left over, order: what a translation says against what its source says."""

from __future__ import annotations

import pytest

from copydesk.bitext.pairs import pair_of
from copydesk.checkers.bitext._negators import negators_of
from copydesk.checkers.bitext._sounds import is_alike
from copydesk.checkers.bitext._vocabulary import has_dictionary, is_common, knows
from copydesk.checkers.bitext._word_order import english, tokens_of
from copydesk.model import Span
from copydesk.pipeline import Desk

Told = list[tuple[str, str, str | None]]


def told(desk: Desk, source: str, target: str, language: str) -> Told:
    """Rule, words of the target, and words of the source of each finding."""
    findings = desk.compare([pair_of(source, target, language, "en-US")]).findings[0]
    return [
        (f.rule.rsplit("/", 1)[1], f.span.of(target), None if f.source is None else f.source.of(source))
        for f in findings
    ]


@pytest.mark.parametrize(
    ("language", "source", "target", "marked"),
    [
        ("ru", "Полиция задержала двух человек.", "The police did not detain two people.", "not"),
        ("uk", "Уряд ухвалив новий закон.", "The government did not pass the new law.", "not"),
        ("be", "Урад прыняў новы закон.", "The government did not pass the new law.", "not"),
        ("cs", "Vláda schválila nový zákon.", "The government did not approve the new law.", "not"),
        ("fr", "Le gouvernement a adopté la loi.", "The government hasn't passed the law.", "hasn't"),
        ("it", "Il governo ha approvato la legge.", "The government cannot pass the law.", "cannot"),
        ("ja", "政府は法案を可決した。", "The government did not pass the bill.", "not"),
        ("hi", "सरकार ने कानून पारित किया।", "The government did not pass the law.", "not"),
    ],
)
def test_added_negation(desk: Desk, language: str, source: str, target: str, marked: str) -> None:
    assert told(desk, source, target, language) == [("negation-added", marked, None)]


@pytest.mark.parametrize(
    ("language", "source", "target"),
    [
        ("ru", "Никто никого не видел.", "No one saw anyone."),
        ("uk", "Ніхто нічого не бачив.", "No one saw anything."),
        ("pl", "Nikt nic nie wie.", "No one knows anything."),
        ("fr", "Il n'a rien dit.", "He did not say anything."),
        ("es", "Sin embargo, no lo dijo.", "However, he did not say it."),
        ("de", "Das ist unmöglich.", "That is not possible."),
        ("ru", "Это не просто слова.", "These are not just words."),
        ("ja", "来週発表があるかもしれません。", "It may be announced next week."),
    ],
)
def test_negation_said_otherwise(desk: Desk, language: str, source: str, target: str) -> None:
    assert told(desk, source, target, language) == []


def test_lost_negation_points_into_the_source(desk: Desk) -> None:
    source, target = "Er hat die Frage nicht beantwortet.", "He answered the question."
    finding = desk.compare([pair_of(source, target, "de", "en-US")]).findings[0][0]
    assert (finding.rule, finding.span) == ("any/bitext/negation-lost", Span(len(target), len(target)))
    assert finding.source == Span(17, 22)


def test_agreeing_negators_count_once() -> None:
    slavic = negators_of("ru-RU")
    assert slavic is not None
    found = slavic.find("Никто никогда не приходил без причины, и не только сюда.")
    assert (found.clauses, found.lexical, found.ignored) == (2, 1, 1)
    assert negators_of("tlh") is None


def test_neighbouring_source_words_are_one_finding(desk: Desk) -> None:
    source, target = "Sąd odrzucił skargę obrońców.", "The court odrzucił skargę of the lawyers."
    assert told(desk, source, target, "pl") == [("source-words", "odrzucił skargę", "odrzucił skargę")]


@pytest.mark.parametrize(
    ("language", "source", "target"),
    [
        ("ru", "Сайт «Зеркало» заблокировали.", "The website Zerkalo (Зеркало) was blocked."),
        ("fr", "Le festival de Cannes a fermé.", "The Cannes festival has closed."),
        ("ru", "Частицы α и β различаются.", "Particles α and β differ."),
        ("cs", "Píše to server Jezdci.cz.", "This is reported by Jezdci.cz."),
    ],
)
def test_words_that_may_stay(desk: Desk, language: str, source: str, target: str) -> None:
    assert told(desk, source, target, language) == []


def test_replaced_name(desk: Desk) -> None:
    source = "В Женеве выступил Протасевич."
    assert told(desk, source, "Pratasevich spoke in Geneva.", "ru") == []
    assert told(desk, source, "Takagi spoke in Geneva.", "ru") == [("name-replaced", "Takagi", "Протасевич")]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Лукашенко", "Lukashenka", True),
        ("Катаром", "Qatar", True),
        ("マドリード", "Madrid", True),
        ("भारद्वाज", "Bhardwaj", True),
        ("Уэйна", "Wayne", True),
        ("Тихановский", "Takagi", False),
        ("Potro", "Queen", False),
    ],
)
def test_names_by_sound(one: str, other: str, same: bool) -> None:
    assert is_alike(one, other) is same
    assert is_alike(other, one) is same


def test_shuffled_words(desk: Desk) -> None:
    source = "Оба самолёта вернулись на базу, сообщило министерство обороны в четверг."
    target = "Base the to on planes defense of the returned both ministry Thursday, said the."
    assert told(desk, source, target, "ru") == [("shuffled-words", target, source)]


@pytest.mark.parametrize(
    ("ordered", "shuffled"),
    [
        (
            "The court in Minsk has sentenced the journalist to two years in prison.",
            "In two has the to court prison Minsk years the journalist sentenced in.",
        ),
        (
            "Prices have risen faster than wages, and many families cannot pay their bills.",
            "Than and pay risen their faster, cannot have wages bills families many prices.",
        ),
    ],
)
def test_order_of_words(ordered: str, shuffled: str) -> None:
    order = english()
    assert sorted(tokens_of(ordered.lower())) == sorted(tokens_of(shuffled.lower()))
    assert order.score(tokens_of(ordered)) > 2 > -2 > order.score(tokens_of(shuffled))


def test_tokens_of_a_sentence() -> None:
    text = "He said: “I don 't know, Dr. A. B. Smith 's would-be heir ... is n't 19-year-old.”"
    assert tokens_of(text) == [
        "He", "said", ":", "I", "don't", "know", ",", "Dr", ".", "A.", "B.", "Smith's", "would-be", "heir", "...",
        "isn't", "19-year-old", ".",
    ]  # fmt: skip


def test_order_of_the_source_decides(desk: Desk) -> None:
    """A doubtful order: told where names and numbers stand in another one than in the source."""
    target = "In and met officials from of Paris senators in London, again and Berlin Washington 2019 in."
    against = "Senatoren aus Washington und Beamte aus Berlin trafen sich 2019 wieder in Paris und in London."
    along = "Paris, Senatoren, London, Berlin und Washington, 2019."
    assert ("shuffled-words", target, against) in told(desk, against, target, "de")
    assert "shuffled-words" not in [rule for rule, _, _ in told(desk, along, target, "de")]


@pytest.mark.parametrize("target", ["", ".", " … "])
def test_empty_target(desk: Desk, target: str) -> None:
    found = told(desk, "Суд отправил журналиста под домашний арест.", target, "ru")
    assert [rule for rule, _, _ in found] == ["empty-target"]


def test_vocabulary() -> None:
    assert knows("en-US", "court")
    assert not knows("en-US", "ustawę")
    assert is_common("en", "trouts")
    assert not is_common("en", "Takagi")
    assert not has_dictionary("be-BY")
    assert not knows("be", "урад")
