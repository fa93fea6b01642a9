"""One file of a run: what is read of it, what applies to it, what has come out."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

from copydesk.errors import InputError
from copydesk.model import Family, Safety
from copydesk.read import format_of
from copydesk.repository import identity
from copydesk.repository.cache import Entry, digest
from copydesk.repository.config import Configuration, FileConfig
from copydesk.repository.files import name_of
from copydesk.repository.write import reason


@dataclass(frozen=True, slots=True)
class Companion:
    """A file that another is read with: the text that it translates, a glossary."""

    name: str
    data: bytes
    format: str
    language: str | None = None


def companion(path: Path | None, config: Configuration) -> Companion | None:
    """The file that a text is read with. Raises InputError where it cannot be read: the review would be another one."""
    if path is None:
        return None
    name, says = name_of(path, config), config.of(path)
    try:
        return Companion(name, path.read_bytes(), says.format or format_of(name), says.language)
    except OSError as error:
        raise InputError(f"{name}, which it is read with: {reason(error)}") from None


@dataclass(frozen=True, slots=True)
class Task:
    """A text to review. `name` is as it is told to the user; `path` is where it lies, None for standard input.

    With `levels`, its text after the fixes of these levels is wanted too.
    """

    name: str
    path: Path | None
    data: bytes
    format: str
    config: FileConfig
    source: Companion | None = None
    glossary: Companion | None = None
    levels: frozenset[Safety] = frozenset()

    def key(self, engine: str) -> bytes:
        """A digest of all that its findings follow from, with `engine` as the name of the grammar engine."""
        parts = [identity.program(), engine.encode(), self.format.encode(), self.data, settled(self.config)]
        for beside in (self.source, self.glossary):
            if beside is None:
                parts.append(b"")
            else:
                parts.append(digest(repr((beside.format, beside.language)).encode(), beside.data))
        return digest(*parts)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What has come of a task: what was found, and the text after its fixes, or why there is neither."""

    entry: Entry | None = None
    fixed: str | None = None
    failure: str | None = None
    known: bool = False  # from an earlier run


def engine_of(config: FileConfig) -> str:
    """The grammar engine for files that `config` applies to; `none` where their grammar is not to be checked."""
    return config.engine if config.families is None or Family.GRAMMAR in config.families else "none"


def settled(config: FileConfig) -> bytes:
    """A digest of what `config` says; of rules and lexicons what is in them, so that they may lie elsewhere."""
    said: list[str] = []
    for field in fields(config):
        value = getattr(config, field.name)
        if field.name in _BY_CONTENT:
            value = identity.files(value).hex()
        elif field.name in _BESIDE:
            continue
        said.append(repr(sorted(value) if isinstance(value, frozenset) else value))
    return digest(*(part.encode() for part in said))


_BY_CONTENT = frozenset({"packs", "lexicon"})
_BESIDE = frozenset({"source", "glossary"})  # their contents are parts of a key by themselves
