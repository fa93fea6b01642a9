"""Skeleton keys: one key for all the romanizations of a Slavic name, different keys for different people.

A word is read as sounds (see translit), and each reading is split into its shape: the consonants, with a slot `*` for
every run of vowels, and what stands in the slots. Two names are candidates when they share a key; how well their
vowels agree is for distance to say. What a name ends in stays in the key, so that Petrov and Petrova, Kalinouski
and Kalinouskaya remain two people.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from copydesk.names.translit import careless_sounds, fold, sounds

__all__ = [
    "Shapes",
    "end_class",
    "fold",
    "is_like_surname",
    "keys",
    "may_be_place",
    "outlines",
    "place_shapes",
    "shapes",
]

Shapes = dict[str, tuple[tuple[str, ...], ...]]
Turns = Iterable[tuple[re.Pattern[str], str]]

_VOWELS = re.compile("[aeiouj]+")
_DOUBLED = re.compile(r"([^aeiouj])\1+")
_GLIDE = re.compile("[ij]+")
_SOFT = {"ia": "A", "ie": "E", "io": "O", "iu": "U"}
_SOFTENED = re.compile("i[aeou]")
_LAST_KO = re.compile(r"(?:[aeiy]n|sh|š|sch|sz|ch|tch|sj|et|e[iyj])k[oa]$")
_LAST_A = re.compile(r"(?:[iyj]*a|ae)$")
_FEMININE = re.compile("(?:[^iyj]a|a[iyj]+a)$")  # Zalissia and Zalesye are neuter
_NEUTER = re.compile(
    "[^aeiouyj]a[vw]a$|(?:ts|tz|[iy]c)a$"
)  # Kosava, Sosnitsa: in Russian Kosovo, in Ukrainian Sosnytsia
# Belarusian: the softened t and d of Tsikhanouski and Dzmitry, the short u of Kalinouski
_BELARUSIAN = (
    (re.compile("c(?=[ij])"), "t"),
    (re.compile("dz(?=[eijmv])"), "d"),
    (re.compile("(?<=[aeo])u(?![aeiouj])"), "v"),
)
# A sound of one language, and what its sister has for it. Each is a further reading: both are kept.
_SISTERS = (
    (re.compile("^([^aeiouj])[eo]l(?=[^aeiouj])"), r"\1ov"),  # Volchenko, in Ukrainian Vovchenko
    (re.compile("^bil(?=o)"), "bel"),  # Bilousov, Belousov
    (re.compile("nikol(?=[aeiouj]*[^aeioujs])"), "mikol"),  # Nikolaev, Mykolaiv; given names are for the lexicon
    (re.compile("konst(?=[ij]?a)"), "kost"),  # Konstantinov, Kostiantyniv
    (re.compile("(?<=[^aeiouj][ei]j)s$"), ""),  # Aleksejs, in Latvian
    (re.compile("(?<=.....)i?[ou]s$"), ""),  # Andronikos, in Greek, Latin and Lithuanian
    (re.compile("(?<=[oe]vi)[cs]i$"), "č"),  # Ivanovici, in Romanian
    (re.compile("^[gx](?=[aeiou].*[ij]an$)"), ""),  # Harutiunian: Russian drops the Armenian h
    (re.compile("d(?=.{0,6}[ij]an$)"), "t"),  # Vardanian, in Western Armenian Vartanian
    (re.compile("b(?=[ij]an$)"), "p"),
)
_PLACE_SISTERS = (
    (re.compile("^vi(?=[ldk][^aeiouj])"), "o"),  # Vilshana, in Russian Olshana
    (re.compile("^vu"), "u"),  # Vuhledar, in Russian Ugledar
    (re.compile("(?<=..[^aeiouj])ešt[ie]$"), "ivci"),  # Komarești, in Ukrainian Komarivtsi
    (re.compile("(?<=i)u(?![aeiouj])"), "v"),  # Drabiu, in Romanian
    (re.compile("(?<=...[^aeiouj])[aiu]s$"), ""),  # Vitebskas, in Lithuanian
)
_PERSON_TURNS = (*_BELARUSIAN, *_SISTERS)
_PLACE_TURNS = (*_PERSON_TURNS, *_PLACE_SISTERS)
_TURNED = re.compile("|".join(pattern.pattern for pattern, _ in _PLACE_TURNS))  # most readings have none of them
_SOFT_SIGN = re.compile("(?<=[^aeiouj])j(?![aeiouj])")  # of Lisicanjsk

_SURNAME = re.compile(
    r"(?:enk[oa]|[sczt]k(?:[iy]+j?|[ayij]+a)|[vw][iy](?:ch|cz|tch|tsch|tj|tsj|c|č|cs|tx)|[iyj]?(?:u+|ou|oe)k|[iyj]an)$"
)
_LIKE_SURNAME = re.compile(
    r"(?:[oe](?:v|w|ff)|(?:[oe]v|in)(?:n?a)?|[iy]ne|[^aeiouyj](?:[iy]|[aeiou]?[iyj]+)|[ao]u|[aeiouyj]+[nmr]|ak"
    r"|(?<![io])l|e[iyj]+)$"  # not Ternopil, Ternopol
)
_SHORTEST_PLACE = 6  # letters; the vowels of shorter words are most of them


@lru_cache(maxsize=65536)
def keys(word: str) -> frozenset[str]:
    """The skeleton keys of one name word: consonants, a slot `*` for vowels between them, `|`, the last vowel.

    Keys that begin with `@` are those it has if it is a place, for place names differ more between languages.
    """
    return frozenset((*shapes(word), *(place_shapes(word) if may_be_place(word) else ())))


@lru_cache(maxsize=65536)
def shapes(word: str) -> Shapes:
    """Each key of `word`, and the vowels that can stand in its slots.

    A slot holds a letter a vowel: `a e i o u`, softened `A E O U`, `Y` for ya at the beginning, `j` for a last glide.
    """
    folded = fold(word)
    return _shapes(sounds(folded), "", end_class(folded))


@lru_cache(maxsize=65536)
def outlines(word: str) -> tuple[frozenset[str], frozenset[tuple[str, tuple[str, ...]]]]:
    """The keys of `word`, and its shapes one by one: names that share one of these sound the same."""
    exact = frozenset((key, slots) for key, all_slots in shapes(word).items() for slots in all_slots)
    return keys(word), exact


@lru_cache(maxsize=65536)
def place_shapes(word: str) -> Shapes:
    """The same for the name of a place: spelt more carelessly, and a neuter ending is as good as a plural one."""
    folded = fold(word)
    return _shapes(careless_sounds(folded), "@", _place_ending(folded))


@lru_cache(maxsize=65536)
def may_be_place(word: str) -> bool:
    """Whether neither length nor ending speaks against a place, as -enko, -sky and -vich do."""
    long_enough = len(word) >= _SHORTEST_PLACE - (word[-1:] in "aeiy")  # Rivne, Birky
    return long_enough and _SURNAME.search(fold(word)) is None


@lru_cache(maxsize=65536)
def is_like_surname(word: str) -> bool:
    """Whether `word` ends as people and places both do: -ov, -in, -y, a single consonant; no soft sign."""
    return word[-1:] not in "'’ʹ" and _LIKE_SURNAME.search(fold(word)) is not None


def _shapes(readings: Iterable[str], mark: str, last: str) -> Shapes:
    turns = _PLACE_TURNS if mark else _PERSON_TURNS
    found: dict[str, dict[tuple[str, ...], None]] = {}
    for reading in readings:
        for variant in _variants(reading, turns):
            skeleton, vowels = _shape(variant)
            if not skeleton:  # another script: nothing was read
                continue
            ending = last if skeleton.endswith("*") else ""
            found.setdefault(f"{mark}{skeleton}|{ending}", {})[vowels] = None
    return {key: tuple(slots) for key, slots in found.items()}


def _variants(reading: str, turns: Turns) -> Iterator[str]:
    """`reading`, and what it is with each mark of one language undone, or put as its sister has it."""
    variants = [_SOFT_SIGN.sub("", reading)]
    for pattern, other in turns if _TURNED.search(variants[0]) else ():
        variants += [pattern.sub(other, variant) for variant in variants if pattern.search(variant)]
    return iter(variants)


def _shape(reading: str) -> tuple[str, tuple[str, ...]]:
    consonants = _VOWELS.split(_DOUBLED.sub(r"\1", reading))
    slots = [_units(run, before[-1:]) for run, before in zip(_VOWELS.findall(reading), consonants, strict=False)]
    return "*".join(consonants), tuple(slots)


@lru_cache(maxsize=16384)
def _units(run: str, before: str) -> str:
    """A run of vowels, one letter each, after the consonant `before`: `iya` is `A`, `ey` is `ej`, `yi` is `i`.

    Yakimenko and Akimenko are two people, so `ya` that begins a name is no `A`; `o` after š, ž or č is a soft one
    (Gorbachov).
    """
    run = _SOFTENED.sub(lambda match: _SOFT[match.group()], _GLIDE.sub("i", run))
    if not before:
        run = run.replace("E", "e", 1) if run[0] == "E" else run.replace("A", "Y", 1) if run[0] == "A" else run
    elif before in "šžč" and run[0] == "o":
        run = "O" + run[1:]
    run = run[0] + run[1:].replace("E", "e")
    return run[:-1] + "j" if run[-1] == "i" and len(run) > 1 else run


def end_class(folded: str) -> str:
    """`a`, `o`, `e`, `u` or `i`: what a name ends in, which tells a man's from a woman's in Slavic languages.

    -enko and -enka, -shko and -shka, -etko and -etka are one: Belarusian writes the unstressed o as a.
    """
    if _LAST_KO.search(folded):
        return "o"
    if _LAST_A.search(folded):
        return "a"
    last = folded[-1:]
    return last if last in "oeu" else "i"


def _place_ending(folded: str) -> str:
    """`a`, or `e` for every ending of neuters and plurals; `o` where only gender tells Antonio from Antonia."""
    if _FEMININE.search(folded) and _NEUTER.search(folded) is None:
        return "a"
    return "o" if folded.endswith(("io", "eo")) else "e"
