"""Checkers of prose for repositories, as commands that are on the PATH or are told as absent.

cspell, Harper and Vale are run with the rules that they bring; textlint, which brings none, with two sets of rules for
English, and its plugin for HTML.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath

from copydesk.model import Span
from copydesk.offsets import Offsets

Alarms = dict[str, list[Span]]
"""The alarms on each file, by the last part of its name, in code points."""
Texts = Mapping[str, str]
"""The files of the repository by the last part of their names, which no two share."""
_CONFIG, _MODULES = "CONFIG", "MODULES"
_CSPELL = re.compile(r"^(?P<path>.+?):(?P<line>\d+):(?P<column>\d+) - Unknown word \((?P<word>.*?)\)", re.MULTILINE)
_VERSION = re.compile(r"\d+(?:\.\d+)+")
_VALE = "StylesPath = .\nMinAlertLevel = suggestion\n[*]\nBasedOnStyles = Vale\n"
_TEXTLINT = {"plugins": {"html": True}, "rules": {"common-misspellings": True, "write-good": True}}


@dataclass(frozen=True, slots=True)
class Peer:
    """A program and its arguments, in which stand CONFIG for a file with `config` in it and MODULES for the folder of
    node's packages; with `names`, all files are named. `read` takes what it prints for its alarms."""

    name: str
    program: str
    arguments: tuple[str, ...]
    read: Callable[[bytes, Texts], Alarms]
    config: str = ""
    names: bool = False

    @property
    def found(self) -> str | None:
        """The program's path; None where it is absent."""
        return shutil.which(self.program)

    def named(self) -> str:
        """The name with the version of the program that is there."""
        told = subprocess.run([self.found or self.program, "--version"], capture_output=True, text=True, check=False)
        version = _VERSION.search(told.stdout)
        return self.name if version is None else f"{self.name} {version[0]}"

    def command(self, aside: Path, files: list[str]) -> list[str]:
        """The command over `files`, to be run in their repository; its configuration is put into the folder `aside`."""
        program = self.found or self.program
        config = aside / f"{self.program}.config.json"
        config.write_text(self.config, encoding="utf-8")
        modules = Path(program).resolve().parents[2]  # of the packages; a program is in PACKAGE/bin
        places = {_CONFIG: str(config), _MODULES: str(modules)}
        return [program, *(places.get(part, part) for part in self.arguments), *(files if self.names else ())]


def _textlint(output: bytes, texts: Texts) -> Alarms:
    found: Alarms = {}
    for file in json.loads(output):
        name = PurePath(file["filePath"]).name
        offsets = Offsets(texts[name])
        ranges = [message["range"] for message in file["messages"]]
        found[name] = [Span(offsets.from_utf16(start), offsets.from_utf16(end)) for start, end in ranges]
    return found


def _cspell(output: bytes, texts: Texts) -> Alarms:
    found: Alarms = {}
    for told in _CSPELL.finditer(output.decode()):
        name = PurePath(told["path"]).name
        offsets = Offsets(texts[name])
        line = _at(texts[name], int(told["line"]), 1, 0).start
        start = offsets.from_utf16(offsets.utf16(line) + int(told["column"]) - 1)
        found.setdefault(name, []).append(Span(start, start + len(told["word"])))
    return found


def _harper(output: bytes, _: Texts) -> Alarms:
    return {
        PurePath(file["file"]).name: [
            Span(lint["span"]["char_start"], lint["span"]["char_end"]) for lint in file["lints"]
        ]
        for file in json.loads(output)
    }


def _vale(output: bytes, texts: Texts) -> Alarms:
    found: Alarms = {}
    for path, alerts in json.loads(output).items():
        name = PurePath(path).name
        places = [(alert["Line"], *alert["Span"]) for alert in alerts]
        found[name] = [_at(texts[name], line, first, last - first + 1) for line, first, last in places]
    return found


def _at(text: str, line: int, column: int, length: int) -> Span:
    """A place by line and column in code points, both from 1."""
    start = sum(len(each) + 1 for each in text.split("\n")[: line - 1]) + column - 1
    return Span(start, start + length)


PEERS = (
    Peer(
        "textlint",
        "textlint",
        ("--config", _CONFIG, "--rules-base-directory", _MODULES, "--format", "json", "."),
        _textlint,
        json.dumps(_TEXTLINT),
    ),
    Peer("cspell", "cspell", ("lint", "--no-progress", "--no-summary", "--no-color", "**/*.{md,html}"), _cspell),
    Peer("Harper", "harper-cli", ("lint", "--format", "json", "--no-color"), _harper, names=True),
    Peer(
        "Vale",
        "vale",
        ("--config", _CONFIG, "--no-exit", "--output", "JSON", "--glob", "*.{md,html}", "."),
        _vale,
        _VALE,
    ),
)
