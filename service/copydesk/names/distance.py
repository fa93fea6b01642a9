"""How far apart two name words are: they must share a key, and the vowels in its slots must nearly agree.

The costs follow from counts: how often two names of Wikidata, or two of GeoNames, that differ in just this vowel are
forms of one name. 0 is the same sound; above SAME they are mostly two names.
"""

from __future__ import annotations

from functools import lru_cache

from copydesk.names.keys import Shapes, fold, is_like_surname, may_be_place, outlines, place_shapes, shapes

SAME = 0.55  # the sum of costs up to which two words are one name
STRANGERS = 2.0  # the distance of words that share no key, and the most there is
_LONG = 4  # runs of vowels of a long word, in which one that differs says less
_LONG_EASE = 0.9  # what the costs of a long word are multiplied by
_OTHER = 1.0  # the cost of vowels that no two romanizations exchange


def _costs(table: str) -> dict[str, float]:
    """Costs by pair of runs, in both orders, from `run~run=cost`."""
    costs = {}
    for row in table.split():
        pair, _, cost = row.partition("=")
        a, _, b = pair.partition("~")
        costs[f"{a}~{b}"] = costs[f"{b}~{a}"] = float(cost)
    return costs


# Belarusian writes the unstressed o as a and e as ia; ё is io, yo, e and after š also o.
_PERSON = _costs(
    "a~o=.14 A~a=.2 A~e=.28 Y~e=.3 A~E=.2 E~e=0 E~O=.1 O~e=.1 O~o=.2 U~u=.15 E~i=.5 e~i=.57 e~o=.4 a~e=.6 "
    "aE~ae=0 oE~oe=0 Ee~ee=0 ee~i=.3 Ee~i=.3 oe~ee=.3 ae~oe=.3 ae~e=.4 e~ej=.45 ue~u=.3 ej~i=.5 i~oj=.3 aA~a=.1 "
    "oo~o=.2 aa~a=.2 uu~u=.2 ou~u=.45"
)
# A place has a Ukrainian, a Russian and often a Polish name: Rivne, Rovno; Bile, Beloe; Sykhiv, Sichów.
_PLACE = _costs(
    "a~o=.1 A~a=.05 A~e=.1 Y~e=.2 A~E=.1 A~O=.2 E~e=0 E~O=.05 O~e=.05 O~o=.05 U~u=.1 E~i=.2 e~i=.2 E~o=.25 e~o=.2 "
    "i~o=.15 i~u=.3 o~u=.2 e~u=.4 a~e=.3 a~i=.4 O~i=.1 Ee~ee=0 ee~i=.15 Ee~i=.15 e~ee=.1 e~oe=.05 E~oe=.05 "
    "E~ee=.05 e~ue=.05 u~oe=.05 o~oe=.1 ee~oe=.2 i~oe=.15 Y~a=.2 Ee~oe=.1 aE~ae=0 oE~oe=0 A~aA=.1 a~aA=.05 "
    "ae~aj=.1 ae~e=.3 i~aj=.3 i~oj=.1 A~ea=.1 a~ea=.1 a~ae=.1 "
    "ue~u=.1 ou~u=.1 oo~o=.1 oj~o=.1 eU~ee=.2 O~a=.15 Aj~aj=.1 Ej~ej=.05 E~ej=.1 ee~ej=.1 ae~oe=.1 aA~oA=.1 "
    "oa~oo=.1 aA~o=.3 U~i=.3 O~u=.3 oe~oj=.1 ej~i=.2 eA~ej=.2 O~oe=.1 U~ue=.1"
)


def distance(a: str, b: str) -> float:
    """The least sum of costs over the keys that both words have: 0 for the same sounds, 2 when they share none."""
    keys_a, exact_a = outlines(a)
    keys_b, exact_b = outlines(b)
    if keys_a.isdisjoint(keys_b):  # nearly all pairs: not worth a place in the cache
        return STRANGERS if keys_a or fold(a) != fold(b) else 0.0
    if not exact_a.isdisjoint(exact_b):
        return 0.0
    return _distance(a, b) if a <= b else _distance(b, a)


@lru_cache(maxsize=131072)
def _distance(a: str, b: str) -> float:
    least = _least(shapes(a), shapes(b), _PERSON)
    if may_be_place(a) and may_be_place(b) and not (is_like_surname(a) and is_like_surname(b) and (a[-1] not in "yi")):
        least = min(least, _least(place_shapes(a), place_shapes(b), _PLACE))
    return least


def _least(a: Shapes, b: Shapes, costs: dict[str, float]) -> float:
    least = STRANGERS
    for key in a.keys() & b.keys():
        for slots_a in a[key]:
            for slots_b in b[key]:
                cost = 0.0
                for x, y in zip(slots_a, slots_b, strict=True):
                    if x != y:
                        cost += _cost(x, y, costs)
                least = min(least, cost * _LONG_EASE if len(slots_a) >= _LONG else cost)
    return least


def _cost(x: str, y: str, costs: dict[str, float]) -> float:
    """The cost of two runs of vowels: their own, else the sum over their letters."""
    known = costs.get(f"{x}~{y}")
    if known is not None:
        return known
    if len(x) == 1 or len(x) != len(y):
        return _OTHER
    return sum(costs.get(f"{one}~{other}", _OTHER) for one, other in zip(x, y, strict=True) if one != other)
