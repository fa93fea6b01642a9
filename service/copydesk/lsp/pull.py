"""Diagnostics for editors that ask for them: of one text, and of a workspace."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from copydesk.errors import CopydeskError
from copydesk.lsp.server import CopydeskServer
from copydesk.lsp.session import Superseded
from copydesk.lsp.texts import OpenText
from copydesk.read import SUFFIXES, decode, format_of, is_writable

_NOT_OURS = frozenset({"node_modules", "__pycache__", "venv"})  # what others wrote; hidden folders are left out too
_LINES = types.WorkspaceFullDocumentDiagnosticReport | types.WorkspaceUnchangedDocumentDiagnosticReport


async def document_report(
    ls: CopydeskServer, params: types.DocumentDiagnosticParams
) -> types.RelatedFullDocumentDiagnosticReport | types.RelatedUnchangedDocumentDiagnosticReport:
    """The diagnostics of one text, or that they are those that the editor has already.

    Raises JsonRpcException when the text changes meanwhile: the editor asks again.
    """
    session = ls.session
    text = session.texts.get(params.text_document.uri)
    if text is None:
        return types.RelatedFullDocumentDiagnosticReport([])
    try:
        await session.settled(text)
        if params.previous_result_id == session.result_id(text):
            return types.RelatedUnchangedDocumentDiagnosticReport(params.previous_result_id)
        outcome = await session.outcome(text)
    except Superseded:
        code = types.LSPErrorCodes.ServerCancelled.value
        raise JsonRpcException("the text has changed", code, {"retriggerRequest": True}) from None
    return types.RelatedFullDocumentDiagnosticReport(ls.shown(outcome), result_id=outcome.result_id)


async def workspace_report(
    ls: CopydeskServer, params: types.WorkspaceDiagnosticParams
) -> types.WorkspaceDiagnosticReport:
    """The diagnostics of all open texts and, where the settings say so, of the files in the workspace.

    One text after the other, so that the one in hand waits for one other at most, and as parts where they are taken.
    """
    known = {one.uri: one.value for one in params.previous_result_ids}
    items: list[_LINES] = []
    for text in _texts(ls):
        report = await _one_of_many(ls, text, known.get(text.uri))
        if report is not None and params.partial_result_token is not None:
            part = types.WorkspaceDiagnosticReportPartialResult([report])
            ls.progress(types.ProgressParams(params.partial_result_token, part))
        elif report is not None:
            items.append(report)
    return types.WorkspaceDiagnosticReport(items)


async def _one_of_many(ls: CopydeskServer, text: OpenText, known: str | None) -> _LINES | None:
    """None for a text that changed meanwhile: it will be asked for by itself."""
    if known is not None and known == ls.session.result_id(text):
        return types.WorkspaceUnchangedDocumentDiagnosticReport(text.uri, known, version=text.version)
    try:
        outcome = await ls.session.outcome(text)
    except Superseded:
        return None
    return types.WorkspaceFullDocumentDiagnosticReport(
        text.uri, ls.shown(outcome), version=text.version, result_id=outcome.result_id
    )


def _texts(ls: CopydeskServer) -> Iterator[OpenText]:
    """The open texts, then the files that are not open; one that cannot be read is left out."""
    opened = list(ls.session.texts.values())
    yield from opened
    if not ls.session.config.whole_workspace:
        return
    seen = {text.uri for text in opened}
    for path in (path for folder in ls.folders for path in _files(folder)):
        uri = path.as_uri()
        if uri not in seen:
            seen.add(uri)
            try:
                yield OpenText(uri, "", None, decode(path.read_bytes()))
            except (OSError, CopydeskError):
                continue


def _files(folder: Path) -> Iterator[Path]:
    """The texts in a folder and below, by name. Hidden folders and those of packages are not gone into."""
    for base, folders, names in os.walk(folder.resolve()):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in _NOT_OURS)
        for name in sorted(names):
            if Path(name).suffix.lower() in SUFFIXES and is_writable(format_of(name)):
                yield Path(base, name)
