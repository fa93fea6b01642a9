"""Mentions: what is read as a name, where its words stand, and what is never touched."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from copydesk.checkers import Resources
from copydesk.checkers.names import NamesChecker
from copydesk.model import Document, Finding
from copydesk.names.forms import forms_of
from copydesk.names.lexicon import Entry, Lexicon
from copydesk.names.mentions import mentions_of, names_of
from copydesk.names.spellings import differs_in_marks, plain, sounds
from copydesk.packs import load_packs, shipped_rules
from copydesk.read import read

RULES = load_packs([shipped_rules() / "names"])
PLACES = Lexicon([Entry(canonical="Kyiv", variants=("Kiev",), kind="place"), Entry(canonical="Moscow", kind="place")])
CHECKER = NamesChecker(RULES, Resources(PLACES))


def document(text: str) -> Document:
    return read(text, language="en-US")[0]


def mentions(text: str) -> list[str]:
    return [" ".join(word.text for word in mention.words) for mention in mentions_of(document(text))]


def forms(text: str) -> list[str]:
    page = document(text)
    return [form.text for form in forms_of(page, mentions_of(page), PLACES).values()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met Bashar al-Assad there.", ["Bashar Assad"]),
        ("They met Mohammed bin Salman and Jan ter Horst.", ["Mohammed Salman", "Jan Horst"]),
        ("They met V. V. Putin, then V.V. Putin.", ["V. V. Putin", "V.V. Putin"]),
        ("They met Ursula von der Leyen’s aide.", ["Ursula Leyen"]),
        ("They went to Rostov-on-Don and Saint-Germain-en-Laye.", ["Rostov-on-Don", "Saint-Germain-en-Laye"]),
        ("They saw Petrov-Vodkin on the Minsk–Moscow line.", ["Petrov-Vodkin", "Minsk", "Moscow"]),
        ("They live in St. Petersburg, near St-Nazaire.", ["St. Petersburg", "St-Nazaire"]),
        ("They met Col. Oleh Prybudka and Lt. Gen. Vojtěch Hrabánek.", ["Oleh Prybudka", "Vojtěch Hrabánek"]),
        ("They met O’Brien, D’Artagnan and Guns’n’Roses’ fans.", ["O’Brien", "D’Artagnan", "Guns’n’Roses"]),
        ("She said “Nobody saw Lukashenko”.", ["Lukashenko"]),
        ("They use `Kiev Code` in #Kiev with @Kiev.", []),
        ("They read t.co/Kiev, www.Kiev.ua/Odessa, Kiev.ua and a@Kiev.ua.", []),
    ],
)
def test_mentions(text: str, expected: list[str]) -> None:
    """Particles and titles are no words of a name; addresses, handles, hashtags and code are no names."""
    assert mentions(text) == expected


def weak_words(text: str) -> list[str]:
    return [word.text for mention in mentions_of(document(text)) for word in mention.words if word.weak]


@pytest.mark.parametrize(
    ("text", "weak"),
    [
        ("Kalina spoke. Later Kalina left.", ["Kalina"]),
        ("“Kalina spoke,” they said of Kalina.", ["Kalina"]),
        ("It said: Kalina left.", ["Kalina"]),
        ("The Minsk–Kalina line and the al-Kalina house.", []),
        ("KALINA TELLS PUTIN TO WAIT\n\nThe rest is small.", ["KALINA", "TELLS", "PUTIN", "WAIT"]),
        ("Kalina Tells Putin Nothing New\n\nThe rest is small.", ["Kalina", "Tells", "Putin"]),
    ],
)
def test_a_capital_that_proves_nothing(text: str, weak: list[str]) -> None:
    """At the beginning of a sentence or quotation and in headlines a capital may be the sentence's."""
    assert weak_words(text) == weak


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They saw the Petrovs, and Petrov saw them.", ["Petrov"]),
        ("They saw the Kalinovskys and the Balkans.", ["Kalinovsky", "Balkans"]),
        ("They live in Lyman-North, not in Ivano-Frankivsk.", ["Lyman", "Ivano-Frankivsk"]),
        ("They took the Kyiv-Moscow train.", ["Kyiv", "Moscow"]),
        ("They live in St. Petersburg.", ["St. Petersburg"]),
        ("They read the Kyiv Post about Dynamo Kiev and the battle of Kiev.", ["Post", "Dynamo"]),
        ("They read Kyiv’s papers about the Petrоvs.", ["Kyiv"]),  # a Cyrillic о
    ],
)
def test_forms(text: str, expected: list[str]) -> None:
    """Plurals, quarters and pairs come apart; fixed phrases and words of two alphabets are left out."""
    assert forms(text) == expected


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Wałęsa", "Walesa"),
        ("Müller", "Mueller"),
        ("Müller", "Muller"),
        ("Gaëlle", "Gaelle"),
        ("Đorđe", "Djordje"),
        ("Šešelj", "Sheshelj"),
        ("Syi’ah", "Syiah"),
        ("Saint-Nazaire", "St-Nazaire"),
        ("Sankt Gallen", "St. Gallen"),
    ],
)
def test_one_word_but_for_its_marks(a: str, b: str) -> None:
    """Diacritics left out or expanded, apostrophes, saints cut short."""
    assert differs_in_marks(a, b)
    assert differs_in_marks(b, a)


@pytest.mark.parametrize(
    ("a", "b"),
    [("Gaëlle", "Gaël"), ("Mueller", "Muller"), ("Möller", "Möllers"), ("St. Gallen", "St Gallen"), ("Лей", "Леи")],
)
def test_two_words(a: str, b: str) -> None:
    """A letter more, two names that could be one with diacritics, a stop, letters of Cyrillic."""
    assert not differs_in_marks(a, b)


def test_sounds_of_graphemes() -> None:
    """One string for graphemes of one sound, another where letters are missing."""
    assert sounds("Benixelva") == sounds("Benichelva")
    assert sounds("Shcherbakova") == sounds("Scherbakova")
    assert sounds("Nicholson") != sounds("Nicolson")
    assert sounds("Phillips") != sounds("Philips")


ADDRESS = st.sampled_from(
    ["https://x.by/Lukashenka/Kiev", "www.Kiev.com/Kharkov", "Ivan.Petrov@Kiev.ua", "Lukashenka@Mail.com", "Kiev.com"]
)
NAME = st.sampled_from(
    [
        "Lukashenka",
        "Lukashenko",
        "Kiev",
        "Kyiv",
        "the Petrovs",
        "St. Gallen",
        "“Müller”",
        "Mueller-North",
        "V. V. Wałęsa",
    ]
)


@given(st.lists(st.tuples(NAME, ADDRESS), min_size=1, max_size=8))
def test_addresses_are_never_touched(parts: list[tuple[str, str]]) -> None:
    """No mention and no finding overlaps a web or e-mail address."""
    text, taken = "They wrote", []
    for name, address in parts:
        text += f" to {name} at "
        taken.append(range(len(text), len(text) + len(address)))
        text += f"{address} today, and"
    page = document(text)
    spans = [word.span for mention in mentions_of(page) for word in mention.words]
    found = [f for f in CHECKER.check(page) if isinstance(f, Finding)]
    spans += [f.span for f in found] + [edit.span for f in found for fix in f.fixes for edit in fix.edits]
    assert not [span for span in spans for place in taken if span.start < place.stop and place.start < span.end]


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
@example("İi̇ Ǆ-ß St. ﬁ’ﬂ Ⅷ’s")
@example("St. St. Saint- -al-A A.A. ’S")
def test_any_text(text: str) -> None:
    """Nothing in Unicode stops the reading of names; each word stands where it says, each plain form is a word."""
    page = document(text)
    names_of(page)
    list(CHECKER.check(page))
    for mention in mentions_of(page):
        for word in mention.words:
            assert word.span.of(text) == word.text
            assert all(plain(word.text))
            sounds(word.text)
