"""Rules of kind `line`: whole lines that are alike to a phrase, also when reworded or glued to a label."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from rapidfuzz import fuzz, process

from copydesk.model import Document, Edit, Finding, Fix, Span
from copydesk.packs.schema import Rule, RuleKind

_WORD = re.compile(r"[^\W\d_]+")
_GLUED_LABEL = re.compile(r"^[A-ZА-ЯЁІЇЄҐЎ]{3,}(?=[A-ZА-ЯЁІЇЄҐЎ][a-zа-яёіїєґў])")
_LONGEST = 1.4  # a line longer than its phrase by this factor says more than the phrase


class LineMatcher:
    """All line rules of one checker.

    Candidates share a word with the line; rapidfuzz then scores them, in the order written and with the words
    sorted, so that “Now you can listen to Fox News articles!” meets “Listen to this article now”. A line inside a
    sentence is never looked at: the whole segment must be the phrase.
    """

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._phrases: list[tuple[str, Rule]] = [
            (normal(phrase), rule) for rule in rules if rule.kind is RuleKind.LINE for phrase in rule.phrases
        ]
        self._by_word: dict[str, list[int]] = defaultdict(list)
        for index, (phrase, _) in enumerate(self._phrases):
            for word in set(phrase.split()):
                self._by_word[word].append(index)
        self._longest = max((len(phrase) for phrase, _ in self._phrases), default=0) * _LONGEST

    def find(self, document: Document) -> Iterator[Finding]:
        """The lines that are a phrase of a rule for their language, each with a fix that removes the line."""
        for segment in document.prose():
            if len(segment.span) > self._longest + 20:
                continue
            line = segment.span.of(document.text)
            if rule := self._rule_for(line, segment.language):
                if segment.kind in rule.where:
                    fix = Fix((Edit(whole_line(document.text, segment.span), ""),), rule.safety)
                    yield rule.finding(segment.span, line, (fix,))

    def _rule_for(self, line: str, language: str) -> Rule | None:
        said = normal(line)
        nearby = {i for word in set(said.split()) for i in self._by_word.get(word, ())}
        candidates = {
            i: self._phrases[i][0]
            for i in nearby
            if self._phrases[i][1].applies_to(language) and len(said) <= len(self._phrases[i][0]) * _LONGEST
        }
        for scorer in (fuzz.ratio, fuzz.token_sort_ratio):
            best = process.extractOne(said, candidates, scorer=scorer, score_cutoff=70)
            if best is not None and best[1] >= self._phrases[best[2]][1].similarity:
                return self._phrases[best[2]][1]
        return None


def normal(line: str) -> str:
    """The words of a line in lower case, without digits and punctuation, and without a label glued to the first."""
    return " ".join(_WORD.findall(_GLUED_LABEL.sub("", line))).casefold()


def whole_line(text: str, span: Span) -> Span:
    """`span` with the line end and the empty lines after it (before it, at the end of the text).

    Removing it leaves neither an empty line nor a doubled paragraph break behind.
    """
    end = span.end
    while end < len(text) and text[end] in " \t\r\n":
        end += 1
    if end < len(text):
        newline = max(text.rfind("\n", span.end, end), text.rfind("\r", span.end, end))
        return Span(span.start, newline + 1 if newline >= 0 else span.end)
    start = span.start
    while start > 0 and text[start - 1] in " \t\r\n":
        start -= 1
    return Span(start, span.end)
