"""A number as it stands in a text, and what it may mean."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import time

from copydesk.model import Span

Reading = float | time
"""What a number may mean. A time of day is one of the twelve hours of the dial: 15:00 and 3 pm are `time(3)`."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A number in a text. Two mentions agree when they share a reading.

    `1.234` has two readings, for a text does not always keep to its locale's marks. `parts` are what the mention
    falls into where it is read as several numbers: the day and the month of `8.30`, the goals of `10:12`. A `loose`
    mention may answer a number of the other text and asks for no answer itself: half, both, “one”, Kyushu's 九.
    """

    span: Span
    readings: tuple[Reading, ...]
    loose: bool = False
    parts: tuple[Mention, ...] = ()

    def agrees(self, other: Mention) -> bool:
        """Whether both may mean the same."""
        return any(reading in other.readings for reading in self.readings)

    def also(self, *readings: Reading) -> Mention:
        """The same mention, which may mean `readings` too."""
        return replace(self, readings=(*self.readings, *readings))
