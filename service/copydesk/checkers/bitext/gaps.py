"""Places of an English target where a word, mostly a name, has fallen out."""

from __future__ import annotations

import re
from collections.abc import Iterator

import re2

from copydesk.checkers.base import Remark, Resources
from copydesk.checkers.bitext._missing_words import english
from copydesk.checkers.bitext.base import PairChecker
from copydesk.model import Pair, Span
from copydesk.packs import RuleBook

_FINITE = "will|would|could|should|must|cannot|has|had|is|was|were|are|did|does"
_PREPOSITION = "of|in|at|from|with|by|into|for|onto|upon|between|among|during|toward|towards|against|through|on"
_PLACES = (
    r"\b(?:the|an)\s?[.,;:!?)](?![a-z])",  # … in the.
    r"\b(?:of|in|the|an?|from|by|and|with|to|for|on|at) ['’]s (?=[a-z])",  # head of 's program
    r"\b(?:of|at|between|among|during|despite|towards?|into|throughout)\s?[.,;)](?!\w|\.)",  # the parade of.
    r"^(?:In|At|From|To|For|With|By),",
    r"(?<=[a-z]) ,(?= [a-z])",  # weather in , nine
    r"\b(?:in|with|for|to|on|by) \.(?!\w|\.)",  # less than 5% in .
    rf"\b(?:the|an) (?:{_FINITE}|of|at|from|into|and|or|but|who|which)\b(?! ?-)",  # the is said
    r"\b(?:of|from|between|during|against|despite|into) (?:will|would|could|has|had|is|was|were|are)\b",
    r"\bin (?:will|would|could|should|must|has|had)\b",  # in will be cloudy
    r"(?<=[a-z] )(?:of|between|during|into|against) (?:of|in|from|by|during|on)\b(?! ?-)",
    r"^[\"“]?(?:Has|Had|Was|Were|Will|Would) (?=[a-z])(?!(?:the|a|an|he|she|it|they|we|you|I|this|that|these|"
    r"those|there|his|her|its|their|our|my|not|anyone|someone|everyone|any|all)\b)[^?]*\.[\"”]?$",
    r"^[\"“]?(?:Recalled|Announced|Said|Says|Told|Took|Began|Wrote|Became|Believes|Explained|Reported) "
    r"(?:that|the|an?|his|her|its)\b",
    r"(?:^|\s)-(?:based|born|led|backed|controlled|owned)\b",  # the -based company
)
_GAP = re.compile("|".join(_PLACES))
# The same for RE2, which knows no lookaround, so that it is found a little oftener, in a fifth of the time.
_LOOKAROUND = re.compile(r"\(\?<?[=!](?:[^()]|\((?:[^()])*\))*\)")
_MAY_GAP = re2.compile("|".join(_LOOKAROUND.sub("", place).replace(r"\s", r"[\s\pZ]") for place in _PLACES))
_APART = re.compile(r" [.,;:?!](?: |$)")
_ATTACHED = re.compile(r"[a-z]{3}[.,;:?!](?: |$)")
_STANDS = re.compile(
    r"(?:for|to|by) (?:and|over)|from (?:in|on)|between (?:on|in)|of (?:in|on) (?:the|all)|by and", re.I
)
_SURE = 1.55  # log-odds from which a place tells enough by itself: 1 in 1,000 good sentences has one
_SHOWN = 30  # characters of a place at most: a sentence that begins with a verb is not shown whole


class GapChecker(PairChecker):
    """Articles and prepositions with nothing after them, owners that are missing, sentences that begin with a verb.

    Where marks stand apart in the source, as in the texts of corpora, one that does in the target shows nothing.
    """

    def __init__(self, rules: RuleBook, resources: Resources) -> None:
        self._rule = rules["any/bitext/gap"]

    def check(self, pair: Pair) -> Iterator[Remark]:
        """At most one finding, on the first such place."""
        text = pair.target.text
        if not pair.target.language.startswith("en"):
            return
        span = _written(pair) if _MAY_GAP.search(text) else None
        if span is None and (place := english().likeliest(text, _SURE)):
            span = Span(place.start, place.end)
        if span is not None:
            yield self._rule.pair_finding(span, None, span.of(text))


def _written(pair: Pair) -> Span | None:
    """The first place that is one of `_PLACES`."""
    text = pair.target.text
    spaced = _APART.search(pair.source.text) is not None or (text.count(" ,") > 0 and not _ATTACHED.search(text))
    for match in _GAP.finditer(text):
        found = match[0].rstrip()
        if _STANDS.match(found) or (spaced and found[-1] in ".,;"):
            continue
        at = match.start() + len(match[0]) - len(match[0].lstrip())
        return Span(at, min(match.start() + len(found), at + _SHOWN))
    return None
