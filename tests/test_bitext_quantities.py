"""Numbers, dates and measures of a translation against its source: places in both, the text after the fix, silence."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from copydesk.bitext.pairs import pair_of
from copydesk.checkers.base import Resources
from copydesk.checkers.bitext.dates import DateChecker
from copydesk.checkers.bitext.measures import MeasureChecker
from copydesk.checkers.bitext.numbers import NumberChecker
from copydesk.findings.correct import correct
from copydesk.model import Finding, Safety
from copydesk.names.lexicon import Lexicon
from copydesk.packs import load_packs, shipped_rules

DATA = Path(__file__).parents[2] / "shared" / "data" / "mt"
LANGUAGES = {
    "chinese_simple": "zh",
    "czech": "cs",
    "french": "fr",
    "german": "de",
    "hindi": "hi",
    "italian": "it",
    "japanese": "ja",
    "polish": "pl",
    "russian": "ru",
    "spanish": "es",
}
RULES = load_packs([shipped_rules() / "bitext"])
CHECKERS = [checker(RULES, Resources(Lexicon())) for checker in (NumberChecker, DateChecker, MeasureChecker)]


def findings(source: str, language: str, target: str, to: str = "en-US") -> list[Finding]:
    """What the three checkers say about the pair; they tell faults only."""
    pair = pair_of(source, target, language, to)
    remarks = [remark for checker in CHECKERS for remark in checker.check(pair)]
    assert all(isinstance(remark, Finding) for remark in remarks)
    return [remark for remark in remarks if isinstance(remark, Finding)]


def places(source: str, language: str, target: str, to: str = "en-US") -> list[tuple[str, str, str | None]]:
    """Rule, place in the target and place in the source of each finding."""
    return [
        (f.rule.removeprefix("any/bitext/"), f.span.of(target), f.source.of(source) if f.source else None)
        for f in findings(source, language, target, to)
    ]


@pytest.mark.parametrize(
    ("source", "language", "target", "found", "wanted", "fixed"),
    [
        ("34 125 korun", "cs", "CZK 43,125", "43,125", "34 125", "CZK 34,125"),
        ("第3000场比赛", "zh", "the 2,002nd match", "2,002", "3000", "the 3,000th match"),
        ("Ocho personas viven allí.", "es", "Five people live there.", "Five", "Ocho", "Eight people live there."),
        ("50 mila soldati", "it", "45,000 soldiers", "45,000", "50 mila", "50,000 soldiers"),
        ("100 軒", "ja", "some 200 homes", "200", "100", "some 100 homes"),
        ("छह लोग", "hi", "five people", "five", "छह", "six people"),
        ("у 12 краінах", "be", "in 21 countries", "21", "12", "in 12 countries"),
        ("3,5 млрд", "uk", "$2.5 billion", "2.5 billion", "3,5 млрд", "$3.5 billion"),
        ("A4", "pl", "the A3 motorway", "3", "4", "the A4 motorway"),
        ("в 12:25", "ru", "at 11:25", "11:25", "12:25", "at 12:25"),
        ("в 12:25", "ru", "at 11:25 am", "11:25", "12:25", "at 11:25 am"),  # in which half of the day is left to people
    ],
)
def test_a_changed_number_is_placed_in_both_texts(
    source: str, language: str, target: str, found: str, wanted: str, fixed: str
) -> None:
    faults = findings(source, language, target)
    assert [(f.rule, f.span.of(target)) for f in faults] == [("any/bitext/number-changed", found)]
    assert faults[0].source is not None
    assert faults[0].source.of(source) == wanted
    assert correct(target, faults, frozenset(Safety)).text == fixed


def test_several_changed_numbers_are_told_in_their_order_without_a_fix() -> None:
    source, target = "10 km (6,2 Meilen) in 50 Minuten", "20 km (6.2 miles) in 70 minutes"
    faults = findings(source, "de", target)
    assert [(f.span.of(target), f.source and f.source.of(source), f.fixes) for f in faults] == [
        ("20", "10", ()),
        ("70", "50", ()),
    ]


@pytest.mark.parametrize(
    ("source", "language", "target"),
    [
        (
            "Атомы так малы, что триллионы их поместятся в точке.",
            "ru",
            "Atoms are so small that trillions fit in a dot.",
        ),
        ("新冠夺走生命，4月24日。", "zh", "Covid-19 takes lives, April 24."),
        ("В 30-40-х годах", "ru", "In the 1930s and 1940s"),
        ("Mit 17 (!) Jahren", "de", "At the age of seventeen"),
        ("Стопроцентный результат", "ru", "A full result"),
        ("Das ist ein Haus mit zwei Türen.", "de", "It is a house with two doors."),
        ("Состояние оценили в миллиард долларов.", "ru", "The fortune was put at a billion dollars."),
        ("La reunión es a las 17:00.", "es", "The meeting is at 5 p.m."),
        ("за останні два з половиною роки", "uk", "over the last two and a half years"),
        ("Cena: 5 zł", "pl", "Price: 5 zlotys"),
        ("Les deux tiers des députés", "fr", "Two-thirds of the deputies"),
        ("他今年三十五岁。", "zh", "He is thirty-five."),
        ("Средняя зарплата — 1 500,50 рубля.", "ru", "The average salary is 1,500.50 rubles."),
        ("dwudziestego pierwszego maja", "pl", "on May 21"),
        ("um halb neun", "de", "at half past eight"),
        ("zwischen 18 und 20 Uhr", "de", "between 6 and 8 p.m."),
        ("zweihundertfünfzig Seiten", "de", "250 pages"),
        ("duecentocinquanta persone", "it", "250 people"),
        ("pětadvacet lidí", "cs", "25 people"),
        ("达到3万亿元", "zh", "to 3 trillion yuan"),
        ("3.500 millones de dólares", "es", "$3.5 billion"),
        ("П’ятдесят шість осіб загинули", "uk", "Fifty-six people were killed"),
        ("Дзвесце трыццаць палітвязняў", "be", "230 political prisoners"),
        ("48 часов без воды", "ru", "Two days without water"),
        ("Za 14 dní", "cs", "In two weeks"),
        ("18 Monate Haft", "de", "A year and a half in prison"),
    ],
)
def test_the_same_in_other_words_is_silent(source: str, language: str, target: str) -> None:
    assert places(source, language, target) == []


def test_a_million_is_no_billion() -> None:
    source, target = "Состояние оценили в миллиард долларов.", "The fortune was put at a million dollars."
    assert places(source, "ru", target) == [("number-changed", "million", "миллиард")]


def test_an_omission_points_to_the_end_of_the_target() -> None:
    target = "The town was destroyed. \n"
    (fault,) = findings("Город с населением 48000 человек разрушен.", "ru", target)
    assert (fault.rule, fault.span.start, fault.span.end) == ("any/bitext/number-missing", 23, 23)


def test_covid_is_numbered_where_it_has_that_name() -> None:
    assert places("Since April 24 Covid-19 spreads.", "en", "自从4月24日新冠传播。", "zh") == []
    assert places("Corona, also Covid-19", "de", "Corona, or Covid-22") == [("number-changed", "22", "19")]


def test_the_target_may_be_in_any_of_the_languages() -> None:
    assert places("Five people came.", "en", "Пришли шесть человек.", "ru") == [("number-changed", "шесть", "Five")]
    assert places("34 percent agree.", "en", "34 procent się zgadza.", "pl") == []
    assert places("On Monday 3.5 billion rubles", "en", "В понедельник 3,5 млрд рублей", "ru") == []
    fault = findings("Five people came.", "en", "Пришли шесть человек.", "ru")
    assert correct("Пришли шесть человек.", fault, frozenset(Safety)).text == "Пришли пять человек."


@pytest.mark.parametrize(
    ("source", "language", "target", "expected"),
    [
        ("5 мая", "ru", "May 9", [("number-changed", "9", "5")]),
        ("9 квітня", "uk", "October 9", [("month-changed", "October", "квітня")]),
        ("le 3 mars", "fr", "on March 3", []),
        ("в марте", "ru", "they march on", []),
        ("in der Nacht zum Dienstag", "de", "late on Monday", [("weekday-changed", "Monday", "Dienstag")]),
        ("w nocy z niedzieli na poniedziałek", "pl", "on Sunday night", []),
        ("в 8 часов вечера", "ru", "at 8 a.m. sharp", [("half-of-day-changed", "8 a.m.", "8")]),
        ("午前9時", "ja", "9 p.m.", [("half-of-day-changed", "9 p.m.", "9")]),
        ("um 12 Uhr", "de", "at 12 p.m.", []),
    ],
)
def test_dates(source: str, language: str, target: str, expected: list[tuple[str, str, str]]) -> None:
    assert places(source, language, target) == expected


@pytest.mark.parametrize(
    ("source", "language", "target", "expected"),
    [
        ("503 Millionen US-Dollar", "de", "503 million rubles", [("currency-changed", "rubles", "Dollar")]),
        ("2500円", "ja", "€2,500", [("currency-changed", "€", "円")]),
        ("2500 гривен", "ru", "UAH 2,500", []),
        ("20 км", "be", "20 miles", [("unit-changed", "miles", "км")]),
        ("70 kg", "cs", "154 lb", []),
        ("три года колонии", "ru", "three months in a penal colony", [("unit-changed", "months", "года")]),
        ("trzyletni wyrok", "pl", "a three-year sentence", []),
        ("5 hectares", "fr", "5 ha (12.4 acres)", []),
        ("5 hectares", "fr", "5 ha (20 acres)", [("wrong-conversion", "20", "hectares")]),
        ("100ヤード（100メートル）", "ja", "100 yards (100 meters)", []),  # wrong, but the source's own
    ],
)
def test_measures(source: str, language: str, target: str, expected: list[tuple[str, str, str]]) -> None:
    assert places(source, language, target) == expected


def test_texts_of_many_numbers_are_read_in_time_that_grows_with_them() -> None:
    """Two thousand numbers that all differ: no finding for each, and no comparison of each with each."""
    source = " ".join(f"{n}," for n in range(10_000, 12_000))
    target = " ".join(f"{n}," for n in range(20_000, 22_000))
    assert places(source, "ru", target) == []
    assert places(source, "ru", source) == []
    assert places("hundert" * 5_000, "de", "a hundred") == []


def read(name: str) -> Iterator[dict[str, Any]]:
    with gzip.open(DATA / name, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


@pytest.mark.skipif(not DATA.exists(), reason="the shared data is not beside this checkout")
def test_replaced_numbers_are_found_and_clean_pairs_are_silent() -> None:
    """DEMETR's planted faults and clean translations, MLQE-PE's sentences that needed no edit."""
    rows = list(read("demetr.jsonl.gz"))
    planted = [row for row in rows if row["pert_name"] == "critical_id10_numbers_replaced"]
    found = sum(
        any(
            f.rule == "any/bitext/number-changed"
            for f in findings(r["src_sent"], LANGUAGES[r["lang_tag"]], r["pert_sent"])
        )
        for r in planted
    )
    assert found / len(planted) >= 0.98
    clean = {(r["src_sent"], r[side], LANGUAGES[r["lang_tag"]]) for r in rows for side in ("mt_sent", "eng_sent")}
    for name in ("mlqe_ru_en_train.jsonl.gz", "mlqe_ru_en_dev.jsonl.gz"):
        clean |= {(r["source"], r["mt"], "ru") for r in read(name) if r["hter"] == 0}
    alarmed = sum(bool(findings(source, language, target)) for source, target, language in clean)
    assert alarmed / len(clean) <= 0.001
