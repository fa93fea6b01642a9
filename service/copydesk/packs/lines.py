"""Rules of kind `line`: whole lines that are alike to a phrase, also when reworded or glued to a label."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from math import ceil, floor

from rapidfuzz import fuzz, process

from copydesk.model import Document, Edit, Finding, Fix, Segment, Span
from copydesk.packs.rewording import Rewordings
from copydesk.packs.schema import Rule, RuleKind

_WORD = re.compile(r"[^\W\d_]+")
_GLUED_LABEL = re.compile(r"^[A-ZА-ЯЁІЇЄҐЎ]{3,}(?=[A-ZА-ЯЁІЇЄҐЎ][a-zа-яёіїєґў])")
_LONGEST = 1.4  # a line longer than its phrase by this factor says more than the phrase; a shorter one, less
_LONGEST_LINE = 240  # code points; what is longer is a paragraph of the article
_KEYS = 3  # words by which a phrase is found: the rarest among all phrases
# Where one line of a row ends: a sign between them, a sentence end, or a capital that sticks to a small letter.
_BETWEEN = re.compile(
    r"\s*[|•·›»→/\t\n]\s*|\s{2,}|\s\d+\s|(?<=[.!?…])\s+|(?<=[a-zа-яёіїєґßà-ÿąćęłńóśźż])(?=[A-ZА-ЯЁІЇЄҐÀ-ÝĄĆĘŁŃÓŚŹŻ])"
)
_SAYS = re.compile(r"[^\W\d_]{2}")  # a part as short as “A+” says nothing, neither does one of digits
_ROW = 2  # parts that make a row
_LONG_ROW = 4  # parts of a row in which some may be unknown: menus name what only this site has
_STRANGE_PARTS = 0.4  # share of them


class LineMatcher:
    """All line rules of one checker.

    A candidate shares one of its three rarest words with the line; rapidfuzz then scores it, in the order written and
    with the words sorted, so that “Now you can listen to this article!” meets “You can now listen to this article”.
    What scores too low can still reword a rule (`Rewordings`), or be several such lines, glued or in a row
    (“Share this withCopy link”, “Home | Sport | Video”). A sentence of a paragraph is never looked at: the whole
    segment must be debris. The cost of the index is a line with a misprint in all three words, which is missed.
    """

    def __init__(self, rules: Iterable[Rule]) -> None:
        own = sorted((r for r in rules if r.kind is RuleKind.LINE), key=lambda rule: not rule.in_rows)
        self._rewordings = Rewordings(own)
        self._phrases: list[tuple[str, Rule]] = [(normal(phrase), rule) for rule in own for phrase in rule.phrases]
        frequency = Counter(word for phrase, _ in self._phrases for word in set(phrase.split()))
        self._by_word: dict[str, list[tuple[int, int]]] = defaultdict(list)  # lengths and numbers of phrases, in order
        for index, (phrase, _) in enumerate(self._phrases):
            for word in sorted(set(phrase.split()), key=lambda w: (frequency[w], -len(w), w))[:_KEYS]:
                insort(self._by_word[word], (len(phrase), index))
        self._longest = max((len(phrase) * _LONGEST for phrase, _ in self._phrases), default=0)

    def find(self, document: Document) -> Iterator[Finding]:
        """The lines that are a phrase of a rule for their language, each with a fix that removes the line."""
        for segment in document.prose():
            if len(segment.span) <= _LONGEST_LINE:
                line = segment.span.of(document.text)
                if rule := self._phrased(line, segment):
                    yield _removal(rule, document, segment, line)

    def find_reworded(self, document: Document, found: Collection[Span]) -> Iterator[Finding]:
        """The lines that reword a rule's phrases or are several such lines; `found` are not asked about again."""
        for segment in document.prose():
            if len(segment.span) <= _LONGEST_LINE and segment.span not in found:
                line = segment.span.of(document.text)
                if rule := self._reworded(line, segment) or self._rule_of_row(line, segment):
                    yield _removal(rule, document, segment, line)

    def _phrased(self, line: str, segment: Segment, *, in_row: bool = False) -> Rule | None:
        said = normal(line)
        candidates = self._candidates(said, segment, in_row)
        for scorer in (fuzz.ratio, fuzz.token_sort_ratio) if candidates else ():
            for _, score, index in process.extract(said, candidates, scorer=scorer, score_cutoff=70, limit=None):
                if score >= self._phrases[index][1].similarity:
                    return self._phrases[index][1]
        return None

    def _reworded(self, line: str, segment: Segment) -> Rule | None:
        rule = self._rewordings.rule_for(line, segment.language)
        return rule if rule and segment.kind in rule.where else None

    def _rule_of_row(self, line: str, segment: Segment) -> Rule | None:
        """The first rule of a line that is a row of debris: all its parts, or most of four and more."""
        parts = [part for part in _BETWEEN.split(line) if _SAYS.search(part)]
        if len(parts) < _ROW:
            return None
        found: list[Rule] = []
        for at, part in enumerate(parts):
            if rule := self._phrased(part, segment, in_row=True) or self._reworded(part, segment):
                found.append(rule)
            elif len(parts) < _LONG_ROW or (at + 1 - len(found)) > len(parts) * _STRANGE_PARTS:
                return None
        return next((rule for rule in found if rule.in_rows), found[0])

    def _candidates(self, said: str, segment: Segment, in_row: bool) -> dict[int, str]:
        """The phrases that share a key word with a line, are about as long, and are meant for its kind and language."""
        nearby: set[int] = set()
        if len(said) > self._longest:
            return {}
        shortest, longest = ceil(len(said) / _LONGEST), floor(len(said) * _LONGEST)
        for word in said.split():
            if word in self._by_word:
                keyed = self._by_word[word]
                nearby.update(i for _, i in keyed[bisect_left(keyed, (shortest,)) : bisect_left(keyed, (longest + 1,))])
        return {
            i: self._phrases[i][0]
            for i in sorted(nearby)  # equal scores: the rule that is read first
            for rule in (self._phrases[i][1],)
            if rule.reads(segment) and (in_row or not rule.in_rows)
        }


def _removal(rule: Rule, document: Document, segment: Segment, line: str) -> Finding:
    fix = Fix((Edit(whole_line(document.text, segment.span), ""),), rule.safety)
    return rule.finding(segment.span, line, (fix,))


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
    index = lines.segment_index(span.start)
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
