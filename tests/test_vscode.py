"""The extension for VS Code: that it and the server mean the same settings, that it packs, and that it works."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args
from zipfile import ZipFile

import pytest
from playwright.sync_api import Page, expect

from copydesk import __version__
from copydesk.lsp.actions import ACCEPT, DISABLE, FIX_ALL, IGNORE
from copydesk.lsp.config import Config, parse_config
from copydesk.lsp.diagnostics import SOURCE
from copydesk.lsp.texts import OpenText
from copydesk.model import Family, Severity
from copydesk.settings import EngineChoice
from patience import PATIENCE
from vscode import FOLDER, ROOT, configure, editor, ours, packed, run_command

MANIFEST: dict[str, Any] = json.loads((FOLDER / "package.json").read_text(encoding="utf-8"))
SETTINGS: dict[str, Any] = {
    name.removeprefix("copydesk."): told
    for name, told in MANIFEST["contributes"]["configuration"]["properties"].items()
}
CLIENTS_OWN = {"command", "documents", "trace.server"}  # what the server is not asked about
COMMANDS = {told["command"] for told in MANIFEST["contributes"]["commands"]}

TEXT = """NEWListen to this article now!

Rescue workers search the rubble in Chernihiv

Rescue workers search the rubble in Chernihiv.
(Photo: State Emergency Service)

😀 Governor Viacheslav Chaus said on Monday that the search would go on in the frames of the operation.
Vyacheslav Chaus has led the region for two years. Governor Viacheslav Chaus got the first report at night.
"""
FIXED = TEXT[TEXT.index("Rescue") :].replace("Rescue workers search the rubble in Chernihiv.\n", "")


def test_the_settings_are_those_of_the_server() -> None:
    assert set(SETTINGS) - CLIENTS_OWN == {field.alias for field in Config.model_fields.values()}


def test_the_defaults_are_those_of_the_server() -> None:
    assert parse_config({name: told["default"] for name, told in SETTINGS.items()}) == Config()


def test_the_choices_are_those_of_the_server() -> None:
    assert SETTINGS["families"]["items"]["enum"] == [family for family in Family if family is not Family.BITEXT]
    assert set(SETTINGS["severity"]["enum"]) == set(Severity)
    assert set(SETTINGS["engine"]["enum"]) == {*get_args(EngineChoice), "none"}
    for name in ("minimum", "maximum"):
        assert parse_config({"delay": SETTINGS["delay"][name]}).delay == SETTINGS["delay"][name]


def test_every_kind_of_text_is_one_that_the_server_reads() -> None:
    documents = SETTINGS["documents"]["default"]
    assert [name for name in documents if OpenText("untitled:1", name, 1, "").form is None] == []
    assert MANIFEST["activationEvents"] == [f"onLanguage:{name}" for name in documents]


def test_a_workspace_that_is_not_trusted_names_no_command_and_no_files() -> None:
    assert SETTINGS["command"]["scope"] == "machine"
    paths = {f"copydesk.{name}" for name in ("lexicon", "rules")}
    assert set(MANIFEST["capabilities"]["untrustedWorkspaces"]["restrictedConfigurations"]) == paths


def test_commands_have_names_apart_from_the_server_s() -> None:
    # VS Code registers the server's own under their names, and refuses a second one.
    assert COMMANDS.isdisjoint({ACCEPT, IGNORE, DISABLE})
    source = "".join(path.read_text(encoding="utf-8") for path in sorted((FOLDER / "src").glob("*.js")))
    assert {f'"{name}"' for name in COMMANDS | {ACCEPT, FIX_ALL, SOURCE}} <= set(re.findall(r'"[^"\s]+"', source))


def test_what_the_package_says_of_itself() -> None:
    assert MANIFEST["version"] == __version__
    assert MANIFEST["license"] == "GPL-3.0-or-later"
    assert (FOLDER / "LICENSE").read_bytes() == (ROOT / "LICENSE").read_bytes()
    assert f"## {__version__}" in (FOLDER / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_lock_pins_contents_and_names_no_host() -> None:
    packages = json.loads((FOLDER / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    del packages[""]
    assert [name for name, told in packages.items() if "integrity" not in told or "resolved" in told] == []


@pytest.fixture(scope="module")
def vsix(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package."""
    return packed(tmp_path_factory.getbasetemp().parent)


def test_the_package_holds_what_it_needs_and_nothing_else(vsix: Path) -> None:
    with ZipFile(vsix) as package:
        assert set(package.namelist()) == {
            "[Content_Types].xml",
            "extension.vsixmanifest",
            "extension/LICENSE.txt",
            "extension/changelog.md",
            "extension/dist/THIRD-PARTY.txt",
            "extension/dist/extension.js",
            "extension/icon.png",
            "extension/package.json",
            "extension/readme.md",
        }
        assert json.loads(package.read("extension/package.json"))["main"] == "dist/extension.js"
        script = package.read("extension/dist/extension.js").decode()
        notices = package.read("extension/dist/THIRD-PARTY.txt").decode()
    assert set(re.findall(r'\brequire\("([^"]+)"\)', script)) <= {"vscode", *_BUILT_IN}
    assert str(ROOT) not in script
    assert {re.split(r" \d", line)[0] for line in re.findall(r"^\S+ \d\S+ \([\w.-]+\)$", notices, re.MULTILINE)} == {
        "balanced-match",
        "brace-expansion",
        "minimatch",
        "semver",
        "vscode-jsonrpc",
        "vscode-languageclient",
        "vscode-languageserver-protocol",
        "vscode-languageserver-textdocument",
        "vscode-languageserver-types",
    }


_BUILT_IN = {
    name
    for each in ("child_process", "crypto", "fs", "net", "os", "path", "readline", "util")
    for name in (each, f"node:{each}")
}


def test_in_vs_code(vsix: Path, tmp_path: Path) -> None:
    home, workspace = tmp_path / "home", tmp_path / "workspace"
    home.mkdir()
    workspace.mkdir()
    article = workspace / "article.txt"
    article.write_text(TEXT, encoding="utf-8")
    configure(home, command=ours(), engine="none")
    with editor(vsix, home, workspace) as page:
        page.get_by_role("treeitem", name="article.txt").dblclick()
        status = page.locator('[id="copydesk.copydesk.copydesk"]')
        expect(status).to_have_text("4", timeout=1000 * PATIENCE)

        run_command(page, "copydesk: Apply All Safe Fixes")
        expect(status).to_have_text("2", timeout=1000 * PATIENCE)
        page.keyboard.press("Control+S")
        _wait_until(lambda: article.read_text(encoding="utf-8") == FIXED)

        _go_to(page, line=6, column=3)
        run_command(page, "copydesk: Accept the Word at the Cursor")
        expect(status).to_have_text("1", timeout=1000 * PATIENCE)
        decisions = json.loads((workspace / ".copydesk.json").read_text(encoding="utf-8"))
        assert decisions["accepted"] == ["Vyacheslav"]

        run_command(page, "copydesk: Restart the Language Server")
        expect(status).to_have_text("copydesk", timeout=1000 * PATIENCE)
        expect(status).to_have_text("1", timeout=1000 * PATIENCE)

        configure(home, command="no-such-command", engine="none")
        page.reload()
        told = page.get_by_text("“no-such-command lsp” did not start")
        expect(told.first).to_be_visible(timeout=1000 * PATIENCE)
        expect(page.locator(".notification-toast")).to_have_count(1)


def _go_to(page: Page, line: int, column: int) -> None:
    page.keyboard.press("Control+G")
    page.get_by_role("combobox").fill(f":{line}:{column}")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=f"Ln {line}, Col {column}")).to_be_visible()


def _wait_until(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.1)
