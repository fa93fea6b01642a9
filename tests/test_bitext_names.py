"""Names on one side only, and the holes that they leave in a translation."""

from __future__ import annotations

import pytest

from copydesk.bitext.pairs import pair_of
from copydesk.checkers.bitext._missing_words import english, tokens_of
from copydesk.checkers.bitext._sounds import (
    begins_in_kana,
    is_near,
    is_one_word,
    is_spelt,
    starts_within,
    without_vowels,
)
from copydesk.checkers.bitext._vocabulary import has_capital, is_proper
from copydesk.pipeline import Desk


def told(desk: Desk, source: str, target: str, language: str) -> list[tuple[str, str, str | None]]:
    """Rule, words of the target, and words of the source of each finding."""
    findings = desk.compare([pair_of(source, target, language, "en-US")]).findings[0]
    return [
        (f.rule.rsplit("/", 1)[1], f.span.of(target), None if f.source is None else f.source.of(source))
        for f in findings
    ]


@pytest.mark.parametrize(
    ("language", "source", "target", "found"),
    [
        # A script without capitals: what nothing in the source sounds like.
        ("zh", "习近平总书记多次强调这一点。", "General Secretary Karvinsko has stressed this.", "Karvinsko"),
        ("hi", "पुलिस ने राजीव को पकड़ा।", "The police have caught Yuanjin.", "Yuanjin"),
        ("ja", "渡辺さんの遺体は発見された。", "The body of Stefanović was found.", "Stefanović"),
        ("zh", "大门不会关闭，只会越开越大。", "The doors of Škoda will not be closed, but only open wider.", "Škoda"),
    ],
)
def test_added_names(desk: Desk, language: str, source: str, target: str, found: str) -> None:
    assert told(desk, source, target, language) == [("name-added", found, None)]


@pytest.mark.parametrize(
    ("language", "source", "target"),
    [
        ("hi", "श्री स्नो डेन ने पत्र में यह कहा।", "Mr Snowden said this in the letter."),
        ("hi", "श्री शाह का गया कार्यक्रम।", "The Gaya program of Mr. Shah."),
        ("ja", "エボラウイルスの症例が発生している。", "Cases of the Ebola virus have occurred."),
        ("ja", "渡辺さんの遺体は発見された。", "The body of Watanabe was found."),
        ("zh", "孙德本尔斯的面积很大。", "The area of the Sundarbans is large."),
        ("zh", "美国法院阻止了这一行动。", "The U.S. court has blocked this operation."),
        ("es", "El tratamiento del VIH es caro.", "The treatment of HIV is expensive."),
        ("ru", "Спад ВВП замедлился.", "The fall of the GDP has slowed down."),
        ("zh", "匹兹堡的居民很高兴。", "The people of Pittsburgh are happy."),
        ("ru", "Посетители Исаакиевского собора.", "Visitors to St. Isaac's Cathedral."),
        ("ru", "Александр Батов умер.", "Alexander Batov has died."),
        ("ru", "Кресты в провинции Чжэцзян снесли.", "Crosses in the province of Zhejiang were removed."),
        ("ru", "Письмо подделал Марк Аврелий.", "The letter was forged by Marcus Aurelius."),
        ("pl", "Wyrok PZPN był łagodny.", "The ruling of the Polish Football Association was mild."),
        ("pl", "To był początek XX wieku.", "This was the beginning of the twentieth century."),
        ("de", "Am Abend begann die Einstellung der Arbeiter.", "The hiring of the workers began in the evening."),
        ("ja", "VIN番号を確認した。", "They checked the vehicle identification number."),
    ],
)
def test_names_said_otherwise(desk: Desk, language: str, source: str, target: str) -> None:
    assert told(desk, source, target, language) == []


@pytest.mark.parametrize(
    ("language", "source", "target", "found"),
    [
        ("es", "La CTMO registró más solicitudes.", "The office registered more applications.", ("", "CTMO")),
        ("de", "Am Abend sprach Kenneth.", "There was a speech in the evening.", ("", "Kenneth")),
        ("cs", "Smlouvy mezi státem a ČEZ budou podepsány.", "The contracts will be signed.", ("", "ČEZ")),
        ("zh", "委员会建议前任 CEP 辞职。", "The committee recommended that they step down.", ("", "CEP")),
        # A listed place is a word with a capital in English: not Францией and “friends”.
        ("ru", "Они связаны с Францией.", "They are related to friends.", ("", "Францией")),
        # In small letters only what is nearly the same word is a name: not Mauriac and “more”.
        ("fr", "Le maire a cité Mauriac.", "The mayor said more.", ("", "Mauriac")),
    ],
)
def test_missing_names(desk: Desk, language: str, source: str, target: str, found: tuple[str, str]) -> None:
    assert told(desk, source, target, language) == [("name-missing", *found)]


@pytest.mark.parametrize(
    "target",
    [
        "Although had tears in her eyes, she spoke to her fans.",
        "According to the later decision, was allowed to drive in the town.",
        "The doctor said that Mr. admitted the mistake.",
        "The design was done by (27), a local designer.",
        "He will restore the budget if has the votes.",
        "Began funding the initiative in August.",
        "“We will try to reduce emissions,” said.",
    ],
)
def test_sentences_without_their_subject(desk: Desk, target: str) -> None:
    found = told(desk, "Об этом было сказано в августе 27 числа.", target, "ru")
    assert "gap" in [rule for rule, _, _ in found]


@pytest.mark.parametrize(
    "target",
    [
        "Although he had tears in his eyes, Mr. de Klerk spoke.",
        "According to the later decision, the company was allowed to drive.",
        "After the parade was held, is what they said.",
        "The design was done by (a) the mayor and (2) the town.",
        "Is this the end of the road?",
    ],
)
def test_sentences_with_a_subject(desk: Desk, target: str) -> None:
    assert "gap" not in [rule for rule, _, _ in told(desk, "Об этом было сказано.", target, "ru")]


def test_doubtful_name_needs_a_hole(desk: Desk) -> None:
    """A word that begins its sentence, and that no dictionary has, may be a misspelt one."""
    source = "Kohlisek pracuje pro diecézi a byl v domě."
    assert told(desk, source, "Someone works for the diocese and was in the house.", "cs") == []
    found = told(desk, source, "He works for the diocese of and was in the house.", "cs")
    assert found[0] == ("gap", "of and", None)


@pytest.mark.parametrize(
    ("target", "place"),
    [
        ("The diocese of and was responsible for closing the cathedral.", "of and"),
        ("Is a fascinating bilingual capital with many museums.", "Is"),
        ("According to, the parade was held with a small crowd.", "to,"),
    ],
)
def test_holes(target: str, place: str) -> None:
    found = english().likeliest(target, 1.0)
    assert found is not None
    assert target[found.start : found.end] == place


@pytest.mark.parametrize(
    "target",
    [
        "",
        "…",
        "The diocese of Nantes was responsible for closing the cathedral.",
        "He was asked where he came from, but did not answer.",
        "She looked up, and he came in.",
        "“That is why I am grateful,” Peter, one of the readers, said.",
        "And Pontius obeyed them.",
    ],
)
def test_no_hole(target: str) -> None:
    assert english().likeliest(target, 1.0) is None


def test_tokens() -> None:
    assert tokens_of("He “don't” know U.S. 3,5 rates — Ann's.") == [
        "He", "don", "'t", "know", "U.S", ".", "3,5", "rates", "—", "Ann", "'s", ".",
    ]  # fmt: skip


def test_sounds_of_neighbours() -> None:
    assert is_near("Elżbieta", "Elizabeth")
    assert not is_near("Colbert", "Oliver")
    assert not is_near("Barack", "Werth")
    assert is_one_word("Senat", "senate")
    assert not is_one_word("Meera", "more")
    assert is_spelt("Snowden", "स्नोडेन")
    assert not is_spelt("Munich", "सन्मान")
    assert starts_within("Chengdu", "在成都开放")
    assert not starts_within("Chengdu", "在柏林开放")
    assert begins_in_kana("Ebola", "エボラウイルス")
    assert not begins_in_kana("Glitter", "エボラウイルス")
    assert without_vowels("गया") == without_vowels("Gaya") == "g"


def test_names_of_the_dictionary() -> None:
    assert is_proper("en", "Kenneth")
    assert has_capital("en", "China")
    assert not is_proper("en", "China")  # porcelain
    assert not has_capital("en", "Syringe")
