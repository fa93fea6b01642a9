"""Rules of kind `line`: whole lines that are alike to a phrase, also when reworded or glued to a label."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from rapidfuzz import fuzz, process

from copydesk.model import Document, Edit, Finding, Fix, Segment, Span
from copydesk.packs.schema import Rule, RuleKind

_WORD = re.compile(r"[^\W\d_]+")
_GLUED_LABEL = re.compile(r"^[A-ZА-ЯЁІЇЄҐЎ]{3,}(?=[A-ZА-ЯЁІЇЄҐЎ][a-zа-яёіїєґў])")
_LONGEST = 1.4  # a line longer than its phrase by this factor says more than the phrase
_DIGITS_AND_MARKS = 20  # code points that a line may have beyond the words of its phrase
_KEYS = 3  # words by which a phrase is found: the rarest among all phrases


class LineMatcher:
    """All line rules of one checker.

    A candidate shares one of its three rarest words with the line; rapidfuzz then scores it, in the order written and
    with the words sorted, so that “Now you can listen to this article!” meets “You can now listen to this article”.
    A sentence of a paragraph is never looked at: the whole segment must be the phrase. The cost of the index is a
    line with a misprint in all three words, which is missed.
    """

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._phrases: list[tuple[str, Rule]] = [
            (normal(phrase), rule) for rule in rules if rule.kind is RuleKind.LINE for phrase in rule.phrases
        ]
        frequency = Counter(word for phrase, _ in self._phrases for word in set(phrase.split()))
        self._by_word: dict[str, list[int]] = defaultdict(list)
        for index, (phrase, _) in enumerate(self._phrases):
            for word in sorted(set(phrase.split()), key=lambda w: (frequency[w], -len(w), w))[:_KEYS]:
                self._by_word[word].append(index)
        self._limits = [len(phrase) * _LONGEST for phrase, _ in self._phrases]
        self._longest = max(self._limits, default=0)

    def find(self, document: Document) -> Iterator[Finding]:
        """The lines that are a phrase of a rule for their language, each with a fix that removes the line."""
        for segment in document.prose():
            if len(segment.span) > self._longest + _DIGITS_AND_MARKS:
                continue
            line = segment.span.of(document.text)
            if rule := self._rule_for(line, segment):
                fix = Fix((Edit(whole_line(document.text, segment.span), ""),), rule.safety)
                yield rule.finding(segment.span, line, (fix,))

    def _rule_for(self, line: str, segment: Segment) -> Rule | None:
        said = normal(line)
        candidates = self._candidates(said, segment)
        if not candidates:
            return None
        for scorer in (fuzz.ratio, fuzz.token_sort_ratio):
            for _, score, index in process.extract(said, candidates, scorer=scorer, score_cutoff=70, limit=None):
                if score >= self._phrases[index][1].similarity:
                    return self._phrases[index][1]
        return None

    def _candidates(self, said: str, segment: Segment) -> dict[int, str]:
        """The phrases that share a key word with a line, are about as long, and are meant for its kind and language."""
        length, limits = len(said), self._limits
        nearby = {
            i for word in said.split() if word in self._by_word for i in self._by_word[word] if length <= limits[i]
        }
        return {
            i: self._phrases[i][0]
            for i in nearby
            for rule in (self._phrases[i][1],)
            if segment.kind in rule.where and rule.applies_to(segment.language)
        }


def normal(line: str) -> str:
    """The words of a line in lower case, without digits and punctuation, and without a label glued to the first."""
    return " ".join(_WORD.findall(_GLUED_LABEL.sub("", line))).casefold()


def one_line_each(document: Document) -> tuple[Document, list[Segment]]:
    """A document whose every line is one prose segment of `document`, and those segments, in the same order.

    On it `^` and `$` of a pattern mean the edges of a segment, whatever the line ends and the white space of the source
    are, and a hard-wrapped paragraph is one line. `moved` brings a span back.
    """
    own = list(document.prose())
    parts: list[str] = []
    segments: list[Segment] = []
    at = 0
    for segment in own:
        line = segment.span.of(document.text)
        if "\n" in line or "\r" in line:
            line = line.replace("\r", " ").replace("\n", " ")
        segments.append(Segment(segment.kind, Span(at, at + len(line)), segment.language))
        parts.append(line)
        at += len(line) + 1
    return Document("\n".join(parts), tuple(segments), (), document.language, document.format), own


def moved(span: Span, lines: Document, own: list[Segment]) -> tuple[Span, Segment]:
    """A span of what `one_line_each` returned, as a span of the document itself, and the segment that it is in."""
    index = bisect_right(lines.segments, span.start, key=lambda segment: segment.span.start) - 1
    return span.shift(own[index].span.start - lines.segments[index].span.start), own[index]


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
