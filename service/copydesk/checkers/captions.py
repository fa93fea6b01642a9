"""Captions that stand twice, because the image's alt text was scraped with them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import ClassVar

from rapidfuzz import fuzz

from copydesk.checkers.base import Remark, Resources
from copydesk.checkers.duplicates import headline_repeats
from copydesk.model import Document, Edit, Family, Finding, Fix, Related, Safety, Segment, SegmentKind, Span
from copydesk.packs import Rule, RuleBook
from copydesk.packs.lines import whole_line
from copydesk.read.credits import credit_at_end

_WORD = re.compile(r"\w+")
_TRUNCATED = re.compile(r"\s*(?:…|\.{3}|\[…\])\s*$")
_STOP = re.compile(r"[^\W\d_]{3,}[.!?]+(?=\s|$)")
_CLOSING = frozenset(".,;:")
_LONGEST = 400  # code points of a caption
_FEWEST_WORDS = 4  # “Oh, no” may stand twice in a text
_MOST_WORDS = 30  # a longer line, or one of several sentences, is a paragraph
_ALIKE = 80  # rapidfuzz ratio at which two words are one word spelt twice
_LIKELY = frozenset({SegmentKind.CAPTION, SegmentKind.PARAGRAPH, SegmentKind.TITLE, SegmentKind.ALT_TEXT})


class CaptionChecker:
    """Compares each short line with the next ones; linear in the lines."""

    family: ClassVar[Family] = Family.CAPTIONS

    def __init__(self, rules: RuleBook, resources: Resources) -> None:
        self._repeated = rules["any/captions/repeated-caption"]
        self._truncated = rules["any/captions/truncated-caption"]
        self._varied = rules["any/captions/varied-caption"]

    def check(self, document: Document) -> Iterator[Remark]:
        """The second of two captions, or the cut-off one of them."""
        lines = [_Line(document.text, s) for s in document.segments if s.kind in _LIKELY]
        gone: set[int] = set()
        for i in range(len(lines)):
            if i not in gone and not (i == 0 and headline_repeats(document)):
                yield from self._next_to(i, lines, document.text, gone)

    def _next_to(self, i: int, lines: list[_Line], text: str, gone: set[int]) -> Iterator[Finding]:
        """The copy of line `i` in the next one; when that is to go, the line after it is compared too."""
        for j in range(i + 1, len(lines)):
            found = self._compare(lines[i], lines[j], text)
            if found is None:
                return
            yield found
            if found.span.start < lines[j].span.start:
                return
            gone.add(j)

    def _compare(self, first: _Line, second: _Line, text: str) -> Finding | None:
        if first.head != second.head or not (first.is_caption and second.is_caption):
            return None
        if first.words == second.words:
            return _remove(self._repeated, second, first, text, Safety.SAFE)
        short, long = (first, second) if len(first.words) <= len(second.words) else (second, first)
        for cut, whole in ((short, long), (long, short)):
            if cut.is_cut_from(whole):
                return _remove(self._truncated, cut, whole, text, Safety.SAFE)
        if long.words[: len(short.words)] == short.words:
            return self._prefix(short, long, first, second, text)
        if _same_but_for_spelling(first.words, second.words):
            return _remove(self._varied, second, first, text, Safety.UNSAFE)
        return None

    def _prefix(self, short: _Line, long: _Line, first: _Line, second: _Line, text: str) -> Finding | None:
        """One line goes on where the other ends: a cut-off alt text, or a caption and its credit."""
        if first is short and _follows_cut(short, long, text):
            return _remove(self._truncated, short, long, text, Safety.SAFE)
        if 2 * len(short.words) < len(long.words):
            return None
        if long is second:  # the repeated part goes, what follows it (a credit) stays
            end = long.end(len(short.words))
            end += text[end : end + 1] in _CLOSING
            span = Span(long.span.start, end)
            return _finding(self._repeated, span, span, first.span, text, Safety.UNSAFE)
        return _remove(self._truncated, short, long, text, Safety.UNSAFE)


class _Line:
    """A segment, and its words when asked for; most neighbours differ in their first letters already."""

    def __init__(self, text: str, segment: Segment) -> None:
        self.span = segment.span
        self._line = segment.span.of(text) if len(segment.span) <= _LONGEST else ""
        first = _WORD.search(self._line)
        self.head = first.group()[:2].casefold() if first else ""

    @cached_property
    def _said(self) -> str:
        return self._line[: credit_at_end(self._line)]

    @property
    def caption(self) -> Span:
        """The line without the credit at its end."""
        return Span(self.span.start, self.span.start + len(self._said))

    @property
    def has_credit(self) -> bool:
        """Whether the line ends with a credit."""
        return len(self._said) < len(self._line)

    @cached_property
    def _matches(self) -> list[re.Match[str]]:
        return list(_WORD.finditer(self._said))

    @cached_property
    def words(self) -> tuple[str, ...]:
        """In lower case, without punctuation."""
        return tuple(m.group().casefold() for m in self._matches)

    @cached_property
    def is_caption(self) -> bool:
        """Whether the line is as long as captions are, and one sentence."""
        return _FEWEST_WORDS <= len(self._matches) <= _MOST_WORDS and len(_STOP.findall(self._said)) <= 1

    def end(self, words: int) -> int:
        """Where the first `words` words end in the document."""
        return self.span.start + self._matches[words - 1].end()

    def is_cut_from(self, long: _Line) -> bool:
        """Whether the line is the beginning of `long`, cut with an ellipsis or in the middle of a word."""
        *whole, last = self.words
        if len(whole) >= len(long.words):
            return False
        there = long.words[len(whole)]
        ellipsis = _TRUNCATED.search(self._said) is not None
        cut = there.startswith(last) and (
            ellipsis or (last != there and len(last) >= 2 and len(whole) >= _FEWEST_WORDS)
        )
        return cut and long.words[: len(whole)] == tuple(whole)


def _follows_cut(short: _Line, long: _Line, text: str) -> bool:
    """Whether the short line stops, half way or later, where the long one goes on with its sentence."""
    after = text[long.end(len(short.words)) :][:2]
    return after[:1] in (" ", ",") and after[1:2].islower() and 2 * len(short.words) >= len(long.words)


def _same_but_for_spelling(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two lines of equal length differ in at most one word in six, and there only in spelling.

    Different numbers, and different words, are different captions: “Kyiv on 1 March”, “Kyiv on 2 March”.
    """
    if len(a) != len(b):
        return False
    pairs = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
    return len(pairs) <= max(1, len(a) // 6) and all(
        x.isalpha() and y.isalpha() and min(len(x), len(y)) >= 5 and fuzz.ratio(x, y) >= _ALIKE for x, y in pairs
    )


def _remove(rule: Rule, line: _Line, other: _Line, text: str, safety: Safety) -> Finding:
    """The copy goes; the credit at its end stays if the other line has none."""
    if line.has_credit and not other.has_credit:
        end = line.caption.end
        while text[end : end + 1] == " ":
            end += 1
        return _finding(rule, line.caption, Span(line.span.start, end), other.span, text, safety)
    return _finding(rule, line.span, whole_line(text, line.span), other.span, text, safety)


def _finding(rule: Rule, span: Span, removed: Span, other: Span, text: str, safety: Safety) -> Finding:
    fix = Fix((Edit(removed, ""),), safety)
    return rule.finding(span, span.of(text), (fix,), (Related(other, "the caption stands here too"),))
