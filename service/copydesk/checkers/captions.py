"""Captions that stand twice, because the image's alt text was scraped with them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

from rapidfuzz import fuzz

from copydesk.checkers.base import Remark, Resources
from copydesk.checkers.duplicates import headline_repeats
from copydesk.model import Document, Edit, Family, Finding, Fix, Related, Safety, Segment, SegmentKind, Span
from copydesk.packs import Rule, RuleBook
from copydesk.packs.lines import whole_line

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

    def __init__(self, rules: RuleBook, resources: Resources) -> None:  # noqa: ARG002 (the contract's signature)
        self._repeated = rules["any/captions/repeated-caption"]
        self._truncated = rules["any/captions/truncated-caption"]
        self._varied = rules["any/captions/varied-caption"]

    def check(self, document: Document) -> Iterator[Remark]:
        """The second of two captions, or the cut-off one of them."""
        lines = [_Line(document.text, s) for s in document.segments if s.kind in _LIKELY]
        gone: set[int] = set()
        for i, line in enumerate(lines):
            if i not in gone and line.is_caption and not (i == 0 and headline_repeats(document)):
                yield from self._next_to(i, lines, document.text, gone)

    def _next_to(self, i: int, lines: list[_Line], text: str, gone: set[int]) -> Iterator[Finding]:
        """The copy of line `i` in the next line; when that is the one to go, the line after it is compared too."""
        for j in range(i + 1, len(lines)):
            found = self._compare(lines[i], lines[j], text)
            if found is None:
                return
            yield found
            if found.span.start < lines[j].span.start:
                return
            gone.add(j)

    def _compare(self, first: _Line, second: _Line, text: str) -> Finding | None:
        if not second.is_caption:
            return None
        if first.words == second.words:
            return _remove(self._repeated, second, first, text, Safety.SAFE)
        a, b = (first, second) if len(first.words) < len(second.words) else (second, first)
        if b.words[: len(a.words)] == a.words:
            return self._prefix(a, b, first, second, text)
        if _same_but_for_spelling(first.words, second.words):
            return _remove(self._varied, second, first, text, Safety.UNSAFE)
        return None

    def _prefix(self, short: _Line, long: _Line, first: _Line, second: _Line, text: str) -> Finding | None:
        """One line goes on where the other ends: a cut-off alt text, or a caption with its credit in the line."""
        if short.truncated or (first is short and _follows_cut(short, long, text)):
            return _remove(self._truncated, short, long, text, Safety.SAFE)
        if 2 * len(short.words) < len(long.words):
            return None
        if long is second:  # the repeated part goes, what follows it (a credit) stays
            end = long.ends[len(short.words) - 1]
            end += text[end : end + 1] in _CLOSING
            span = Span(long.span.start, end)
            return _finding(self._repeated, span, span, first.span, text, Safety.UNSAFE)
        return _remove(self._truncated, short, long, text, Safety.UNSAFE)


class _Line:
    """A segment and its words, without a trailing ellipsis; positions in the document."""

    __slots__ = ("ends", "is_caption", "span", "truncated", "words")

    def __init__(self, text: str, segment: Segment) -> None:
        self.span = segment.span
        said = segment.span.of(text) if len(segment.span) <= _LONGEST else ""
        self.truncated = _TRUNCATED.search(said) is not None
        matches = list(_WORD.finditer(said))
        self.words = tuple(m.group().casefold() for m in matches)
        self.ends = [segment.span.start + m.end() for m in matches]
        sentences = len(_STOP.findall(said))
        self.is_caption = _FEWEST_WORDS <= len(matches) <= _MOST_WORDS and sentences <= 1


def _follows_cut(short: _Line, long: _Line, text: str) -> bool:
    """Whether the short line stops where the long one goes on in the middle of a sentence, at least half way."""
    after = text[long.ends[len(short.words) - 1] :][:2]
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
    return _finding(rule, line.span, whole_line(text, line.span), other.span, text, safety)


def _finding(rule: Rule, span: Span, removed: Span, other: Span, text: str, safety: Safety) -> Finding:
    fix = Fix((Edit(removed, ""),), safety)
    return rule.finding(span, span.of(text), (fix,), (Related(other, "the caption stands here too"),))
