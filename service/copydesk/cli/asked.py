"""What commands over files share: which files, what applies to each, the run over them, the report."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from platformdirs import user_cache_path
from rich.console import Console

from copydesk.cli.common import STANDARD_INPUT, STDIN, config_option, require_input
from copydesk.cli.flags import Flags, text_options
from copydesk.errors import CopydeskError, InputError, TooLargeError
from copydesk.model import Safety
from copydesk.read import format_of, is_writable
from copydesk.repository.cache import FOLDER, DiskCache
from copydesk.repository.config import Configuration, find_config, load_config
from copydesk.repository.files import chosen, name_of
from copydesk.repository.paths import moved
from copydesk.repository.report import Failure, Report
from copydesk.repository.run import Plan, Run, review_files
from copydesk.repository.task import Task, companion
from copydesk.repository.write import reason
from copydesk.settings import load_settings

if TYPE_CHECKING:
    from copydesk.packs import RuleBook

_OPTIONS = (
    click.argument("paths", nargs=-1, metavar="PATH…", type=str),
    config_option,
    click.option("--force-exclude", is_flag=True, help="Leave out what the configuration excludes also when named."),
    click.option("--stdin-filename", metavar="PATH", help="What standard input is called, and configured as."),
    click.option("--jobs", type=click.IntRange(1), help="Processes at most.  [default: one a processor]"),
    click.option("--no-cache", is_flag=True, help="Check everything again, known from an earlier run or not."),
    click.option(
        "--reader",
        is_flag=True,
        help="Send the text to the language model of COPYDESK_READER_URL for a second reading.",
    ),
)
_BYTES = 4  # of a code point in UTF-8 and UTF-16, at most


@dataclass(frozen=True, slots=True)
class Asked:
    """What the user asked of a command over files."""

    paths: tuple[str, ...]
    flags: Flags
    config: Configuration
    plan: Plan
    force_exclude: bool = False
    stdin_filename: str | None = None

    def files(self, failures: list[Failure]) -> Iterator[Path]:
        """The files at the paths. What cannot be read is added to `failures`."""
        return chosen(self.paths, self.config, failures.append, force_exclude=self.force_exclude)

    def tasks(self, failures: list[Failure], levels: frozenset[Safety] = frozenset()) -> list[Task]:
        """The texts at the paths, read; without a path or for `-`, standard input. Raises UsageError for neither."""
        require_input(self.paths)
        if self.paths in ((), (STDIN,)):
            return [self._of_stdin(levels)]
        if STDIN in self.paths:
            raise click.UsageError("“-” is standard input and goes with no other path")
        found = (self.task(path, failures, levels) for path in self.files(failures))
        return [task for task in found if task is not None]

    def task(
        self, path: Path, failures: list[Failure], levels: frozenset[Safety] = frozenset(), data: bytes | None = None
    ) -> Task | None:
        """The file at `path`, or `data` in its place; None, and a failure, where it cannot be read."""
        name, config = name_of(path, self.config), self.flags.over(self.config.of(path))
        form = config.format or format_of(name)
        try:
            limit = self.plan.settings.max_text
            if data is None and is_writable(form) and (size := path.stat().st_size) > _BYTES * (limit + 1):
                raise TooLargeError(f"{size} bytes; the limit is {limit} code points (COPYDESK_MAX_TEXT)")
            return Task(
                name=name,
                path=path,
                data=path.read_bytes() if data is None else data,
                format=form,
                config=config,
                source=companion(config.source, self.config),
                glossary=companion(config.glossary, self.config),
                levels=levels,
            )
        except OSError as error:
            failures.append(Failure(name, reason(error)))
        except CopydeskError as error:
            failures.append(Failure(name, str(error)))
        return None

    def run(self, tasks: list[Task]) -> Run:
        """The review of all of `tasks`, with progress on a terminal."""
        console = Console(stderr=True)
        if not console.is_terminal or len(tasks) < 2:
            return review_files(tasks, self.plan)
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn  # here, where it is seen

        shown = (TextColumn("reviewing"), BarColumn(), MofNCompleteColumn())
        with Progress(*shown, console=console, transient=True) as progress:
            bar = progress.add_task("", total=len(tasks))
            return review_files(tasks, self.plan, lambda: progress.advance(bar))

    def report(self, run: Run, unread: Sequence[Failure]) -> Report:
        """What every output is made of; `unread` are the files that did not come as far as `run`."""
        packs = tuple(dict.fromkeys(pack for one in run.reviewed for pack in one.task.config.packs))
        failures = sorted([*unread, *run.failures], key=lambda failure: failure.path)
        return Report(str(self.config.root), run.reviews, partial(_rules, packs), tuple(failures))

    def shown(self, name: str) -> str:
        """A file's name as people are told it: from where they stand."""
        return moved(name, self.config.root, Path.cwd())

    def _of_stdin(self, levels: frozenset[Safety]) -> Task:
        data = sys.stdin.buffer.read()
        if not data and not self.paths and self.stdin_filename is None:  # a job in CI that forgot its paths
            raise click.UsageError("no path, and nothing on standard input; “.” is this folder")
        if self.stdin_filename is None:
            config = self.flags.over(self.config.of(self.config.root / STANDARD_INPUT))
            return Task(STANDARD_INPUT, None, data, config.format or "text", config, levels=levels)
        failures: list[Failure] = []
        task = self.task(Path(self.stdin_filename), failures, levels, data)
        if task is None:
            raise InputError(f"{failures[0].path}: {failures[0].reason}")
        return replace(task, path=None)


def file_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The arguments and options of every command over files; the command gets them as one `Asked`."""

    @wraps(command)
    def asked(
        paths: tuple[str, ...],
        flags: Flags,
        config_file: Path | None,
        force_exclude: bool,
        stdin_filename: str | None,
        jobs: int | None,
        no_cache: bool,
        reader: bool,
        **own: Any,
    ) -> Any:
        settings = load_settings(cache_bytes=0 if no_cache else None)
        config = configuration(config_file, paths, stdin_filename)
        cache = DiskCache(_cache_folder(config)) if config.cache and not no_cache else None
        plan = Plan(settings, jobs or settings.workers, cache, remember=not no_cache, reader=reader)
        return command(Asked(paths, flags, config, plan, force_exclude, stdin_filename), **own)

    wrapped = text_options(asked)
    for option in reversed(_OPTIONS):
        wrapped = option(wrapped)
    return wrapped


def configuration(file: Path | None, paths: tuple[str, ...], stdin_filename: str | None = None) -> Configuration:
    """The configuration that is named, or that is found upwards of the first path. Raises ConfigError.

    Without one, and outside of a git repository, files are told as seen from the working directory.
    """
    if file is not None:
        return load_config(file)
    first = next((path for path in paths if path != STDIN), stdin_filename)
    found = find_config(Path.cwd() if first is None else Path(first))
    return found if _has_root(found) else Configuration(Path.cwd())


def _cache_folder(config: Configuration) -> Path:
    """At the root of what has one, as other tools do it; else the user's: nothing is left in other people's folders."""
    return config.root / FOLDER if _has_root(config) else user_cache_path("copydesk") / "reviews"


def _has_root(config: Configuration) -> bool:
    return config.path is not None or (config.root / ".git").exists()


def _rules(packs: tuple[Path, ...]) -> RuleBook:
    # Imported here because only outputs that explain rules ask for them.
    from copydesk.packs import load_packs, shipped_rules

    return load_packs([shipped_rules(), *packs])
