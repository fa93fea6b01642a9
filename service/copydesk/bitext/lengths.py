"""How long a translation is, by language pair: Gale and Church (1993), in characters."""

from __future__ import annotations

import math
from functools import cache

from pydantic import BaseModel, ConfigDict, Field

from copydesk.packs.loader import read_yaml, shipped_rules, validate


class LengthModel(BaseModel):
    """`characters` of the target for one of the source, with a `variance` that grows with the source."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    characters: float = Field(gt=0)
    variance: float = Field(gt=0)

    def deviation(self, source: int, target: int) -> float:
        """How many standard deviations a target is off, given both lengths in characters; 0 where both are empty.

        As in the program of the paper's appendix, the variance grows with the mean of both lengths, so that it is
        defined for an empty side too.
        """
        mean = (source + target / self.characters) / 2
        return (target - self.characters * source) / math.sqrt(self.variance * mean) if mean else 0.0


@cache
def length_model(source: str, target: str) -> LengthModel:
    """The model of a pair of languages (BCP 47 tags); by way of English, which is what was measured against."""
    given, wanted = _measured(source), _measured(target)
    scale = wanted.characters
    return LengthModel(
        characters=given.characters / scale,
        variance=max(given.variance / scale**2, wanted.variance / scale**2),
    )


def _measured(language: str) -> LengthModel:
    table = _table()
    return table.get(language.split("-", 1)[0].lower(), table["other"])


@cache
def _table() -> dict[str, LengthModel]:
    path = shipped_rules() / "bitext" / "data" / "lengths.yaml"
    entries, lines = read_yaml(path)
    return {name: validate(LengthModel, entry, path, lines, (name,)) for name, entry in entries.items()}
