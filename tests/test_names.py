"""Names: keys, similarity, mentions, the lexicon, and what the checker finds and leaves alone."""

from __future__ import annotations

import time
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.checkers import Resources
from copydesk.checkers.names import HOUSE, MISSPELT, NAMESAKE, VARIANT, NamesChecker
from copydesk.findings.correct import correct
from copydesk.model import Document, Finding, Safety
from copydesk.names import keys, names_of, same_name, similarity
from copydesk.names.lexicon import Entry, Lexicon, shipped_lexicon
from copydesk.names.mentions import mentions_of
from copydesk.packs import load_packs, shipped_rules
from copydesk.read import read
from patience import ENDLESS

RULES = load_packs([shipped_rules() / "names"])
LEXICON = shipped_lexicon()

ONE_NAME = [
    "Kalinovsky Kalinouski Kalinowski Kalinoŭski Kalinovskij Калиновский Каліноўскі",
    "Lukashenko Lukashenka Łukaszenka Loukachenko Lukaschenko Лукашенко Лукашэнка",
    "Zelensky Zelenskyy Zelenskiy Zelenskyi Selenskyj Зеленський",
    "Tikhanovskaya Tsikhanouskaya Cichanouskaja Tichanowskaja Тихановская Ціханоўская",
    "Prigozhin Prigojine Prigoschin Prigożyn Пригожин",
    "Khrushchev Chruschtschow Chruszczow Khrouchtchev Хрущёв",
    "Bialiatski Bialacki Beliatsky Byalyatski Bjaljazki",
    "Müller Mueller Muller",
    "Poutine Putin Путин",
]
TWO_NAMES = [
    ("Kalinin", "Kalinina"),
    ("Petrov", "Petrova"),
    ("Tsikhanouski", "Tsikhanouskaya"),
    ("Zelensky", "Zelenska"),
    ("Navalny", "Navalnaya"),
    ("Ivanov", "Ivanenko"),
    ("Pavlov", "Pavlovsky"),
    ("Clark", "Clarke"),
    ("Johnson", "Johnston"),
    ("Ann", "Anne"),
    ("Harris", "Harrison"),
    ("Sara", "Sarah"),
    ("Kennedy", "Kennedys"),
    ("Minsk", "Pinsk"),
    ("Iran", "Iranian"),
    ("Republican", "Republicans"),
    ("Zhukov", "Zhukova"),
    ("Antonio", "Antonia"),
    ("Peskov", "Peskova"),
    ("Kuznets", "Kuznetsov"),
]


def document(text: str, language: str = "en-US") -> Document:
    return read(text, language=language)[0]


def check(text: str, lexicon: Lexicon = LEXICON, language: str = "en-US") -> list[Finding]:
    checker = NamesChecker(RULES, Resources(lexicon))
    found = [remark for remark in checker.check(document(text, language)) if isinstance(remark, Finding)]
    return sorted(found, key=lambda finding: finding.span)


def changes(text: str, lexicon: Lexicon = LEXICON) -> list[tuple[str, str, str]]:
    return [(f.rule, f.span.of(text), f.fixes[0].edits[0].text) for f in check(text, lexicon)]


@pytest.mark.parametrize("forms", ONE_NAME)
def test_romanizations_of_one_name(forms: str) -> None:
    """Every pair shares a key and counts as one name."""
    for a, b in combinations(forms.split(), 2):
        assert keys(a) & keys(b), (a, b)
        assert same_name(a, b), (a, b)


@pytest.mark.parametrize(("a", "b"), TWO_NAMES)
def test_different_names(a: str, b: str) -> None:
    """A man's and a woman's surname, derived words and English neighbours stay apart."""
    assert not same_name(a, b)


@given(st.text(max_size=30), st.text(max_size=30))
def test_similarity_is_a_symmetric_share(a: str, b: str) -> None:
    """Any two strings have a similarity from 0 to 1, the same in both directions; a string is itself."""
    assert 0 <= similarity(a, b) <= 1
    assert similarity(a, b) == similarity(b, a)
    assert similarity(a, a) == 1


def mentions(text: str) -> list[str]:
    return [" ".join(word.text for word in mention.words) for mention in mentions_of(document(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Then Gen. Valerii Zaluzhnyi left.", ["Valerii Zaluzhnyi"]),
        ("They met Dmitri S. Peskov’s deputy.", ["Dmitri S. Peskov"]),
        ("They met A.G. Lukashenko today.", ["A.G. Lukashenko"]),
        ("It was Ursula von der Leyen who spoke.", ["Ursula Leyen"]),
        ("They came from L'viv and Ivano-Frankivsk.", ["L'viv", "Ivano-Frankivsk"]),
        ("A Kyiv-based group wrote to ivan.Petrov@Example.com and @Zelensky.", ["Kyiv"]),
        ("It is on https://example.com/Kiev/Odessa today.", []),
        ("They saw Ukraine's President Volodymyr Zelensky.", ["Ukraine", "Volodymyr Zelensky"]),
    ],
)
def test_mentions(text: str, expected: list[str]) -> None:
    """Titles and addresses are no part of a name; possessive endings are not in its words."""
    assert mentions(text) == expected


def test_offsets_of_mentions() -> None:
    """Every word stands where it says."""
    text = "“Lukashenka’s men,” said O’Brien in L’viv. 🙂 Ігор Кулеба met Dr. José Núñez."
    words = [word for mention in mentions_of(document(text)) for word in mention.words]
    assert [word.span.of(text) for word in words] == [word.text for word in words]
    assert {"Lukashenka", "O’Brien", "L’viv", "Ігор", "Кулеба", "José", "Núñez"} <= {word.text for word in words}


def test_names_of_document() -> None:
    """Repeated, titled, possessive and adjoining words are names; misspelt ordinary words are not."""
    text = (
        "Recieved letters went to Colonel Prybudka. On Wenesday Orsk Ztabal spoke; Khmelik’s men did not. "
        "Teh men saw Vaskiv. Later they saw Vaskiv again, in Febuary 2020 and on Wenesday 3 March."
    )
    names = names_of(document(text))
    assert {"Prybudka", "Orsk", "Ztabal", "Khmelik", "Vaskiv"} <= names
    assert not {"Recieved", "Teh", "Wenesday", "Febuary"} & names


def test_headline_proves_nothing() -> None:
    """Capitals of a headline make no names."""
    assert not names_of(document("Presdient Recieves Foriegn Guests\n\nThe guests came late in the day."))


def test_every_other_form_is_found() -> None:
    """All forms of a name but the one to keep, each with a fix and a pointer to the form to keep and to each other."""
    text = (
        "A fighter of the Kastus Kalinovsky Regiment spoke.\n\nMen of the Kastus Kalinouski regiment.\n"
        "(Photo courtesy of the Kastus Kalinowski regiment)\n\nThe Kalinouski regiment marched."
    )
    found = check(text)
    assert [f.span.of(text) for f in found] == ["Kalinovsky", "Kalinowski"]
    assert {related.span.of(text) for f in found for related in f.related} == {"Kalinouski", "Kalinovsky", "Kalinowski"}
    fixed = correct(text, found, frozenset(Safety)).text
    assert fixed == text.replace("Kalinovsky", "Kalinouski").replace("Kalinowski", "Kalinouski")
    assert check(fixed) == []


def test_majority_decides_without_lexicon() -> None:
    """The form used most is kept; the first one of equals."""
    empty = Lexicon()
    text = "He met Barkouski. Aides of Barkovsky and friends of Barkovsky came."
    assert changes(text, empty) == [(VARIANT, "Barkouski", "Barkovsky")]
    text = "He met Barkouski. Aides of Barkovsky came."
    assert changes(text, empty) == [(VARIANT, "Barkovsky", "Barkouski")]


def test_capitals_are_kept() -> None:
    """A fix in a line of capitals is in capitals."""
    text = "LUKASHENKA WARNS OF WAR\n\nThe aides of Lukashenko said that Lukashenko had left."
    assert changes(text) == [(VARIANT, "LUKASHENKA", "LUKASHENKO")]


def test_given_names_of_one_person() -> None:
    """A given name in two languages is inconsistent before one surname, and nowhere else."""
    text = (
        "The visit of Volodymyr Zelensky ended. Vladimir Putin saw Vladimir Zelensky leave, as Volodymyr Zelensky said."
    )
    assert changes(text) == [(VARIANT, "Vladimir", "Volodymyr")]
    assert check("The lawyers of Alexei Navalny and Aleksei Moskalyov met. Then Alexei Navalny spoke.") == []


def test_namesakes_are_a_suggestion() -> None:
    """One surname, two people, two romanizations: said, never applied."""
    text = "The party of Yulia Tymoshenko won. A judge heard Kirill Timoshenko and then Yulia Tymoshenko."
    found = check(text)
    assert [(f.rule, f.span.of(text)) for f in found] == [(NAMESAKE, "Timoshenko")]
    assert found[0].fixes[0].safety is Safety.SHOW


def test_a_surname_is_the_person_named_last() -> None:
    """A bare surname belongs to the full name before it: once a namesake's, once the person's own."""
    text = (
        "Yulia Tymoshenko won. Kirill Timoshenko lost, and Timoshenko wept. "
        "Yulia Timoshenko spoke. Later Timoshenko left with Tymoshenko’s men. A friend of Tymoshenko came."
    )
    rules = [NAMESAKE, NAMESAKE, VARIANT, VARIANT]
    assert changes(text) == [(rule, "Timoshenko", "Tymoshenko") for rule in rules]


def test_misspelling_of_a_frequent_name() -> None:
    """A slip inside a name used often; not a change of the last letter, nor another person's name."""
    base = "They met Stickney in May. Aides of Stickney left. A letter from Stickney came. "
    assert changes(base + "The men of Stickeny stayed.") == [(MISSPELT, "Stickeny", "Stickney")]
    assert changes(base + "The men of Sticknee stayed.") == []
    assert changes(base + "Ryan Stickney left. The wife of Peter Stickley stayed.") == []


SILENT = [
    "Bill Clark and Mary Clarke spoke; then Clark left, and Clarke stayed.",
    "Ms. Johnson thanked Mr. Johnston. Johnson and Johnston are not related.",
    "The Harris campaign answered Harrison. Sara Jones met Sarah Brown. Ann Lee met Anne Lund.",
    "Iran and Iraq met; an Iranian envoy thanked Iraqi officials. A Republican met other Republicans.",
    "In Kiev, people eat chicken Kiev. The Kievan Rus began in Kiev.",
    "Kyiv, formerly Kiev, is old. Kyiv (Kiev) is large.",
    "The Meyer family met the Maier family; Reid met Read; Brown met Braun.",
    "Valery Tsepkalo and Veronika Tsepkalo left. Yulia Navalnaya wrote to Alexei Navalny.",
    "The Byelorussian SSR became Belarus. Belarusian is spoken in Belarus.",
]


@pytest.mark.parametrize("text", SILENT)
def test_silent(text: str) -> None:
    """Different people, derived words, explained and fixed forms."""
    assert changes(text) == []


def test_inflected_languages_are_left_alone() -> None:
    """Two forms of a name are two cases of it in Polish."""
    assert check("Aleksandr Łukaszenka i żona Łukaszenko. Prezydent Łukaszenka.", language="pl-PL") == []


def test_house_form() -> None:
    """A house form is wanted everywhere, word by word, and beats the shipped lexicon; others are as before."""
    house = LEXICON.stacked(
        [
            Entry(canonical="Alyaksandr Lukashenka", variants=("Alexander Lukashenko",)),
            Entry(canonical="Kiev", variants=("Kyiv",), kind="place"),
        ]
    )
    text = "Then Alexander Lukashenko went to Kyiv. Later Lukashenko left."
    assert changes(text, house) == [
        (HOUSE, "Alexander", "Alyaksandr"),
        (HOUSE, "Lukashenko", "Lukashenka"),
        (HOUSE, "Kyiv", "Kiev"),
        (HOUSE, "Lukashenko", "Lukashenka"),
    ]
    assert check(text) == []


def test_lexicon_forms_are_unambiguous() -> None:
    """No form of the shipped lexicon belongs to two entries, so no text is told two things."""
    owners: dict[str, str] = {}
    for entry in LEXICON.entries:
        assert entry.sources, entry.canonical
        for form in {form.casefold() for form in entry.forms}:
            assert owners.setdefault(form, entry.canonical) == entry.canonical, form


HOSTILE = [
    "A." * 40_000,
    "Aa " * 30_000,
    "A-" * 40_000,
    "Ab" * 40_000,
    "a@" * 40_000 + ".com",
    "a-" * 40_000 + ".com",
    " ".join(f"Pavel{'abcdefghij'[i % 10] * (i % 7)}ov Petrov" for i in range(4_000)),
    " met ".join(f"{chr(65 + i % 26)}a{chr(97 + i % 23)}osky" for i in range(4_000)),
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_time_stays_linear(text: str) -> None:
    """The slowest takes half a second."""
    page = document(text)
    begun = time.process_time()
    list(NamesChecker(RULES, Resources(LEXICON)).check(page))
    names_of(page)
    assert time.process_time() - begun < ENDLESS
