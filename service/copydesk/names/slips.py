"""One-off misspellings of the frequent names of a corpus."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from copydesk.names.corpus import Spelling
from copydesk.names.groups import Group, marks_of
from copydesk.names.lexicon import Lexicon
from copydesk.names.misspelt import SHORTEST, deletes, is_one_slip, is_swapped

OFTEN = 5  # mentions from which a spelling counts as meant, in all texts together


def with_slips(groups: Sequence[Group], lexicon: Lexicon) -> list[Group]:
    """The groups, one-off misspellings moved into the group of the name that was meant.

    Candidates come from an index of the frequent spellings with each letter left out (Garbe's symmetric deletes), as
    within one text; linear in the number of spellings.
    """
    index: defaultdict[str, list[tuple[Spelling, Group]]] = defaultdict(list)
    for group in groups:
        for often in group.members:
            if often.count >= OFTEN and len(often.text) >= SHORTEST:
                for shorter in deletes(often.text.casefold()):
                    index[shorter].append((often, group))
    kept: list[Group] = []
    for group in groups:
        meant = set(_meant(group, index, lexicon))
        if len(meant) == 1:
            meant.pop().slips.append(group.head)
        else:
            kept.append(group)
    return kept


def _meant(group: Group, index: dict[str, list[tuple[Spelling, Group]]], lexicon: Lexicon) -> Iterator[Group]:
    once = group.head
    if group.known or len(group.members) > 1 or once.count > 1 or len(once.text) < SHORTEST:
        return
    if lexicon.given(once.text) is None:
        for shorter in deletes(once.text.casefold()):
            for often, other in index.get(shorter, ()):
                if other is not group and _is_slip(once, often, lexicon):
                    yield other


def _is_slip(once: Spelling, often: Spelling, lexicon: Lexicon) -> bool:
    """Whether `once` is `often` with one slip inside: the same given name stands before it, or two letters are swapped.

    One letter's difference alone is no slip in a corpus: there are a Stickney and a Stickley.
    """
    a, b = once.text.casefold(), often.text.casefold()
    if not is_one_slip(a, b):
        return False
    if once.given and often.given:
        return not marks_of(once, lexicon).isdisjoint(marks_of(often, lexicon))
    return is_swapped(a, b)
