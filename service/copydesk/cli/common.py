"""What commands over texts share: options, and what could not be done."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from copydesk.errors import CopydeskError
from copydesk.model import Severity
from copydesk.repository.report import Failure

STDIN = "-"
STANDARD_INPUT = "<stdin>"  # as it is called in messages and answers

disable_option = click.option("--disable", multiple=True, metavar="RULE", help="Leave out a rule.")
accept_option = click.option(
    "--accept", multiple=True, metavar="WORD", help="A word or name that is right as it stands."
)
config_option = click.option(
    "--config",
    "config_file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The configuration; without it, the next copydesk.toml or pyproject.toml upwards.",
)
severity_option = click.option(
    "--severity",
    type=click.Choice([severity.value for severity in Severity]),
    default=Severity.SUGGESTION.value,
    show_default=True,
    help="Leave out what is milder.",
)


class Failures:
    """What a command could not do: told on standard error, and the command goes on and exits with 2."""

    def __init__(self) -> None:
        self._told = False

    def __bool__(self) -> bool:
        return self._told

    def tell(self, name: str, why: CopydeskError | str) -> None:
        """`name` is the file, or the place in it, by which the user knows it."""
        self._told = True
        click.echo(f"copydesk: {name}: {why}", err=True)

    def tell_all(self, failures: Sequence[Failure]) -> None:
        """Each of `failures`."""
        for failure in failures:
            self.tell(failure.path, failure.reason)


def require_input(paths: Sequence[str]) -> None:
    """Raises UsageError where there is no path, and nothing comes from standard input either."""
    if not paths and sys.stdin.isatty():
        raise click.UsageError("no path; “-” reads standard input")
