"""The layers of a configuration that hold for one file, and what they come to together.

The file as a whole is the first layer, each override that fits the next, in the order of the file. Later wins. Lists
(`disable`, `enable`, `accept`, `lexicon`, `rules`) and the table `severities` add up; everything else is replaced.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from copydesk.model import Family, Severity
from copydesk.repository.config_schema import Layer
from copydesk.repository.config_toml import Location

_FAMILIES = frozenset(map(str, Family))


@dataclass(frozen=True, slots=True)
class Placed:
    """A value and where it stands in the file; nowhere, when nobody has said anything."""

    value: Any
    at: Location | None = None


@dataclass(frozen=True, slots=True)
class Layers:
    """`layers` are tables with their places, the weakest first."""

    layers: Sequence[tuple[Location, Layer]]

    def scalar(self, key: str, default: object = None) -> Placed:
        """What the last layer that speaks of `key` says."""
        for at, layer in reversed(self.layers):
            if (value := getattr(layer, key, None)) is not None:
                return Placed(value, (*at, key))
        return Placed(default)

    def listed(self, key: str) -> list[Placed]:
        """What all layers list under `key`, in order."""
        return [
            Placed(value, (*at, key, i)) for at, layer in self.layers for i, value in enumerate(getattr(layer, key))
        ]

    def switched(self) -> dict[str, list[Placed]]:
        """The rules that are off (`disable`) and on (`enable`) in the end: a later layer takes back an earlier one."""
        last: dict[str, tuple[str, Location]] = {}
        for at, layer in self.layers:
            for key in ("disable", "enable"):
                for i, rule in enumerate(getattr(layer, key)):
                    last.pop(rule, None)
                    last[rule] = (key, (*at, key, i))
        return {
            key: [Placed(rule, at) for rule, (wish, at) in last.items() if wish == key] for key in ("disable", "enable")
        }

    def severities(self) -> list[Placed]:
        """Pairs of a rule or family and its severity. Of those that fit a finding, the last counts.

        Within one table the order is of no account, as in all TOML: a rule's own wins over its family's.
        """
        found: list[Placed] = []
        for at, layer in self.layers:
            for name in sorted(layer.severities, key=lambda name: name not in _FAMILIES):
                pair: tuple[str, Severity] = (name, layer.severities[name])
                found.append(Placed(pair, (*at, "severities", name)))
        return found
