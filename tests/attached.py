"""Real editors with the language server attached: one text, one session, and what must come of it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from patience import PATIENCE

pytest.importorskip("pygls", reason="the extra “lsp” is not installed")

LACKING = 77  # what a session ends with that cannot be held
TEXT = "The 😀 talks were held in the frames of a project.\nThe chairman lo\u200bst his way.\n"
FIXED = "The 😀 talks were held as part of a project.\nThe chairman lost his way.\n"
SERVER = [sys.executable, "-c", "from copydesk.cli import main; main()", "lsp"]


def session(editor: str, arguments: Sequence[str], script: tuple[str, str], folder: Path, name: str) -> list[list[Any]]:
    """What `editor` shows of `TEXT`, opened as `name`, before its session accepts both fixes and saves `FIXED`.

    `script` is the name and the text of the session, in which `{patience}` stands for seconds. It writes what is shown
    to `shown.json`. Skips the test where the editor is not installed, or ends with `LACKING`.
    """
    path = shutil.which(editor)
    if path is None:
        pytest.skip(f"{editor} is not installed")
    (folder / name).write_text(TEXT, encoding="utf-8")
    (folder / script[0]).write_text(script[1].replace("{patience}", str(PATIENCE // 2)), encoding="utf-8")
    home = dict.fromkeys(("HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"), str(folder))
    done = subprocess.run(
        [path, *arguments],
        cwd=folder,
        env={**os.environ, **home, "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    if done.returncode == LACKING:
        pytest.skip(f"{editor} has no client of language servers")
    assert done.returncode == 0, done.stderr
    assert (folder / name).read_text(encoding="utf-8") == FIXED
    shown: list[list[Any]] = json.loads((folder / "shown.json").read_text(encoding="utf-8"))
    return shown
