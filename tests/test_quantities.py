"""Numbers, times, dates and measures as values, in thirteen languages and four scripts."""

from __future__ import annotations

from datetime import time

import pytest

from copydesk.model import Span
from copydesk.quantities import DatePart, Mention, Reading, date_words, measure_of, numerals, unmatched
from copydesk.quantities.digits import readings_of
from copydesk.quantities.vocabulary import wordlist_of


def said(text: str, language: str) -> list[tuple[str, Reading]]:
    """The numbers of `text` that ask for an equal: as written, and the likeliest reading."""
    return [(m.span.of(text), m.readings[0]) for m in numerals(text, language) if not m.loose]


@pytest.mark.parametrize(
    ("digits", "readings"),
    [
        ("1 234 567", (1234567,)),
        ("1'234", (1234,)),
        ("1.234.567,89", (1234567.89,)),
        ("1,234,567.89", (1234567.89,)),
        ("1,50,000", (150000,)),
        ("3,5", (3.5,)),
        ("0.745", (0.745,)),
        ("1.234", (1234, 1.234)),
        ("２３００", (2300,)),
        ("१२३", (123,)),
        ("٣٤", (34,)),
        ("12.05.1938", ()),
    ],
)
def test_digits_mean_the_same_in_every_locale(digits: str, readings: tuple[float, ...]) -> None:
    assert readings_of(digits) == readings


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("ru", "двадцать пять тысяч человек", [("двадцать пять тысяч", 25000)]),
        ("ru", "26 млн 773 тыс. рублей", [("26 млн 773 тыс", 26773000)]),
        ("ru", "полтора миллиона", [("полтора миллиона", 1500000)]),
        ("ru", "на четвёртом этаже", [("четвёртом", 4)]),
        ("ru", "XXI век", [("XXI", 21)]),
        ("uk", "дванадцять мільйонів", [("дванадцять мільйонів", 12000000)]),
        ("be", "дваццаць два чалавекі", [("дваццаць два", 22)]),
        ("pl", "103 mld zł na osiemnaście lat", [("103 mld", 103e9), ("osiemnaście", 18)]),
        ("cs", "tři sta padesát korun, 570 tis.", [("tři sta padesát", 350), ("570 tis", 570000)]),
        ("de", "zweiundzwanzig Millionen", [("zweiundzwanzig Millionen", 22000000)]),
        ("de", "3,5 Mrd. Euro", [("3,5 Mrd", 3.5e9)]),
        ("fr", "quatre-vingt-dix-sept mille au XIVe siècle", [("quatre-vingt-dix-sept mille", 97000), ("XIVe", 14)]),
        ("es", "treinta y cinco mil", [("treinta y cinco mil", 35000)]),
        ("it", "50 mila e ventitré", [("50 mila", 50000), ("ventitré", 23)]),
        ("en", "two hundred and fifty-six thousand", [("two hundred and fifty-six thousand", 256000)]),
        ("en", "half a million, twenty-first", [("half a million", 500000), ("twenty-first", 21)]),
        ("en", "I'm 18 and 103bn", [("18", 18), ("103bn", 103e9)]),
        ("hi", "ढाई लाख लोग", [("ढाई लाख", 250000)]),
        ("zh", "9.1万人，二〇二〇年，三天", [("9.1万", 91000), ("二〇二〇", 2020), ("三", 3)]),
        ("ja", "１万１０００店舗、2億3000万円", [("１万１０００", 11000), ("2億3000万", 230000000)]),
        ("zh", "三分之二", [("三分之二", 0.6667)]),
        ("ja", "19,500 km2", [("19,500", 19500)]),
    ],
)
def test_words_and_digits_make_one_number(language: str, text: str, expected: list[tuple[str, Reading]]) -> None:
    assert said(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text", "clock"),
    [
        ("ru", "в 20:30", time(8, 30)),
        ("de", "um 8.30 Uhr", time(8, 30)),
        ("de", "20 Uhr", time(8)),
        ("fr", "vers 12 h 00", time(0)),
        ("ja", "17時07分", time(5, 7)),
        ("ja", "8時半", time(8, 30)),
        ("en", "11:35 pm", time(11, 35)),
        ("en", "1200 GMT", time(0)),
        ("en", "8 a.m.", time(8)),
        ("en", "11.40 p.m.", time(11, 40)),
        ("be", "а 23.40", time(11, 40)),
    ],
)
def test_a_time_is_a_place_on_the_dial(language: str, text: str, clock: time) -> None:
    assert clock in numerals(text, language)[0].readings


def test_words_that_are_also_something_else_are_loose() -> None:
    text = "One of both halves, once"
    assert [m.loose for m in numerals(text, "en")] == [True, True, True, True]
    assert [m.loose for m in numerals("九州 三井 二十五", "ja")] == [True, True, True]
    assert [(m.readings, m.loose) for m in numerals("двухлетний", "ru")] == [((2.0,), True)]


def test_a_number_word_of_another_language_is_loose() -> None:
    """Tags are wrong now and then: an Italian sentence that is said to be French."""
    assert [(m.readings, m.loose) for m in numerals("sette", "fr")] == [((7.0,), True)]
    assert numerals("sette", "en") == ()


def test_the_ends_of_a_range_lend_each_other_what_one_of_them_has() -> None:
    assert 3e6 in numerals("3-5 million", "en")[0].readings
    assert 1981.0 in numerals("1977–81", "en")[1].readings
    assert 20.0 in numerals("the 1920s", "en")[0].readings
    assert 1990.0 in numerals("90-е годы", "ru")[0].readings
    assert 1895.0 in numerals("明治28年", "ja")[0].readings


def left(source: str, language: str, target: str) -> tuple[list[str], list[str]]:
    found = unmatched(numerals(source, language), numerals(target, "en"))
    return [m.span.of(source) for m in found.source], [m.span.of(target) for m in found.target]


@pytest.mark.parametrize(
    ("source", "language", "target"),
    [
        ("Lata dwudzieste XX wieku", "pl", "The twenties of the 20th century"),
        ("два года и половина", "ru", "two and a half years"),
        ("10:12", "ru", "10-12"),
        ("30.01", "ru", "01.30"),
        ("8.30", "de", "8:30"),
        ("1 234 567", "ru", "1.2 million"),
    ],
)
def test_equal_numbers_find_each_other(source: str, language: str, target: str) -> None:
    found = unmatched(numerals(source, language), numerals(target, "en"))
    assert not (found.source and found.target)


def test_numbers_are_compared_as_multisets() -> None:
    assert left("vor drei Wochen vier Prüfungen", "de", "four tests four weeks ago") == (["drei"], ["four"])
    assert left("20:35", "de", "20:53") == (["20:35"], ["20:53"])
    assert left("3,5 млрд", "ru", "3.5 million") == (["3,5 млрд"], ["3.5 million"])


@pytest.mark.parametrize(
    ("language", "text", "part", "value"),
    [
        ("ru", "в октябре", DatePart.MONTH, 10),
        ("uk", "5 травня", DatePart.MONTH, 5),
        ("be", "у снежні", DatePart.MONTH, 12),
        ("pl", "3 września", DatePart.MONTH, 9),
        ("cs", "v lednu", DatePart.MONTH, 1),
        ("de", "am Samstagabend", DatePart.WEEKDAY, 6),
        ("fr", "mercredi", DatePart.WEEKDAY, 3),
        ("hi", "सितंबर में", DatePart.MONTH, 9),
        ("zh", "十二月", DatePart.MONTH, 12),
        ("zh", "星期天", DatePart.WEEKDAY, 7),
        ("ja", "28日（火）", DatePart.WEEKDAY, 2),
        ("de", "08.07.2020", DatePart.MONTH, 7),
        ("en", "2020-07-08", DatePart.MONTH, 7),
    ],
)
def test_months_and_days_by_name(language: str, text: str, part: DatePart, value: int) -> None:
    assert [(w.part, w.value, w.sure) for w in date_words(text, language)] == [(part, value, True)]


def test_may_is_a_month_beside_a_number_only() -> None:
    assert [w.sure for w in date_words("It may rain in May, on May 5, says May", "en")] == [False, True, True, False]


def first(text: str) -> Mention:
    return numerals(text, "ru" if any("а" <= c <= "я" for c in text) else "en")[0]


@pytest.mark.parametrize(
    ("text", "unit", "span"),
    [
        ("20 км", "kilometre", (3, 5)),
        ("19 тыс. квадратных километров", "square kilometre", (19, 29)),
        ("20 Quadratkilometer", "square kilometre", (3, 19)),
        ("$5 million", "dollar", (0, 1)),
        ("PLN 103bn", "zloty", (0, 3)),
        ("5 миллионов рублей", "ruble", (12, 18)),
        ("3850平方公里", "square kilometre", (4, 8)),
        ("100ヤード", "yard", (3, 6)),
    ],
)
def test_what_a_number_counts(text: str, unit: str, span: tuple[int, int]) -> None:
    measure = measure_of(text, first(text))
    assert measure is not None
    assert (measure.units[0].name, measure.span) == (unit, Span(*span))


def test_a_yen_sign_is_of_two_countries_and_people_are_no_unit() -> None:
    yen = measure_of("¥500", first("¥500"))
    assert yen is not None
    assert {unit.name for unit in yen.units} == {"yen", "yuan"}
    assert measure_of("500 people", first("500 people")) is None


def converts(text: str, other: str) -> bool:
    one, two = first(text), first(other)
    here, there = measure_of(text, one), measure_of(other, two)
    assert here is not None
    assert there is not None
    value, into = one.readings[0], two.readings[0]
    assert isinstance(value, float)
    assert isinstance(into, float)
    return here.units[0].converts(value, there.units[0], into)


def test_conversions_are_right_within_rounding() -> None:
    assert converts("20 км", "12 miles")
    assert converts("30 °C", "86 °F")
    assert converts("100 ha", "247 acres")
    assert converts("70 kg", "154 lb")
    assert not converts("20 км", "30 miles")
    assert not converts("30 °C", "30 °F")
    assert not converts("$5", "5 euros")


@pytest.mark.parametrize("language", ["ru", "uk", "be", "pl", "cs", "de", "fr", "es", "it", "hi", "en"])
def test_every_word_list_counts_to_twenty_and_by_tens_to_ninety(language: str) -> None:
    wordlist = wordlist_of(language)
    assert wordlist is not None
    assert {float(v) for v in (*range(2, 21), *range(30, 100, 10))} <= set(wordlist.cardinals)
    words = wordlist.words()
    assert all(word == word.lower() for word in words)
