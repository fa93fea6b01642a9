"""What the configuration of a text's own repository says of it: read anew whenever a file of it has changed.

The text that it translates is read as it lies on the disk, also where the editor has it open.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pygls.uris import to_fs_path

from copydesk.names.lexicon import Entry, read_entries
from copydesk.repository.baseline import Baseline
from copydesk.repository.config import Configuration, FileConfig, load_config, locate_config
from copydesk.repository.files import name_of
from copydesk.repository.task import Companion, companion

_Stamp = tuple[tuple[Path, int, int], ...]


@dataclass(frozen=True, slots=True)
class House:
    """What it `says` of one file, and the house forms that it names; `stamp` is of all files that it is read with.

    `source` is the text that it translates, and `glossary` that of the translation; `known` are the fingerprints that
    the baseline has of it. A file that is `left_out` is not checked.
    """

    says: FileConfig = FileConfig()  # noqa: RUF009 (frozen: no two houses can change it)
    entries: tuple[Entry, ...] = ()
    stamp: _Stamp = ()
    left_out: bool = False
    source: Companion | None = None
    glossary: Companion | None = None
    known: frozenset[str] = frozenset()


def house_of(uri: str) -> House:
    """The house of the text at `uri`; one that is in no file has none. Raises ConfigError, InputError, RuleError."""
    name = to_fs_path(uri) if uri.startswith("file:") else None
    if name is None:
        return House()
    path = Path(name)
    _, file = locate_config(path)
    if file is None:
        return House()
    config = _loaded(file, _stamped([file]))
    says = config.of(path)
    beside = [file for file in (says.source, says.glossary, config.baseline) if file is not None]
    return House(
        says,
        _entries(says.lexicon, _stamped(says.lexicon)),
        _stamped([*says.lexicon, *beside]),
        config.excluded(path) is not None,
        companion(says.source, config),
        companion(says.glossary, config),
        _known(config, path),
    )


def _known(config: Configuration, path: Path) -> frozenset[str]:
    """What the baseline has of the file at `path`; nothing where none has been made yet."""
    if config.baseline is None or not config.baseline.exists():
        return frozenset()
    return _baseline(config.baseline, config.root, _stamped([config.baseline])).names_for(name_of(path, config))


@lru_cache(maxsize=16)
def _baseline(file: Path, root: Path, _: _Stamp) -> Baseline:
    return Baseline.read(file, root)


@lru_cache(maxsize=16)
def _loaded(file: Path, _: _Stamp) -> Configuration:
    return load_config(file)


@lru_cache(maxsize=16)
def _entries(lexicon: tuple[Path, ...], _: _Stamp) -> tuple[Entry, ...]:
    return tuple(placed.entry for placed in read_entries(lexicon))


def _stamped(paths: Iterable[Path]) -> _Stamp:
    """When the files at `paths` were last written, and how long they are."""
    files = [file for path in paths for file in (sorted(path.rglob("*.yaml")) if path.is_dir() else [path])]
    told = [(file, file.stat()) for file in files if file.exists()]
    return tuple((file, status.st_mtime_ns, status.st_size) for file, status in told)
