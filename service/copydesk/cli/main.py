"""The group of commands, and the one place that turns errors into exit codes."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

import click

from copydesk import __version__
from copydesk.errors import CopydeskError

_COMMANDS = {  # by name: the module and what in it is the command
    "baseline": "baseline:baseline",
    "bitext": "bitext:bitext",
    "check": "check:check",
    "clean": "clean:clean_command",
    "config": "config:config_command",
    "duplicates": "duplicates:duplicates",
    "fix": "fix:fix",
    "init": "init:init",
    "keys": "keys:keys",
    "languagetool": "languagetool:languagetool",
    "lsp": "lsp:lsp",
    "names": "names:names",
    "rules": "rules:rules",
    "serve": "serve:serve",
}
_INTERRUPTED = 130  # as a shell tells of a process that Ctrl-C ended: 128 + SIGINT


class _Group(click.Group):
    """Imports a command when it is asked for, since all of them together take a second to import.

    Ends with the exit code of the error; 2 means that the work could not be done.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (the signature of click)
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 (as above)
        if cmd_name not in _COMMANDS:
            return None
        module, name = _COMMANDS[cmd_name].split(":")
        command: click.Command = getattr(import_module(f"copydesk.cli.{module}"), name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except CopydeskError as error:
            click.echo(f"copydesk: {error}", err=True)
            sys.exit(error.exit_code)
        except KeyboardInterrupt:
            sys.exit(_INTERRUPTED)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="copydesk")
def main() -> None:
    """Find what grammar checkers miss in scraped, translated and hurried text.

    Exit status: 0 clean, 1 findings at or above the severity floor, 2 something could not be done.
    """
