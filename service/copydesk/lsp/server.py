"""The server itself: what the editor tells and asks, and who answers it."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.exceptions import FeatureRequestError, JsonRpcInternalError
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from copydesk import __version__
from copydesk.errors import CopydeskError
from copydesk.lsp.abilities import Abilities
from copydesk.lsp.config import SECTION, parse_config
from copydesk.lsp.diagnostics import diagnostics, remarks
from copydesk.lsp.session import Session
from copydesk.lsp.worker import Outcome, Worker
from copydesk.settings import Settings

log = logging.getLogger(__name__)


class CopydeskServer(LanguageServer):
    """One editor's server. `settings` are those of the process; the editor's own come on top."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(SECTION, __version__, types.TextDocumentSyncKind.Incremental)
        # The library would keep the texts too; it ends lines where the protocol does not, and then moves the positions
        # of a change, in place, to where it believes that the line ends.
        for method in (types.TEXT_DOCUMENT_DID_OPEN, types.TEXT_DOCUMENT_DID_CHANGE, types.TEXT_DOCUMENT_DID_CLOSE):
            del self.protocol.fm.builtin_features[method]
        self.worker = Worker(settings)
        self.session = Session(self.worker, self.publish, self.tell)
        self.abilities = Abilities()
        self._told: set[str] = set()

    @property
    def encoding(self) -> str:
        """The unit of columns that was agreed upon: the first of the editor's that exists."""
        return str(getattr(self.workspace.position_encoding, "value", self.workspace.position_encoding))

    @property
    def folders(self) -> list[Path]:
        """The folders of the workspace that are on this machine, the first of which holds its decisions."""
        uris = list(self.workspace.folders) or ([self.workspace.root_uri] if self.workspace.root_uri else [])
        return [Path(path) for uri in uris if (path := to_fs_path(uri)) is not None]

    def shown(self, outcome: Outcome) -> list[types.Diagnostic]:
        """The outcome as this editor can show it: its findings in their order, then what is said of comments."""
        found = diagnostics(outcome, self.encoding, self.abilities, self.session.config.rule_link)
        return [*found, *remarks(outcome, self.encoding)]

    def publish(self, outcome: Outcome) -> None:
        """Sends the diagnostics of one version of a text."""
        text = outcome.text
        self.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(text.uri, self.shown(outcome), version=text.version)
        )

    def tell(self, message: str) -> None:
        """Shows a person what they must know, each thing once."""
        if message not in self._told:
            self._told.add(message)
            self.window_show_message(types.ShowMessageParams(types.MessageType.Warning, f"copydesk: {message}"))

    def configure(self, section: object) -> None:
        """Takes over the editor's settings. Where they are wrong, that is told, and the old ones stay."""
        try:
            config = parse_config(section)
            self.session.configure(config, next(iter(self.folders), None))
        except CopydeskError as error:
            self.tell(str(error))

    async def pull_settings(self) -> None:
        """Asks the editor for its settings, if it can be asked; null means that it has none to tell."""
        if not self.abilities.configuration:
            return
        wanted = types.ConfigurationParams([types.ConfigurationItem(section=SECTION)])
        told: Any = await self.workspace_configuration_async(wanted)
        if told and told[0] is not None:
            self.configure(told[0])

    async def refresh(self) -> None:
        """Has all open texts checked anew: by itself where it pushes, else when the editor asks again."""
        self.session.again()
        if self.abilities.pulls and self.abilities.refresh:
            await self.workspace_diagnostic_refresh_async(None)

    def report_server_error(self, error: Exception, source: type[Exception]) -> None:
        """Logs the kind of an error of our own; its message can quote the text."""
        if source is not FeatureRequestError:
            kind = type(error).__name__
            if isinstance(
                error, JsonRpcInternalError
            ):  # its message is the name of what was raised, and that's message
                kind = str(error).partition(":")[0]
            log.error("%s: %s", source.__name__, kind)
