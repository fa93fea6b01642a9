"""Reads rule packs from YAML, with file and line in every error.

PyYAML's C parser composes 1,700 rules in 0.4 s, ten times as fast as parsers in pure Python; what they come to is kept
for the next start (`kept`). Only node composition is used: every plain scalar stays the string that was written (no
`no` that turns into False), and the schema converts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from copydesk.errors import RuleError, nearest
from copydesk.packs.book import RuleBook
from copydesk.packs.kept import Kept, Row
from copydesk.packs.schema import VALID, Rule

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_OTHER_DATA = {"lexicon", "engines", "quantities", "data"}  # folders beside and in those of the packs
_Location = tuple[int | str, ...]
M = TypeVar("M", bound=BaseModel)


def shipped_rules() -> Path:
    """The folder of the packs that ship with copydesk: in a checkout and in an installed wheel alike."""
    return Path(str(resources.files("copydesk.rules")))


def pack_files(paths: Iterable[Path]) -> Iterator[Path]:
    """The packs at `paths`, files or folders, in order. Lexicons and engine profiles have loaders of their own.

    Raises RuleError for a path that does not exist.
    """
    for path in paths:
        if path.is_dir():
            yield from sorted(p for p in path.rglob("*.yaml") if not _OTHER_DATA & {*p.relative_to(path).parts})
        elif path.exists():
            yield path
        else:
            raise RuleError("no such file or folder", path=str(path), line=1)


def load_packs(paths: Iterable[Path]) -> RuleBook:
    """Every rule of the packs at `paths` (files or folders of `*.yaml`).

    Raises RuleError, with file and line, for what is not YAML, a misspelt key, a value out of range, a pattern that
    does not compile, or an id that is taken.
    """
    rules: dict[str, tuple[Rule, Path, int]] = {}
    for path in paths:
        for rule, file, line in read_lists(Rule, list(pack_files([path])), "a pack is a list of rules"):
            if rule.id in rules:
                _, first, at = rules[rule.id]
                raise RuleError(f"the id {rule.id} is taken by {first}:{at}", path=str(file), line=line)
            rules[rule.id] = (rule, file, line)
    return RuleBook(rule for rule, _, _ in rules.values())


def read_lists(schema: type[M], files: Sequence[Path], otherwise: str) -> list[tuple[M, Path, int]]:
    """The entries of `files`, each a list in YAML, as `schema` objects with file and line; long ones from what was
    kept of them.

    Raises RuleError for what `read_yaml` and `validate` do, and with `otherwise` for a file that is no list; OSError.
    """
    kept = Kept(schema, files)
    known = _known(schema, kept, files)
    if known is not None:
        return known
    rows: list[Row] = []
    read: list[tuple[M, Path, int]] = []
    for number, file in enumerate(files):
        entries, lines = read_yaml(file)
        if not isinstance(entries, list):
            raise RuleError(otherwise, path=str(file), line=1)
        for index, entry in enumerate(entries):
            line = lines[(index,)]
            read.append((validate(schema, entry, file, lines, (index,)), file, line))
            rows.append((number, line, entry))
    kept.keep(rows)
    return read


def _known(schema: type[M], kept: Kept, files: Sequence[Path]) -> list[tuple[M, Path, int]] | None:
    """The entries that were kept; None where there are none that can be used."""
    rows = kept.rows()
    if rows is None:
        return None
    try:
        return [(schema.model_validate(said, context=VALID), files[at], line) for at, line, said in rows]
    except (ValueError, TypeError, IndexError):  # pydantic's own error is a ValueError
        return None


def read_yaml(path: Path) -> tuple[Any, dict[_Location, int]]:
    """A YAML file as lists, mappings and strings, and the line (from 1) of each place in it.

    Raises RuleError for invalid UTF-8, invalid YAML, aliases that expand, or a key that stands twice.
    """
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise RuleError(error.problem or "not valid YAML", path=str(path), line=line) from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise RuleError(f"not valid YAML: {error}", path=str(path), line=1) from None
    lines: dict[_Location, int] = {}
    return (_plain(node, (), lines, path) if node else []), lines


def _plain(node: yaml.Node, at: _Location, lines: dict[_Location, int], path: Path) -> Any:
    line = node.start_mark.line + 1
    if line < lines.get(at[:-1], 0):  # composed at its anchor, above: expansion could be exponential
        raise RuleError("an alias (*) may not be used here", path=str(path), line=lines[at[:-1]])
    lines[at] = line
    if isinstance(node, yaml.SequenceNode):
        return [_plain(child, (*at, i), lines, path) for i, child in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode):
        result: dict[str, Any] = {}
        for key, value in node.value:
            name = str(key.value)
            if name in result:
                raise RuleError(f"the key “{name}” stands twice", path=str(path), line=key.start_mark.line + 1)
            result[name] = _plain(value, (*at, name), lines, path)
            lines[(*at, name)] = key.start_mark.line + 1
        return result
    return node.value


def validate(schema: type[M], entry: Any, path: Path, lines: dict[_Location, int], at: _Location) -> M:
    """`entry` as a `schema` object. Raises RuleError at the line of the first fault."""
    try:
        return schema.model_validate(entry)
    except ValidationError as error:
        faults = error.errors()  # a misspelt key is also a missing one: the spelling is what helps
        fault = next((f for f in faults if f["type"] == "extra_forbidden"), faults[0])
        where: _Location = (*at, *fault["loc"])
        while where not in lines:
            where = where[:-1]
        raise RuleError(_describe(schema, fault), path=str(path), line=lines[where]) from None


def _describe(schema: type[BaseModel], fault: Any) -> str:
    place = ".".join(str(part) for part in fault["loc"])
    if fault["type"] == "extra_forbidden":
        return f"unknown key “{place}”{nearest(str(fault['loc'][-1]), schema.model_fields)}"
    if fault["type"] == "missing":
        return f"the key “{place}” is missing"
    message = fault["msg"].removeprefix("Value error, ")
    return f"{place}: {message}" if place else message
