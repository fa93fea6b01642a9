"""Web and mail addresses: a translation keeps them letter by letter."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copydesk.checkers.base import Remark, Resources
from copydesk.checkers.bitext._literal import LiteralComparison, Token
from copydesk.checkers.bitext.base import PairChecker
from copydesk.model import Pair, Span
from copydesk.packs import RuleBook

# White space, quotes and wide punctuation end an address; of what may stand in one, a full stop or bracket at its end
# belongs to the sentence.
_LINK = re.compile(
    r"(?:(?:https?|ftp)://|\bwww\.)[^\s<>\"«»“”„‘’（）「」，。、；：！？]+(?<![.,;:!?)\]}'*_])"
    r"|[\w.+-]+@[a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)*\.[a-zA-Z]{2,}"
)


class LinkChecker(PairChecker):
    """Addresses that are missing, changed or added."""

    def __init__(self, rules: RuleBook, resources: Resources) -> None:
        self._compare = LiteralComparison(rules, "link")

    def check(self, pair: Pair) -> Iterator[Remark]:
        """One finding for each address that stands on one side only."""
        source, target = _links(pair.source.text), _links(pair.target.text)
        if source or target:
            yield from self._compare.between(source, target, pair)


def _links(text: str) -> list[Token]:
    if "://" not in text and "www." not in text and "@" not in text:
        return []
    return [Token(match[0], match[0], Span(*match.span())) for match in _LINK.finditer(text)]
