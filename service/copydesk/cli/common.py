"""What commands over texts share: their options, the desk, the files."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any

import click

from copydesk.cache import open_cache
from copydesk.checkers.second_reader import RULES
from copydesk.errors import CopydeskError, InputError, TooLargeError
from copydesk.findings.suppress import Filter
from copydesk.grammar import grammar_source
from copydesk.model import Family, Review, Severity
from copydesk.pipeline import Desk, Options, parse_families
from copydesk.read import FORMATS, SUFFIXES, decode, format_of, is_writable
from copydesk.secondreader import second_reader
from copydesk.settings import Settings, load_settings

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
_OPTIONS = (
    click.argument("paths", nargs=-1, metavar="PATH…", type=str),
    click.option("--language", help="BCP 47 tag, such as en-GB; identified when not given."),
    click.option("--family", "families", multiple=True, metavar="NAME", help=f"Only these: {', '.join(Family)}."),
    disable_option,
    click.option("--enable", multiple=True, metavar="RULE", help="An engine's rule that is off by default."),
    accept_option,
    severity_option,
    click.option(
        "--rules",
        "packs",
        multiple=True,
        type=click.Path(path_type=Path),
        help="A rule pack of your own, file or folder.",
    ),
    click.option(
        "--engine",
        type=click.Choice(["auto", "embedded", "languagetool", "none"]),
        default="auto",
        show_default=True,
        help="The grammar engine; a named one must answer.",
    ),
    click.option(
        "--reader",
        is_flag=True,
        help="Send the text to the language model of COPYDESK_READER_URL for a second reading.",
    ),
    click.option("--no-cache", is_flag=True, help="Check a paragraph again each time that it stands somewhere."),
    click.option(
        "--as",
        "form",
        type=click.Choice(FORMATS),
        help="What the texts are written in; without it, what their names tell (.md, .html, .srt …), else text.",
    ),
)


class Failures:
    """What a command could not do: told on standard error at once, and the command goes on and exits with 2."""

    def __init__(self) -> None:
        self._told = False

    def __bool__(self) -> bool:
        return self._told

    def tell(self, name: str, why: CopydeskError | str) -> None:
        """`name` is the file, or the place in it, by which the user knows it."""
        self._told = True
        click.echo(f"copydesk: {name}: {why}", err=True)


@dataclass(frozen=True, slots=True)
class Source:
    """A text, or the bytes of a Word file, the format it is in, and the name by which the user knows it."""

    name: str
    content: str | bytes
    format: str

    @property
    def text(self) -> str:
        """The text itself. Raises InputError for a file that is none, and so cannot be written back."""
        if isinstance(self.content, bytes):
            raise InputError("a Word file cannot be written back; review it without --write")
        return self.content


@dataclass(frozen=True, slots=True)
class Asked:
    """What the user asked of a command over texts."""

    paths: tuple[str, ...]
    language: str | None
    options: Options
    desk: Desk
    limit: int  # code points of a text
    form: str | None = None  # the format of every text; None: as their names tell

    def sources(self, failures: Failures) -> Iterator[Source]:
        """The texts at the paths; what cannot be read is told to `failures`. Raises UsageError, as `sources`."""
        return sources(self.paths, self.limit, failures, self.form)

    def review(self, source: Source, options: Options | None = None) -> Review:
        """The review of one of them. Raises InputError, EngineError."""
        chosen = options or self.options
        return self.desk.review(
            source.content, chosen, format=source.format, language=self.language, source=source.name
        )


def review_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The arguments and options of every command that reviews texts; the command gets them as one `Asked`."""

    @wraps(command)
    def asked(
        paths: tuple[str, ...],
        language: str | None,
        families: tuple[str, ...],
        disable: tuple[str, ...],
        enable: tuple[str, ...],
        accept: tuple[str, ...],
        severity: str,
        packs: tuple[Path, ...],
        engine: str,
        reader: bool,
        no_cache: bool,
        form: str | None,
        **own: Any,
    ) -> Any:
        wanted = Filter(
            families=parse_families(families) if families else None,
            disabled=frozenset(disable),
            severity=Severity(severity),
            accepted=frozenset(accept),
        )
        settings = load_settings(cache_bytes=0 if no_cache else None)
        model = second_reader(settings) if reader else None
        options = Options(filter=wanted, enabled=frozenset(enable), reader=model)
        desk = _open_desk(engine, packs, options, settings)
        return command(Asked(paths, language, options, desk, settings.max_text, form), **own)

    for option in reversed(_OPTIONS):
        asked = option(asked)
    return asked


def _open_desk(engine: str, packs: Sequence[Path], options: Options, settings: Settings) -> Desk:
    """A desk with the engine asked for; engines load only when the grammar family is wanted.

    Raises RuleError, EngineError, and UnknownNameError for a disabled rule of ours that does not exist.
    """
    cache, grammar = open_cache(settings), None
    if engine != "none" and options.filter.wants(Family.GRAMMAR):
        grammar = grammar_source(settings, engine, interactive=True, cache=cache)
    desk = Desk.with_rules(packs, grammar=grammar, cache=cache)
    for rule in options.filter.disabled:
        if "/" in rule and rule not in RULES:
            desk.rules[rule]
    return desk


def sources(paths: Sequence[str], limit: int, failures: Failures, form: str | None = None) -> Iterator[Source]:
    """The texts at `paths` (files, folders, `-` for standard input; standard input when there are none).

    Of a folder, the files whose names tell a format that is read. What cannot be read is told to `failures`, and the
    rest goes on. `limit` is in code points; `form` is the format of all. Raises UsageError where there is no path and
    nobody to type.
    """
    if not paths and sys.stdin.isatty():
        raise click.UsageError("no path; “-” reads standard input")
    for name in paths or (STDIN,):
        for path in _expand(name):
            try:
                yield _load(path, limit, form)
            except OSError as error:
                failures.tell(path, reason(error))
            except CopydeskError as error:
                failures.tell(path, error)


def reason(error: OSError) -> str:
    """Why a file cannot be read or written, without its path, which stands before it."""
    return error.strerror or type(error).__name__


def _expand(name: str) -> Iterator[str]:
    path = Path(name)
    if name != STDIN and path.is_dir():
        yield from (str(p) for p in sorted(path.rglob("*")) if p.suffix.lower() in SUFFIXES and p.is_file())
    else:
        yield name


def _load(name: str, limit: int, form: str | None) -> Source:
    data = sys.stdin.buffer.read() if name == STDIN else Path(name).read_bytes()
    form = form or format_of(name)
    content = decode(data) if is_writable(form) else data
    if len(content) > limit and isinstance(content, str):
        raise TooLargeError(f"{len(content)} code points; the limit is {limit} (COPYDESK_MAX_TEXT)")
    return Source(STANDARD_INPUT if name == STDIN else name, content, form)
