"""The names of a corpus with all their spellings: which one to keep, and what the others are beside it."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum

from copydesk.names.corpus import Spelling
from copydesk.names.groups import MOST_GIVEN, Group, groups_of, marks_of
from copydesk.names.lexicon import Entry, Lexicon
from copydesk.names.misspelt import is_swapped
from copydesk.names.slips import OFTEN, with_slips


class Role(StrEnum):
    """What a spelling is beside the one to keep."""

    KEEP = "keep"
    VARIANT = "variant"
    NAMESAKE = "namesake"  # the surname of other people, by the given names before it
    MISSPELLING = "misspelling"  # used once, one letter away from a frequent spelling
    ALSO = "also"  # the name in another language or at another time, by the lexicon: right in its place


@dataclass(frozen=True, slots=True)
class Listed:
    """A spelling in its group."""

    spelling: Spelling
    role: Role


@dataclass(frozen=True, slots=True)
class Name:
    """One name and all its spellings: the one to keep first, if the corpus uses it, then by frequency.

    `kind` is the lexicon's, or `person` where a known given name stands before it, else empty.
    """

    text: str
    kind: str
    in_lexicon: bool
    spellings: tuple[Listed, ...]

    @property
    def is_mixed(self) -> bool:
        """Whether it stands in several spellings, names of other languages and times apart."""
        return sum(listed.role is not Role.ALSO for listed in self.spellings) > 1

    @property
    def count(self) -> int:
        """Mentions in all spellings."""
        return sum(listed.spelling.count for listed in self.spellings)


def grouped(spellings: Iterable[Spelling], lexicon: Lexicon) -> list[Name]:
    """The names of the corpus, the most frequent first, equals by the alphabet."""
    with _collector_off():
        names = [_name(group, lexicon) for group in with_slips(groups_of(spellings, lexicon), lexicon)]
    return sorted(names, key=lambda name: (-name.count, name.text))


@contextmanager
def _collector_off() -> Iterator[None]:
    """No cyclic garbage is made here, and looking for it among millions of live objects took a quarter of the time."""
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()


def _name(group: Group, lexicon: Lexicon) -> Name:
    known = group.members if group.known else ()
    entries = [entry for member in known for entry in lexicon.known_by_word(member.text)]
    keep = _keep(group, entries, lexicon)
    shown = next((member for member in group.members if member.text.casefold() == keep.casefold()), None)
    rest = [member for member in group.members if member is not shown]
    marks = marks_of(shown or group.head, lexicon) if rest else set()
    others = [Listed(member, _role(member, group.head, marks, lexicon)) for member in rest]
    slips = [Listed(slip, Role.MISSPELLING) for slip in sorted(group.slips, key=lambda slip: slip.text)]
    listed = ([Listed(shown, Role.KEEP)] if shown else []) + others + slips
    return Name(keep, _kind(group, entries, lexicon), bool(entries), tuple(listed))


def _role(member: Spelling, head: Spelling, marks: set[str], lexicon: Lexicon) -> Role:
    """What `member` is beside the most frequent spelling and the `marks` of the given names of the one to keep."""
    if lexicon.also_by_word(member.text):
        return Role.ALSO
    own = marks_of(member, lexicon)
    if own and marks and own.isdisjoint(marks):
        return Role.NAMESAKE
    once = member.count == 1 and head.count >= OFTEN
    swapped = once and is_swapped(member.text.casefold(), head.text.casefold())
    return Role.MISSPELLING if swapped else Role.VARIANT


def _keep(group: Group, entries: Sequence[Entry], lexicon: Lexicon) -> str:
    """The form of a house entry in any case, the shipped lexicon's if the corpus uses it, else the majority's.

    As in the review of one text: a form that the corpus never uses would change every mention. Where two entries want
    different forms, the majority decides.
    """
    house = {entry.head(entry.canonical) for entry in entries if lexicon.find_house(entry.canonical) == entry}
    if len(house) == 1:
        return house.pop()
    used = {member.text.casefold() for member in group.members}
    heads = {head for entry in entries if (head := entry.head(entry.canonical)).casefold() in used}
    return heads.pop() if len(heads) == 1 else group.head.text


def _kind(group: Group, entries: Sequence[Entry], lexicon: Lexicon) -> str:
    if entries:
        return entries[-1].kind
    given = (text for member in group.members for text, _ in member.given[:MOST_GIVEN])
    whole = " " in group.head.text  # not in the lexicon, so a family name and a given name
    return "person" if whole or any(lexicon.given(text) is not None for text in given) else ""
