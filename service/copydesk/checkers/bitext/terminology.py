"""Terms of a glossary: translated as the house says, and never as it forbids."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from copydesk.bitext.glossary import Term
from copydesk.checkers.base import Remark, Resources
from copydesk.checkers.bitext.base import PairChecker
from copydesk.model import Edit, Fix, Pair, Safety, Span
from copydesk.packs import RuleBook

_WORD = re.compile(r"\w+")
_BETWEEN = r"[^\w]{1,3}"  # the words of a term
_KEY = 3  # first letters of a term by which it is looked up
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0eff]")  # written without spaces between


class _Entry(NamedTuple):
    """A term with the patterns of its forms, compiled once."""

    term: Term
    source: re.Pattern[str] | None
    wanted: re.Pattern[str] | None
    forbidden: re.Pattern[str] | None


class TerminologyChecker(PairChecker):
    """Looks for the terms of the glossary. Time grows with the words of a pair, not with the terms."""

    def __init__(self, rules: RuleBook, resources: Resources) -> None:
        self._missing, self._forbidden = rules["any/bitext/term-missing"], rules["any/bitext/forbidden-term"]
        self._by_source: dict[str, list[_Entry]] = defaultdict(list)
        self._by_forbidden: dict[str, list[_Entry]] = defaultdict(list)
        for term in resources.glossary:
            wanted, forbidden = _pattern(term.targets, loosely=True), _pattern(term.forbidden, loosely=False)
            entry = _Entry(term, _pattern([term.source], loosely=True), wanted, forbidden)
            if term.source:
                self._by_source[_key(term.source)].append(entry)
            for words in term.forbidden if not term.source else ():
                self._by_forbidden[_key(words)].append(entry)

    def check(self, pair: Pair) -> Iterator[Remark]:
        """One finding for each term of the source without its translation, and for each forbidden one in the target."""
        if self._by_source:
            for entry in _candidates(self._by_source, pair.source.text):
                match = entry.source and entry.source.search(pair.source.text)
                if match:
                    yield from self._translated(entry, Span(*match.span()), pair)
        if self._by_forbidden:
            for entry in _candidates(self._by_forbidden, pair.target.text):
                yield from self._said(entry, None, pair.target.text)

    def _translated(self, entry: _Entry, place: Span, pair: Pair) -> Iterator[Remark]:
        text = pair.target.text
        said = list(self._said(entry, place, text))
        if not said and entry.wanted and text.strip() and not entry.wanted.search(text):
            end = len(text.rstrip())
            wanted = "” or “".join(entry.term.targets)
            yield self._missing.pair_finding(Span(end, end), place, place.of(pair.source.text), wanted=wanted)
        yield from said

    def _said(self, entry: _Entry, place: Span | None, text: str) -> Iterator[Remark]:
        """The forbidden translations in `text`, but for those within a wanted one."""
        if entry.forbidden is None:
            return
        right = [Span(*match.span()) for match in entry.wanted.finditer(text)] if entry.wanted else []
        for match in entry.forbidden.finditer(text):
            span = Span(*match.span())
            if not any(wanted.contains(span) for wanted in right):
                fixes = tuple(Fix((Edit(span, target),), Safety.UNSAFE) for target in entry.term.targets)
                yield self._forbidden.pair_finding(span, place, match[0], fixes)


def _candidates(index: dict[str, list[_Entry]], text: str) -> Iterator[_Entry]:
    """The entries that may stand in `text`, each once."""
    keys = {word.lower()[:_KEY] for word in _WORD.findall(text)}
    keys |= {letter for letter in text if _UNSPACED.match(letter)}
    seen: set[int] = set()
    for key in keys:
        for entry in index.get(key, ()):
            if id(entry) not in seen:
                seen.add(id(entry))
                yield entry


def _key(words: str) -> str:
    first = _WORD.search(words)
    if first is None:
        return words[:_KEY]
    return first[0][0] if _UNSPACED.match(first[0]) else first[0].lower()[:_KEY]


def _pattern(forms: Iterable[str], *, loosely: bool) -> re.Pattern[str] | None:
    """What finds any of `forms`, longer ones first; None where there is none."""
    patterns = [_form(form, loosely) for form in sorted(forms, key=len, reverse=True) if _WORD.search(form)]
    return re.compile("|".join(patterns), re.IGNORECASE) if patterns else None


def _form(form: str, loosely: bool) -> str:
    if _UNSPACED.search(form):
        return re.escape(form)
    words = [_ending(word, loosely) for word in _WORD.findall(form)]
    return rf"(?<!\w){_BETWEEN.join(words)}(?!\w)"


def _ending(word: str, loosely: bool) -> str:
    """`word` with other endings than its own: any, after a stem of at least four letters, or an English plural.

    Two letters go at the end and up to four come: that has most cases of a Slavic noun or adjective, and the plurals
    and participles of the others.
    """
    if loosely and len(word) > 4 and word.isalpha():
        return rf"{re.escape(word[: max(4, len(word) - 2)])}\w{{0,4}}"
    return rf"{re.escape(word)}(?:s|es)?"
