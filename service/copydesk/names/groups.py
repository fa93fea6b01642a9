"""The spellings of a corpus brought together: keys find the candidates, and nothing is compared outside a key.

Spellings are taken by frequency. Each joins the group whose most frequent spelling it resembles, or founds one; so no
chain of small differences runs from one name to another, and the outcome does not depend on the order of the texts.
A key holds a bounded number of groups, which makes the time linear in the number of spellings.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from copydesk.names.corpus import Spelling
from copydesk.names.fullname import joined
from copydesk.names.keys import keys, shapes
from copydesk.names.lexicon import Lexicon
from copydesk.names.similarity import is_slavic, same_name, similarity

MOST_GIVEN = 30  # given names of a spelling that are compared, the most frequent
_MOST_IN_BUCKET = 32  # groups of one key, the most frequent; a spelling is compared with no more of each key
_SHORTEST = 5  # letters of a name that is grouped by its sound; Kiev and Kyiv are told apart by the lexicon
_RARER = 3  # times that a plain name must be rarer than the one that it is taken for
_ALIKE = 50.0  # per cent of letters that agree, below which one language's spellings of a name hardly ever are


@dataclass(slots=True, eq=False)
class Group:
    """A name while it is being put together. `head` is its most frequent spelling, `slips` its misspellings."""

    head: Spelling
    members: list[Spelling]
    slips: list[Spelling] = field(default_factory=list)
    known: set[str] = field(default_factory=set)  # canonical forms of the lexicon's entries for its members


def groups_of(spellings: Iterable[Spelling], lexicon: Lexicon) -> list[Group]:
    """Each spelling in the group of its name, by sound and lexicon."""
    buckets: defaultdict[str, list[Group]] = defaultdict(list)
    groups: list[Group] = []
    for spelling in sorted(spellings, key=lambda spelling: (-spelling.count, spelling.text)):
        known = {entry.canonical for entry in lexicon.known_by_word(spelling.text)}
        skeletons = shapes(joined(spelling.text))  # a name's keys without those of places, which cost as much again
        near = [group for key in (*skeletons, *map(_entry_key, known)) for group in buckets[key]]
        linked = [group for group in dict.fromkeys(near) if _linked(spelling, known, group, lexicon)]
        if linked:
            group = max(linked, key=lambda group: _closeness(spelling, known, group))
            group.members.append(spelling)
        else:
            group = Group(spelling, [spelling])
            groups.append(group)
            for key in skeletons:
                if len(buckets[key]) < _MOST_IN_BUCKET:
                    buckets[key].append(group)
        for canonical in known - group.known:
            buckets[_entry_key(canonical)].append(group)
        group.known |= known
    return groups


def _entry_key(canonical: str) -> str:
    return f"={canonical}"


def _linked(spelling: Spelling, known: set[str], group: Group, lexicon: Lexicon) -> bool:
    """Whether the spelling is one of the group's name.

    The lexicon decides where it knows both, else the sound for names that look Slavic. Other names are spelt
    differently by their bearers (Reid, Read), and a corpus has both: they need to differ in nothing but diacritics,
    or the same given name and a far more frequent spelling. Whole names, family name first, may differ in hyphens,
    spaces and case: Kim Jong-un, Kim Jong Un.
    """
    if known and group.known:
        return not known.isdisjoint(group.known)
    a, b = spelling.text, group.head.text
    folded_a, folded_b = joined(a), joined(b)
    if folded_a == folded_b:
        return True
    if (
        min(len(a), len(b)) < _SHORTEST
        or " " in a
        or " " in b
        or not fuzz.ratio(folded_a, folded_b, score_cutoff=_ALIKE)
    ):
        return False
    may_differ = is_slavic(a) or is_slavic(b) or _is_slight(spelling, group.head, lexicon)
    return may_differ and same_name(a, b)  # the dearest question last


def _is_slight(rare: Spelling, often: Spelling, lexicon: Lexicon) -> bool:
    """Whether `rare` is far rarer than `often`, after a given name of both."""
    if often.count < _RARER * rare.count or not rare.given or not often.given:
        return False
    return not marks_of(rare, lexicon).isdisjoint(marks_of(often, lexicon))


def _closeness(spelling: Spelling, known: set[str], group: Group) -> tuple[bool, float, int, str]:
    alike = similarity(spelling.text, group.head.text)
    return not known.isdisjoint(group.known), alike, group.head.count, group.head.text


def marks_of(spelling: Spelling, lexicon: Lexicon) -> set[str]:
    """What its given names sound like, or stand for in the lexicon: two that share a mark may be one."""
    marks: set[str] = set()
    for given, _ in spelling.given[:MOST_GIVEN]:
        marks |= keys(given)
        if (entry := lexicon.given(given)) is not None:
            marks.add(_entry_key(entry.canonical))
    return marks
