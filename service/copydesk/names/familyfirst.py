"""Names of Korea and China, the family name first: Kim Jong-un, Kim Jong Un, Xi Jinping.

Their last word is no surname, and half of a given name when it is written apart; so such a name is taken whole. It is
known by its family name, of which some dozens are most of both countries, and by what follows: one or two syllables as
the Revised Romanization, McCune-Reischauer, Pinyin and Wade-Giles write them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from copydesk.names.mentions import Word
from copydesk.names.words import FAMILY_FIRST, FAMILY_OR_WORD

_SYLLABLE = (
    r"(?:zh|ch|sh|hs|ts|tz|kk|tt|pp|ss|jj|[kghmbp]y|[kgh]w|[bpmfdtnlgkhjqxrzcsyw])?[aeiouyŏŭü]{1,3}(?:ng|[nklmpth])?"
)
_SECOND = re.compile(rf"[-‐‑]{_SYLLABLE}(?![\w-])")  # the small half of Jong-un, which no other name has
_ONE = re.compile(_SYLLABLE, re.IGNORECASE)
_TWO = re.compile(rf"{_SYLLABLE}[-‐‑]{_SYLLABLE}", re.IGNORECASE)
_JOINED = re.compile(rf"(?:{_SYLLABLE}){{1,2}}(?<!son)", re.IGNORECASE)  # Kim Wilson


def is_family_first(words: Sequence[str]) -> bool:
    """Whether `words` are the whole name of one person: a family name of Korea or China and a given name."""
    if not 2 <= len(words) <= 3 or (family := words[0].casefold()) not in FAMILY_FIRST:
        return False
    given = words[1:]
    if len(given) == 2:
        return all(_ONE.fullmatch(word) for word in given)
    return bool(_TWO.fullmatch(given[0]) or (family not in FAMILY_OR_WORD and _JOINED.fullmatch(given[0])))


def whole_name(text: str, words: tuple[Word, ...]) -> Word | None:
    """The `words` of one mention in `text` as one word, with the small second syllable behind them (Kim Jong-un).

    None where they are not the name of one person with the family name first.
    """
    parts = [word.text for word in words]
    if parts[0].casefold() not in FAMILY_FIRST:
        return None
    if len(parts) == 2 and (second := _SECOND.match(text, words[-1].span.end)):
        parts[1] += second.group()
    whole = " ".join(parts)
    if not is_family_first(parts) or not text.startswith(whole, words[0].start):
        return None
    return Word(whole, words[0].start, all(word.weak for word in words), words[-1].possessive)
