"""Which of a dictionary's alarms are typing errors. Most alarms on news are not: names, terms, dialect."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable

from rapidfuzz.distance import OSA

from copydesk.grammar import Match
from copydesk.model import Document
from copydesk.names.lexicon import Lexicon
from copydesk.names.mentions import is_misspelt_calendar, names_of
from copydesk.names.words import FUNCTION_WORDS

_POSSESSIVE = re.compile(r"[’']s?$")
_CAPITAL_BEFORE = re.compile(r"\b([^\W\d_a-z][\w’'-]*)\.? $")
_CAPITAL_AFTER = re.compile(r" [^\W\d_a-zà-ÿ]")
_QUOTED = re.compile(r"[“„«\"][^“”„«»\"\n]*[”“»\"]?")
_NEAR = 40  # code points before a word in which the word before it stands
_FARTHEST = 2  # edits between a typing error and what was meant (Damerau 1964: four of five errors are one)
_FARTHEST_OF_NAME = 1  # for a capitalised word, which is a name more often than an error
_LONG = 9  # letters; a shorter unknown word beside another capital is a name, a longer one may be “Presidnet”
_ACRONYM = 6  # letters at most
_SHARE = 3  # letters of a word for each edit
_DIALECT = 3  # unknown words in one quotation that make it dialect, or another language
_COMPARED = 8  # replacements that are looked at; engines give the nearest first


class Spelling:
    """The judgement for one document. Costs one pass over its words, and microseconds an alarm."""

    def __init__(self, document: Document, alarms: Iterable[Match], lexicon: Lexicon) -> None:
        self._text = document.text
        self._names = names_of(document)
        self._lexicon = lexicon
        self._quotations = [match.span() for match in _QUOTED.finditer(document.text)]
        self._starts = [start for start, _ in self._quotations]
        spoken = (self._quotation(m) for m in alarms if m.is_spelling and self._word(m).islower())
        self._strange = Counter(quotation for quotation in spoken if quotation is not None)

    def is_error(self, match: Match) -> bool:
        """Whether a spelling alarm is an error: no name, one or two edits from a known word, in a known language."""
        word = self._word(match)
        bare = _POSSESSIVE.sub("", word)
        if self._is_name(match, word, bare) or (bare.isupper() and len(bare) <= _ACRONYM):
            return False
        quotation = self._quotation(match)
        if quotation is not None and self._strange[quotation] >= _DIALECT:
            return False
        farthest = _FARTHEST_OF_NAME if bare[:1].isupper() else _FARTHEST
        allowed = min(farthest, max(1, len(bare) // _SHARE))
        return any(
            OSA.distance(word.casefold(), replacement.casefold(), score_cutoff=allowed) <= allowed
            for replacement in match.replacements[:_COMPARED]
        )

    def _is_name(self, match: Match, word: str, bare: str) -> bool:
        if word in self._names or bare in self._names:
            return True
        if not bare[:1].isupper() or is_misspelt_calendar(bare):
            return False
        return self._lexicon.find(bare) is not None or (len(bare) < _LONG and self._in_run(match))

    def _in_run(self, match: Match) -> bool:
        """Whether another capitalised word stands right before or after."""
        before = _CAPITAL_BEFORE.search(self._text[max(0, match.span.start - _NEAR) : match.span.start])
        if before and before[1].casefold() not in FUNCTION_WORDS:
            return True
        return _CAPITAL_AFTER.match(self._text, match.span.end) is not None

    def _word(self, match: Match) -> str:
        return match.span.of(self._text)

    def _quotation(self, match: Match) -> int | None:
        """The index of the quotation that the alarm is in."""
        at = bisect_right(self._starts, match.span.start) - 1
        return at if at >= 0 and match.span.end <= self._quotations[at][1] else None
