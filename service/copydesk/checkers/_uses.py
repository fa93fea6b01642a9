"""What each paragraph writes in one of several styles: all that the consistency of a text is judged by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import NamedTuple

from copydesk.cache import Cache, recalled
from copydesk.checkers._bodies import bodies
from copydesk.checkers._drift import reporting_verbs
from copydesk.checkers._narration import MASK, Use, is_narrated, narration
from copydesk.checkers._styles import TOPICS
from copydesk.checkers._variants import spelt
from copydesk.limits import heed_time
from copydesk.model import Document


class Uses(NamedTuple):
    """Those of one paragraph, in the order of the text. `styled` go with the index of their topic, `named` with the row
    of their body; `told` are reporting verbs."""

    styled: tuple[tuple[int, Use], ...]
    spelt: tuple[Use, ...]
    named: tuple[tuple[int, Use], ...]
    told: tuple[Use, ...]


def uses_of(document: Document, cache: Cache | None) -> Iterator[Uses]:
    """The uses in each English paragraph of `document`, outside quotations. They follow from its text alone."""
    text = document.text
    for segment in document.segments:
        heed_time()
        if is_narrated(segment):
            # What goes before and after a paragraph is no word of it; where nothing does, `^` matches.
            before = MASK if segment.span.start else ""
            after = MASK if segment.span.end < len(text) else ""
            said = segment.span.of(text)
            found = recalled(cache, ("uses", before, said, after), partial(_read, before, said, after))
            if any(found):
                yield _moved(found, segment.span.start - len(before))


def _read(before: str, said: str, after: str) -> Uses:
    words = f"{before}{narration(said)}{after}"
    styled = tuple((index, use) for index, topic in enumerate(TOPICS) for use in topic.uses(words))
    return Uses(styled, tuple(spelt(words)), tuple(bodies(words)), tuple(reporting_verbs(words)))


def _moved(uses: Uses, by: int) -> Uses:
    def there(use: Use) -> Use:
        return replace(use, span=use.span.shift(by))

    return Uses(
        tuple((index, there(use)) for index, use in uses.styled),
        tuple(map(there, uses.spelt)),
        tuple((row, there(use)) for row, use in uses.named),
        tuple(map(there, uses.told)),
    )


def grouped(numbered: Iterator[tuple[tuple[int, Use], ...]]) -> dict[int, list[Use]]:
    """The uses by their number, those of each in the order of the text."""
    groups: dict[int, list[Use]] = {}
    for number, use in chain.from_iterable(numbered):
        groups.setdefault(number, []).append(use)
    return {number: sorted(groups[number], key=_start) for number in sorted(groups)}


def _start(use: Use) -> int:
    return use.span.start
