"""What the server does on each message of the protocol."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcContentModified

from copydesk.errors import CopydeskError
from copydesk.lsp.abilities import Abilities
from copydesk.lsp.actions import ACCEPT, DISABLE, FIX_ALL, IGNORE, QUICK_FIX, Actions
from copydesk.lsp.config import SECTION
from copydesk.lsp.decisions import FILE, Decision
from copydesk.lsp.hover import hover
from copydesk.lsp.pull import document_report, workspace_report
from copydesk.lsp.server import CopydeskServer
from copydesk.lsp.session import Superseded
from copydesk.lsp.texts import OpenText, changed
from copydesk.lsp.worker import Outcome
from copydesk.repository.config import FILE as CONFIG_FILE
from copydesk.settings import Settings


def make_server(settings: Settings) -> CopydeskServer:
    """A server that is ready to be started."""
    server = CopydeskServer(settings)
    for method, feature in _FEATURES.items():
        server.feature(method)(feature)
    server.feature(types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions([QUICK_FIX, FIX_ALL]))(_code_actions)
    pulled = types.DiagnosticOptions(inter_file_dependencies=False, workspace_diagnostics=True, identifier=SECTION)
    server.feature(types.TEXT_DOCUMENT_DIAGNOSTIC, pulled)(document_report)
    for command, handler in {ACCEPT: _accept_word, IGNORE: _ignore_here, DISABLE: _ignore_rule}.items():
        server.command(command)(handler)
    return server


def _initialize(ls: CopydeskServer, params: types.InitializeParams) -> None:
    ls.abilities = Abilities.of(params.capabilities)
    ls.session.pushes = not ls.abilities.pulls
    ls.configure(_section(params.initialization_options))


async def _initialized(ls: CopydeskServer, _: types.InitializedParams) -> None:
    """The settings first: texts that are open already wait for them."""
    try:
        await ls.pull_settings()
    finally:
        ls.session.configured.set()
    wanted = []
    if ls.abilities.registers_configuration:
        method = types.WORKSPACE_DID_CHANGE_CONFIGURATION
        wanted.append(types.Registration("configuration", method, {"section": SECTION}))
    if ls.abilities.registers_files:
        watchers = {"watchers": [{"globPattern": f"**/{name}"} for name in (FILE, CONFIG_FILE, "pyproject.toml")]}
        wanted.append(types.Registration("decisions", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, watchers))
    if wanted:
        await ls.client_register_capability_async(types.RegistrationParams(wanted))


async def _configuration_changed(ls: CopydeskServer, params: types.DidChangeConfigurationParams) -> None:
    if ls.abilities.configuration:
        await ls.pull_settings()
    if params.settings:  # what an editor pushes beside is what it was told to push
        ls.configure(_section(params.settings))
    await ls.refresh()


async def _files_changed(ls: CopydeskServer, _: types.DidChangeWatchedFilesParams) -> None:
    await ls.refresh()


def _shutdown(ls: CopydeskServer, _: None) -> None:
    ls.worker.close()


def _opened(ls: CopydeskServer, params: types.DidOpenTextDocumentParams) -> None:
    told = params.text_document
    ls.session.put(OpenText(told.uri, told.language_id, told.version, told.text), at_once=True)


def _changed(ls: CopydeskServer, params: types.DidChangeTextDocumentParams) -> None:
    old = ls.session.texts.get(params.text_document.uri)
    if old is not None:
        text = changed(old.text, params.content_changes, ls.encoding)
        ls.session.put(OpenText(old.uri, old.language_id, params.text_document.version, text))


def _closed(ls: CopydeskServer, params: types.DidCloseTextDocumentParams) -> None:
    ls.session.close(params.text_document.uri)


async def _hover(ls: CopydeskServer, params: types.HoverParams) -> types.Hover | None:
    outcome = await _current(ls, params.text_document.uri)
    if outcome is None:
        return None
    return hover(outcome, params.position, ls.encoding, ls.abilities, ls.session.config.rule_link)


async def _code_actions(ls: CopydeskServer, params: types.CodeActionParams) -> list[types.CodeAction]:
    outcome = await _current(ls, params.text_document.uri)
    if outcome is None:
        return []
    only = params.context.only
    kinds = None if only is None else [getattr(kind, "value", kind) for kind in only]
    actions = Actions(outcome, ls.shown(outcome)[: len(outcome.findings)], ls.encoding, ls.abilities.versioned)
    return list(actions.at(params.range, kinds))


async def _current(ls: CopydeskServer, uri: str) -> Outcome | None:
    """The outcome of the text as it is now; None where there is no review. Raises JsonRpcContentModified."""
    text = ls.session.texts.get(uri)
    if text is None:
        return None
    try:
        outcome = await ls.session.outcome(text)
    except Superseded:
        raise JsonRpcContentModified from None
    return outcome if outcome.problem is None else None


async def _accept_word(ls: CopydeskServer, word: str) -> None:
    await _decide(ls, "accepted", word)


async def _ignore_here(ls: CopydeskServer, finding: str) -> None:
    await _decide(ls, "ignored", finding)


async def _ignore_rule(ls: CopydeskServer, rule: str) -> None:
    await _decide(ls, "disabled", rule)


async def _decide(ls: CopydeskServer, kind: Decision, value: str) -> None:
    try:
        ls.session.decide(kind, value)
    except CopydeskError as error:
        ls.tell(str(error))
    await ls.refresh()


def _section(told: Any) -> object:
    """The section in what an editor sends: under its name, or by itself."""
    return told[SECTION] if isinstance(told, dict) and SECTION in told else told


_FEATURES: dict[str, Callable[..., Any]] = {
    types.INITIALIZE: _initialize,
    types.INITIALIZED: _initialized,
    types.SHUTDOWN: _shutdown,
    types.TEXT_DOCUMENT_DID_OPEN: _opened,
    types.TEXT_DOCUMENT_DID_CHANGE: _changed,
    types.TEXT_DOCUMENT_DID_CLOSE: _closed,
    types.TEXT_DOCUMENT_HOVER: _hover,
    types.WORKSPACE_DIAGNOSTIC: workspace_report,
    types.WORKSPACE_DID_CHANGE_CONFIGURATION: _configuration_changed,
    types.WORKSPACE_DID_CHANGE_WATCHED_FILES: _files_changed,
}
