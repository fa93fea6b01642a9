"""One-off misspellings of a name that the document uses often: one letter too many, too few, wrong, or swapped."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from copydesk.names.forms import Form, Use, may_be_one
from copydesk.names.lexicon import Lexicon
from copydesk.names.similarity import is_slavic

_SHORTEST = 6  # letters; among shorter names a letter's difference is mostly another name
_OFTEN = 3  # uses from which a spelling counts as meant


@dataclass(frozen=True, slots=True)
class Misspelling:
    """A form used once, and the name that was meant."""

    use: Use
    meant: Form


def misspellings_of(forms: dict[str, Form], lexicon: Lexicon) -> Iterator[Misspelling]:
    """The forms used once that are one edit away from a form used often.

    Candidates come from an index of the frequent forms with each letter left out (Garbe's symmetric deletes), so the
    time is linear in the number of forms. Changes of the first or the last letter are left alone: Parker and Barker,
    Clark and Clarke, Kalinin and Kalinina are other people, Iranian is another word. So is Theatre beside Theater.
    """
    index: dict[str, set[str]] = defaultdict(set)
    for key, form in forms.items():
        if len(form.uses) >= _OFTEN and len(key) >= _SHORTEST and not form.is_weak:
            for shorter in _deletes(key):
                index[shorter].add(key)
    for key, form in forms.items() if index else ():
        if len(form.uses) == 1 and len(key) >= _SHORTEST and not lexicon.by_word(key):
            near = {often for shorter in _deletes(key) for often in index.get(shorter, ())} - {key}
            meant = [forms[often] for often in near if _is_slip(form, forms[often], lexicon)]
            if len(meant) == 1:
                yield Misspelling(form.uses[0], meant[0])


def _deletes(key: str) -> Iterator[str]:
    yield key
    yield from (key[:i] + key[i + 1 :] for i in range(len(key)))


def _is_slip(once: Form, often: Form, lexicon: Lexicon) -> bool:
    a, b = once.text.casefold(), often.text.casefold()
    if a[0] != b[0] or a.startswith(b) or b.startswith(a) or OSA.distance(a, b, score_cutoff=1) != 1:
        return False
    swapped = len(a) == len(b) and sorted(a) == sorted(b)
    if a[:-1] == b[:-1] or {a[-2:], b[-2:]} == {"er", "re"} or lexicon.given(a):
        return False
    if once.is_weak and not (swapped or is_slavic(often.text) or lexicon.by_word(b)):
        return False
    return may_be_one(once, often, lexicon) is not False
