"""The extension for VS Code as it is packed, and a real VS Code to run it in."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page

from browser import chromium
from patience import PATIENCE

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "editors" / "vscode"
_NODE = 20  # what the packer needs


def packed(shared: Path) -> Path:
    """The package that `make vscode` makes, made now; without npm, the test is skipped. `shared` holds a lock: two
    workers of a run would install the same packages."""
    if shutil.which("npm") is None or _node_version() < _NODE:
        pytest.skip(f"no npm with Node.js {_NODE} or newer on this machine")
    with (shared / "vscode.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        subprocess.run(["make", "--silent", "vscode"], cwd=ROOT, check=True)  # pytest shows what it says
    return ROOT / "dist" / "copydesk.vsix"


def _node_version() -> int:
    told = subprocess.run(["node", "--version"], check=True, capture_output=True, text=True).stdout
    return int(told.removeprefix("v").partition(".")[0])


@contextmanager
def editor(vsix: Path, home: Path, workspace: Path) -> Iterator[Page]:
    """A window of VS Code on `workspace` with the package installed; `home` is where it keeps what is its own.

    This is code-server: VS Code itself, in a browser. Where it or the browser is missing, the test is skipped.
    """
    command = shutil.which("code-server")
    if command is None:
        pytest.skip("no code-server on this machine")
    (home / "code-server.yaml").write_text("auth: none\ncert: false\n")
    run: list[str | Path] = [
        command,
        "--config",
        home / "code-server.yaml",
        "--user-data-dir",
        home,
        "--extensions-dir",
        home / "ext",
    ]
    subprocess.run([*run, "--install-extension", vsix], check=True, capture_output=True)
    address = f"127.0.0.1:{_free_port()}"
    quiet = ["--disable-telemetry", "--disable-update-check", "--disable-workspace-trust"]
    with (
        chromium() as browser,
        subprocess.Popen(
            [*run, *quiet, "--bind-addr", address],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        ) as server,
    ):
        try:
            _wait_for(f"http://{address}/healthz")
            page = browser.new_page(viewport={"width": 1200, "height": 800})
            page.set_default_timeout(1000 * PATIENCE)
            page.goto(f"http://{address}/?folder={workspace}")
            yield page
        finally:
            os.killpg(server.pid, signal.SIGTERM)  # with the processes that it has started


def configure(home: Path, **settings: object) -> None:
    """Writes the user's settings: those of the extension by their names, and those that keep VS Code still."""
    told: dict[str, object] = {f"copydesk.{name}": value for name, value in settings.items()}
    still = {"workbench.startupEditor": "none", "editor.wordWrap": "on", "files.autoSave": "off"}
    (home / "User").mkdir(exist_ok=True)
    (home / "User" / "settings.json").write_text(json.dumps(told | still))


def ours() -> str:
    """The command of the environment that runs the tests."""
    return str(Path(sys.executable).parent / "copydesk")


def run_command(page: Page, title: str) -> None:
    """Runs a command of the palette, as a person does."""
    page.keyboard.press("F1")
    page.get_by_role("combobox").fill(f">{title}")
    page.get_by_role("option", name=title).first.wait_for()
    page.keyboard.press("Enter")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(url: str) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            urllib.request.urlopen(url, timeout=5).close()  # noqa: S310 (our own, on this machine)
            return
        except (urllib.error.URLError, ConnectionError):
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
