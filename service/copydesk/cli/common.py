"""What commands over texts share: options, what could not be done, texts at paths."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from copydesk.errors import CopydeskError, TooLargeError
from copydesk.model import Severity
from copydesk.read import SUFFIXES, decode, format_of, is_writable
from copydesk.repository.report import Failure
from copydesk.repository.write import reason

STDIN = "-"
STANDARD_INPUT = "<stdin>"  # as it is called in messages and answers

disable_option = click.option("--disable", multiple=True, metavar="RULE", help="Leave out a rule.")
accept_option = click.option(
    "--accept", multiple=True, metavar="WORD", help="A word or name that is right as it stands."
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


@dataclass(frozen=True, slots=True)
class Source:
    """A text, or the bytes of a Word file, the format it is in, and the name by which the user knows it."""

    name: str
    content: str | bytes
    format: str


def sources(paths: Sequence[str], limit: int, failures: Failures) -> Iterator[Source]:
    """The texts at `paths` (files, folders, `-` for standard input; standard input when there are none).

    Of a folder, the files whose names tell a format that is read. What cannot be read is told to `failures`, and the
    rest goes on. `limit` is in code points. Raises UsageError where there is no path and nobody to type.
    """
    require_input(paths)
    for name in paths or (STDIN,):
        for path in _expand(name):
            try:
                yield _load(path, limit)
            except OSError as error:
                failures.tell(path, reason(error))
            except CopydeskError as error:
                failures.tell(path, error)


def require_input(paths: Sequence[str]) -> None:
    """Raises UsageError where there is no path, and nothing comes from standard input either."""
    if not paths and sys.stdin.isatty():
        raise click.UsageError("no path; “-” reads standard input")


def _expand(name: str) -> Iterator[str]:
    path = Path(name)
    if name != STDIN and path.is_dir():
        yield from (str(p) for p in sorted(path.rglob("*")) if p.suffix.lower() in SUFFIXES and p.is_file())
    else:
        yield name


def _load(name: str, limit: int) -> Source:
    data = sys.stdin.buffer.read() if name == STDIN else Path(name).read_bytes()
    form = format_of(name)
    content = decode(data) if is_writable(form) else data
    if len(content) > limit and isinstance(content, str):
        raise TooLargeError(f"{len(content)} code points; the limit is {limit} (COPYDESK_MAX_TEXT)")
    return Source(STANDARD_INPUT if name == STDIN else name, content, form)
