"""What commands over a whole corpus share: its texts as they are read, one after the other, with progress."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from copydesk.cli.common import Failures, sources
from copydesk.errors import CopydeskError
from copydesk.findings.ignored import Ignored
from copydesk.read import Reading, open_source
from copydesk.settings import load_settings

WIDTH = 160  # columns of a table that goes into a file or a pipe


def readings(paths: Sequence[str], language: str | None, failures: Failures) -> Iterator[tuple[str, Reading]]:
    """Each text at `paths` by its name, once also where a path is given twice; without the comments for copydesk.

    What cannot be read is told to `failures`, and the rest goes on.
    """
    seen: set[str] = set()
    console = Console(stderr=True)
    shown = (TextColumn("reading"), BarColumn(), TextColumn("{task.completed:.0f} texts"))
    with Progress(*shown, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("", total=None)
        for source in sources(paths, load_settings().max_text, failures):
            if source.name in seen:
                continue
            seen.add(source.name)
            try:
                reading, _ = open_source(source.content, format=source.format, language=language, source=source.name)
            except CopydeskError as error:
                failures.tell(source.name, error)
                continue
            yield source.name, Ignored(reading).reading
            progress.advance(task)


def wide_console() -> Console:
    """Standard output; as wide as a report needs where it is no terminal."""
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=WIDTH)
