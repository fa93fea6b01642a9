"""`copydesk init`: what is seen in a repository, and the configuration that follows from it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from copydesk.cli import main
from copydesk.model import Severity
from copydesk.repository.config import load_config
from copydesk.repository.config_pairs import Pair, Place, pairs
from copydesk.repository.config_survey import survey

ENGLISH = "---\ntitle: The harbour\n---\nThe harbour was closed on Monday, and nobody in the labour office knew why.\n"
RUSSIAN = "Порт был закрыт в понедельник, и никто не знал, когда он откроется снова для больших судов.\n"
PAGE = "<p>The harbour was closed on Monday, and nobody in the labour office knew why.</p>\n"

WRITTEN = """\
# What copydesk goes by in this repository; docs/configuration.md explains every key.
# Paths and globs count from the folder of this file; globs are those of .gitignore.
#
# Written by “copydesk init”, which saw 9 texts here:
#   formats: Markdown 7, plain text 1, HTML 1
#   languages, of 9 that it opened: en-GB 4, ru-RU 4
#   could not be read: 1 of these
#   front matter: in 3 of 7 Markdown files; titles, descriptions and captions in it are read, nothing else of it is
#   generated or from elsewhere: gen/** 1, node_modules/ 2

# Generated, or from elsewhere.
exclude = [
  "gen/**",  # 1 text
  "node_modules/",  # 2 texts
]

# What their names do not tell.
formats = {"*.njk" = "html"}

# Only these families. All: grammar, names, captions, duplicates, debris, encoding, seams, translation, bitext.
# families = ["names", "translation"]

# The mildest that is told: error, warning, suggestion.
# severity = "warning"

# Rules that are switched off, and engine rules that are switched on.
# disable = ["en/calque/in-frames-of"]
# enable = []

# Words and names that are right as they stand, with a reason for whoever comes after you.
# accept = [{word = "Kiev", reason = "in the titles of books"}]

# House forms of names, and rule packs of your own: files or folders.
# lexicon = ["house/names.yaml"]
# rules = ["house/rules"]

# What is known already and not told again; “copydesk baseline” writes it.
# baseline = "copydesk-baseline.json"

# Names and duplicates across files, too.
# corpus = true

# Texts with the same path under two languages. Taken for the source: the language with the most texts.
# Where it is the other way round, swap the two.
pairs = [
  {target = "en/{path}", source = "ru/{path}"},  # 3 texts
]

# How grave a rule or a whole family counts here.
# [severities]
# "en/calque/in-frames-of" = "suggestion"
# translation = "error"

# What holds for some files alone; the last that fits wins, lists add up.
# [[overrides]]
# paths = ["interviews/**"]
# disable = ["any/names/variant-spelling"]

# So its name says, and so do the texts that were opened.
[[overrides]]
paths = ["/en/**"]
language = "en-GB"

# So its name says, and so do the texts that were opened.
[[overrides]]
paths = ["/ru/**"]
language = "ru-RU"
"""


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    files = {
        **{f"en/{name}.md": ENGLISH for name in ("one", "two words", "три")},
        **{f"ru/{name}.md": RUSSIAN for name in ("one", "two words", "три", "four")},
        **{f"site/node_modules/x/{name}.md": ENGLISH for name in ("readme", "history")},
        "gen/a.md": ENGLISH,
        "pages/a.njk": PAGE,
        "code.py": "x = 1\n",
        ".gitignore": "ignored/\n",
        ".gitattributes": "gen/** linguist-generated=true\n*.md text\n",
        "ignored/a.md": ENGLISH,
        ".git/HEAD": "ref: refs/heads/main\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "broken.txt").write_bytes(b"caf\xe9")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["init", *arguments])


def test_it_writes_what_it_saw(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From a folder within: the file goes to the root of the repository. What it says holds."""
    monkeypatch.chdir(repository / "en")
    told = f"wrote {repository}/copydesk.toml; “copydesk config FILE” shows what applies to a file\n"
    result = run()
    assert (result.exit_code, result.stderr, result.stdout) == (0, told, "")
    assert (repository / "copydesk.toml").read_bytes() == WRITTEN.encode()
    config = load_config(repository / "copydesk.toml")
    english = config.of(repository / "en" / "one.md")
    assert (english.language, english.source) == ("en-GB", repository / "ru" / "one.md")
    assert config.of(repository / "ru" / "four.md").language == "ru-RU"
    assert config.of(repository / "pages" / "a.njk").format == "html"


def test_one_that_is_there_is_not_replaced(repository: Path) -> None:
    (repository / "copydesk.toml").write_text("# ours\n", encoding="utf-8")
    result = run()
    assert (result.exit_code, result.output) == (2, "copydesk: copydesk.toml is there already\n")
    assert (repository / "copydesk.toml").read_text(encoding="utf-8") == "# ours\n"
    printed = run("--print")
    assert (printed.exit_code, printed.stdout) == (0, WRITTEN)
    assert (repository / "copydesk.toml").read_text(encoding="utf-8") == "# ours\n"


def test_nor_is_a_table_of_the_project_overruled(repository: Path) -> None:
    (repository / "pyproject.toml").write_text('[tool.copydesk]\nseverity = "error"\n', encoding="utf-8")
    result = run()
    assert (result.exit_code, result.output) == (2, "copydesk: pyproject.toml has a table [tool.copydesk] already\n")
    assert not (repository / "copydesk.toml").exists()


def test_of_an_empty_folder_only_the_comments_are_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("--print")
    assert result.exit_code == 0
    assert "which saw 0 texts here:\n#   formats: none\n\n# Files that are not checked" in result.stdout
    assert [line for line in result.stdout.splitlines() if line and not line.startswith("#")] == []


def test_the_comments_are_a_configuration_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever takes away the “#” before a key has a value that is understood."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "house" / "rules").mkdir(parents=True)
    (tmp_path / "house" / "names.yaml").touch()
    lines = [line.removeprefix("# ") for line in run("--print").stdout.splitlines()]
    keys = [line for line in lines if line.startswith(("[", '"')) or line.split(" = ")[0].isidentifier()]
    (tmp_path / "copydesk.toml").write_text("\n".join(keys), encoding="utf-8")
    config = load_config(tmp_path / "copydesk.toml")
    assert (config.exclude, config.corpus, config.formats) == (("archive/**",), True, (("*.njk", "html"),))
    applied = config.of(tmp_path / "interviews" / "a.md")
    assert (applied.severity, applied.accepted) == (Severity.WARNING, frozenset({"Kiev"}))
    assert applied.disabled == frozenset({"en/calque/in-frames-of", "any/names/variant-spelling"})


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        (["en/a.md", "ru/a.md", "ru/b.md"], [("en/{path}", "ru/{path}", 1)]),
        (["a/en-GB/x.md", "a/pl/x.md", "b/uk/x.md"], [("a/en-GB/{path}", "a/pl/{path}", 1)]),
        (["en/a.md", "uk/a.md", "be/a.md", "en/b.md", "be/b.md"], [
            ("en/{path}", "be/{path}", 2), ("uk/{path}", "be/{path}", 1)
        ]),
        (["x/a.en.md", "x/a.ru.md"], [("{path}.en.md", "{path}.ru.md", 1)]),
        (["en/a.md", "ru/b.md"], []),
        (["en/a.md", *[f"en/{i}.md" for i in range(5)], *[f"ru/{i}{i}.md" for i in range(9)], "ru/a.md"], []),
        (["docs/a.md", "src/a.md", "notes.old.md", "a.b.c.md"], []),
    ],
)  # fmt: skip
def test_languages_in_paths(paths: list[str], expected: list[tuple[str, str, int]]) -> None:
    assert [(pair.target.pattern, pair.source.pattern, pair.shared) for pair in pairs(paths)] == expected


def test_the_files_of_a_place() -> None:
    pair = Pair(Place("{path}.{}.md", "en"), Place("a/{}/{path}", "ru"), 1)
    assert (pair.target.glob, pair.source.glob) == ("*.en.md", "/a/ru/**")


def test_a_place_is_named_only_if_nearly_all_texts_bear_it_out(tmp_path: Path) -> None:
    """Under `en` lie texts with both spellings, under `be` Russian ones: neither is said to be in one language."""
    american = ENGLISH.replace("our", "or")
    names = {f"en/{i}.md": ENGLISH if i else american for i in range(4)} | {f"be/{i}.md": RUSSIAN for i in range(4)}
    names |= {f"ru/{i}.md": RUSSIAN for i in range(2)}
    for name, text in names.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    seen = survey(tmp_path, names)
    assert seen.languages == Counter({"ru-RU": 6, "en-GB": 3, "en-US": 1})
    assert seen.places == ()


def test_of_many_texts_some_are_opened(tmp_path: Path) -> None:
    names = [f"{i:04}.md" for i in range(1000)]
    for name in names[:500]:
        (tmp_path / name).write_text(ENGLISH, encoding="utf-8")
    seen = survey(tmp_path, names)
    assert (seen.formats.total(), seen.sample, seen.languages["en-GB"], seen.unreadable) == (1000, 120, 60, 60)
