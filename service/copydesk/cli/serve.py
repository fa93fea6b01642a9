"""`copydesk serve`: the REST service."""

from __future__ import annotations

import os
import shutil
import socket
import sys
from functools import partial
from pathlib import Path
from typing import get_args

import click

from copydesk.folders import make_private
from copydesk.grammar.state import lives
from copydesk.settings import EngineChoice, load_settings

_BACKLOG = 1024  # connections that wait, also while the engines load


@click.command()
@click.option("--host", help="Address to listen at.  [default: 127.0.0.1]")
@click.option("--port", type=click.IntRange(0, 65535), help="Port to listen at; 0 takes a free one.  [default: 8080]")
@click.option(
    "--engine",
    type=click.Choice(get_args(EngineChoice)),
    help="Grammar engine: LanguageTool where it is installed, with the embedded one behind it (auto),"
    " or only one of them.  [default: auto]",
)
@click.option("--workers", type=click.IntRange(1), help="Worker processes.  [default: one a processor]")
@click.option(
    "--env-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    envvar="COPYDESK_ENV_FILE",
    help="Settings (COPYDESK_…=…, one a line) where the environment has none; read again at SIGHUP.",
)
def serve(host: str | None, port: int | None, engine: str | None, workers: int | None, env_file: Path | None) -> None:
    """Run the REST service; its reference is at /docs."""
    read = partial(load_settings, env_file, host=host, port=port, engine=engine, workers=workers)
    settings = read()
    listener = _listen(settings.host, settings.port)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(_figures(settings.run_dir / "metrics"))
    # Imported here because the web framework takes 0.3 s, which the other commands need not pay, and because the
    # library of the metrics looks into the environment when it is imported.
    from copydesk.api.logs import configure
    from copydesk.api.server import run

    configure()
    run(settings, listener, read)


def _figures(folder: Path) -> Path:
    """An empty folder in `folder` for the figures of this service's workers; those of services that ended go."""
    make_private(folder)
    for old in folder.iterdir():
        if not lives(int(old.name)) or int(old.name) == os.getpid():
            shutil.rmtree(old)
    own = folder / str(os.getpid())
    own.mkdir(mode=0o700)
    return own


def _listen(host: str, port: int) -> socket.socket:
    """A socket that listens before anything is loaded: a taken port is told at once, early callers wait."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=_BACKLOG)
    except OSError as error:
        reason = str(error.strerror).partition(" (while")[0]  # the rest repeats the address
        click.echo(f"copydesk: cannot listen at {host}, port {port}: {reason}", err=True)
        sys.exit(2)
