"""Captions that stand twice: an image's alt text was scraped with them, or a gallery repeats its picture."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import ClassVar

from copydesk.checkers import _caption_likeness as likeness
from copydesk.checkers._caption_line import Line
from copydesk.checkers._headlines import headline_repeats
from copydesk.checkers._removal import line_out, removal
from copydesk.checkers.base import Remark, Resources, Scope
from copydesk.limits import heed_time
from copydesk.model import Document, Family, Finding, Related, Safety, SegmentKind, Span
from copydesk.packs import Rule, RuleBook
from copydesk.packs.lines import whole_line

_CLOSING = frozenset(".,;:")
_MOST_BETWEEN = 2  # small lines between a picture's two texts: its number, “Enlarge this image”
_LIKELY = frozenset(
    {
        SegmentKind.CAPTION,
        SegmentKind.CREDIT,
        SegmentKind.PARAGRAPH,
        SegmentKind.TITLE,
        SegmentKind.ALT_TEXT,
        SegmentKind.LIST_ITEM,
        SegmentKind.MENU,
        SegmentKind.SITE_MENU,
    }
)
_NO_CAPTION = frozenset({SegmentKind.ALT_TEXT, SegmentKind.CREDIT, SegmentKind.MENU, SegmentKind.SITE_MENU})


class CaptionChecker:
    """Compares each line with the next ones, and each caption with those before it by hash; linear in the lines."""

    family: ClassVar[Family] = Family.CAPTIONS
    scope: ClassVar[Scope] = Scope.DOCUMENT

    def __init__(self, rules: RuleBook, resources: Resources) -> None:
        self._repeated = rules["any/captions/repeated-caption"]
        self._truncated = rules["any/captions/truncated-caption"]
        self._contained = rules["any/captions/contained-caption"]
        self._varied = rules["any/captions/varied-caption"]
        self._two_pictures = rules["any/captions/caption-of-two-pictures"]
        self._alt = rules["any/captions/alt-repeats-caption"]
        self._credit = rules["any/captions/repeated-credit"]
        self._lexicon = resources.lexicon

    def check(self, document: Document) -> Iterator[Remark]:
        """The second of two captions, the cut-off one of them, or the alt text that says no more than its caption."""
        text = document.text
        lines = [Line(text, s, leads=n == 0) for n, s in enumerate(document.segments) if s.kind in _LIKELY]
        yield from self._alts(lines, text)
        yield from self._credits(lines, text)
        shown = [line for line in lines if line.kind not in _NO_CAPTION]
        gone: set[int] = set()
        for i in range(len(shown)):
            heed_time()
            if i not in gone and not (i == 0 and headline_repeats(document)):
                yield from self._next_to(i, shown, text, gone)
        yield from self._far(shown, text, gone)

    def _next_to(self, i: int, lines: list[Line], text: str, gone: set[int]) -> Iterator[Finding]:
        """The copy of line `i` in the next one; when that is to go, the line after it is compared too."""
        between = 0
        for j in range(i + 1, len(lines)):
            found = self._compare(lines[i], lines[j], text)
            if found is None:
                between += 1
                if between > _MOST_BETWEEN or not lines[j].is_small:
                    return
                continue
            yield found
            if found.span.start < lines[j].span.start:
                return
            gone.add(j)

    def _compare(self, first: Line, second: Line, text: str) -> Finding | None:
        if not likeness.worth_comparing(first, second) or _both_listed(first, second):
            return None
        if first.words == second.words:
            return self._equal(first, second, text)
        short, long = (first, second) if len(first.words) <= len(second.words) else (second, first)
        for cut, whole in ((short, long), (long, short)):
            if likeness.is_cut_from(cut, whole):
                return _remove(self._truncated, cut, whole, text, Safety.SAFE)
        if short.size < likeness.FEWEST_WORDS:
            same_end = short.has_credit and len(short.rough) >= likeness.FEWEST_WORDS and long.text.endswith(short.text)
            return _remove(self._contained, short, long, text, Safety.UNSAFE) if same_end else None
        at = likeness.place_in(short, long)
        if at == 0:
            return self._prefix(short, long, first, second, text)
        if at is not None:
            return self._within(at, short, long, first, text)
        captions = likeness.is_caption(first) and likeness.is_caption(second)
        if captions and likeness.same_but_for_spelling(first, second, self._lexicon):
            return _remove(self._varied, second, first, text, Safety.UNSAFE)
        return None

    def _equal(self, first: Line, second: Line, text: str) -> Finding | None:
        """The same words twice. Equal paragraphs are the duplicates' affair; a short label may be of a table."""
        if likeness.is_caption(second):
            return _remove(self._repeated, second, first, text, Safety.SAFE)
        if likeness.is_label(first) or likeness.is_label(second):
            return _remove(self._repeated, second, first, text, Safety.UNSAFE)
        proved = any(line.has_credit or line.kind is SegmentKind.CAPTION for line in (first, second))
        if proved and first.size >= likeness.FEWEST_WORDS:
            return _remove(self._repeated, second, first, text, Safety.SAFE)
        return None

    def _prefix(self, short: Line, long: Line, first: Line, second: Line, text: str) -> Finding | None:
        """One line goes on where the other ends: a cut-off alt text, or a caption and its credit."""
        if first is short and likeness.is_caption(short) and likeness.follows_cut(short, long, text):
            return _remove(self._truncated, short, long, text, Safety.SAFE)
        if 2 * len(short.words) < len(long.words):
            return None
        if long is second:  # the repeated part goes, what follows it (a credit) stays
            end = long.end(len(short.words))
            end += text[end : end + 1] in _CLOSING
            span = Span(long.caption.start, end)
            return removal(self._repeated, span, span, _there(first), text, Safety.UNSAFE)
        return _remove(self._truncated, short, long, text, Safety.UNSAFE)

    def _within(self, at: int, short: Line, long: Line, first: Line, text: str) -> Finding | None:
        """One line stands whole in the other, behind a label, or with a little before and after it."""
        led = at + len(short.words) == len(long.words) and likeness.is_led(long, at, text)
        if likeness.is_quoted(short, long, at, text) or not (led or likeness.nearly_all(short, long)):
            return None
        labelled_alt = led and long is first
        copy, other = (long, short) if labelled_alt else (short, long)
        if likeness.is_trail(long, at, text):
            return None
        return _remove(self._contained, copy, other, text, Safety.UNSAFE)

    def _credits(self, lines: list[Line], text: str) -> Iterator[Finding]:
        """A credit, or an agency's short caption that looks like one, twice in a row."""
        for first, second in pairwise(lines):
            if first.kind is second.kind is SegmentKind.CREDIT and first.text == second.text:
                yield removal(self._credit, second.span, line_out(text, second.span), _there(first), text, Safety.SAFE)

    def _far(self, lines: list[Line], text: str, gone: set[int]) -> Iterator[Finding]:
        """The same caption, with a credit to prove it is one, under a picture farther on."""
        first: dict[tuple[str, ...], Line] = {}
        for i, line in enumerate(lines):
            if i in gone or not line.text or not (line.kind is SegmentKind.CAPTION or line.has_credit):
                continue
            if line.size >= likeness.FEWEST_WORDS:
                other = first.setdefault(line.words, line)
                if other is not line:
                    yield _remove(self._two_pictures, line, other, text, Safety.UNSAFE)

    def _alts(self, lines: list[Line], text: str) -> Iterator[Finding]:
        """Alt texts, known as such by their markup, that say nothing beyond the text beside their picture."""
        for i, alt in enumerate(lines):
            heed_time()
            if alt.kind is not SegmentKind.ALT_TEXT:
                continue
            if (both := _with_credit_line(alt, lines[i + 1 : i + 3])) is not None:
                there = Related(both, "the caption and its credit stand here too")
                yield removal(self._alt, alt.span, alt.span, there, text, Safety.UNSAFE)
                continue
            beside = lines[i + 1 : i + 2 + _MOST_BETWEEN] + lines[max(0, i - 1) : i]
            for other in beside:
                if other.kind is not SegmentKind.ALT_TEXT and self._says_no_more(alt, other, text):
                    yield removal(self._alt, alt.span, alt.span, _there(other), text, Safety.UNSAFE)
                    break

    def _says_no_more(self, alt: Line, other: Line, text: str) -> bool:
        """Whether `alt` is `other`, a part of it or its beginning, spelt apart, or has but a label more."""
        if not alt.words or not likeness.worth_comparing(alt, other):
            return False
        if alt.words == other.words or likeness.is_cut_from(alt, other) or likeness.is_broken_off(alt, other):
            return True
        if likeness.is_before_remark(other, alt, self._lexicon):
            return True
        at = likeness.place_in(other, alt) if other.words else None
        if at and at + len(other.words) == len(alt.words) and likeness.is_led(alt, at, text):
            return True
        if other.kind is SegmentKind.CAPTION and likeness.lacks_a_word(alt, other):
            return True
        if alt.size < likeness.FEWEST_WORDS:
            return False
        if likeness.place_in(alt, other) is not None:
            is_whole = other.kind is SegmentKind.CAPTION or likeness.nearly_all(alt, other)
            return is_whole or likeness.is_before_byline(alt, other)
        return likeness.is_caption(other) and likeness.same_but_for_spelling(alt, other, self._lexicon)


def _with_credit_line(alt: Line, after: list[Line]) -> Span | None:
    """Where the caption and the line of its credit stand that make up `alt` together; None where they do not."""
    if len(after) < 2 or any(line.kind is SegmentKind.ALT_TEXT for line in after):
        return None
    said, credit = after
    together = said.every_word + credit.every_word
    return Span(said.span.start, credit.span.end) if said.words and alt.every_word == together else None


def _both_listed(first: Line, second: Line) -> bool:
    """Whether both are items of a list: a menu may offer “News” twice."""
    return first.kind is second.kind is SegmentKind.LIST_ITEM


def _there(other: Line) -> Related:
    return Related(other.span, "the caption stands here too")


def _remove(rule: Rule, line: Line, other: Line, text: str, safety: Safety) -> Finding:
    """The copy goes; the credit at its end stays if the other line has none."""
    if line.has_credit and not other.has_credit:
        end = line.caption.end
        while text[end : end + 1] == " ":
            end += 1
        return removal(rule, line.caption, Span(line.span.start, end), _there(other), text, safety)
    gap = line_out if other.span.start < line.span.start else whole_line  # the break between the two goes
    return removal(rule, line.span, gap(text, line.span), _there(other), text, safety)
