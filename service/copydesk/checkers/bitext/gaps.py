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
# What opens a sentence before its subject; what shows that a subject and a verb have been; what needs a subject.
_OPENING = "According to|Despite|After|During|In|On|At|Since|With|From|For|Before|Under|Until"
_CLAUSE = (
    r"[^,]*\b(?:is|are|was|were|has|had|have|will|would|can|could|did|does|do|said|what|who|which|that|[a-z]+ed)\b"
)
_PREDICATE = (
    "was|were|is|are|has|have|had|will|would|could|did not|does not|do not|told|said|says|believes|became|began|went|"
    "took|gave|wrote|made|signed|announced|reported|won"
)
_SUBJECT = r"(?:the|an?|it|he|she|they|we|you|I|this|that|these|those|there|one|his|her|its|their|our|my)\b"
# Past tenses that are no participles: a sentence cannot begin with them.
_PAST = "Began|Became|Took|Went|Gave|Came|Wrote|Saw|Knew|Chose|Spoke|Broke|Rose|Drove|Flew|Threw|Grew|Ran|Sang|Fell"
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
    r"\b(?:Mr|Mrs|Ms|Dr|Prof)\b\.? (?!(?:de|da|di|du|la|le|el|al|bin|ben|van|von|der|and|or|in|to)\b)[a-z]{2,}\b",
    r"\b(?:man|woman|boy|girl|company|town|village|city) (?:named|called) (?:who|was|is|has|had|said|told|in)\b",
    r"\b(?:is|was|are|were), (?:which|while)\b",
    r"\b[Ff]rom to\b",
    r"\b(?:on|from) that (?:he|she|they|it|we) (?:has|have|had|will|would|is|was|were|are)\b",
    r"\b(?:by|of|and|from|with|between|for) \((?:\d{2,}\)|\d[\d.,]* (?:million|billion|per ?cent|%))",  # done by (27)
    r"\b(?:if|because) (?:has|had|is|was|were|are|will|would|did)\b",
    r",[\"”] (?:said|says)(?:\.|$)",  # …, ” said.
    r"^[\"“]?(?:Although|Though|Because) (?:has|had|is|was|were|are|will|would|did)\b",
    rf"^[\"“]?(?:{_OPENING}) (?!{_CLAUSE})[^,.;:?!]{{3,90}}, (?:{_PREDICATE}) (?!{_SUBJECT})[^?]*$",
    r"^[\"“]?(?:Is|Are) (?!(?:this|that|it|he|she|there|they|you|we|the|an?)\b)[a-z][^?]*\.[\"”]?$",
    rf"^[\"“]?(?:{_PAST}) (?:[a-z]+ly )?(?:[a-z]+ing|the|an?|his|her|its|their|to|in|on|up|out|over|away|off)\b"
    r"[^?]*\.[\"”]?$",
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
