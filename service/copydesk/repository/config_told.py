"""What applies to a file and where that stands, value by value."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from copydesk.model import Severity
from copydesk.read import format_of
from copydesk.repository.config_applied import Applied
from copydesk.repository.config_file import Configuration
from copydesk.repository.config_globs import globs_of
from copydesk.repository.config_layers import Placed
from copydesk.repository.config_toml import shown

DEFAULT = "default"
BY_NAME = "its name"
BY_TEXT = "its text"


@dataclass(frozen=True, slots=True)
class Told:
    """One value under one key, as it is shown; keys that hold lists come once for each item.

    `line` is where it stands in the configuration's file; None: nowhere, and `why` says what it follows from. `reason`
    is what the house wrote beside it.
    """

    key: str
    value: str
    line: int | None = None
    why: str = DEFAULT
    reason: str | None = None


def told(config: Configuration, path: Path) -> list[Told]:
    """All that applies to the file at `path`, in the order in which the reference explains the keys."""
    here, about = _Teller(config), config.about(path)
    layers, switched = about.layers, about.layers.switched()
    source, glossary = about.source()
    return [
        *_chosen(config, path),
        here.one("families", layers.scalar("families"), ", ".join, "all"),
        here.one("severity", layers.scalar("severity"), str, Severity.SUGGESTION.value),
        *here.many("severities", layers.severities(), lambda pair: f"{pair[0]} = {pair[1]}"),
        *here.many("disable", switched["disable"], str),
        *here.many("enable", switched["enable"], str),
        *here.many("accept", layers.listed("accept"), lambda accepted: str(accepted.word)),
        here.one("language", layers.scalar("language"), str, "identified", BY_TEXT),
        here.one("format", about.format(), str, format_of(path.name), BY_NAME),
        *here.many("lexicon", layers.listed("lexicon"), Path.as_posix),
        *here.many("rules", layers.listed("rules"), Path.as_posix),
        here.one("engine", layers.scalar("engine"), str, "auto"),
        *_sources(config, about, source),
        here.one("glossary", glossary, Path.as_posix, "none"),
        here.one("baseline", Placed(config.says.baseline, ("baseline",)), Path.as_posix, "none"),
        here.one("corpus", Placed(config.says.corpus, ("corpus",)), _as_toml, "false"),
        here.one("cache", Placed(config.says.cache, ("cache",)), _as_toml, "true"),
    ]


def _as_toml(switch: bool) -> str:
    return str(switch).lower()


@dataclass(frozen=True, slots=True)
class _Teller:
    config: Configuration

    def one(self, key: str, found: Placed, write: Callable[[Any], str], default: str, why: str = DEFAULT) -> Told:
        at = found.at
        if found.value is None or at is None or (*self.config.at, *at) not in self.config.lines:
            return Told(key, default, why=why)
        return Told(key, write(found.value), self.config.line(at))

    def many(self, key: str, found: Sequence[Placed], write: Callable[[Any], str]) -> Iterator[Told]:
        for one in found:
            yield Told(key, write(one.value), self.config.line(one.at or ()), reason=getattr(one.value, "reason", None))
        if not found:
            yield Told(key, "none")


def _chosen(config: Configuration, path: Path) -> Iterator[Told]:
    """Which globs decide whether the file is checked when its folder is."""
    name = config.relative(path)
    included = None if name is None else globs_of(config.include).which(name)
    for key, globs, at, otherwise in (
        ("include", config.include, included, "all texts"),
        ("exclude", config.exclude, config.excluded(path), "none"),
    ):
        if at is not None:
            yield Told(key, globs[at], config.line((key, at)))
        elif globs:
            yield Told(key, "none of these", config.line((key,)))
        else:
            yield Told(key, otherwise)


def _sources(config: Configuration, about: Applied, source: Placed) -> Iterator[Told]:
    """The text that the file translates, or those that it would if they were there."""
    if source.at is not None:
        yield Told("source", shown(source.value), config.line(source.at))
        return
    missing = [Told("source", f"none: no {shown(place)}", config.line(at)) for at, place in about.sources()]
    yield from missing or [Told("source", "none")]
