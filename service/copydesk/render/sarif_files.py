"""The files of a SARIF run: their addresses, and what is told of each."""

from __future__ import annotations

import os
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from copydesk.repository.report import Report

_ROOT = "%SRCROOT%"
BASES = {_ROOT: {"description": {"text": "The root of the repository, or the folder of the configuration."}}}
"""`originalUriBaseIds`: the root is named and not told, so that the log is the same on every machine."""


class Files:
    """The files of a report in its order: those reviewed, then those that could not be."""

    def __init__(self, report: Report) -> None:
        self._root = PurePath(report.root)
        reviewed = (review.document.source or "<text>" for review in report.reviews)
        paths = dict.fromkeys([*reviewed, *(failure.path for failure in report.failures)])
        self._index = {path: at for at, path in enumerate(paths)}

    def location(self, path: str | None) -> dict[str, Any]:
        """The `artifactLocation` of a file that is told by `path`."""
        path = path or "<text>"
        return {**self._address(path), "index": self._index[path]}

    def artifacts(self) -> list[dict[str, Any]]:
        """The `artifact` objects: all that was asked about, also what has no result."""
        return [{"location": self.location(path), "roles": ["analysisTarget"]} for path in self._index]

    def _address(self, path: str) -> dict[str, str]:
        """A URI below the root, or an absolute one for what lies outside of it. Every byte of a name is kept."""
        if PurePath(path).is_absolute() or ".." in PurePath(path).parts:
            whole = os.path.normpath(self._root / path)
            return {"uri": f"file://{quote(os.fsencode(whole), safe='/')}"}
        return {"uri": quote(os.fsencode(path), safe="/"), "uriBaseId": _ROOT}
