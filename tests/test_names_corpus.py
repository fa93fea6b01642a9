"""Names of a corpus: what is counted, what is brought together, and each form of the report."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from copydesk.checkers.names import HOUSE
from copydesk.cli import main
from copydesk.findings.suppress import Filter
from copydesk.model import Family
from copydesk.names import keys, same_name
from copydesk.names.corpus import MOST_FILES, Corpus, Named, named_in
from copydesk.names.grouping import Name, grouped
from copydesk.names.lexicon import Entry, Lexicon, load_lexicon
from copydesk.pipeline import Options
from copydesk.read import read
from copydesk.render.names import answer, draft, summary
from desks import plain_desk

LEXICON = Lexicon(
    [
        Entry(canonical="Alexander Lukashenko", variants=("Aliaksandr Lukashenka",)),
        Entry(canonical="Kyiv", variants=("Kiev",), kind="place"),
        Entry(canonical="Lviv", variants=("Lvov",), also=("Lemberg",), kind="place"),
        Entry(canonical="Kryvyi Rih", variants=("Krivoy Rog",), kind="place"),
        Entry(canonical="Alexander", variants=("Aliaksandr",), kind="given"),
    ]
)
TEXTS = {
    "a.txt": "Kyiv answers\n\nLater Maryna Barkouskaya said in Kyiv that Ivan Barkouski was wrong. Mr. Barkouski met "
    "Ryhor Kastrama in Kyiv. Friends of Barkouski saw Olga Timchuk.\n",
    "b.txt": "Minsk waits for talks\n\nThe aides of Barkouski heard that Barkovsky had left for Kiev. In Kyiv they met "
    "Taras Tymchuk and again Taras Tymchuk.\n",
    "c.txt": "In May, Barkouski spoke of Barkuoski in Minsk.\n",
}


def run(*args: str, text: str = "") -> Result:
    return CliRunner().invoke(main, ["names", *args], input=text)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The three texts, in the working directory."""
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def counted(texts: dict[str, str], lexicon: Lexicon = LEXICON) -> Corpus:
    corpus = Corpus()
    for source, text in texts.items():
        document, _ = read(text, language="en-US", source=source)
        corpus.add(source, named_in(document, lexicon))
    return corpus


def spelt(*counts: tuple[str, int, str]) -> list[Name]:
    """The names of a corpus with so many mentions of each spelling, each after a given name or none."""
    corpus = Corpus()
    for text, count, first in counts:
        corpus.add(f"{text}.txt", [Named(text, first, weak=False)] * count)
    return grouped(corpus.spellings(), LEXICON)


def shape(names: list[Name]) -> list[tuple[str, list[tuple[str, str]]]]:
    return [(name.text, [(listed.spelling.text, listed.role.value) for listed in name.spellings]) for name in names]


def test_mentions_of_a_text() -> None:
    """The last word of each run, the word before it, and whether the capital is the sentence's."""
    text = (
        "Ivan Petrov left Kryvyi Rih. Petrova met A. Lukashenka of the Kalinouski Regiment, NATO and Kyiv-based Li "
        "on Monday."
    )
    found = list(named_in(read(text, language="en-US")[0], LEXICON))
    assert found == [
        Named("Petrov", "Ivan", False),
        Named("Kryvyi Rih", "", False),
        Named("Petrova", "", True),
        Named("Lukashenka", "", False),
        Named("Kalinouski", "", False),
        Named("Kyiv", "", False),
    ]


def test_family_name_first() -> None:
    """A name of Korea or China is counted whole, with its small second syllable; Kim and Lee are given names too."""
    text = (
        "They saw Kim Jong-un’s sister, Kim Jong Un, Xi Jinping, Park Geun-hye, Chiang Kai-shek, Kim Philby, "
        "Lee Wilson and the Moon Landing."
    )
    found = [named.text for named in named_in(read(text, language="en-US")[0], LEXICON)]
    whole = ["Kim Jong-un", "Kim Jong Un", "Xi Jinping", "Park Geun-hye", "Chiang Kai-shek"]
    assert found == [*whole, "Philby", "Wilson", "Landing"]


def test_a_name_of_another_time_is_no_reason_to_fail(folder: Path) -> None:
    """Exit status 0 where a text only has names of today and of other times; the draft keeps them apart."""
    text = "They left Lviv. The old Lemberg is Lviv.\n"
    result = run("--all", "--draft", "house.yaml", "-", text=text)
    assert result.exit_code == 0
    (entry,) = load_lexicon([folder / "house.yaml"]).entries
    assert (entry.canonical, entry.variants, entry.also) == ("Lviv", (), ("Lemberg",))


def test_only_certain_names_are_counted() -> None:
    """A word whose every capital is the sentence's is no name; capitals of a headline are no spelling."""
    texts = {
        "a": "Protesters came. Protesters left with Petrenko.",
        "b": "PETRENKO WARNS THE OTHERS\n\nPetrenko spoke. They heard Petrenko.",
    }
    corpus = counted(texts)
    (spelling,) = corpus.spellings()
    assert (spelling.text, spelling.count, spelling.files, spelling.first_files) == ("Petrenko", 4, 2, ("a", "b"))


def test_files_are_capped_by_name() -> None:
    """Ten files are named, the first by name, in whatever order they come; all are counted."""
    corpus = Corpus()
    for index in reversed(range(40)):
        corpus.add(f"{index:02}.txt", [Named("Petrenko", "", weak=False)])
    (spelling,) = corpus.spellings()
    assert spelling.files == 40
    assert spelling.first_files == tuple(f"{index:02}.txt" for index in range(MOST_FILES))


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        # The lexicon's form is kept where it knows the name, the majority's elsewhere.
        ([("Kiev", 9, ""), ("Kyiv", 1, "")], [("Kyiv", [("Kyiv", "keep"), ("Kiev", "variant")])]),
        (
            [("Barkovsky", 3, ""), ("Barkouski", 5, "")],
            [("Barkouski", [("Barkouski", "keep"), ("Barkovsky", "variant")])],
        ),
        # A form of the shipped lexicon that the corpus never uses is not wanted.
        ([("Lukashenka", 3, "")], [("Lukashenka", [("Lukashenka", "keep")])]),
        # One surname, other people: told, and no variant.
        (
            [("Tymchuk", 5, "Taras"), ("Timchuk", 2, "Olga")],
            [("Tymchuk", [("Tymchuk", "keep"), ("Timchuk", "namesake")])],
        ),
        # A man's and a woman's surname are two names.
        (
            [("Petrov", 2, ""), ("Petrova", 1, "")],
            [("Petrov", [("Petrov", "keep")]), ("Petrova", [("Petrova", "keep")])],
        ),
        # A name of another time is told, and is right in its place.
        ([("Lviv", 9, ""), ("Lemberg", 1, "")], [("Lviv", [("Lviv", "keep"), ("Lemberg", "also")])]),
        # Whole names, family name first: hyphens and spaces are no difference, a vowel is.
        (
            [("Kim Jong-un", 5, ""), ("Kim Jong Un", 2, ""), ("Kim Jongun", 1, ""), ("Kim Jong-in", 1, "")],
            [
                ("Kim Jong-un", [("Kim Jong-un", "keep"), ("Kim Jong Un", "variant"), ("Kim Jongun", "variant")]),
                ("Kim Jong-in", [("Kim Jong-in", "keep")]),
            ],
        ),
        # Names of no Slavic look: diacritics are no difference, another spelling is another family.
        ([("Müller", 2, ""), ("Muller", 1, "")], [("Müller", [("Müller", "keep"), ("Muller", "variant")])]),
        ([("Meyer", 9, ""), ("Maier", 1, "")], [("Meyer", [("Meyer", "keep")]), ("Maier", [("Maier", "keep")])]),
        # Misspelt once: swapped letters, or the same given name before it.
        (
            [("Stickney", 5, ""), ("Stickeny", 1, "")],
            [("Stickney", [("Stickney", "keep"), ("Stickeny", "misspelling")])],
        ),
        (
            [("Stickney", 5, "Ryan"), ("Stickley", 1, "Ryan")],
            [("Stickney", [("Stickney", "keep"), ("Stickley", "misspelling")])],
        ),
        (
            [("Stickney", 5, "Ryan"), ("Stickley", 1, "Peter")],
            [("Stickney", [("Stickney", "keep")]), ("Stickley", [("Stickley", "keep")])],
        ),
        (
            [("Stickney", 5, ""), ("Stickley", 1, "")],
            [("Stickney", [("Stickney", "keep")]), ("Stickley", [("Stickley", "keep")])],
        ),
    ],
)
def test_grouping(counts: list[tuple[str, int, str]], expected: list[tuple[str, list[tuple[str, str]]]]) -> None:
    assert shape(spelt(*counts)) == expected


@given(st.permutations(sorted(TEXTS)))
def test_the_order_of_files_changes_nothing(order: list[str]) -> None:
    """Every permutation gives the same report and the same draft, to the letter."""

    def report(names: list[str]) -> tuple[str, str]:
        corpus = counted({name: TEXTS[name] for name in names})
        found = grouped(corpus.spellings(), LEXICON)
        told = summary(corpus, found)
        return json.dumps(answer(found, told)), draft(found, told)

    assert report(order) == report(sorted(TEXTS))


_WORDS = st.sampled_from(
    ["Petrenko", "Petrienko", "Pietrenko", "Barkouski", "Barkovsky", "Barkuoski", "Kiev", "Kyiv", "Muller", "Müller"]
)
_MENTIONS = st.lists(st.builds(Named, _WORDS, st.sampled_from(["", "Ivan", "Olga"]), st.booleans()), max_size=12)


@given(st.lists(_MENTIONS, max_size=14), st.randoms(use_true_random=False))
def test_the_order_of_any_texts_changes_nothing(texts: list[list[Named]], dice: object) -> None:
    """Whatever is mentioned where, also over more files than are named."""
    numbered = list(enumerate(texts))
    shuffled = numbered.copy()
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    outcomes = []
    for order in (numbered, shuffled):
        corpus = Corpus()
        for index, mentions in order:
            corpus.add(f"{index:02}", mentions)
        outcomes.append(grouped(corpus.spellings(), LEXICON))
    assert outcomes[0] == outcomes[1]


def test_table(folder: Path) -> None:
    result = run(".")
    assert result.exit_code == 1
    assert [line.rstrip() for line in result.stdout.splitlines()] == [
        "name                spelling                count  files  given names  in",
        "Barkouski (person)  Barkouski  keep             5      3  Ivan 1       a.txt, b.txt, c.txt",
        "                    Barkovsky  variant          1      1               b.txt",
        "                    Barkuoski  misspelling      1      1               c.txt",
        "Kyiv (place)        Kyiv       keep             4      2               a.txt, b.txt",
        "                    Kiev       variant          1      1               b.txt",
        "Tymchuk (person)    Tymchuk    keep             2      1  Taras 2      b.txt",
        "                    Timchuk    namesake         1      1  Olga 1       a.txt",
        "3 of 6 names in several spellings; 19 mentions in 3 texts",
    ]


def test_json(folder: Path) -> None:
    result = run("--format", "json", ".")
    assert result.exit_code == 1
    told = json.loads(result.stdout)
    assert told["summary"] == {"texts": 3, "mentions": 19, "names": 6, "in_several_spellings": 3}
    assert [name["name"] for name in told["names"]] == ["Barkouski", "Kyiv", "Tymchuk"]
    assert told["names"][1] == {
        "name": "Kyiv",
        "kind": "place",
        "in_lexicon": True,
        "count": 5,
        "spellings": [
            {
                "text": "Kyiv",
                "role": "keep",
                "count": 4,
                "files": 2,
                "first_files": ["a.txt", "b.txt"],
                "given_names": {},
            },
            {"text": "Kiev", "role": "variant", "count": 1, "files": 1, "first_files": ["b.txt"], "given_names": {}},
        ],
    }


def test_csv(folder: Path) -> None:
    """RFC 4180: a head, CRLF, one row a spelling; --all adds the names with one spelling."""
    result = run("report", "--format", "csv", "--all", ".")
    assert result.exit_code == 1
    rows = list(csv.reader(io.StringIO(result.stdout_bytes.decode(), newline="")))
    assert rows[:4] == [
        ["name", "kind", "in_lexicon", "spelling", "role", "count", "files", "given_names", "first_files"],
        ["Barkouski", "person", "no", "Barkouski", "keep", "5", "3", "Ivan 1", "a.txt; b.txt; c.txt"],
        ["Barkouski", "person", "no", "Barkovsky", "variant", "1", "1", "", "b.txt"],
        ["Barkouski", "person", "no", "Barkuoski", "misspelling", "1", "1", "", "c.txt"],
    ]
    assert [row[0] for row in rows[8:]] == ["Minsk", "Barkouskaya", "Kastrama"]
    assert result.stdout_bytes.count(b"\r\n") == len(rows)


def test_draft_is_a_house_lexicon(folder: Path) -> None:
    """The draft, to the letter; laid on top it demands its forms, also where a text is consistent."""
    target = folder / "house.yaml"
    assert run("--draft", "house.yaml", "a.txt", "b.txt", "c.txt").exit_code == 1
    assert target.read_text(encoding="utf-8") == (
        "# Draft of a house lexicon: 3 names in 3 texts. Correct it, then lay it on top with --lexicon.\n"
        "# `canonical` is the form to write, `variants` are the forms to change, `also` are names of another language\n"
        "# or time, which stay. Check the kind: a name without evidence is written down as a person. A spelling that "
        "goes with\n"
        "# other given names is told in the note and not among the variants.\n"
        "- canonical: Barkouski\n"
        "  variants:\n"
        "  - Barkovsky\n"
        "  - Barkuoski\n"
        "  kind: person\n"
        "  note: Barkouski 5 in 3 files (Ivan 1); Barkovsky 1 in 1 file; Barkuoski 1 in 1 file, misspelling\n"
        "- canonical: Kyiv\n"
        "  variants:\n"
        "  - Kiev\n"
        "  kind: place\n"
        "  note: Kyiv 4 in 2 files; Kiev 1 in 1 file\n"
        "- canonical: Tymchuk\n"
        "  kind: person\n"
        "  note: Tymchuk 2 in 1 file (Taras 2); Timchuk 1 in 1 file (Olga 1), namesake\n"
    )
    house = load_lexicon([target]).entries
    options = Options(filter=Filter(families=frozenset({Family.NAMES})), lexicon=house)
    text = "They met Barkovsky in Kiev. Later Barkovsky spoke to Olga Timchuk."
    found = plain_desk().review(text, options, language="en-US").findings
    changes = [(f.rule, f.span.of(text), f.fixes[0].edits[0].text) for f in found]
    assert changes == [
        (HOUSE, "Barkovsky", "Barkouski"),
        (HOUSE, "Kiev", "Kyiv"),
        (HOUSE, "Barkovsky", "Barkouski"),
    ]


def test_house_forms_are_kept(folder: Path) -> None:
    """A corrected draft, laid on top, decides which form is kept."""
    (folder / "house.yaml").write_text("- {canonical: Barkovsky, variants: [Barkouski]}\n", encoding="utf-8")
    told = json.loads(run("--lexicon", "house.yaml", "--format", "json", ".").stdout)
    assert [(s["text"], s["role"]) for s in told["names"][0]["spellings"]] == [
        ("Barkovsky", "keep"),
        ("Barkouski", "variant"),
        ("Barkuoski", "misspelling"),
    ]


def test_a_draft_never_replaces_a_file(folder: Path) -> None:
    target = folder / "house.yaml"
    target.write_text("- canonical: Kiev\n", encoding="utf-8")
    result = run("--draft", "house.yaml", ".")
    assert result.exit_code == 2
    assert result.stderr == "copydesk: house.yaml: exists already; a draft never replaces a file\n"
    assert target.read_text(encoding="utf-8") == "- canonical: Kiev\n"


def test_exit_status(folder: Path) -> None:
    """0: one spelling each; 1: several; 2: something could not be read, and the rest is reported."""
    assert run("b.txt").exit_code == 1
    result = run("-", text="They met Petrenko in Kyiv.")
    assert (result.exit_code, result.stdout) == (0, "0 of 2 names in several spellings; 2 mentions in 1 texts\n")
    (folder / "latin.txt").write_bytes(b"caf\xe9")
    result = run("none.txt", ".")
    assert result.exit_code == 2
    assert result.stderr == (
        "copydesk: none.txt: No such file or directory\n"
        "copydesk: latin.txt: not valid UTF-8 at byte 3: unexpected end of data\n"
    )
    assert "3 of 6 names in several spellings; 19 mentions in 3 texts\n" in result.stdout


def test_a_file_is_read_once(folder: Path) -> None:
    assert run("a.txt", "a.txt").stdout == run("a.txt").stdout


def test_other_languages_are_left_out_aloud(folder: Path) -> None:
    """One report is on one language: Kiew is right in German, a case is no variant in Polish."""
    (folder / "d.txt").write_text("Le président a rencontré hier à Kiew les habitants de la ville.\n", encoding="utf-8")
    result = run(".")
    assert result.exit_code == 1
    assert result.stderr == "copydesk: left out: 1 in “fr”; report on each language by itself\n"
    assert "in 3 texts" in result.stdout
    result = run("--language", "pl", "c.txt")
    assert (result.exit_code, result.stdout) == (0, "0 of 0 names in several spellings; 0 mentions in 0 texts\n")
    assert result.stderr == ("copydesk: left out: 1 in “pl”, which inflects names or writes nouns with a capital\n")


def test_paths_and_commands(folder: Path) -> None:
    """Whatever is no command of the group is a path; a file named like one is `./report`."""
    (folder / "report").write_text("They met Petrenko.\n", encoding="utf-8")
    assert "1 mentions in 1 texts" in run("./report").stdout
    assert "1 mentions in 1 texts" in run("report", "report").stdout
    assert "report" in run("--help").stdout
    assert "--draft" in run("report", "--help").stdout
    assert run("--draft", "house.yaml", ".").exit_code == 1
    result = run("lexicon", "check", "house.yaml")
    assert (result.exit_code, result.stdout) == (0, "3 entries, 0 contradictions\n")


def test_comparisons_stay_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spellings that all share one key are compared with a bounded number of names, not all with all."""
    compared = 0

    def counting(a: str, b: str) -> bool:
        nonlocal compared
        compared += 1
        return same_name(a, b)

    monkeypatch.setattr("copydesk.names.groups.same_name", counting)
    vowels = "aeiou"
    texts = [
        "P" + "".join(f"{vowels[i // 5**place % 5]}{c}" for place, c in enumerate("tlmnr")) + "i" for i in range(3000)
    ]
    corpus = Corpus()
    corpus.add("a", [Named(text, "", weak=False) for text in texts])
    assert set.union(*map(set, map(keys, texts))) == keys(texts[0])
    assert len(grouped(corpus.spellings(), Lexicon())) > 32
    assert compared <= 32 * len(texts)


def test_files_and_house_lexicons_are_those_of_the_configuration(folder: Path) -> None:
    (folder / "house.yaml").write_text("- {canonical: Barkovsky, variants: [Barkouski]}\n", encoding="utf-8")
    (folder / "copydesk.toml").write_text('exclude = ["c.txt"]\nlexicon = ["house.yaml"]\n', encoding="utf-8")
    body = json.loads(run("report", ".", "--language", "en-US", "--format", "json").stdout)
    assert body["summary"]["texts"] == 2
    [barkovsky] = [name for name in body["names"] if name["name"].endswith("Barkovsky")]
    roles = {spelling["text"]: spelling["role"] for spelling in barkovsky["spellings"]}
    assert roles == {"Barkovsky": "keep", "Barkouski": "variant"}
