"""Rules of kinds `tokens` and `syntax`, compiled to spaCy's Matcher and DependencyMatcher.

spaCy is imported, and the rules are compiled, when the first sentence comes: what it would refuse in a pack is refused
by the loader (packs/tokens.py), with file and line.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

import re2

from copydesk.limits import heed_time
from copydesk.model import Edit, Finding, Fix, Span
from copydesk.packs import Rule, RuleKind
from copydesk.packs.patterns import recased
from copydesk.packs.tokens import NAME

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.vocab import Vocab

_REFERENCE = re.compile(r"\\g<(\w+)>")
_ALL = ""  # the name under which a match keeps all of its words
_Words = Mapping[str, "Sequence[Token]"]


class SyntaxMatcher:
    """Rules that are looked for only in the sentences where their trigger stands. Any number of threads may ask."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = rules
        self._lock = threading.Lock()
        self._compiled: dict[int, _Compiled] = {}

    def find(self, parsed: Doc, at: int, rules: Sequence[int]) -> Iterator[Finding]:
        """The findings of `rules` (by index) in a parsed sentence that begins at code point `at` of its document.

        All sentences must come from one parser: words are compared by their numbers in its vocabulary. Raises
        TimeOverError.
        """
        for index in rules:
            heed_time()
            yield from self._of(index, parsed.vocab).find(parsed, at)

    def _of(self, index: int, vocab: Vocab) -> _Compiled:
        with self._lock:
            if index not in self._compiled:
                self._compiled[index] = _Compiled(self._rules[index], vocab)
            return self._compiled[index]


class _Compiled:
    def __init__(self, rule: Rule, vocab: Vocab) -> None:
        self._rule = rule
        self._run: _Run = _Tokens(rule, vocab) if rule.kind is RuleKind.TOKENS else _Syntax(rule, vocab)
        self._unless = re2.compile(f"(?i){rule.unless}") if rule.unless else None

    def find(self, parsed: Doc, at: int) -> Iterator[Finding]:
        found = list(self._run.matches(parsed))
        if not found:
            return
        text = parsed.text  # put together each time
        excused = [Span(*match.span()) for match in self._unless.finditer(text)] if self._unless is not None else ()
        seen: set[Span] = set()  # a pattern with optional words may match the same words twice
        for words in found:
            covered = [token for name in self._rule.covers for token in words.get(name, ())] or words[_ALL]
            span = _span(covered)
            if span in seen or any(other.overlaps(span) for other in excused):
                continue
            seen.add(span)
            said = span.of(text)
            named = {name: _span(tokens).of(text) for name, tokens in words.items() if name != _ALL}
            fixes = tuple(
                Fix((Edit(span.shift(at), recased(said, _expand(template, named))),), self._rule.safety)
                for template in self._rule.replace
            )
            yield self._rule.finding(span.shift(at), said, fixes, (), **named)


class _Run(Protocol):
    def matches(self, parsed: Doc) -> Iterator[_Words]:
        """The words of each match by their names, and all of them under `_ALL`."""


class _Tokens:
    def __init__(self, rule: Rule, vocab: Vocab) -> None:
        from spacy.matcher import Matcher

        self._names = [word.get(NAME, _ALL) for word in rule.tokens]
        self._matcher = Matcher(vocab, validate=True)
        pattern = [{key: value for key, value in word.items() if key != NAME} for word in rule.tokens]
        self._matcher.add(rule.id, [pattern], greedy="LONGEST")

    def matches(self, parsed: Doc) -> Iterator[_Words]:
        found: Any = self._matcher(parsed, with_alignments=True)  # spaCy's types do not know the fourth value
        for _, start, end, alignment in found:
            words: dict[str, list[Token]] = {_ALL: list(parsed[start:end])}
            for token, index in zip(parsed[start:end], alignment, strict=True):
                if name := self._names[index]:
                    words.setdefault(name, []).append(token)
            yield words


class _Syntax:
    def __init__(self, rule: Rule, vocab: Vocab) -> None:
        from spacy.matcher import DependencyMatcher

        self._names = [node["RIGHT_ID"] for node in rule.syntax]
        self._matcher = DependencyMatcher(vocab, validate=True)
        self._matcher.add(rule.id, [list(rule.syntax)])

    def matches(self, parsed: Doc) -> Iterator[_Words]:
        for _, tokens in self._matcher(parsed):
            words = {name: [parsed[i]] for name, i in zip(self._names, tokens, strict=True)}
            yield {_ALL: [parsed[i] for i in tokens], **words}


def _span(tokens: Sequence[Token]) -> Span:
    """From the first to the last of some words, in code points of the sentence; words between them included."""
    return Span(min(token.idx for token in tokens), max(token.idx + len(token) for token in tokens))


def _expand(template: str, named: Mapping[str, str]) -> str:
    return _REFERENCE.sub(lambda ref: named.get(ref.group(1), ""), template)
