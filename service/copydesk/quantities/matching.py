"""Which numbers of two texts have no equal in the other."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass

from copydesk.quantities.mention import Mention, Reading

_MOST = 10_000  # comparisons of what is left; past that, the texts are not of each other
_LONG = 10_000  # from here on, numbers are rounded: 1 234 567 is 1.2 million


@dataclass(frozen=True, slots=True)
class Unmatched:
    """What is left of both texts: the mentions that ask for an equal, and the loose ones."""

    source: tuple[Mention, ...]
    target: tuple[Mention, ...]
    loose_source: tuple[Mention, ...] = ()
    loose_target: tuple[Mention, ...] = ()


def unmatched(source: Sequence[Mention], target: Sequence[Mention]) -> Unmatched:
    """The numbers that stand in one text only, as multisets: translations reorder.

    Sure numbers find each other first; then one's sure and the other's loose ones; then what both fall into where they
    are read as several numbers, unless both sides have such, of which one is then wrong as a whole; last what is
    rounded.
    """
    left, right = list(source), list(target)
    _pair_off(left, right)
    if 0 < len(_sure(left)) * len(_sure(right)) <= _MOST:
        _pair_off_wholes(left, right)
        if not (_has_parts(left) and _has_parts(right)):
            left, right = _apart(left), _apart(right)
            _pair_off(left, right)
        for mention in _sure(right):
            equal = next((m for m in _sure(left) if _rounded(m, mention)), None)
            if equal:
                left.remove(equal)
                right.remove(mention)
    return Unmatched(tuple(_sure(left)), tuple(_sure(right)), tuple(_loose(left)), tuple(_loose(right)))


def _sure(mentions: Sequence[Mention]) -> list[Mention]:
    return [m for m in mentions if not m.loose]


def _loose(mentions: Sequence[Mention]) -> list[Mention]:
    return [m for m in mentions if m.loose]


def _has_parts(mentions: Sequence[Mention]) -> bool:
    return any(m.parts for m in mentions)


def _apart(mentions: Sequence[Mention]) -> list[Mention]:
    return [part for m in mentions for part in (m.parts or (m,))]


def _pair_off_wholes(left: list[Mention], right: list[Mention]) -> None:
    """Takes out what agrees part by part, in either order: 8.30 and 8:30, the day 30.01 and 01.30."""
    for mention in [m for m in right if m.parts]:
        equal = next((m for m in left if m.parts and _parts_agree(m, mention)), None)
        if equal:
            left.remove(equal)
            right.remove(mention)


def _parts_agree(one: Mention, other: Mention) -> bool:
    return any(all(map(Mention.agrees, one.parts, parts)) for parts in (other.parts, other.parts[::-1]))


def _pair_off(left: list[Mention], right: list[Mention]) -> None:
    """Takes out of both lists what agrees, the first ones first; linear in the mentions, for texts may be long."""
    done_left: set[int] = set()
    done_right: set[int] = set()
    for loose_left, loose_right in ((False, False), (False, True), (True, False)):
        waiting: defaultdict[Reading, deque[int]] = defaultdict(deque)
        for i, mention in enumerate(left):
            for reading in mention.readings if mention.loose is loose_left and i not in done_left else ():
                waiting[reading].append(i)
        for j, mention in enumerate(right):
            if mention.loose is loose_right and j not in done_right:
                equal = _first(waiting, mention, done_left)
                if equal is not None:
                    done_left.add(equal)
                    done_right.add(j)
    left[:] = [m for i, m in enumerate(left) if i not in done_left]
    right[:] = [m for j, m in enumerate(right) if j not in done_right]


def _first(waiting: defaultdict[Reading, deque[int]], mention: Mention, done: set[int]) -> int | None:
    """The first that waits for one of the mention's readings."""
    found = []
    for reading in mention.readings:
        queue = waiting[reading]
        while queue and queue[0] in done:
            queue.popleft()
        found += [queue[0]] if queue else []
    return min(found, default=None)


def _rounded(source: Mention, target: Mention) -> bool:
    """Whether the target tells the source's long number in round ones, of two figures."""
    return any(
        isinstance(a, float) and isinstance(b, float) and a >= _LONG and float(f"{a:.2g}") == b
        for a in source.readings
        for b in target.readings
    )
