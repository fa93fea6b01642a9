"""What the editor at the other end can show and do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lsprotocol import types
from pygls.capabilities import get_capability


@dataclass(frozen=True, slots=True)
class Abilities:
    """What is not announced is not used."""

    related: bool = False  # other places of a diagnostic
    tags: bool = False  # greying out what should go
    links: bool = False  # a page about a diagnostic's code
    versioned: bool = False  # edits that say which version of the text they are for
    markdown: bool = False  # in hovers
    pulls: bool = False  # it asks for diagnostics; pushed ones would be shown twice
    refresh: bool = False  # it asks again when it is told to
    configuration: bool = False  # it can be asked for its settings
    registers_configuration: bool = False
    registers_files: bool = False

    @classmethod
    def of(cls, told: types.ClientCapabilities) -> Abilities:
        """What `told` announces."""

        def has(path: str) -> bool:
            return bool(get_capability(told, path, False))

        formats: Any = get_capability(told, "text_document.hover.content_format", None) or ()
        return cls(
            related=has("text_document.publish_diagnostics.related_information"),
            tags=has("text_document.publish_diagnostics.tag_support"),
            links=has("text_document.publish_diagnostics.code_description_support"),
            versioned=has("workspace.workspace_edit.document_changes"),
            markdown=types.MarkupKind.Markdown in formats,
            pulls=has("text_document.diagnostic"),
            refresh=has("workspace.diagnostics.refresh_support"),
            configuration=has("workspace.configuration"),
            registers_configuration=has("workspace.did_change_configuration.dynamic_registration"),
            registers_files=has("workspace.did_change_watched_files.dynamic_registration"),
        )
