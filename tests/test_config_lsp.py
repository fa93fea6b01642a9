"""The language server goes by the configuration of each text's own repository, beneath the editor's settings."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("pytest_lsp", reason="the extra “lsp” is not installed")

from lsprotocol import types

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
