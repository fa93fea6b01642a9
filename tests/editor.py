"""An editor for tests of the language server: it starts `copydesk lsp`, keeps what it is sent, and applies edits."""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pytest_lsp", reason="the extra “lsp” is not installed")

from cattrs import Converter
from lsprotocol import types
from pygls.protocol import default_converter
from pytest_lsp import LanguageClient
from pytest_lsp.client import DEFAULT_CLIENT_FEATURES, register_lsp_features

from patience import PATIENCE

COMMAND = [sys.executable, "-c", "from copydesk.cli import main; main()", "lsp", "--stdio"]
OPTIONS: dict[str, Any] = {"engine": "none", "delay": 50}
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_WIDTH = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}


def offset(text: str, at: types.Position, encoding: str) -> int:
    """The code point of a position, told by encoding the line: another way than the server's."""
    lines = _LINE.findall(text)
    codec, width = _WIDTH[encoding]
    before = lines[at.line].encode(codec)[: at.character * width].decode(codec)
    return sum(map(len, lines[: at.line])) + len(before)


def applied(text: str, edits: Iterable[types.TextEdit], encoding: str = "utf-16") -> str:
    """`text` after edits that do not overlap."""
    placed = [(offset(text, e.range.start, encoding), offset(text, e.range.end, encoding), e.new_text) for e in edits]
    for start, end, new in sorted(placed, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def place(start_line: int, start: int, end_line: int, end: int) -> types.Range:
    return types.Range(types.Position(start_line, start), types.Position(end_line, end))


def capabilities(encodings: Sequence[str], *, pulls: bool, asked: bool) -> types.ClientCapabilities:
    """What this editor can do; `asked`: its settings are asked for and not pushed."""
    return types.ClientCapabilities(
        general=types.GeneralClientCapabilities(position_encodings=list(encodings)),
        text_document=types.TextDocumentClientCapabilities(
            publish_diagnostics=types.PublishDiagnosticsClientCapabilities(
                related_information=True,
                code_description_support=True,
                tag_support=types.ClientDiagnosticsTagOptions([types.DiagnosticTag.Unnecessary]),
            ),
            hover=types.HoverClientCapabilities(content_format=[types.MarkupKind.Markdown]),
            diagnostic=types.DiagnosticClientCapabilities() if pulls else None,
        ),
        workspace=types.WorkspaceClientCapabilities(
            configuration=asked,
            diagnostics=types.DiagnosticWorkspaceClientCapabilities(refresh_support=True),
            workspace_edit=types.WorkspaceEditClientCapabilities(document_changes=True),
        ),
    )


def converter() -> Converter:
    """The library takes an action that carries a command for a bare command; here it is read as what it is."""
    made: Converter = default_converter()  # type: ignore[no-untyped-call]

    def action(told: dict[str, Any], _: object) -> types.Command | types.CodeAction:
        if isinstance(told.get("command"), str):
            return made.structure(told, types.Command)
        return made.structure(told, types.CodeAction)

    made.register_structure_hook(types.Command | types.CodeAction, action)
    return made


class Editor:
    """One editor with one folder open. `published` is all that was pushed, in order."""

    def __init__(self, client: LanguageClient, folder: Path) -> None:
        self.client, self.folder = client, folder
        self.published: list[types.PublishDiagnosticsParams] = []
        self._new = asyncio.Condition()
        self._taken = 0

    async def take(self) -> types.PublishDiagnosticsParams:
        """The next diagnostics that nobody has taken."""
        async with self._new:
            await asyncio.wait_for(self._new.wait_for(lambda: len(self.published) > self._taken), PATIENCE)
        self._taken += 1
        return self.published[self._taken - 1]

    async def receive(self, params: types.PublishDiagnosticsParams) -> None:
        async with self._new:
            self.published.append(params)
            self._new.notify_all()

    def uri(self, name: str) -> str:
        return (self.folder / name).as_uri()

    def open(self, name: str, text: str, language_id: str = "plaintext") -> str:
        uri = self.uri(name)
        item = types.TextDocumentItem(uri, language_id, 1, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        return uri

    def change(self, uri: str, version: int, *changes: types.TextDocumentContentChangeEvent) -> None:
        identifier = types.VersionedTextDocumentIdentifier(version=version, uri=uri)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(identifier, list(changes)))

    async def actions(self, uri: str, at: types.Range, only: list[str] | None = None) -> list[types.CodeAction]:
        identifier = types.TextDocumentIdentifier(uri)
        context = types.CodeActionContext([], only=only)
        told = await self.client.text_document_code_action_async(types.CodeActionParams(identifier, at, context))
        return [action for action in told or () if isinstance(action, types.CodeAction)]

    async def run(self, action: types.CodeAction) -> None:
        assert action.command is not None
        params = types.ExecuteCommandParams(action.command.command, action.command.arguments)
        await self.client.workspace_execute_command_async(params)

    def configure(self, **section: Any) -> None:
        params = types.DidChangeConfigurationParams({"copydesk": {**OPTIONS, **section}})
        self.client.workspace_did_change_configuration(params)


@asynccontextmanager
async def editing(
    folder: Path, *, encodings: Sequence[str] = (), pulls: bool = False, asked: bool = False, **section: Any
) -> AsyncIterator[Editor]:
    """An editor whose server is up; `section` are settings beside `OPTIONS`."""
    client = LanguageClient(converter_factory=converter)
    editor = Editor(client, folder)

    async def received(params: types.PublishDiagnosticsParams) -> None:
        await editor.receive(params)

    register_lsp_features(client, {**DEFAULT_CLIENT_FEATURES, types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS: received})
    settings = {**OPTIONS, **section}
    client.set_configuration(settings, section="copydesk")
    await client.start_io(*COMMAND)
    try:
        params = types.InitializeParams(
            capabilities(encodings, pulls=pulls, asked=asked),
            initialization_options={} if asked else settings,
            workspace_folders=[types.WorkspaceFolder(folder.as_uri(), folder.name)],
        )
        await client.initialize_session(params)
        yield editor
    finally:
        await client.shutdown_session()  # the client waits for a server that has been told to go
        await client.stop()  # type: ignore[no-untyped-call]


def edits_of(action: types.CodeAction) -> list[types.TextEdit]:
    """The edits of an action on one text, which says what version it is for."""
    assert action.edit is not None
    assert action.edit.document_changes is not None
    (change,) = action.edit.document_changes
    assert isinstance(change, types.TextDocumentEdit)
    return [edit for edit in change.edits if isinstance(edit, types.TextEdit)]
