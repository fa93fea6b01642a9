"""A target in another language than it should be in."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.checkers.base import Remark, Resources
from copydesk.checkers.bitext.base import PairChecker
from copydesk.model import Pair, Span
from copydesk.packs import RuleBook
from copydesk.read.language import likeliest

_LEAST = 40  # code points of a target with words; of shorter ones, names decide
_LEAST_WIDE = 16  # where a character is a word
_WIDE = frozenset({"ja", "zh", "ko", "th", "yue", "wuu"})
_SURE = 0.8
# Two of these are English: most targets are, and the identifier takes 45 µs. Words that a neighbouring language has too
# (by, to, in, at, is, an) are left out.
_ENGLISH = frozenset(
    {
        "the", "of", "and", "was", "were", "that", "with", "from", "have", "which", "this", "their",
        "would", "for", "his", "said", "has", "they", "who", "after", "when", "its", "are", "not", "it",
        "he", "she", "been", "had", "but", "you", "your",
    }
)  # fmt: skip
# Written languages that the identifier mistakes for each other; a mix-up within a group is not told.
_ALIKE = tuple(
    frozenset(group.split())
    for group in (
        "sr hr bs sh sl mk",
        "no nb nn da sv",
        "cs sk",
        "id ms jv su",
        "es gl ast ca an pt oc",
        "ru be uk bg",
        "hi mr ne bh mai",
        "zh yue wuu",
        "fa tg ckb",
        "tr az tk",
        "en sco",
        "nl af li",
        "de als nds lb",
        "it scn vec lmo",
    )
)


class LanguageChecker(PairChecker):
    """Tells the language of the target, where it is long enough and the answer sure."""

    def __init__(self, rules: RuleBook, resources: Resources) -> None:
        self._rule = rules["any/bitext/wrong-language"]

    def check(self, pair: Pair) -> Iterator[Remark]:
        """At most one finding, on the whole target."""
        text = pair.target.text.strip()
        wanted = pair.target.language.split("-", 1)[0]
        if len(text) < (_LEAST if text.isascii() else _LEAST_WIDE):
            return
        if wanted == "en" and len(_ENGLISH.intersection(text.lower().split())) >= 2:
            return
        found, score = likeliest(text)
        if found == wanted or score < _SURE or len(text) < (_LEAST_WIDE if found in _WIDE else _LEAST):
            return
        if not _alike(found, wanted):
            start = pair.target.text.index(text)
            whole, span = Span(0, len(pair.source.text)), Span(start, start + len(text))
            yield self._rule.pair_finding(span, whole, text, found=found, wanted=pair.target.language)


def _alike(one: str, other: str) -> bool:
    """Whether the identifier is not to be trusted between the two; the East Slavic ones it tells apart when sure."""
    return any(one in group and other in group for group in _ALIKE)
