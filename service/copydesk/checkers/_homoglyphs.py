"""Letters of another alphabet inside a word: a Cyrillic “а” in “Wagner”, a Latin “o” in “Москва”.

The twins are pairs that look the same in every common typeface (a part of Unicode's confusables.txt). The whole of
that table also pairs letters that are merely alike, such as “п” and “n”, which would turn slang into nonsense.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from copydesk.checkers._faults import Fault
from copydesk.model import Edit, Span

_LATIN_CYRILLIC = dict(zip("aceiopsxyjhABCEHIJKMOPSTXYëïËÏ", "асеіорѕхујһАВСЕНІЈКМОРЅТХУёїЁЇ", strict=True))
_CYRILLIC_LATIN = {cyrillic: latin for latin, cyrillic in _LATIN_CYRILLIC.items()}
_LATIN_GREEK = dict(zip("ABEZHIKMNOPTYXo", "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", strict=True))
_GREEK_LATIN = {greek: latin for latin, greek in _LATIN_GREEK.items()}
_LATIN = "A-Za-zÀ-ÖØ-öø-ɏ"
_CYRILLIC = "Ѐ-ԯ"
_GREEK = "Ͱ-Ͽ"
_SEAM = re.compile(f"[{_LATIN}][{_CYRILLIC}]|[{_CYRILLIC}][{_LATIN}]|[{_LATIN}][{_GREEK}]|[{_GREEK}][{_LATIN}]")
_LETTERS = re.compile(f"[{_LATIN}{_CYRILLIC}{_GREEK}]+")
_FOREIGN = re.compile(f"[{_CYRILLIC}{_GREEK}]")
_ROMAN = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_SLANG = re.compile(f"[{_LATIN}]{{2,}}[{_CYRILLIC}]+")  # SMSки, VIPы: a borrowed word with a Slavic ending
# An article, a conjunction or a pronoun typed on the wrong layout, with Latin words on both sides.
_LONE = re.compile(r"(?<=[a-z,] )[аАіІ](?= [a-z])")
_LONE_NAMED = re.compile(r"(?i)(?:letters?|vowels?|characters?|words?|Cyrillic|Ukrainian|Russian|conjunction) $")
_SHORTEST_GREEK = 4  # letters; shorter words of Latin and Greek are units and symbols: kΩ, ΔT, TNFα


def homoglyphs(line: str) -> Iterator[Fault]:
    """The words of `line` that mix alphabets by mistake, each with the word in one alphabet, in the line's coordinates.

    A word that no row of twins turns into one alphabet is somebody's intent (“PRщик”) and left alone.
    """
    done = 0
    for seam in _SEAM.finditer(line):
        if seam.start() < done:
            continue
        start = seam.start()
        while start > 0 and _LETTERS.fullmatch(line, start - 1, start):
            start -= 1
        letters = _LETTERS.match(line, start)
        done = letters.end() if letters else seam.end()
        word = line[start:done]
        if (repair := _in_one_alphabet(word)) is not None:
            span = Span(start, done)
            yield Fault("mixed-script-word", span, (Edit(span, repair),))
    for match in _LONE.finditer(line):
        if not _LONE_NAMED.search(line, max(0, match.start() - 20), match.start()):
            span = Span(*match.span())
            yield Fault("lone-look-alike", span, (Edit(span, _CYRILLIC_LATIN[match.group()]),))


def may_hold_homoglyphs(characters: str) -> bool:
    """Whether a text of `characters` holds Latin letters and Cyrillic or Greek ones too."""
    return _FOREIGN.search(characters) is not None and re.search("[A-Za-z]", characters) is not None


def _in_one_alphabet(word: str) -> str | None:
    latin = len(re.findall(f"[{_LATIN}]", word))
    if re.search(f"[{_CYRILLIC}]", word):
        return _chosen(word, latin, _CYRILLIC_LATIN, _LATIN_CYRILLIC, f"[^{_CYRILLIC}]", f"[^{_LATIN}]")
    if len(word) < _SHORTEST_GREEK:
        return None
    return _chosen(word, latin, _GREEK_LATIN, _LATIN_GREEK, f"[^{_GREEK}]", f"[^{_LATIN}]")


def _chosen(
    word: str, latin: int, to_latin: dict[str, str], from_latin: dict[str, str], not_other: str, not_latin: str
) -> str | None:
    """The word in the alphabet of most of its letters, if its other letters all have twins there; else the reverse."""
    as_latin, as_other = _turned(word, to_latin), _turned(word, from_latin)
    latin_whole = re.search(not_latin, as_latin) is None
    other_whole = re.search(not_other, as_other) is None
    if latin_whole and (_ROMAN.fullmatch(as_latin) or not other_whole):
        return as_latin
    if other_whole and (not latin_whole or 2 * latin < len(word)):
        return None if not latin_whole and _SLANG.fullmatch(word) and latin > 1 else as_other
    return as_latin if latin_whole else None


def _turned(word: str, twins: dict[str, str]) -> str:
    return "".join(twins.get(char, char) for char in word)
