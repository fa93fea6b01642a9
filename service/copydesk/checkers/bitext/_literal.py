"""What a translation takes over letter by letter: addresses, placeholders, tags."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from copydesk.model import Edit, Finding, Fix, Pair, Safety, Span
from copydesk.packs import RuleBook


class Token(NamedTuple):
    """`key` is what is compared, `text` how it stands there, at `span`."""

    key: str
    text: str
    span: Span


class LiteralComparison:
    """Holds the tokens of both sides against each other, as multisets: translations reorder."""

    def __init__(self, rules: RuleBook, name: str) -> None:
        """Tells by the rules `any/bitext/<name>-missing`, `-changed` and `-added`."""
        self._missing, self._changed, self._added = (
            rules[f"any/bitext/{name}-{fault}"] for fault in ("missing", "changed", "added")
        )

    def between(self, source: Sequence[Token], target: Sequence[Token], pair: Pair) -> Iterator[Finding]:
        """One finding for each token that stands on one side only.

        As many of them on both sides are taken for changed ones, in their order; the fix is the source's token.
        """
        missing, extra = _beyond(source, target), _beyond(target, source)
        if len(missing) == len(extra):
            for wanted, got in zip(missing, extra, strict=True):
                fix = Fix((Edit(got.span, wanted.text),), Safety.UNSAFE)
                yield self._changed.pair_finding(got.span, wanted.span, got.text, (fix,), wanted=wanted.text)
            return
        end = len(pair.target.text.rstrip())
        for token in missing:
            yield self._missing.pair_finding(Span(end, end), token.span, token.text)
        for token in extra:
            yield self._added.pair_finding(token.span, None, token.text)


def _beyond(tokens: Sequence[Token], others: Sequence[Token]) -> list[Token]:
    """The tokens that `others` has no equal of, one for one, the first ones matched first."""
    left = Counter(token.key for token in others)
    found = []
    for token in tokens:
        if left[token.key]:
            left[token.key] -= 1
        else:
            found.append(token)
    return found
