"""Lexicons: the packs that ship, the format, and the contradictions that `names lexicon check` finds."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from copydesk.cli.lexicon import lexicon
from copydesk.errors import RuleError
from copydesk.names import same_name
from copydesk.names.clusters import clusters_of
from copydesk.names.forms import forms_of
from copydesk.names.lexicon import Entry, Lexicon, load_lexicon, read_entries, shipped_lexicon
from copydesk.names.lexicon_check import contradictions
from copydesk.names.mentions import mentions_of
from copydesk.names.misspelt import misspellings_of
from copydesk.packs import shipped_rules
from copydesk.read import read

SHIPPED = list(read_entries([shipped_rules() / "lexicon"]))


def check(folder: Path, *texts: str) -> list[str]:
    """The faults of `texts`, one pack each, as `file:line: message` with the bare name of the file."""
    paths = []
    for at, text in enumerate(texts):
        path = folder / f"{at}.yaml"
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return [str(fault).replace(f"{folder}/", "") for fault in contradictions(read_entries(paths))]


def test_shipped_packs_are_clean() -> None:
    """No entry contradicts another, and each names its sources."""
    assert contradictions(SHIPPED, sources=True) == []


def test_shipped_packs_are_large_enough() -> None:
    """At least 600 people and 600 places, each with a variant or more, that no editor’s memory alone vouches for."""
    assert not [one.place for one in SHIPPED if set(one.entry.sources) == {"own"}]
    kinds = Counter(one.entry.kind for one in SHIPPED if one.entry.variants)
    assert kinds["person"] >= 600
    assert kinds["place"] >= 600


def test_packs_say_where_they_are_from() -> None:
    """Each source that an entry names is told, with its licence, in the comment at the head of its file."""
    licences = {
        "wikidata": "CC0",
        "geonames": "CC BY 4.0",
        "ofac": "public domain",
        "own": "own",
        "public": "GitHub",
        "rigour": "MIT",
        "translator": "MIT",
    }
    for one in SHIPPED:
        head = one.path.read_text(encoding="utf-8").partition("\n- ")[0]
        for source in one.entry.sources:
            assert f"{source}:" in head or f"{source} is" in head or f"`{source}`:" in head, one.place
            assert licences[source] in head, one.place


def test_no_person_is_a_place() -> None:
    """No surname is also a place or a given name, so that no text about one is told to write the other."""
    surnames = {
        one.entry.head(form).casefold() for one in SHIPPED if one.entry.kind == "person" for form in one.entry.names
    }
    others = {form.casefold() for one in SHIPPED if one.entry.kind != "person" for form in one.entry.names}
    assert not surnames & others


OLD = (
    ("Lviv", "Lemberg"),
    ("Bakhmut", "Artemivsk"),
    ("Dnipro", "Dnipropetrovsk"),
    ("Brest", "Brześć"),
    ("Vilnius", "Wilno"),
    ("Astana", "Nur-Sultan"),
    ("Belarus", "Weissrussland"),
)


@pytest.mark.parametrize(("today", "other"), OLD)
def test_names_of_other_languages_and_times(today: str, other: str) -> None:
    """They are one place, and a text may use both; Minsk is still not Pinsk."""
    shipped = shipped_lexicon()
    assert same_name(today, other, shipped)
    assert same_name(other, today, shipped)
    assert not same_name(today, other)
    assert not same_name(other, "Pinsk", shipped)
    text = (
        f"They left {today} for Minsk. In {other}, as {today} was called, they met. From {other} to {today} is no way."
    )
    document, _ = read(text, language="en-GB")
    assert clusters_of(forms_of(document, mentions_of(document), shipped), shipped) == []


def test_a_house_may_change_them() -> None:
    """What the shipped lexicon lets stand is a variant where the house says so."""
    house = shipped_lexicon().stacked([Entry(canonical="Lviv", variants=("Lemberg",), kind="place")])
    assert house.also_by_word("Lemberg") == ()
    assert [entry.canonical for entry in house.by_word("Lemberg")] == ["Lviv"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Kim Jong-un met aides. Later the aides of Kim Jong Un left.", [("Kim Jong-un", ["Kim Jong Un"])]),
        ("They met Xi Jinping twice. Then Xi Jin-ping and Xi Jinping left.", [("Xi Jinping", ["Xi Jin-ping"])]),
        ("They saw Kim Yong-nam and Kim Jong-nam. Kim Yong-nam and Kim Jong-nam left.", []),
        ("They saw Kim Wilson and Kim Wilsen of the Moon Base.", []),
    ],
)
def test_family_name_first(text: str, found: list[tuple[str, list[str]]]) -> None:
    """Hyphens and spaces are no difference in a whole name of Korea or China; one letter is."""
    document, _ = read(text, language="en-GB")
    forms = forms_of(document, mentions_of(document), Lexicon())
    clusters = clusters_of(forms, Lexicon())
    assert [(c.keep, [v.use.word.span.of(text) for v in c.variants]) for c in clusters] == found
    assert list(misspellings_of(forms, Lexicon())) == []


def test_half_a_given_name_stands_for_nobody() -> None:
    """A house form of Kim Jong-un says nothing on the UN."""
    lexicon = Lexicon(house=[Entry(canonical="Kim Jong-un", variants=("Kim Jong Un",))])
    assert lexicon.by_word("UN") == ()
    assert [entry.canonical for entry in lexicon.by_word("Kim Jong Un")] == ["Kim Jong-un"]


KYIV = "- {canonical: Kyiv, variants: [Kiev], kind: place}\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            KYIV + "- {canonical: Kyjiv, variants: [kiev], kind: place}",
            "0.yaml:2: “kiev” belongs to “Kyjiv” here and to “Kyiv” at 0.yaml:1",
        ),
        (
            KYIV + "- {canonical: Kiev, kind: place}",
            "0.yaml:1: “Kiev” belongs to “Kyiv” here and is the form to write at 0.yaml:2",
        ),
        (
            "- {canonical: Lviv, also: [Lemberg], kind: place}\n- {canonical: Lemberg, kind: place}",
            "0.yaml:1: “Lemberg” belongs to “Lviv” here and is the form to write at 0.yaml:2",
        ),
        (
            "- {canonical: Lviv, variants: [Lvov], also: [Lvov], kind: place}",
            "0.yaml:1: the variant “Lvov” stands twice",
        ),
        (
            "- {canonical: Mykola, variants: [Nikolai], kind: given}\n"
            "- {canonical: Mikalai, variants: [Nikolai], kind: given}",
            "0.yaml:2: “Nikolai” belongs to “Mikalai” here and to “Mykola” at 0.yaml:1",
        ),
        (KYIV + "- {canonical: Kyiv, kind: place}", "0.yaml:2: “Kyiv” has another entry at"),
        (
            "- {canonical: Ivan Petrov, variants: [Ivan petrov]}",
            "0.yaml:1: the variant “Ivan petrov” is the canonical form",
        ),
        (
            "- {canonical: Ivan Petrov, variants: [Iwan Petrow, Iwan Petrow]}",
            "0.yaml:1: the variant “Iwan Petrow” stands twice",
        ),
        (
            "- {canonical: Ivan Petrov, variants: ['Ivan  Petrow']}",
            "0.yaml:1: stray spaces or invisible characters in “Ivan  Petrow”",
        ),
        (
            "- {canonical: Ivan Petrov, variants: ['Ivan Petrow ']}",
            "0.yaml:1: stray spaces or invisible characters in “Ivan Petrow ”",
        ),
        (
            "- {canonical: Kharkiv, variants: [Khаrkov], kind: place}",
            "0.yaml:1: “Khаrkov” mixes CYRILLIC and LATIN letters",
        ),
        (
            "- {canonical: Pavel Kalinin, variants: [Pavel Kalinina]}",
            "0.yaml:1: “Pavel Kalinin” and “Pavel Kalinina” are a man’s and",
        ),
        ("- {canonical: Zelenska, variants: [Zelensky]}", "0.yaml:1: “Zelensky” and “Zelenska” are a man’s and"),
    ],
)
def test_contradictions(tmp_path: Path, text: str, message: str) -> None:
    """Each is told once, at its file and line."""
    (fault,) = check(tmp_path, text)
    assert fault.startswith(message)


@pytest.mark.parametrize(
    "text",
    [
        KYIV + "- {canonical: Kiev Petrov, variants: [Kyiv Petrov]}",
        "- {canonical: Alexander Lukashenko, variants: [Alexander Lukashenka, Łukašenka, Лукашенко]}",
        "- {canonical: Valery Tsepkalo, variants: [Valery Tsapkala]}",
        "- {canonical: Leonid Kuchma, variants: [Leonid Koutchma]}",
        "- {canonical: Boris Yeltsin, variants: [Boris Eltsine]}",
        "- {canonical: Oleh, kind: given}\n- {canonical: Petro Oleh, variants: [Oleh]}",
    ],
)
def test_no_contradictions(tmp_path: Path, text: str) -> None:
    """Forms of different kinds, -enko and -enka, other scripts, the French silent e."""
    assert check(tmp_path, text) == []


def test_packs_that_are_checked_together(tmp_path: Path) -> None:
    """Two files contradict each other, and the fault names both places."""
    assert check(tmp_path, KYIV, "\n- {canonical: Kiev, variants: [Kiew], kind: place}") == [
        "0.yaml:1: “Kiev” belongs to “Kyiv” here and is the form to write at 1.yaml:2"
    ]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("- canonical: Kyiv\n  variant: [Kiev]\n", 2, "unknown key “variant”; did you mean “variants”?"),
        ("- {canonical: Kyiv}\n- {canonical: [\n", 3, "did not find"),
        ("canonical: Kyiv\n", 1, "a lexicon is a list of entries"),
        ("- {canonical: Kyiv, kind: town}\n", 1, "kind"),
    ],
)
def test_a_file_that_is_no_lexicon(tmp_path: Path, text: str, line: int, message: str) -> None:
    """The load stops with file and line."""
    path = tmp_path / "house.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RuleError) as error:
        load_lexicon([path])
    assert error.value.line == line
    assert message in str(error.value)


def test_a_missing_file(tmp_path: Path) -> None:
    """A path that does not exist is an error with file and line, not an empty lexicon."""
    with pytest.raises(RuleError, match=r"none\.yaml:1: "):
        load_lexicon([tmp_path / "none.yaml"])


def test_command(tmp_path: Path) -> None:
    """Exit status 0 for the packs that ship, 1 for contradictions; `--sources` wants sources of a house too."""
    run = CliRunner()
    assert run.invoke(lexicon, ["check"]).exit_code == 0
    house = tmp_path / "house.yaml"
    house.write_text(KYIV, encoding="utf-8")
    assert run.invoke(lexicon, ["check", str(house)]).exit_code == 0
    house.write_text("- {canonical: Kiev, variants: [Kyiv], kind: place}\n", encoding="utf-8")
    result = run.invoke(lexicon, ["check", str(house)])
    (kyiv,) = (one for one in SHIPPED if one.entry.canonical == "Kyiv")
    assert (result.exit_code, result.output.splitlines()) == (
        0,
        [
            f"{house}:1: “Kiev” overrules “Kyiv” of {kyiv.place}",
            "1 entries, 0 contradictions, 1 unlike the lexicon that ships",
        ],
    )
    result = run.invoke(lexicon, ["check", "--sources", str(house)])
    assert (result.exit_code, result.output.splitlines()[0]) == (1, f"{house}:1: names no source")
