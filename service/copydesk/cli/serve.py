"""`copydesk serve`: the REST service."""

from __future__ import annotations

import logging
import socket
import sys
from typing import get_args

import click

from copydesk.settings import EngineChoice, load_settings

_BACKLOG = 1024  # connections that wait, also while the engines load


@click.command()
@click.option("--host", help="Address to listen at.  [default: 127.0.0.1]")
@click.option("--port", type=click.IntRange(0, 65535), help="Port to listen at; 0 takes a free one.  [default: 8000]")
@click.option(
    "--engine",
    type=click.Choice(get_args(EngineChoice)),
    help="Grammar engine: LanguageTool where it is installed, with the embedded one behind it (auto),"
    " or only one of them.  [default: auto]",
)
@click.option("--workers", type=click.IntRange(1), help="Worker processes.  [default: one a processor]")
def serve(host: str | None, port: int | None, engine: str | None, workers: int | None) -> None:
    """Run the REST service; its reference is at /docs."""
    settings = load_settings(host=host, port=port, engine=engine, workers=workers)
    logging.basicConfig(level=logging.WARNING, format="copydesk: %(message)s")
    listener = _listen(settings.host, settings.port)
    # Imported here because the web framework takes 0.3 s, which the other commands need not pay.
    from copydesk.api.server import run

    run(settings, listener)


def _listen(host: str, port: int) -> socket.socket:
    """A socket that listens before anything is loaded: a taken port is told at once, early callers wait."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=_BACKLOG)
    except OSError as error:
        reason = str(error.strerror).partition(" (while")[0]  # the rest repeats the address
        click.echo(f"copydesk: cannot listen at {host}, port {port}: {reason}", err=True)
        sys.exit(2)
