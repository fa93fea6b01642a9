"""Misspellings of a name that the document spells right elsewhere: one letter too many, too few, wrong, or swapped."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from copydesk.names.forms import Form, Use, may_be_one
from copydesk.names.lexicon import Lexicon
from copydesk.names.similarity import is_slavic

SHORTEST = 6  # letters; among shorter names a letter's difference is mostly another name
_LONG = 8  # letters from which two uses are enough
_OFTEN = 3  # uses from which a shorter spelling counts as meant
_SHARE = 3  # uses of the right spelling for each of the wrong one, where letters are not merely swapped


@dataclass(frozen=True, slots=True)
class Misspelling:
    """A use of a rare form, and the name that was meant."""

    use: Use
    meant: Form


def misspellings_of(forms: dict[str, Form], lexicon: Lexicon) -> Iterator[Misspelling]:
    """The uses of rare forms that are one edit away from a form used often.

    Candidates come from an index of the frequent forms with each letter left out (Garbe's symmetric deletes), so the
    time is linear in the number of forms. Changes of the first or the last letter are left alone: Parker and Barker,
    Clark and Clarke, Kalinin and Kalinina are other people, Iranian is another word. So is Theatre beside Theater.
    Whole names with the family name first are left alone too: Kim Yong-nam and Kim Jong-nam are two.
    """
    index: dict[str, set[str]] = defaultdict(set)
    for key, form in forms.items():
        if _is_frequent(key, form):
            for shorter in deletes(key):
                index[shorter].add(key)
    for key, form in forms.items() if index else ():
        if len(key) >= SHORTEST and " " not in key and not lexicon.known_by_word(key):
            near = {often for shorter in deletes(key) for often in index.get(shorter, ())} - {key}
            meant = [forms[often] for often in near if _is_slip(form, forms[often], lexicon)]
            if len(meant) == 1:
                yield from (Misspelling(use, meant[0]) for use in form.uses)


def _is_frequent(key: str, form: Form) -> bool:
    """Whether the form may be what another one was meant to be: long, and used often enough."""
    if len(key) < SHORTEST or form.is_weak:
        return False
    return len(form.uses) >= (2 if len(key) >= _LONG else _OFTEN)


def deletes(key: str) -> Iterator[str]:
    """`key`, and `key` with each of its letters left out: what two words one edit apart share."""
    yield key
    yield from (key[:i] + key[i + 1 :] for i in range(len(key)))


def is_one_slip(a: str, b: str) -> bool:
    """Whether `a` and `b`, in lower case, are one edit apart, the first and the last letter being the same.

    Theatre and Theater are two ways to write, and Clark and Clarke two people.
    """
    if a[0] != b[0] or a.startswith(b) or b.startswith(a) or OSA.distance(a, b, score_cutoff=1) != 1:
        return False
    return a[:-1] != b[:-1] and {a[-2:], b[-2:]} != {"er", "re"}


def is_swapped(a: str, b: str) -> bool:
    """Whether two neighbouring letters changed places."""
    return a != b and sorted(a) == sorted(b) and OSA.distance(a, b, score_cutoff=1) == 1


def _is_slip(rare: Form, often: Form, lexicon: Lexicon) -> bool:
    a, b = rare.text.casefold(), often.text.casefold()
    swapped = is_swapped(a, b)
    if len(rare.uses) > 1 and len(rare.uses) * (1 if swapped else _SHARE) >= len(often.uses):
        return False
    if not is_one_slip(a, b) or lexicon.given(a):
        return False
    if rare.is_weak and not (swapped or is_slavic(often.text) or lexicon.by_word(b)):
        return False
    return may_be_one(rare, often, lexicon) is not False
