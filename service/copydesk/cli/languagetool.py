"""`copydesk languagetool`: installs LanguageTool, and starts and stops its server."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from copydesk.grammar.install import folder, install, installed
from copydesk.grammar.jars import VERSION, jars
from copydesk.grammar.launch import start, stop, wait_ready
from copydesk.grammar.state import StateFile
from copydesk.settings import Settings, load_settings

_START = 90.0  # seconds


@click.group()
@click.option("--home", type=click.Path(path_type=Path), help="Its folder (COPYDESK_LANGUAGETOOL_HOME).")
@click.pass_context
def languagetool(context: click.Context, home: Path | None) -> None:
    """Install LanguageTool itself, and start and stop its server."""
    context.obj = load_settings(languagetool_home=home)


@languagetool.command("install")
@click.pass_obj
def install_command(settings: Settings) -> None:
    """Fetch LanguageTool and all its languages (264 MB); nothing to do when it is there."""
    home = settings.languagetool_home
    if not installed(home):
        wanted = jars()
        shown = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
        with Progress(*shown, console=Console(stderr=True), transient=True) as progress:
            task = progress.add_task(f"LanguageTool {VERSION}, {len(wanted)} jars", total=sum(j.size for j in wanted))
            install(home, lambda size: progress.advance(task, size), wanted)
    click.echo(f"LanguageTool {VERSION} is installed: {folder(home)}")


@languagetool.command("where")
@click.pass_obj
def where(settings: Settings) -> None:
    """Print the folder that LanguageTool is, or would be, installed in."""
    click.echo(settings.languagetool_home)


@languagetool.command("status")
@click.pass_obj
def status(settings: Settings) -> None:
    """Tell whether LanguageTool is installed and its server ready; exit status 1 when it is not ready."""
    there = folder(settings.languagetool_home) if installed(settings.languagetool_home) else "no"
    click.echo(f"installed: {there}")
    state = StateFile(settings.languagetool_state)
    now = state.read()
    if now is None or not state.running():
        click.echo("server: not running")
    elif not now.ready:
        click.echo(f"server: {now.reason}")
    else:
        click.echo(f"server: ready, LanguageTool {now.version}, {now.url}, process {now.pid}")
        return
    sys.exit(1)


@languagetool.command("start")
@click.option("--idle", type=float, default=900.0, show_default=True, help="Seconds without use until it ends.")
@click.pass_obj
def start_command(settings: Settings, idle: float) -> None:
    """Start the server, unless it runs, and wait until it is ready."""
    state = StateFile(settings.languagetool_state)
    start(settings.languagetool_home, state, idle=idle, memory=settings.languagetool_memory)
    click.echo(f"LanguageTool {VERSION} is ready: {wait_ready(state, _START).url}")


@languagetool.command("stop")
@click.pass_obj
def stop_command(settings: Settings) -> None:
    """Stop the server."""
    ended = stop(StateFile(settings.languagetool_state))
    click.echo("LanguageTool has been stopped" if ended else "LanguageTool was not running")
