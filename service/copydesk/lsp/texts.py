"""The texts that the editor has open, as it has them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath
from urllib.parse import unquote, urlsplit

from lsprotocol import types

from copydesk.lsp.commit import COMMIT
from copydesk.lsp.positions import Places
from copydesk.read import SUFFIXES, is_writable

# What editors call the languages of texts (LSP's own ids, Vim's filetypes, Emacs's modes, Kate's modes).
_FORMS = {
    **dict.fromkeys(("plaintext", "text", "txt", "normal", "mail"), "text"),
    **dict.fromkeys(("markdown", "mdx", "gfm", "pandoc", "quarto", "rmd"), "markdown"),
    **dict.fromkeys(("html", "xhtml", "mhtml"), "html"),
    **dict.fromkeys(("srt", "subrip"), "srt"),
    **dict.fromkeys(("vtt", "webvtt"), "vtt"),
    **dict.fromkeys(("gitcommit", "git-commit", "git commit message"), COMMIT),
}
_COMMIT_FILES = ("COMMIT_EDITMSG", "MERGE_MSG", "TAG_EDITMSG", "SQUASH_MSG")


@dataclass(frozen=True, slots=True, eq=False)
class OpenText:
    """One version of one text. Two are the same only if they are one object: a newer one makes the older stale."""

    uri: str
    language_id: str
    version: int | None
    text: str

    @property
    def form(self) -> str | None:
        """What it is written in: by the editor's word, else by its name; None for what is no text to read (code)."""
        path = PurePath(unquote(urlsplit(self.uri).path))
        if path.name in _COMMIT_FILES:
            return COMMIT
        form = _FORMS.get(self.language_id.lower()) or SUFFIXES.get(path.suffix.lower())
        return form if form is not None and is_writable(form) else None


def changed(text: str, changes: Iterable[types.TextDocumentContentChangeEvent], encoding: str) -> str:
    """`text` after `changes`, each of which counts on the ones before it."""
    for change in changes:
        if isinstance(change, types.TextDocumentContentChangePartial):
            span = Places(text, encoding).span(change.range)
            text = text[: span.start] + change.text + text[span.end :]
        else:
            text = change.text
    return text
