"""The number words of a language, from `rules/quantities/<language>.yaml`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import product

from pydantic import BaseModel, ConfigDict

from copydesk.packs.loader import read_yaml, shipped_rules, validate

LETTER = r"[^\W\d_]"
SPACED_LETTER = r"[^\W\d_\u3040-\u30ff\u3400-\u9fff]"  # of a script with spaces: others have no words to look up
INDIC_LETTER = r"(?:[^\W\d_]|[\u0900-\u0903\u093a-\u094f\u0951-\u0957])"  # for `re`, vowel signs are no letters

Forms = dict[float, str]
"""Values, and the words for each with spaces between them."""


class Role(StrEnum):
    """What a word does to the numbers beside it."""

    UNIT = "unit"  # adds up: twenty five
    ORDINAL = "ordinal"  # adds up, and ends the number
    HUNDRED = "hundred"  # multiplies what is below a hundred
    MAGNITUDE = "magnitude"  # multiplies all that stands before it


@dataclass(frozen=True, slots=True)
class Word:
    """A number word: what it may mean, its role, and whether it asks for an equal in the other text."""

    readings: tuple[float, ...]
    role: Role
    loose: bool = False


Vocabulary = dict[str, Word]
"""What words in small letters mean."""


class Wordlist(BaseModel):
    """One language's file. A word under `loose` and elsewhere too has the readings of both and is not loose.

    `glue` stands between the parts of numbers that are one word: zweitausendfünfhundert, duecentocinquanta. Slavic
    ordinals and compounds are stems with endings: двухлетний is a compound stem and a tail's beginning.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    cardinals: Forms = {}
    ordinals: Forms = {}
    hundreds: Forms = {}
    magnitudes: Forms = {}
    loose: Forms = {}
    ordinal_stems: Forms = {}
    ordinal_endings: str = ""
    compound_stems: Forms = {}
    compound_tails: str = ""
    glue: Forms = {}
    months: Forms = {}
    weekdays: Forms = {}

    def words(self) -> Vocabulary:
        """Every word of the list."""
        found: Vocabulary = {}
        for role, forms in (
            (Role.UNIT, self.cardinals),
            (Role.ORDINAL, self.ordinals),
            (Role.HUNDRED, self.hundreds),
            (Role.MAGNITUDE, self.magnitudes),
        ):
            for value, word in _each(forms):
                found[word] = Word((value,), role)
        for value, stem in _each(self.ordinal_stems):
            for ending in self.ordinal_endings.split():
                found.setdefault(stem + ending, Word((value,), Role.ORDINAL))
        for value, word in _each(self.loose):
            known = found.get(word)
            if known is None:
                found[word] = Word((value,), Role.UNIT, loose=True)
            else:
                found[word] = Word((*known.readings, value), known.role, known.loose)
        return found

    def compounds(self) -> Iterator[tuple[str, float]]:
        """The beginnings of compound adjectives with a number: двухлет…, dreijährig…"""
        for (value, stem), tail in product(_each(self.compound_stems), self.compound_tails.split()):
            yield stem + tail, value


def _each(forms: Forms) -> Iterator[tuple[float, str]]:
    """Values with their words, those with an apostrophe once with each of its three characters."""
    for value, words in forms.items():
        for word in words.split():
            for apostrophe in _APOSTROPHES if "'" in word else "'":
                yield value, word.replace("'", apostrophe)


_APOSTROPHES = "'’ʼ"


SHORTEST, _LONGEST = 6, 22  # letters of the beginning of a compound
_LONGEST_GLUED = 60  # letters of a number in one word: neunhundertsiebenundneunzigtausend… has 55
_SCRIPTS = (("ru", "uk", "be"), ("en", "de", "fr", "es", "it", "pl", "cs"), ("hi",))


@dataclass(frozen=True, slots=True, eq=False)
class Lexemes:
    """What the words of a text are looked up in: `words`, and `compounds` by their first letters up to the tail.

    One of a language is made once, and equal to itself alone, so that it can be the key of what is remembered.
    """

    words: Vocabulary
    compounds: dict[str, float]
    beginnings: frozenset[str]  # of compounds, as long as the shortest
    glue: tuple[tuple[str, float], ...]  # the larger first

    def of(self, word: str) -> Word | None:
        """The number that `word`, in small letters, is or begins with."""
        found = self.words.get(word) or self._glued(word)
        if found is None and word[:SHORTEST] in self.beginnings:
            for end in range(min(len(word), _LONGEST), SHORTEST - 1, -1):
                value = self.compounds.get(word[:end])
                if value is not None:
                    return Word((value,), Role.ORDINAL, loose=True)
        return found

    def may_glue(self, word: str) -> bool:
        """Whether `word` may be several numbers in one: duecentocinquanta."""
        return any(glue in word for glue, _ in self.glue)

    def _glued(self, word: str) -> Word | None:
        for glue, value in self.glue:
            before, found, after = word.partition(glue)
            if not found or len(word) > _LONGEST_GLUED:
                continue
            left, right = self._part(before, 1), self._part(after, 0)
            if left is not None and right is not None:
                return Word((left * value + right,), Role.UNIT)
        return None

    def _part(self, word: str, nothing: float) -> float | None:
        if not word:
            return nothing
        known = self.words.get(word) or self._glued(word)
        return known.readings[0] if known else None


@cache
def vocabulary_of(language: str) -> Lexemes:
    """The number words of a text in `language` (BCP 47).

    Those of other languages in the same script are there as loose ones: tags are wrong now and then, and a word that is
    taken for a number without being one does no harm as long as it asks for nothing. Raises RuleError.
    """
    own = language.split("-", 1)[0].lower()
    script = next((languages for languages in _SCRIPTS if own in languages), ())
    words: Vocabulary = {}
    compounds: dict[str, float] = {}
    glue: tuple[tuple[str, float], ...] = ()
    for other in sorted(script, key=lambda language: language == own):  # its own words last, on top
        wordlist = wordlist_of(other)
        if wordlist is None or (own == "en" and other != own):
            continue
        compounds |= dict(wordlist.compounds())
        for word, sense in wordlist.words().items():
            words[word] = Word(sense.readings, sense.role, sense.loose or other != own)
        glue = tuple((word, value) for value, word in _each(wordlist.glue))
    return Lexemes(words, compounds, frozenset(compound[:SHORTEST] for compound in compounds), glue)


@cache
def wordlist_of(language: str) -> Wordlist | None:
    """The word list of `language` (ISO 639), None where there is none. Raises RuleError for a damaged one."""
    path = shipped_rules() / "quantities" / f"{language}.yaml"
    if not any(language in languages for languages in _SCRIPTS):
        return None
    entry, lines = read_yaml(path)
    return validate(Wordlist, entry, path, lines, ())
