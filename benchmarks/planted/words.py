"""Plants what comes inside a line: encoding faults."""

from __future__ import annotations

import re
import unicodedata
from html.entities import html5
from random import Random

from benchmarks.planted.planters import Planted, Planter, replaced, some_match
from copydesk.model import Family, Span

_WORD = re.compile(r"(?<= )[A-Za-z]?[a-z]{5,}(?=[ ,.])")
_OUTSIDE_ASCII = re.compile(r"[’“”—–‘éèüöáíñçã]")
_ACCENTED = re.compile(r"[éèüöáíñçãóñ]")
_ENTITY = re.compile(r"[&’“”—–éèüöáíñç]")
_GAP = re.compile(r"(?<=[a-z]) (?=[a-z])")
_STOP = re.compile(r"(?<=[a-z]{3}[.]) (?=[A-Z])")
_TWINS = dict(zip("aceopxyisj", "асеорхуіѕј", strict=True))


def _in_word(text: str, place: re.Match[str], spans: tuple[Span, ...], planted: str) -> Planted:
    """The fault's own place, or the word that it is in: both are exact."""
    grown = len(planted) - len(text)
    return Planted(planted, (*spans, Span(place.start(), place.end() + grown)), (text,))


def _inserted(text: str, random: Random, characters: str) -> Planted | None:
    """One of `characters` inside a word."""
    word = some_match(_WORD, text, random)
    if word is None:
        return None
    at = random.randrange(word.start() + 1, word.end())
    made = replaced(text, at, at, random.choice(characters))
    return _in_word(text, word, made.spans, made.text)


def _zero_width(text: str, random: Random) -> Planted | None:
    return _inserted(text, random, "\u200b\u2060\ufeff")


def _soft_hyphen(text: str, random: Random) -> Planted | None:
    return _inserted(text, random, "\xad")


def _bidi(text: str, random: Random) -> Planted | None:
    return _inserted(text, random, "\u202e\u202d\u2066\u2067\u200f")


def _control(text: str, random: Random) -> Planted | None:
    return _inserted(text, random, "\x02\x08\x0e\x1a\x1f\x7f")


def _homoglyph(text: str, random: Random) -> Planted | None:
    """A Cyrillic letter for its Latin twin."""
    word = some_match(_WORD, text, random)
    letters = [i for i in range(*word.span()) if text[i] in _TWINS] if word else []
    if word is None or not letters:
        return None
    at = random.choice(letters)
    made = replaced(text, at, at + 1, _TWINS[text[at]])
    return _in_word(text, word, made.spans, made.text)


def _ligature(text: str, random: Random) -> Planted | None:
    """The one character of a typesetter for two or three letters."""
    place = some_match(re.compile(r"ffi|ffl|fi|fl|ff"), text, random)
    if place is None:
        return None
    forms = {"fi": "ﬁ", "fl": "ﬂ", "ff": "ﬀ", "ffi": "ﬃ", "ffl": "ﬄ"}
    made = replaced(text, *place.span(), forms[place.group()])
    at = made.spans[0]
    start, end = at.start, at.end
    while start and made.text[start - 1].isalnum():
        start -= 1
    while made.text[end : end + 1].isalnum():
        end += 1
    return Planted(made.text, (at, Span(start, end)), made.wanted)


def _mojibake(text: str, random: Random) -> Planted | None:
    """One character's bytes read in the Windows table."""
    return _garbled(text, random, 1)


def _mojibake_twice(text: str, random: Random) -> Planted | None:
    return _garbled(text, random, 2)


def _garbled(text: str, random: Random, times: int) -> Planted | None:
    place = some_match(_OUTSIDE_ASCII, text, random)
    if place is None:
        return None
    garbled = place.group()
    try:
        for _ in range(times):
            garbled = garbled.encode().decode("cp1252")
    except UnicodeDecodeError:
        return None  # the table lacks a byte: what a page shows then is no longer mojibake but a loss
    return replaced(text, *place.span(), garbled)


def _decomposed(text: str, random: Random) -> Planted | None:
    """A letter and its accent as two characters."""
    place = some_match(_ACCENTED, text, random)
    if place is None:
        return None
    made = replaced(text, *place.span(), unicodedata.normalize("NFD", place.group()))
    around = re.compile(r"[\w\u0300-\u036f]+")
    word = next(m for m in around.finditer(made.text) if m.start() <= place.start() < m.end())
    return Planted(made.text, (*made.spans, Span(*word.span())), made.wanted)


def _entity(text: str, random: Random) -> Planted | None:
    """A character as HTML writes it."""
    place = some_match(_ENTITY, text, random)
    if place is None:
        return None
    number = f"&#{ord(place.group())};"
    named = next((f"&{n}" for n, c in html5.items() if c == place.group() and n.endswith(";")), number)
    return replaced(text, *place.span(), random.choice([number, named]))


def _tag(text: str, random: Random) -> Planted | None:
    """A tag between two sentences or two words."""
    place = some_match(random.choice([_GAP, _STOP]), text, random)
    if place is None:
        return None
    tag = random.choice(["<br>", "<br/>", "</p>", "</span>", '<a href="https://example.org/news">', "<strong>", "</b>"])
    return replaced(text, place.start(), place.start(), tag)


def _space(text: str, random: Random) -> Planted | None:
    """Between two words a space of another width."""
    place = some_match(_GAP, text, random)
    if place is None:
        return None
    return replaced(text, *place.span(), random.choice("\u2002\u2003\u2009\u3000\u205f\u2000"))


ENCODING_PLANTERS = (
    Planter("mojibake", Family.ENCODING, _mojibake),
    Planter("mojibake, doubled", Family.ENCODING, _mojibake_twice),
    Planter("zero width", Family.ENCODING, _zero_width),
    Planter("soft hyphen", Family.ENCODING, _soft_hyphen),
    Planter("writing direction", Family.ENCODING, _bidi),
    Planter("control character", Family.ENCODING, _control),
    Planter("look-alike letter", Family.ENCODING, _homoglyph),
    Planter("ligature", Family.ENCODING, _ligature),
    Planter("decomposed letter", Family.ENCODING, _decomposed),
    Planter("entity", Family.ENCODING, _entity),
    Planter("tag", Family.ENCODING, _tag),
    Planter("exotic space", Family.ENCODING, _space),
)
