"""`copydesk init`: a first configuration, after a look at the repository."""

from __future__ import annotations

from pathlib import Path

import click

from copydesk.errors import InputError
from copydesk.repository.config import FILE, Configuration, find_config
from copydesk.repository.config_draft import drafted
from copydesk.repository.config_schema import Root
from copydesk.repository.config_survey import MORE_FORMATS, Survey, survey
from copydesk.repository.config_toml import shown
from copydesk.repository.files import chosen
from copydesk.repository.git import root_of
from copydesk.repository.report import Failure


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True), default=".")
@click.option("--print", "only_print", is_flag=True, help="Print it instead of writing it.")
def init(folder: Path, only_print: bool) -> None:
    """Look at the repository of FOLDER (this one) and write a copydesk.toml for it, with what was seen in comments.

    It is written to the root of the git repository; without one, to FOLDER. One that is there is never replaced.
    """
    root = root_of(folder) or folder.resolve()
    if not only_print:
        _require_none(root)
    text = drafted(_look(root))
    if only_print:
        click.echo(text, nl=False)
        return
    try:
        with (root / FILE).open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise InputError(f"{shown(root / FILE)}: {error.strerror or type(error).__name__}") from None
    click.echo(f"wrote {shown(root / FILE)}; “copydesk config FILE” shows what applies to a file", err=True)


def _require_none(root: Path) -> None:
    """Raises InputError where the folder has a configuration, ConfigError where that is faulty besides."""
    if (root / FILE).exists():
        raise InputError(f"{shown(root / FILE)} is there already")
    found = find_config(root).path
    if found is not None and found.parent == root:
        raise InputError(f"{shown(found)} has a table [tool.copydesk] already")


def _look(root: Path) -> Survey:
    every = Configuration(root, says=Root(formats=dict(MORE_FORMATS)))
    unreadable: list[Failure] = []
    paths = chosen([str(root)], every, unreadable.append)
    return survey(root, [path.relative_to(root).as_posix() for path in paths])
