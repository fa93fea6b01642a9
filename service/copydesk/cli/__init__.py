"""The command line, one module a command."""

from copydesk.cli.main import main

__all__ = ["main"]
