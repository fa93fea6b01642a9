"""What commands over a whole corpus share: which texts, each as it is read, one after the other, with progress."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from copydesk.cli.common import STANDARD_INPUT, STDIN, Failures, require_input
from copydesk.errors import CopydeskError, TooLargeError
from copydesk.findings.ignored import Ignored
from copydesk.read import Reading, format_of, is_writable, open_source
from copydesk.repository.config import Configuration, FileConfig
from copydesk.repository.files import chosen, name_of
from copydesk.repository.paths import moved
from copydesk.repository.report import Failure
from copydesk.repository.write import reason, text_of
from copydesk.settings import load_settings

WIDTH = 160  # columns of a table that goes into a file or a pipe


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts at `paths`: files, folders, `-` or nothing for standard input. Of folders those that `config` chooses,
    as `check` does. `language`, where it is said, is that of all."""

    paths: Sequence[str]
    config: Configuration
    language: str | None

    def readings(self, failures: Failures) -> Iterator[tuple[str, Reading]]:
        """Each text by its name, once, without the comments for copydesk; standard input first, then by name.

        What cannot be read is told to `failures`, and the rest goes on. Raises UsageError where there is no path and
        nobody to type.
        """
        require_input(self.paths)
        limit = load_settings().max_text
        console = Console(stderr=True)
        shown = (TextColumn("reading"), BarColumn(), TextColumn("{task.completed:.0f} texts"))
        with Progress(*shown, console=console, transient=True, disable=not console.is_terminal) as progress:
            task = progress.add_task("", total=None)
            for path in self._files(failures):
                name = STANDARD_INPUT if path is None else self._shown(name_of(path, self.config))
                try:
                    reading = self._read(path, name, limit)
                except OSError as error:
                    failures.tell(name, reason(error))
                except CopydeskError as error:
                    failures.tell(name, error)
                else:
                    yield name, Ignored(reading).reading
                    progress.advance(task)

    def _files(self, failures: Failures) -> Iterator[Path | None]:
        """The files; None stands for standard input."""
        if not self.paths or STDIN in self.paths:
            yield None
        named = [path for path in self.paths if path != STDIN]
        yield from chosen(named, self.config, partial(self._tell, failures))

    def _tell(self, failures: Failures, failure: Failure) -> None:
        failures.tell(self._shown(failure.path), failure.reason)

    def _shown(self, name: str) -> str:
        return moved(name, self.config.root, Path.cwd())

    def _read(self, path: Path | None, name: str, limit: int) -> Reading:
        """The text at `path`. Raises InputError, OSError."""
        says = FileConfig() if path is None else self.config.of(path)
        form = says.format or ("text" if path is None else format_of(path.name))
        data = sys.stdin.buffer.read() if path is None else path.read_bytes()
        content = text_of(data) if is_writable(form) else data
        if isinstance(content, str):
            _admit(content, limit)
        reading, _ = open_source(content, format=form, language=self.language or says.language, source=name)
        _admit(reading.view.text, limit)  # of a Word file, whose text is only known now
        return reading


def _admit(text: str, limit: int) -> None:
    """Raises TooLargeError for a text of more than `limit` code points."""
    if len(text) > limit:
        raise TooLargeError(f"{len(text)} code points; the limit is {limit} (COPYDESK_MAX_TEXT)")


def wide_console() -> Console:
    """Standard output; as wide as a report needs where it is no terminal."""
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=WIDTH)
