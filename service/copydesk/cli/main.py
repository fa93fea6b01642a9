"""The group of commands, and the one place that turns errors into exit codes."""

from __future__ import annotations

import sys
from typing import Any

import click

from copydesk import __version__
from copydesk.cli.bitext import bitext
from copydesk.cli.check import check
from copydesk.cli.clean import clean_command
from copydesk.cli.duplicates import duplicates
from copydesk.cli.fix import fix
from copydesk.cli.languagetool import languagetool
from copydesk.cli.lsp import lsp
from copydesk.cli.names import names
from copydesk.cli.rules import rules
from copydesk.cli.serve import serve
from copydesk.errors import CopydeskError


class _Group(click.Group):
    """Ends with the exit code of the error; 2 means that the work could not be done."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except CopydeskError as error:
            click.echo(f"copydesk: {error}", err=True)
            sys.exit(error.exit_code)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="copydesk")
def main() -> None:
    """Find what grammar checkers miss in scraped, translated and hurried text.

    Exit status: 0 clean, 1 findings at or above the severity floor, 2 something could not be done.
    """


for command in (bitext, check, clean_command, duplicates, fix, languagetool, lsp, names, rules, serve):
    main.add_command(command)
