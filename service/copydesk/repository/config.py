"""The configuration of a repository: found, read, and held to what there is."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from copydesk.errors import ConfigError, UnknownNameError
from copydesk.repository.config_applied import FileConfig
from copydesk.repository.config_faults import described, leading
from copydesk.repository.config_file import Configuration
from copydesk.repository.config_rules import KnownRules
from copydesk.repository.config_schema import Layer, Root
from copydesk.repository.config_toml import Location, TomlFile, read_toml, shown

__all__ = ["FILE", "Configuration", "FileConfig", "find_config", "load_config", "locate_config"]

FILE = "copydesk.toml"
_PROJECT = "pyproject.toml"
_TABLE: Location = ("tool", "copydesk")


def find_config(start: Path) -> Configuration:
    """The configuration that holds for `start`, a file or folder; an empty one where there is none.

    Raises ConfigError.
    """
    root, file = locate_config(start)
    return Configuration(root) if file is None else load_config(file)


def locate_config(start: Path) -> tuple[Path, Path | None]:
    """The root of the texts around `start`, and the file with their configuration: the next one upwards.

    In each folder `copydesk.toml` is looked for, then a table `[tool.copydesk]` in `pyproject.toml`, up to the root of
    the git repository, so that nothing outside of a repository has a say in it. Where there is none, the root is that
    of the repository, or the folder of `start`. Raises ConfigError for a file that may have the table and is no TOML.
    """
    folder = Path(os.path.abspath(start))  # noqa: PTH100 (keeps links as they are named)
    if not folder.is_dir():
        folder = folder.parent
    for base in (folder, *folder.parents):
        if (base / FILE).is_file():
            return base, base / FILE
        if _has_table(base / _PROJECT):
            return base, base / _PROJECT
        if (base / ".git").exists():
            return base, None
    return folder, None


def load_config(file: Path) -> Configuration:
    """The configuration that `file` holds: all of it, or the table `[tool.copydesk]` of a `pyproject.toml`.

    Raises ConfigError, with the line and the nearest name that there is, for what is no TOML, an unknown key, rule,
    family, severity, format, language or engine, a value of another kind, and a file that does not exist.
    """
    path = Path(os.path.abspath(file))  # noqa: PTH100 (likewise)
    toml = read_toml(path)
    if path.name != _PROJECT:
        return _configuration(toml, toml.data, ())
    table = _table_of(toml)
    if table is None:
        raise ConfigError("there is no table [tool.copydesk]", path=shown(path), line=1)
    return _configuration(toml, table, _TABLE)


def _has_table(path: Path) -> bool:
    """Other people's `pyproject.toml`, and whether it is TOML at all, is none of our business."""
    try:
        return path.is_file() and b"copydesk" in path.read_bytes() and _table_of(read_toml(path)) is not None
    except OSError:
        return False


def _table_of(toml: TomlFile) -> Any:
    tools = toml.data.get("tool")
    return tools.get("copydesk") if isinstance(tools, dict) else None


def _configuration(toml: TomlFile, table: Any, at: Location) -> Configuration:
    try:
        says = Root.model_validate(table)
    except ValidationError as error:
        fault = leading(error)
        line = toml.line((*at, *fault["loc"]))
        raise ConfigError(described(fault), path=shown(toml.path), line=line) from None
    config = Configuration(toml.path.parent, toml.path, says, toml.lines, at)
    _require_files(config)
    _require_rules(config)
    return config


def _tables(config: Configuration) -> Iterator[tuple[Location, Layer]]:
    yield (), config.says
    for index, override in enumerate(config.says.overrides):
        yield ("overrides", index), override


def _require_files(config: Configuration) -> None:
    named: list[tuple[Location, Path | None]] = []
    for at, table in _tables(config):
        named += [((*at, "lexicon", i), path) for i, path in enumerate(table.lexicon)]
        named += [((*at, "rules", i), path) for i, path in enumerate(table.rules)]
        named.append(((*at, "glossary"), table.glossary))
    named += [(("pairs", i, "glossary"), pair.glossary) for i, pair in enumerate(config.says.pairs)]
    for at, path in named:
        if path is not None and not (config.root / path).exists():
            raise _fault(config, at, at, f"no such file or folder: {path}")


def _require_rules(config: Configuration) -> None:
    known = KnownRules(config.root / pack for _, table in _tables(config) for pack in table.rules)
    for at, table in _tables(config):
        for key, names, require in (
            ("disable", table.disable, known.require),
            ("enable", table.enable, known.require),
            ("severities", table.severities, known.require_rule_or_family),
        ):
            for i, name in enumerate(names):
                try:
                    require(name)
                except UnknownNameError as error:
                    item = name if key == "severities" else i
                    raise _fault(config, (*at, key), (*at, key, item), str(error)) from None


def _fault(config: Configuration, key: Location, at: Location, message: str) -> ConfigError:
    place = ".".join(part for part in key if isinstance(part, str))
    return ConfigError(f"{place}: {message}", path=shown(config.path or config.root), line=config.line(at))
