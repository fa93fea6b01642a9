"""Which files are checked: those that are named, and of folders those that can be read and are not left out."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from copydesk.read import SUFFIXES
from copydesk.repository.config import Configuration
from copydesk.repository.config_globs import Globs
from copydesk.repository.git import root_of
from copydesk.repository.ignoring import Ignoring, ignoring_above
from copydesk.repository.report import Failure
from copydesk.repository.write import reason

_STORES = frozenset({".git", ".hg", ".svn"})  # of what version control keeps for itself


def chosen(
    paths: Sequence[str], config: Configuration, failed: Callable[[Failure], None], *, force_exclude: bool = False
) -> Iterator[Path]:
    """The files at `paths`, sorted, each once, also where several names or links lead to it.

    A file that is named is taken whatever it is; with `force_exclude`, unless the configuration excludes it (a hook
    names the files that changed). Of a folder, `_Folder` tells. What cannot be read is told to `failed`, and the rest
    goes on.
    """
    found: list[Path] = []
    for path in map(Path, paths):
        try:
            if path.is_dir():
                found += _Folder(config, failed).files(path)
            elif not force_exclude or config.excluded(path) is None:
                path.stat()
                found.append(path)
        except OSError as error:
            failed(Failure(name_of(path, config), _why(path, error)))
    seen: set[Path] = set()
    for path in sorted(found, key=lambda path: Path(name_of(path, config))):
        place = path.resolve()
        if place not in seen:
            seen.add(place)
            yield path


def name_of(path: Path, config: Configuration) -> str:
    """How the user is told of a file: from the configuration's root, with `/` between parts; outside of it, it begins
    with `..`, or is absolute if it was given so."""
    return config.relative(path) or (str(path) if path.is_absolute() else os.path.relpath(path, config.root))


class _Folder:
    """The files of a folder whose names tell a format, or to which the configuration gives one.

    Left out are what `.gitignore` or the configuration leaves out, repositories within the folder (submodules and
    clones: other people's), and folders behind links.
    """

    def __init__(self, config: Configuration, failed: Callable[[Failure], None]) -> None:
        self._config, self._failed = config, failed
        self._include = Globs(config.include) if config.include else None
        self._exclude = Globs(config.exclude)

    def files(self, folder: Path) -> Iterator[Path]:
        """All of them, as paths that begin as `folder` does. Raises OSError for a pattern file above it."""
        absolute = folder.resolve()
        root = root_of(absolute) or self._config.root
        yield from self._walk(folder, absolute, ignoring_above(absolute, root), named=True)

    def _walk(self, folder: Path, absolute: Path, ignoring: Ignoring, *, named: bool = False) -> Iterator[Path]:
        try:
            ignoring = ignoring.within(absolute)
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            self._failed(Failure(name_of(folder, self._config), reason(error)))
            return
        if not named and any(entry.name == ".git" for entry in entries):
            return
        for entry in entries:
            path, place = folder / entry.name, absolute / entry.name
            if entry.is_dir(follow_symlinks=False):
                if entry.name not in _STORES and not self._left_out(place, ignoring, "/"):
                    yield from self._walk(path, place, ignoring)
            elif self._is_text(place) and not self._left_out(place, ignoring, "") and self._is_there(path):
                yield path

    def _left_out(self, place: Path, ignoring: Ignoring, end: str) -> bool:
        if ignoring.ignores(place.as_posix() + end):
            return True
        name = self._config.relative(place)
        if name is None:  # globs speak of what is under the root
            return False
        if self._exclude.which(name + end) is not None:
            return True
        return not end and self._include is not None and self._include.which(name) is None

    def _is_text(self, place: Path) -> bool:
        return place.suffix.lower() in SUFFIXES or self._config.format(place) is not None

    def _is_there(self, path: Path) -> bool:
        """Whether there is a file behind the name; a link that leads nowhere is told, one to a folder passed over."""
        try:
            if path.is_dir():
                return False
            path.stat()
        except OSError as error:
            self._failed(Failure(name_of(path, self._config), _why(path, error)))
            return False
        if not path.is_file():
            self._failed(Failure(name_of(path, self._config), "not a file: a pipe, socket or device"))
            return False
        return True


def _why(path: Path, error: OSError) -> str:
    if path.is_symlink():
        return f"a broken link: {reason(error)}"
    return reason(error)
