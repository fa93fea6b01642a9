"""What a number counts: currencies and units of length, area, mass and temperature, in any language at once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pydantic import BaseModel, ConfigDict

from copydesk.model import Span
from copydesk.packs.loader import read_yaml, shipped_rules, validate
from copydesk.quantities.mention import Mention
from copydesk.quantities.vocabulary import INDIC_LETTER

MONEY = "money"
_LONGEST = 14  # letters of a word's beginning that are looked up
_ROUNDED = 0.06  # of the value: “20 km (12 miles)” is 3 per cent off


class _Unit(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    factor: float
    zero: float = 0
    words: str


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    units: dict[str, dict[str, _Unit]]
    currencies: dict[str, str]


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit or currency. `factor` turns a value into the dimension's first unit, `zero` is what it calls nought."""

    name: str
    dimension: str
    factor: float = 1
    zero: float = 0

    def squared(self) -> Unit:
        """The unit of area with this one's side; anything but a length stays what it is."""
        return Unit(f"square {self.name}", "area", self.factor**2) if self.dimension == "length" else self

    def converts(self, value: float, other: Unit, into: float) -> bool:
        """Whether `value` of this unit is `into` of the other, as nearly as people convert."""
        if self.dimension != other.dimension or self.dimension == MONEY or self.name == other.name:
            return False
        here, there = (value - self.zero) * self.factor, (into - other.zero) * other.factor
        return abs(here - there) <= max(_ROUNDED * abs(here), 0.6 * other.factor)


@dataclass(frozen=True, slots=True)
class Measure:
    """The units that a word beside a number may mean, and where that word stands. `¥` is of two countries."""

    span: Span
    units: tuple[Unit, ...]

    def shares(self, other: Measure) -> bool:
        """Whether both may be the same unit."""
        return any(unit in other.units for unit in self.units)


_SQUARE = re.compile(r"(?:square|sq\.?|квадратн\w+|кв\.?|kwadratow\w+|čtverečn\w+|वर्ग)\s?", re.IGNORECASE)
_SQUARED = re.compile(r"\w*(?:[2²]|\s(?:cuadrad|carré|quadrat|kwadrat)\w*)", re.IGNORECASE)
_AFTER = re.compile(r"\.?[\s‑-]?\s?(?:of\s|de\s|d['’]|di\s|US[ -])?", re.IGNORECASE)
_SIGN_BEFORE = re.compile(r"([$€£₽₴₸₹¥￥]|\b(?:[A-Z]{3}|US\$))\s?$")
_WORD = re.compile(rf"{INDIC_LETTER}+²?|[$€£₽₴₸₹¥℃℉°]\s?[CFСcf]?")


def measure_of(text: str, mention: Mention) -> Measure | None:
    """The unit or currency that the number `mention` of `text` counts; None where its neighbours are none."""
    start, end = mention.span.start, mention.span.end
    before = _SIGN_BEFORE.search(text, max(0, start - 5), start)
    words, stems = _words()
    if before:
        money = words.get(before[1].lower(), ())
        if money:
            return Measure(Span(*before.span(1)), money)
    gap = _AFTER.match(text, end)
    at = gap.end() if gap else end
    square = _SQUARE.match(text, at)
    word = _WORD.match(text, square.end() if square else at)
    if not word:
        return None
    name = word[0].lower().replace(" ", "")
    units = words.get(name) or _longest(name, words if not name.isascii() else {}, stems)
    if not units:
        return _square_prefixed(word, name, words, stems)
    if square or _SQUARED.match(text, word.end()):
        units = tuple(unit.squared() for unit in units)
    return Measure(Span(*word.span()), units)


def _longest(name: str, words: dict[str, tuple[Unit, ...]], stems: dict[str, tuple[Unit, ...]]) -> tuple[Unit, ...]:
    """The units of the longest beginning of `name`. Text without spaces goes on after its unit, so whole words of such
    scripts count as beginnings."""
    for end in range(min(len(name), _LONGEST), 0, -1):
        units = stems.get(name[:end])
        if units is None and name[0] >= "\u3040":
            units = words.get(name[:end])
        if units:
            return units
    return ()


def _square_prefixed(
    word: re.Match[str], name: str, words: dict[str, tuple[Unit, ...]], stems: dict[str, tuple[Unit, ...]]
) -> Measure | None:
    """German writes the square into the word: Quadratkilometer."""
    if not name.startswith("quadrat"):
        return None
    rest = name.removeprefix("quadrat")
    units = words.get(rest) or _longest(rest, {}, stems)
    return Measure(Span(*word.span()), tuple(unit.squared() for unit in units)) if units else None


@cache
def _words() -> tuple[dict[str, tuple[Unit, ...]], dict[str, tuple[Unit, ...]]]:
    """The units by their words, and by the beginnings of words. Raises RuleError."""
    path = shipped_rules() / "quantities" / "measures.yaml"
    entry, lines = read_yaml(path)
    table = validate(_Table, entry, path, lines, ())
    named = [
        (Unit(name, dimension, unit.factor, unit.zero), unit.words)
        for dimension, units in table.units.items()
        for name, unit in units.items()
    ] + [(Unit(name, MONEY), forms) for name, forms in table.currencies.items()]
    words: dict[str, tuple[Unit, ...]] = {}
    stems: dict[str, tuple[Unit, ...]] = {}
    for unit, forms in named:
        for form in forms.split():
            where, key = (stems, form[:-1]) if form.endswith("*") else (words, form)
            where[key] = (*where.get(key, ()), unit)
    return words, stems
