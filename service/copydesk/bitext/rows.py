"""What the readers of bilingual files have in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from copydesk.bitext.pairs import UNKNOWN, language_like, language_of, pair_of
from copydesk.errors import InputError
from copydesk.model import Notice, Pair
from copydesk.read.language import DEFAULT

_SAMPLE = 4000  # code points of a side that its language is told by


class Row(NamedTuple):
    """A pair as a file has it. `place` says where: `12` for a line, with the unit's id where it has one."""

    source: str
    target: str
    source_language: str | None
    target_language: str | None
    place: str | None


class Fault(NamedTuple):
    """A row that could not be read, and why; the others were."""

    place: str
    message: str


@dataclass(frozen=True, slots=True)
class Bitext:
    """What a bilingual file holds. `faults` are the rows that could not be read."""

    pairs: tuple[Pair, ...]
    faults: tuple[Fault, ...] = ()
    notices: tuple[Notice, ...] = ()


def bitext_of(
    rows: Sequence[Row | Fault],
    name: str | None,
    source_language: str | None = None,
    target_language: str | None = None,
) -> Bitext:
    """The pairs of `rows`. The languages are for rows that do not tell their own; without them they are identified.

    `name` is the file's, and goes before every place; None where there is no file. Raises UnknownNameError for a
    language given here that is no BCP 47 tag; a row with such a tag is a fault.
    """
    good = [row for row in rows if isinstance(row, Row)]
    notices: list[Notice] = []
    given = [_given(source_language), _given(target_language)]
    if given[0] is None and any(row.source_language is None for row in good):
        given[0], told = _identified([row.source for row in good], UNKNOWN, "source")
        notices += told
    if given[1] is None and any(row.target_language is None for row in good):
        given[1], told = _identified([row.target for row in good], DEFAULT, "target")
        notices += told
    pairs, faults = [], [row._replace(place=_in(name, row.place) or "") for row in rows if isinstance(row, Fault)]
    for row in good:
        place = _in(name, row.place)
        languages = (row.source_language or given[0] or UNKNOWN, row.target_language or given[1] or DEFAULT)
        try:
            pairs.append(pair_of(row.source, row.target, *languages, place))
        except InputError as error:
            faults.append(Fault(place or "", str(error)))
    return Bitext(tuple(pairs), tuple(faults), tuple(notices))


def _in(name: str | None, place: str | None) -> str | None:
    return place if name is None else f"{name}:{place}"


def _given(language: str | None) -> str | None:
    return None if language is None else language_of(language)


def _identified(texts: Sequence[str], assumed: str, side: str) -> tuple[str, list[Notice]]:
    """The language of most of `texts`, or `assumed` and a notice."""
    sample, length = [], 0
    for text in texts:
        sample.append(text)
        length += len(text)
        if length > _SAMPLE:
            break
    language = language_like(" ".join(sample))
    if language is not None:
        return language, []
    message = f"the language of the {side} could not be told with confidence; read as {assumed}"
    return assumed, [Notice("language-assumed", message)]
