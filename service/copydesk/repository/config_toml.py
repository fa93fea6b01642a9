"""A TOML file with the line of each value in it.

The standard library's parser says what a file means and nothing of places; tree-sitter's says where each key stands.
Both read the same text, so that nothing here has to know where TOML's strings and comments end.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import tree_sitter_toml
from tree_sitter import Language, Node, Parser

from copydesk.errors import ConfigError

Location = tuple[str | int, ...]
_PLACE = re.compile(r"(?P<message>.*) \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class TomlFile:
    """`data` is what the file says; `lines` has the line (from 1) of each key and of each item of its lists."""

    path: Path
    data: Mapping[str, Any]
    lines: Mapping[Location, int] = field(repr=False)

    def line(self, at: Sequence[str | int]) -> int:
        """The line of the value at `at`, or of the nearest that holds it."""
        return line_of(self.lines, at)


def line_of(lines: Mapping[Location, int], at: Sequence[str | int]) -> int:
    """As `TomlFile.line`; 1 where nothing of `at` stands in the file."""
    return next((lines[tuple(at[:end])] for end in range(len(at), -1, -1) if tuple(at[:end]) in lines), 1)


def shown(path: Path) -> str:
    """A path as messages have it: from the folder that the user is in, where it lies below that one."""
    here = Path.cwd()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else str(path)


def read_toml(path: Path) -> TomlFile:
    """The file at `path`, UTF-8 with or without a byte order mark.

    Raises ConfigError, with the line, for what cannot be read, is not UTF-8 or is not TOML.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
        return TomlFile(path, tomllib.loads(text), lines_of(text))
    except OSError as error:
        raise ConfigError(error.strerror or type(error).__name__, path=shown(path), line=1) from None
    except UnicodeDecodeError as error:
        raise ConfigError(f"not valid UTF-8 at byte {error.start}", path=shown(path), line=1) from None
    except tomllib.TOMLDecodeError as error:
        raise _not_toml(str(error), path, text) from None


def _not_toml(said: str, path: Path, text: str) -> ConfigError:
    """The parser's own words, with its line where ours always stands."""
    place = _PLACE.fullmatch(said)
    message = place["message"] if place else said
    line = int(place["line"]) if place and place["line"] else len(text.splitlines()) or 1
    return ConfigError(f"not TOML: {message[:1].lower()}{message[1:]}", path=shown(path), line=line)


def lines_of(text: str) -> dict[Location, int]:
    """The line of each key of a TOML text, by its place in the data, and of each item of its lists.

    The header of a table is the place of that table. A table that only dotted keys speak of is where it is first named.
    """
    lines: dict[Location, int] = {(): 1}
    tables: Counter[Location] = Counter()  # arrays of tables, and how many of each there are so far
    for node in Parser(Language(tree_sitter_toml.language())).parse(text.encode()).root_node.named_children:
        if node.type == "pair":
            _pair(node, (), lines)
        elif node.type in ("table", "table_array_element"):
            at: Location = ()
            for name in _names(node.named_children[0]):
                at = (*_last(at, tables), name)
                lines.setdefault(at, _line(node))
            if node.type == "table_array_element":
                tables[at] += 1
                at = _last(at, tables)
            lines[at] = _line(node)
            for pair in node.named_children[1:]:
                if pair.type == "pair":
                    _pair(pair, at, lines)
    return lines


def _last(at: Location, tables: Counter[Location]) -> Location:
    """An array of tables stands for the last of them, in TOML's headers."""
    return (*at, tables[at] - 1) if at in tables else at


def _pair(node: Node, at: Location, lines: dict[Location, int]) -> None:
    key, value = [child for child in node.named_children if child.type != "comment"]
    for name in _names(key):
        at = (*at, name)
        lines.setdefault(at, _line(node))
    _value(value, at, lines)


def _value(node: Node, at: Location, lines: dict[Location, int]) -> None:
    if node.type == "inline_table":
        for pair in node.named_children:
            _pair(pair, at, lines)
    elif node.type == "array":
        items = [child for child in node.named_children if child.type != "comment"]
        for index, item in enumerate(items):
            lines[(*at, index)] = _line(item)
            _value(item, (*at, index), lines)


def _names(key: Node) -> list[str]:
    if key.type == "dotted_key":
        return [name for part in key.named_children for name in _names(part)]
    written = (key.text or b"").decode()
    return [next(iter(tomllib.loads(f"{written} = 0")))] if key.type == "quoted_key" else [written]


def _line(node: Node) -> int:
    return int(node.start_point.row) + 1
