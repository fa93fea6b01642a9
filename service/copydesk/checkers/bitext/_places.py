"""Countries and cities in the words of each language, from the Unicode CLDR (by babel), beside the list of exonyms."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from babel import Locale, UnknownLocaleError

from copydesk.checkers.bitext._exonyms import Exonym, Exonyms, shipped_exonyms
from copydesk.checkers.bitext._vocabulary import is_common

_ENDINGS = "aeiouyàáâãèéêëìíîïòóôõùúûýąęůаеёиіоуыэюяьйї"  # what inflection changes or takes off
_SHORTEST = 4  # letters of a word, and of its beginning that is kept
_WIDE = "\u3040"  # from here on, letters of scripts without spaces


@cache
def places(language: str) -> Exonyms:
    """The list of exonyms, and the countries and cities that CLDR has in both `language` and English.

    10 to 50 ms on the first question about a language.
    """
    return Exonyms((*shipped_exonyms(), *_of_cldr(language.split("-", 1)[0])))


@cache
def exonyms() -> Exonyms:
    """The list of exonyms alone: surer than places, of which the last word of a name stands for all of it."""
    return Exonyms(shipped_exonyms())


def _of_cldr(language: str) -> Iterator[Exonym]:
    try:
        there, here = Locale(language), Locale("en")
    except UnknownLocaleError:
        return
    named = [(here.territories.get(code), name) for code, name in there.territories.items()]
    for zone, entry in there.time_zones.items():
        city = here.time_zones.get(zone, {}).get("city") or zone.rsplit("/", 1)[-1].replace("_", " ")
        named.append((city, entry.get("city")))
    for english, other in named:
        if english and other and (forms := _forms(english, other)):
            yield forms


def _forms(english: str, other: str) -> Exonym | None:
    """The last words of both names: Zealand, of New Zealand. None where English has the word in small letters."""
    word, name = english.split()[-1].lower(), other.split()[-1].lower()
    if len(word) < _SHORTEST or not word.isalpha() or is_common("en", word) or "(" in other:
        return None
    if name[0] >= _WIDE:
        return Exonym(english=(_beginning(word),), others=(name,)) if len(name) > 1 else None
    return Exonym(english=(_beginning(word),), others=(_beginning(name),)) if len(name) >= _SHORTEST else None


def _beginning(word: str) -> str:
    kept = word.rstrip(_ENDINGS)
    return kept if len(kept) >= _SHORTEST else word[:-1] if len(word) > _SHORTEST else word
