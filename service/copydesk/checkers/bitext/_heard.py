"""Whether a source has a name of its translation, by lists and by sound."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

from copydesk.checkers.bitext._exonyms import Exonym, stands_for
from copydesk.checkers.bitext._sounds import (
    begins_alike,
    begins_in_kana,
    consonants,
    is_alike,
    is_heard_in,
    is_near,
    is_romanised,
    is_spelt,
    starts_within,
    without_vowels,
)
from copydesk.checkers.bitext._source_names import FOREIGN, LATIN, WIDE, may_be_name

_WORD = re.compile(r"[\u0900-\u0963\u0970-\u097f]+|[\u30a1-\u30fc]+|[\u3400-\u9fff]+|[^\W\d_\u3040-\u9fff]+")


_JOINED = 2  # letters that a name parted in two has more


class Heard:
    """The words of a source, once for all names of its translation."""

    def __init__(self, text: str, language: str) -> None:
        self._words = _WORD.findall(text)
        self._text, self._low = text, text.lower()
        self._language = language
        self._small = frozenset(word.lower() for word in self._words)
        self._wide = [word for word in self._words if "\u3400" <= word[0] <= "\u9fff"]
        self._spaced = self._small.difference(self._wide)

    def has(self, name: str, known: Sequence[Exonym]) -> bool:
        """Whether a name of the target is in the source: by the list, by its beginning, or by its sound."""
        if any(stands_for(entry, self._small, self._low) for entry in known):
            return True
        if any(begins_alike(name, word) for word in self._spaced):
            return True
        same = is_near if self._language in LATIN else is_alike
        if not known and any(same(name, word) for word in self._likely):
            return True
        if self._language == "hi":
            return self._is_written(name)
        return self._language in WIDE and not known and self._is_heard(name)

    def has_like(self, name: str) -> bool:
        """Whether any word of the source, name or not, sounds like `name`; in Latin letters, its first sound too."""
        alike = (word for word in self._words if is_alike(name, word))
        if self._language not in LATIN:
            return any(alike)
        return any(consonants(word)[:1] == consonants(name)[:1] for word in alike)

    @cached_property
    def _likely(self) -> list[str]:
        if self._language == "zh":
            return FOREIGN.findall(self._text) + [word for word in self._words if word[0].isascii()]
        return [word for word in self._words if may_be_name(self._language, word)]

    def _is_heard(self, name: str) -> bool:
        if self._language == "ja":
            return is_romanised(name) or any(begins_in_kana(name, word) for word in self._words)
        return is_heard_in(name, self._text) or any(starts_within(name, word) for word in self._wide)

    def _is_written(self, name: str) -> bool:
        """Whether Devanagari has the consonants of `name`, in a common word too (गया), or in two (स्नो डेन)."""
        wanted = without_vowels(name)
        if any(without_vowels(word) == wanted for word in self._small):
            return True
        pairs = (one + other for one, other in pairwise(self._words) if len(one + other) <= len(name) + _JOINED)
        return any(is_spelt(name, pair) for pair in pairs)
