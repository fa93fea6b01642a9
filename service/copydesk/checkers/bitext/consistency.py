"""What only the whole file shows: one source in two translations, two sources with one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from rapidfuzz.fuzz import ratio

from copydesk.checkers.base import Resources
from copydesk.checkers.bitext.base import SetChecker
from copydesk.model import Document, Finding, Pair, Span
from copydesk.packs import RuleBook

_LEAST = 12  # characters of a segment; shorter ones (“Да.”, “Read more”) mean what their place makes of them
_ALIKE = 70  # of 100: sources as alike as that may well say the same
_SIGNS = " \t\r\n\u00a0.,;:!?。，！？…\"'“”„«»()"


class ConsistencyChecker(SetChecker):
    """Compares segments that are the same but for case, white space and the marks around them."""

    def __init__(self, rules: RuleBook, resources: Resources) -> None:
        self._two_ways, self._merged = rules["any/bitext/translated-two-ways"], rules["any/bitext/same-translation"]

    def check_all(self, pairs: Sequence[Pair]) -> Iterator[tuple[int, Finding]]:
        """One finding for each pair that differs from its fellows; time is linear in the pairs."""
        keys = [(_key(pair.source.text), _key(pair.target.text)) for pair in pairs]
        by_source: dict[str, list[int]] = defaultdict(list)
        by_target: dict[str, list[int]] = defaultdict(list)
        for index, (source, target) in enumerate(keys):
            if len(source) >= _LEAST and target:
                by_source[source].append(index)
            if len(target) >= _LEAST and source:
                by_target[target].append(index)
        yield from self._in_two_ways(by_source, keys, pairs)
        yield from self._with_one(by_target, keys, pairs)

    def _in_two_ways(
        self, groups: dict[str, list[int]], keys: Sequence[tuple[str, str]], pairs: Sequence[Pair]
    ) -> Iterator[tuple[int, Finding]]:
        """The translations that are not the most frequent one of their source; among equals the first is right."""
        for group in groups.values():
            usual, _ = Counter(keys[i][1] for i in group).most_common(1)[0]
            shown = next(pairs[i].target for i in group if keys[i][1] == usual)
            for index in group:
                if keys[index][1] != usual:
                    pair = pairs[index]
                    finding = self._two_ways.pair_finding(
                        _whole(pair.target), _whole(pair.source), pair.source.text, other=_shown(shown)
                    )
                    yield index, finding

    def _with_one(
        self, groups: dict[str, list[int]], keys: Sequence[tuple[str, str]], pairs: Sequence[Pair]
    ) -> Iterator[tuple[int, Finding]]:
        """The later pairs whose source has little in common with the first source of the same translation."""
        for group in groups.values():
            first = group[0]
            for index in group[1:]:
                if keys[index][0] != keys[first][0] and ratio(keys[index][0], keys[first][0]) < _ALIKE:
                    pair = pairs[index]
                    finding = self._merged.pair_finding(
                        _whole(pair.target), _whole(pair.source), pair.target.text, other=_shown(pairs[first].source)
                    )
                    yield index, finding


def _key(text: str) -> str:
    return " ".join(text.casefold().split()).strip(_SIGNS)


def _whole(document: Document) -> Span:
    text = document.text
    return Span(len(text) - len(text.lstrip()), len(text.rstrip()))


def _shown(document: Document) -> str:
    """A text as a message quotes it, with the place where it stands."""
    text = " ".join(document.text.split())
    text = text if len(text) <= 60 else f"{text[:59]}…"
    return f"{text}” ({document.source})" if document.source else f"{text}”"
