"""Which of a dictionary's alarms are typing errors. Most alarms on news are not: names, terms, dialect."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable

from rapidfuzz.distance import OSA

from copydesk.cache import Cache
from copydesk.grammar import Match
from copydesk.model import Document
from copydesk.names.lexicon import Lexicon
from copydesk.names.mentions import is_misspelt_calendar, may_begin, names_of
from copydesk.names.words import COUNTRIES, FUNCTION_WORDS, INSTITUTIONS, UNLISTED

_POSSESSIVE = re.compile(r"[’']s?$")
_CAPITAL_BEFORE = re.compile(r"\b([^\W\d_a-z][\w’'-]*)(\.?) $")
_CAPITAL_AFTER = re.compile(r"(?:[’']s)? [^\W\d_a-zà-ÿ]")
_PLACE_BEFORE = re.compile(r"\b(?:in|from|near|to|at|outside|around|via) $", re.IGNORECASE)
_STEM_BEFORE = re.compile(r"\b[^\W\d_a-z][^\W\d_]*[’'ʼ]$")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_QUOTED = re.compile(r"[“„«\"][^“”„«»\"\n]*[”“»\"]?")
_PIECES = re.compile(r"[ -]")
_NEAR = 40  # code points before a word in which the word before it stands
_FARTHEST = 2  # edits between a typing error and what was meant (Damerau 1964: four of five errors are one)
_FARTHEST_OF_NAME = 1  # for a capitalised word, which is a name more often than an error
_LONG = 9  # letters; a shorter unknown word beside another capital is a name, a longer one may be “Presidnet”
_SHORT = 5  # letters; so short a word with a capital is as near to many words as to the one that was meant
_ACRONYM = 6  # letters at most
_SHARE = 3  # letters of a word for each edit
_DIALECT = 3  # unknown words in one quotation that make it dialect, or another language
_DIALECTAL = 5  # different short unknown words in all quotations that make the speakers of a text dialectal
_LONGEST_DIALECTAL = 6  # letters; dialect shows in small words (awa, dinna, wi), and long ones are misspelt too
_COMPARED = 8  # replacements that are looked at; engines give the nearest first
_LIKELIEST = 3


class Spelling:
    """The judgement for one document. Costs one pass over its words, and microseconds an alarm."""

    def __init__(
        self, document: Document, alarms: Iterable[Match], lexicon: Lexicon, cache: Cache | None = None
    ) -> None:
        """`alarms` are those of an engine on `document`; `cache` remembers the names of its paragraphs."""
        self._text = document.text
        self._names = names_of(document, cache)
        self._lexicon = lexicon
        self._sentences = frozenset(sentence.start for sentence in document.sentences)
        self._quotations = [match.span() for match in _QUOTED.finditer(document.text)]
        self._starts = [start for start, _ in self._quotations]
        self._strange: dict[int, int] = Counter()
        self._dialectal = False
        self._listen(alarms)

    def is_error(self, match: Match) -> bool:
        """Whether a spelling alarm is an error: no name, one or two edits from a known word, in a known language."""
        word = self._word(match)
        bare = _POSSESSIVE.sub("", word)
        if bare in UNLISTED or self._is_name(match, word, bare) or (bare.isupper() and len(bare) <= _ACRONYM):
            return False
        if self.is_dialect(match):
            return False
        capital = bare[:1].isupper()
        allowed = min(_FARTHEST_OF_NAME if capital else _FARTHEST, max(1, len(bare) // _SHARE))
        return any(
            OSA.distance(word.casefold(), meant.casefold(), score_cutoff=allowed) <= allowed
            for meant in match.replacements[:_COMPARED]
            if not capital or _may_mean(bare, meant)
        )

    def is_dialect(self, match: Match) -> bool:
        """Whether the alarm is on a quotation in dialect or another language.

        That is one with three unknown words, or of unknown words by half; and in a text whose speakers use five such
        words, their every short one.
        """
        quotation = self._quotation(match)
        if quotation is None:
            return False
        if self._strange[quotation] >= _DIALECT:
            return True
        words = len(self._text[slice(*self._quotations[quotation])].split())
        if self._strange[quotation] > 1 and 2 * self._strange[quotation] >= words:
            return True
        return self._dialectal and len(match.span) <= _LONGEST_DIALECTAL and not self._is_swapped(match)

    def _listen(self, alarms: Iterable[Match]) -> None:
        """Counts the unknown words of each quotation, and the different short ones of all."""
        short = set[str]()
        for match in alarms:
            quotation = self._quotation(match)
            word = self._word(match)
            if quotation is None or not match.is_spelling or not word.islower():
                continue
            if not self._is_swapped(match):
                self._strange[quotation] += 1
                if len(word) <= _LONGEST_DIALECTAL:
                    short.add(word)
        self._dialectal = len(short) >= _DIALECTAL

    def _is_name(self, match: Match, word: str, bare: str) -> bool:
        if word in self._names or bare in self._names:
            # What stands as a name once may be a misspelt institution; Petrova beside Petrov is no slip.
            return self._text.count(bare) > 1 or not self._is_slip(match, _is_institution)
        if self._before(match, _STEM_BEFORE) and len(bare) > 1:
            return True  # Kol’chugino: engines look up what follows the soft sign
        if not bare[:1].isupper() or is_misspelt_calendar(bare):
            return False
        if any(self._is_known(form) for form in (bare, bare.removesuffix("s"))):
            return True
        if max(map(len, bare.split("-"))) < _LONG and not self._is_slip(match, self._is_known):
            if self._in_run(match) or (self._before(match, _PLACE_BEFORE) and not self._is_swapped(match)):
                return True
            inside = not may_begin(self._text, match.span.start, self._sentences)
            if inside and len(bare) <= _SHORT and not self._is_swapped(match):
                return True
        humps = _HUMP.split(bare)  # CNNMoney, but not “WarThe”
        return len(humps) > 1 and not bare.isupper() and all(hump.lower() not in FUNCTION_WORDS for hump in humps)

    def _in_run(self, match: Match) -> bool:
        """Whether another capitalised word, or an initial, stands right before or another after."""
        before = self._before(match, _CAPITAL_BEFORE)
        if before and (before[1].casefold() not in FUNCTION_WORDS or (before[2] and len(before[1]) == 1)):
            return True
        return _CAPITAL_AFTER.match(self._text, match.span.end) is not None

    def _is_slip(self, match: Match, known: Callable[[str], bool]) -> bool:
        """Whether it is one letter from a likely replacement that is `known`: in Ukrane, the Europen Union."""
        word = self._word(match).casefold()
        likely = match.replacements[:_LIKELIEST]
        return any(OSA.distance(m.casefold(), word, score_cutoff=1) <= 1 and known(m) for m in likely)

    def _is_known(self, name: str) -> bool:
        """Whether everybody knows `name`, or the document or the lexicon does."""
        if name in self._names or name.casefold() in COUNTRIES or _is_institution(name):
            return True
        return self._lexicon.find(name) is not None or bool(self._lexicon.by_word(name))

    def _before(self, match: Match, pattern: re.Pattern[str]) -> re.Match[str] | None:
        return pattern.search(self._text[max(0, match.span.start - _NEAR) : match.span.start])

    def _is_swapped(self, match: Match) -> bool:
        """Whether a likely replacement has its letters in another order: hte, Isreal. That is no name or dialect."""
        word = self._word(match).casefold()
        likely = (meant.casefold() for meant in match.replacements[:_LIKELIEST])
        return any(meant != word and sorted(meant) == sorted(word) for meant in likely)

    def _word(self, match: Match) -> str:
        return match.span.of(self._text)

    def _quotation(self, match: Match) -> int | None:
        """The index of the quotation that the alarm is in."""
        at = bisect_right(self._starts, match.span.start) - 1
        return at if at >= 0 and match.span.end <= self._quotations[at][1] else None


def _is_institution(word: str) -> bool:
    return word.casefold() in INSTITUTIONS


def _may_mean(name: str, meant: str) -> bool:
    """Whether a capitalised word may be a slip for `meant`.

    Not when the first letter differs (Opole, Pole): 1.4 per cent of slips are there (Yannakoudakis and Fawthrop
    1983). Nor when it would fall in two (Oberlinden, Oberlin den), unless one piece is a word that scrapers glue to
    others (Inthe).
    """
    if name[0].casefold() != meant[:1].casefold():
        return False
    pieces = _PIECES.split(meant)
    return len(pieces) == 1 + name.count("-") or any(piece.casefold() in FUNCTION_WORDS for piece in pieces)
