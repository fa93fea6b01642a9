"""What a configuration comes to for one file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from copydesk.model import Family, Severity
from copydesk.repository.config_globs import filled, globs_of
from copydesk.repository.config_layers import Layers, Placed
from copydesk.repository.config_schema import Layer, Root
from copydesk.repository.config_toml import Location


@dataclass(frozen=True, slots=True)
class FileConfig:
    """What applies to one file. Two files that are checked alike have equal ones, but for their source texts.

    `severities` are rule ids and families with what they count as: of those that fit, the last wins; `severity` is the
    floor. `format` None: as the name tells; `language` None: as the text tells. `packs` are rule packs. `source` is
    the text that this one translates, if that exists, and `glossary` the terms that the translation is held to.
    """

    families: frozenset[Family] | None = None
    disabled: frozenset[str] = frozenset()
    enabled: frozenset[str] = frozenset()
    severities: tuple[tuple[str, Severity], ...] = ()
    severity: Severity = Severity.SUGGESTION
    accepted: frozenset[str] = frozenset()
    language: str | None = None
    format: str | None = None
    lexicon: tuple[Path, ...] = ()
    packs: tuple[Path, ...] = ()
    engine: str = "auto"
    source: Path | None = None
    glossary: Path | None = None


@dataclass(frozen=True, slots=True)
class Applied:
    """What `says`, the configuration of the texts below `root`, has for the one at `name`, each value with its place.

    `name` counts from the root; None for a file outside of it, of which no glob speaks.
    """

    root: Path
    says: Root
    name: str | None
    layers: Layers

    @classmethod
    def to(cls, root: Path, says: Root, name: str | None) -> Applied:
        """With the layers that are about `name`: the whole file, and the overrides that fit."""
        layers: list[tuple[Location, Layer]] = [((), says)]
        for index, override in enumerate(says.overrides):
            if name is not None and globs_of(override.paths).which(name) is not None:
                layers.append((("overrides", index), override))
        return cls(root, says, name, Layers(layers))

    def config(self) -> FileConfig:
        """All of it, without places."""
        layers, switched = self.layers, self.layers.switched()
        families = layers.scalar("families").value
        source, glossary = self.source()
        return FileConfig(
            families=None if families is None else frozenset(families),
            disabled=frozenset(rule.value for rule in switched["disable"]),
            enabled=frozenset(rule.value for rule in switched["enable"]),
            severities=tuple(one.value for one in layers.severities()),
            severity=layers.scalar("severity", Severity.SUGGESTION).value,
            accepted=frozenset(one.value.word for one in layers.listed("accept")),
            language=layers.scalar("language").value,
            format=self.format().value,
            lexicon=tuple(self.root / one.value for one in layers.listed("lexicon")),
            packs=tuple(self.root / one.value for one in layers.listed("rules")),
            engine=layers.scalar("engine", "auto").value,
            source=source.value,
            glossary=None if glossary.value is None else self.root / glossary.value,
        )

    def format(self) -> Placed:
        """What the file is written in, if that is said: by an override, else by `formats`."""
        told = self.layers.scalar("format")
        if told.at is None and self.name is not None:
            at = globs_of(tuple(self.says.formats)).which(self.name)
            if at is not None:
                glob, form = list(self.says.formats.items())[at]
                return Placed(form, ("formats", glob))
        return told

    def source(self) -> tuple[Placed, Placed]:
        """The text that the file translates, by the first pairing that fits and whose text exists, and the glossary."""
        glossary = self.layers.scalar("glossary")
        for at, candidate in self.sources():
            if candidate.is_file():
                own = self.says.pairs[int(at[1])].glossary
                return Placed(candidate, at), glossary if own is None else Placed(own, (*at, "glossary"))
        return Placed(None), glossary

    def sources(self) -> Iterator[tuple[Location, Path]]:
        """Where the texts that the file may translate would be, with the places of their pairings."""
        for index, pair in enumerate(self.says.pairs):
            found = None if self.name is None else filled(pair.target, pair.source, self.name)
            if found is not None:
                yield ("pairs", index), self.root / found
