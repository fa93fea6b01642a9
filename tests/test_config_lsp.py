"""The language server goes by the configuration of each text's own repository, beneath the editor's settings."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

pytest.importorskip("pytest_lsp", reason="the extra “lsp” is not installed")

from lsprotocol import types

from copydesk.cli import main
from copydesk.lsp.config import parse_config
from copydesk.model import Family, Severity
from copydesk.repository.config import FileConfig
from editor import Editor, editing

FRAMES = "en/calque/in-frames-of"
STYLE = "any/names/house-style"
TEXT = "The talks in Kiev were held in the frames of it."
TOML = """\
lexicon = ["house.yaml"]
exclude = ["old/"]
formats = {"*.njk" = "html"}

[[overrides]]
paths = ["quotes/**"]
disable = ["en/calque/in-frames-of"]
accept = ["Kiev"]

[[overrides]]
paths = ["news/**"]
severities.translation = "error"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "house.yaml").write_text("- canonical: Kyiv\n  variants: [Kiev]\n  kind: place\n", encoding="utf-8")
    (tmp_path / "copydesk.toml").write_text(TOML, encoding="utf-8")
    return tmp_path


async def shown(editor: Editor) -> list[tuple[object, object]]:
    return [(told.code, told.severity) for told in (await editor.take()).diagnostics]


@pytest.mark.asyncio
async def test_each_text_has_what_its_repository_says(folder: Path) -> None:
    error, warning = types.DiagnosticSeverity.Error, types.DiagnosticSeverity.Warning
    async with editing(folder) as editor:
        editor.open("news/a.md", TEXT, "markdown")
        assert await shown(editor) == [(STYLE, warning), (FRAMES, error)]
        editor.open("a.md", TEXT, "markdown")
        assert await shown(editor) == [(STYLE, warning), (FRAMES, warning)]
        editor.open("quotes/a.md", TEXT, "markdown")
        assert await shown(editor) == []
        editor.open("old/a.md", TEXT, "markdown")
        assert await shown(editor) == []
        editor.open("a.njk", f"<p title='{TEXT}'>They left.</p>", "nunjucks")
        assert await shown(editor) == []
        editor.open("b.njk", f"<p>{TEXT}</p>", "nunjucks")
        assert await shown(editor) == [(STYLE, warning), (FRAMES, warning)]


@pytest.mark.asyncio
async def test_a_changed_configuration_counts_at_once_and_a_faulty_one_is_told(folder: Path) -> None:
    async with editing(folder, families=["translation"]) as editor:
        uri = editor.open("a.txt", TEXT)
        assert await shown(editor) == [(FRAMES, types.DiagnosticSeverity.Warning)]
        (folder / "copydesk.toml").write_text('families = ["names"]\nseverities.translation = "error"\n')
        editor.change(uri, 2, types.TextDocumentContentChangeWholeDocument(TEXT + " "))
        assert await shown(editor) == [(FRAMES, types.DiagnosticSeverity.Error)]
        (folder / "copydesk.toml").write_text("\nfamily = 1\n")
        editor.change(uri, 3, types.TextDocumentContentChangeWholeDocument(TEXT))
        assert await shown(editor) == [(FRAMES, types.DiagnosticSeverity.Warning)]
        (message,) = editor.client.messages
        assert message.message.endswith("copydesk.toml:2: unknown key “family”; did you mean “families”?")


def test_what_is_set_in_the_editor_wins_and_lists_add_up() -> None:
    house = FileConfig(
        families=frozenset({Family.NAMES}),
        disabled=frozenset({"a/b/c", "d/e/f"}),
        enabled=frozenset({"ON", "OFF"}),
        severity=Severity.ERROR,
        accepted=frozenset({"Kiev"}),
        language="en-GB",
        engine="none",
    )
    assert parse_config({}).over(house) == parse_config(
        {
            "families": ["names"],
            "disabledRules": ["a/b/c", "d/e/f"],
            "enabledRules": ["ON", "OFF"],
            "severity": "error",
            "acceptedWords": ["Kiev"],
            "language": "en-GB",
            "engine": "none",
        }
    )
    own = {"families": ["seams"], "severity": "warning", "language": "pl", "engine": "embedded"}
    lists = {"disabledRules": ["OFF"], "enabledRules": ["d/e/f"], "acceptedWords": ["Lwów"]}
    assert parse_config({**own, **lists}).over(house) == parse_config(
        {
            **own,
            "disabledRules": ["a/b/c", "OFF"],
            "enabledRules": ["ON", "d/e/f"],
            "acceptedWords": ["Kiev", "Lwów"],
        }
    )


PAIRS = """\
engine = "none"
families = ["bitext", "seams"]
disable = ["en/seams/subject-without-predicate"]
baseline = "known.json"
pairs = [{target = "en/{path}.md", source = "ru/{path}.md", glossary = "terms.csv"}]
"""
RUSSIAN = "Цены выросли на 12 процентов. Договор подписали в мае.\n"
ENGLISH = "Prices rose by 21 percent. The treaty was signed in May.\n"
KNOWN = "The head of the Commission. Commission. Talks went on.\n"
COMMENTS = """\
<!-- copydesk-ignore seams -->

Nothing is wrong here.

The Ministry. Ministry. <!-- copydesk-ignore dash -->
"""
DOUBLED = "any/seams/doubled-word-over-stop"
NUMBER = "any/bitext/number-changed"
TERM = "any/bitext/forbidden-term"


@pytest.fixture
def pairs(tmp_path: Path) -> Path:
    (tmp_path / "en").mkdir()
    for name, text in {"copydesk.toml": PAIRS, "ru/a.md": RUSSIAN, "terms.csv": "договор,contract,treaty\n"}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


async def said(editor: Editor, text: str) -> list[tuple[object, str]]:
    """The rule of each diagnostic and the words under it, on a text of one line."""
    told = (await editor.take()).diagnostics
    return [(one.code, text[one.range.start.character : one.range.end.character]) for one in told]


def whole(text: str) -> types.TextDocumentContentChangeWholeDocument:
    return types.TextDocumentContentChangeWholeDocument(text)


@pytest.mark.asyncio
async def test_sources_the_baseline_and_comments_of_no_use(pairs: Path) -> None:
    """In one editor, since a server takes seconds to start."""
    async with editing(pairs) as editor:
        # A translation is read against its source and the glossary, as they are now.
        uri = editor.open("en/a.md", ENGLISH, "markdown")
        assert await said(editor, ENGLISH) == [(NUMBER, "21"), (TERM, "treaty")]
        (pairs / "ru" / "a.md").write_text(RUSSIAN.replace("12", "21"), encoding="utf-8")
        editor.change(uri, 2, whole(ENGLISH))
        assert await said(editor, ENGLISH) == [(TERM, "treaty")]
        editor.open("en/b.md", ENGLISH, "markdown")  # has no source
        assert await said(editor, ENGLISH) == []

        # What the baseline knows is not shown.
        (pairs / "en" / "c.md").write_text(KNOWN, encoding="utf-8")
        made = CliRunner().invoke(main, ["baseline", "--config", str(pairs / "copydesk.toml"), str(pairs)])
        assert made.exit_code == 0
        uri = editor.open("en/c.md", KNOWN, "markdown")
        assert await said(editor, KNOWN) == []
        more = f"The Ministry. Ministry. {KNOWN}"
        editor.change(uri, 2, whole(more))
        assert await said(editor, more) == [(DOUBLED, "Ministry. Ministry.")]
        (pairs / "known.json").unlink()
        editor.change(uri, 3, whole(KNOWN))
        assert await said(editor, KNOWN) == [(DOUBLED, "Commission. Commission.")]

        # Comments that are of no use are shown where they stand, and are nothing to be fixed.
        uri = editor.open("d.md", COMMENTS, "markdown")
        told = (await editor.take()).diagnostics
        assert [(one.code, one.range.start.line) for one in told] == [
            (DOUBLED, 4),
            ("unused-ignore", 0),
            ("unknown-ignore", 4),
        ]
        assert told[1].message == "line 1: copydesk-ignore hides nothing of seams"
        assert [(one.range.start.character, one.range.end.character) for one in told[1:]] == [(0, 30), (24, 53)]
        assert {one.severity for one in told[1:]} == {types.DiagnosticSeverity.Information}
        assert [action.title for action in await editor.actions(uri, told[0].range)][-2:] == [
            "Ignore this here",
            f"Switch off the rule {DOUBLED}",
        ]
        assert await editor.actions(uri, told[1].range) == []
        assert editor.client.messages == []
