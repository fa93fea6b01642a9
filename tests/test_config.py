"""A repository's configuration: where it is found, what applies to a file, and how it counts."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from copydesk.errors import ConfigError
from copydesk.findings.suppress import Filter
from copydesk.model import Family, Severity
from copydesk.pipeline import Desk, Options
from copydesk.repository.config import Configuration, FileConfig, find_config, load_config

FRAMES = "en/calque/in-frames-of"
SPACE = "any/encoding/zero-width-space"
TOML = """\
families = ["translation", "encoding"]
severity = "warning"
disable = ["en/calque/in-frames-of", "EN_A_VS_AN"]
accept = ["Qwik", {word = "Kiev", reason = "a dish"}]
lexicon = ["house.yaml"]
formats = {"*.njk" = "html", "plain/**" = "text"}
include = ["en/", "ru/", "*.njk"]
exclude = ["*.min.html", "vendor/", "!vendor/ours.md"]
baseline = "known.json"
corpus = true
pairs = [
  {target = "en/{path}.md", source = "ru/{path}.md", glossary = "terms.csv"},
  {target = "{path}.en.txt", source = "{path}.txt"},
]

[severities]
"en/calque/in-frames-of" = "error"
translation = "suggestion"

[[overrides]]
paths = ["en/**", "!en/old.md"]
language = "en-gb"
severity = "error"
enable = ["en/calque/in-frames-of", "OXFORD_SPELLING"]
accept = ["Lwów"]
severities.translation = "error"

[[overrides]]
paths = ["en/legal/*.md"]
families = ["names"]
severity = "suggestion"
format = "text"
engine = "none"
disable = ["any/encoding/zero-width-space"]
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for folder in ("en/legal", "ru/legal", "notes"):
        (tmp_path / folder).mkdir(parents=True)
    for name in ("house.yaml", "terms.csv", "ru/legal/a.md", "notes/x.txt"):
        (tmp_path / name).touch()
    (tmp_path / "copydesk.toml").write_text(TOML, encoding="utf-8")
    return tmp_path


def test_what_the_whole_file_says(root: Path) -> None:
    config = load_config(root / "copydesk.toml")
    assert (config.root, config.path) == (root, root / "copydesk.toml")
    assert config.include == ("en/", "ru/", "*.njk")
    assert config.exclude == ("*.min.html", "vendor/", "!vendor/ours.md")
    assert (config.baseline, config.corpus) == (root / "known.json", True)
    assert config.of(root / "ru" / "b.md") == FileConfig(
        families=frozenset({Family.TRANSLATION, Family.ENCODING}),
        disabled=frozenset({FRAMES, "EN_A_VS_AN"}),
        severities=(("translation", Severity.SUGGESTION), (FRAMES, Severity.ERROR)),
        severity=Severity.WARNING,
        accepted=frozenset({"Qwik", "Kiev"}),
        lexicon=(root / "house.yaml",),
    )


def test_later_overrides_win_and_lists_add_up(root: Path) -> None:
    """A rule that an earlier layer disables is on again where a later one enables it."""
    applied = load_config(root / "copydesk.toml").of(root / "en" / "legal" / "a.md")
    assert applied == FileConfig(
        families=frozenset({Family.NAMES}),
        disabled=frozenset({"EN_A_VS_AN", SPACE}),
        enabled=frozenset({FRAMES, "OXFORD_SPELLING"}),
        severities=(
            ("translation", Severity.SUGGESTION),
            (FRAMES, Severity.ERROR),
            ("translation", Severity.ERROR),
        ),
        severity=Severity.SUGGESTION,
        accepted=frozenset({"Qwik", "Kiev", "Lwów"}),
        language="en-GB",
        format="text",
        lexicon=(root / "house.yaml",),
        engine="none",
        source=root / "ru" / "legal" / "a.md",
        glossary=root / "terms.csv",
    )
    assert pickle.loads(pickle.dumps(applied)) == applied  # noqa: S301 (our own)
    assert hash(applied) == hash(load_config(root / "copydesk.toml").of(root / "en" / "legal" / "a.md"))


@pytest.mark.parametrize(
    ("name", "format_", "source", "language"),
    [
        ("en/old.md", None, None, None),  # taken back by “!”
        ("en/a.njk", "html", None, "en-GB"),
        ("plain/a.njk", "text", None, None),  # the last glob that fits
        ("notes/x.en.txt", None, "notes/x.txt", None),
        ("notes/y.en.txt", None, None, None),  # its source is not there
        ("../en/a.md", None, None, None),  # outside of the root
    ],
)
def test_globs_and_pairs(root: Path, name: str, format_: str | None, source: str | None, language: str | None) -> None:
    applied = load_config(root / "copydesk.toml").of(root / name)
    expected = None if source is None else root / source
    assert (applied.format, applied.source, applied.language) == (format_, expected, language)


def test_paths_are_taken_from_where_the_user_is(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root / "en" / "legal")
    config = find_config(Path("a.md"))
    assert config.of(Path("a.md")).source == root / "ru" / "legal" / "a.md"
    assert config.relative(Path("../../notes/x.txt")) == "notes/x.txt"
    assert config.relative(Path("../../../x.txt")) is None


def test_the_root_may_be_reached_through_a_link(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    link = tmp_path_factory.mktemp("links") / "repository"
    link.symlink_to(root)
    assert load_config(link / "copydesk.toml").relative(root / "en" / "a.md") == "en/a.md"
    assert load_config(root / "copydesk.toml").relative(link / "en" / "a.md") == "en/a.md"


class TestFinding:
    """`copydesk.toml` before `pyproject.toml`, upwards, and not beyond the repository."""

    def test_the_next_one_upwards(self, tmp_path: Path) -> None:
        (tmp_path / "a" / "b").mkdir(parents=True)
        (tmp_path / "copydesk.toml").write_text('severity = "error"\n')
        assert find_config(tmp_path / "a" / "b" / "new.md").path == tmp_path / "copydesk.toml"
        (tmp_path / "a" / "pyproject.toml").write_text('[project]\nname = "copydesk"\n')
        assert find_config(tmp_path / "a" / "b").path == tmp_path / "copydesk.toml"
        (tmp_path / "a" / "pyproject.toml").write_text('[tool.copydesk]\nseverity = "warning"\n')
        found = find_config(tmp_path / "a" / "b")
        assert (found.path, found.root) == (tmp_path / "a" / "pyproject.toml", tmp_path / "a")
        assert found.of(tmp_path / "a" / "x.md").severity is Severity.WARNING
        (tmp_path / "a" / "copydesk.toml").touch()
        assert find_config(tmp_path / "a" / "b").path == tmp_path / "a" / "copydesk.toml"

    def test_nothing_outside_of_the_repository(self, tmp_path: Path) -> None:
        (tmp_path / "copydesk.toml").write_text('severity = "error"\n')
        (tmp_path / "repository" / ".git").mkdir(parents=True)
        (tmp_path / "repository" / "en").mkdir()
        assert find_config(tmp_path / "repository" / "en") == Configuration(tmp_path / "repository")

    def test_other_peoples_project_files_are_none_of_our_business(self, tmp_path: Path) -> None:
        (tmp_path / ".git").mkdir()
        (tmp_path / "pyproject.toml").write_text("[project\n")
        assert find_config(tmp_path) == Configuration(tmp_path)
        assert find_config(tmp_path).of(tmp_path / "a.md") == FileConfig()

    def test_a_project_without_the_table_cannot_be_named(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        Path("pyproject.toml").write_text("[tool.other]\nx = 1\n")
        with pytest.raises(ConfigError) as raised:
            load_config(Path("pyproject.toml"))
        assert str(raised.value) == "pyproject.toml:1: there is no table [tool.copydesk]"


@pytest.mark.parametrize(
    ("severities", "floor", "found"),
    [
        ((), Severity.SUGGESTION, [(FRAMES, Severity.WARNING), (SPACE, Severity.WARNING)]),
        ((("translation", Severity.ERROR),), Severity.ERROR, [(FRAMES, Severity.ERROR)]),
        (((SPACE, Severity.SUGGESTION),), Severity.WARNING, [(FRAMES, Severity.WARNING)]),
        (
            ((FRAMES, Severity.ERROR), ("translation", Severity.SUGGESTION), ("encoding", Severity.ERROR)),
            Severity.SUGGESTION,
            [(FRAMES, Severity.SUGGESTION), (SPACE, Severity.ERROR)],
        ),
    ],
    ids=["as the rules say", "a family", "a rule below the floor", "the last that fits"],
)
def test_severities_of_the_house(
    desk: Desk, severities: tuple[tuple[str, Severity], ...], floor: Severity, found: list[tuple[str, Severity]]
) -> None:
    text = "It was held in the frames of a project. The chairman lo\u200bst his way."
    review = desk.review(text, Options(Filter(severities=severities, severity=floor)))
    assert [(finding.rule, finding.severity) for finding in review.findings] == found
