"""What long YAML files came to the last time, so that they are composed once and not at every start.

The shipped packs take 0.8 s from YAML (half of it to compile each pattern alone), and 0.1 s from here. It is kept in
the user's own cache folder as JSON, which can run nothing, under a digest of all that it follows from.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path
from pydantic import BaseModel

from copydesk import __version__
from copydesk.folders import is_private, make_private

Row = tuple[int, int, Any]
"""An entry: the index of its file, its line (from 1), and what it says."""

_WORTH_IT = 50_000  # bytes of YAML; less takes a few milliseconds, and tests would fill the folder with packs of a rule


class Kept:
    """The entries of `files` for `schema`, if they are long enough to be kept. Where nothing can be read or written,
    all goes on without."""

    def __init__(self, schema: type[BaseModel], files: Sequence[Path]) -> None:
        self._folder = user_cache_path("copydesk") / "packs"
        self._digest = ""
        with contextlib.suppress(OSError):
            if sum(file.stat().st_size for file in files) >= _WORTH_IT:
                self._digest = _digest(schema, files)
        named = (os.fsencode(path.absolute()) for path in files)
        name = blake2b(b"\0".join((schema.__name__.encode(), *named)), digest_size=16)
        self._path = self._folder / f"{name.hexdigest()}.json"  # the same when the files change: it is replaced

    def rows(self) -> list[Row] | None:
        """The entries, which were valid when they were kept; None where they are not known."""
        if not self._digest or not is_private(self._folder):
            return None
        try:
            told = json.loads(self._path.read_bytes())
            return [tuple(row) for row in told["rows"]] if told["digest"] == self._digest else None
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def keep(self, rows: Sequence[Row]) -> None:
        """Keeps entries, in one step: any number of processes may do so at once."""
        if not self._digest:
            return
        with contextlib.suppress(OSError):
            make_private(self._folder)
            if not is_private(self._folder):  # rules decide what is told of a text
                return
            with tempfile.NamedTemporaryFile("w", dir=self._folder, delete=False, encoding="utf-8") as new:
                json.dump({"digest": self._digest, "rows": rows}, new, ensure_ascii=False)
            os.replace(new.name, self._path)  # noqa: PTH105 (atomic on every platform; the name says so)


def _digest(schema: type[BaseModel], files: Sequence[Path]) -> str:
    """Of the contents of `files` in their order, and of the code that says what is valid."""
    code = [*sorted(Path(__file__).parent.glob("*.py")), Path(sys.modules[schema.__module__].__file__ or "")]
    whole = blake2b(__version__.encode(), digest_size=16)
    for file in (*code, *files):
        data = file.read_bytes()
        whole.update(len(data).to_bytes(8, "big"))
        whole.update(data)
    return whole.hexdigest()
