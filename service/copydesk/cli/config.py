"""`copydesk config`: what applies to a file, and where that is said."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click

from copydesk.repository.config import Configuration, find_config, load_config
from copydesk.repository.config_told import Told, told
from copydesk.repository.config_toml import shown


@click.command("config")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--config", "file", type=click.Path(path_type=Path), help="The configuration; else the next one upwards.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def config_command(path: Path, file: Path | None, as_json: bool) -> None:
    """Show what applies to the file PATH, and where each value is said: file and line, or by default.

    Options of the command line, which win over all of this, are not known here.
    """
    config = find_config(path) if file is None else load_config(file)
    rows = told(config, path)
    if as_json:
        click.echo(json.dumps(_answer(config, path, rows), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_lines(config, path, rows)))


def _answer(config: Configuration, path: Path, rows: list[Told]) -> dict[str, object]:
    file = None if config.path is None else shown(config.path)
    return {
        "path": shown(path),
        "root": str(config.root),
        "config": file,
        "settings": [
            {
                "key": row.key,
                "value": row.value,
                "from": row.why if row.line is None else {"file": file, "line": row.line},
                **({} if row.reason is None else {"reason": row.reason}),
            }
            for row in rows
        ],
    }


def _lines(config: Configuration, path: Path, rows: list[Told]) -> Iterator[str]:
    """The places first, as in `git config --show-origin`: values may be long."""
    file = "no configuration" if config.path is None else shown(config.path)
    yield f"{shown(path)}: {file}"
    places = [row.why if row.line is None else f"{file}:{row.line}" for row in rows]
    wide, keys = max(map(len, places)), max(len(row.key) for row in rows)
    for place, row in zip(places, rows, strict=True):
        reason = "" if row.reason is None else f" ({row.reason})"
        yield f"  {place:<{wide}}  {row.key:<{keys}}  {row.value}{reason}"
