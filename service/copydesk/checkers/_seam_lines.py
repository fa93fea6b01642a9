"""Lines that a page's edge, a column or an interruption broke, and lines that lost what they announced."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from copydesk.limits import heed_time
from copydesk.model import Document, Edit, Finding, Fix, Safety, Segment, SegmentKind, Span
from copydesk.packs import Rule
from copydesk.packs.lines import whole_line

_LINE = re.compile(r"[^\s\ufeff](?:[^\r\n]*[^\s\ufeff])?")
_ONE_BREAK = re.compile(r"[ \t]*(?:\r\n|\r|\n)[ \t]*")
_ENDED = re.compile(r"[.!?…:;]\s?['\"”’»)\]]*$")
_NARROWEST, _WIDEST = 45, 100  # columns at which mail and typewritten text breaks its lines
_SHORTEST_BROKEN = 60  # code points; shorter lines without a stop are headings
_LONGEST_BETWEEN = 200  # code points of a line that interrupts a paragraph
_MOST_BETWEEN = 2  # lines that interrupt: a caption and its credit
_HYPHEN_AT_END = re.compile(r"-[ \t]*[\r\n]")
_PARTED = re.compile(r"[a-zà-öø-ÿа-яёіїєґў]{2}-$")
_GOES_ON = re.compile(r"[a-zà-öø-ÿа-яёіїєґў]+(?![A-Z])")
_NO_CONTINUATION = re.compile(r"(?:von|van|de|del|der|di|da|al|bin|ibn|el|https?|www|pic)\b")  # names, addresses
_BULLET = re.compile(r"[-*•‣◦·–—]|\d{1,2}[.)]")
_LABEL = re.compile(
    r"(?:sources?|tags?|topics?|keywords?|photos?|images?|pictures?|videos?|credits?|captions?|authors?|by|date|"
    r"published|updated|location|categor(?:y|ies)|contacts?|share|related|"
    r"quellen?|fotos?|autor(?:in)?|schlagw[oö]rter|źródło|tagi|zdjęcie|fuente|etiquetas|mots-clés|crédit|"
    r"источник|теги|фото|автор|джерело|теми|світлина|крыніца):",
    re.IGNORECASE,
)
_SHORT_LINE = 80  # code points; below, what follows a label may belong to it
_BROKEN_KINDS = frozenset({SegmentKind.PARAGRAPH, SegmentKind.TITLE})
_BEFORE_INTERRUPTION = _BROKEN_KINDS | {SegmentKind.CAPTION}  # what stands before a credit is taken for a caption
_INTERRUPTS = frozenset({SegmentKind.TITLE, SegmentKind.CAPTION, SegmentKind.CREDIT, SegmentKind.PARAGRAPH})


def wrapped(document: Document, rule: Rule) -> Iterator[Finding]:
    """Paragraphs broken at a column: the first break of each, with a fix that joins all its lines. O(n)."""
    for run in wrapped_runs(document):
        edits = tuple(_join(document.text, a, b) for a, b in pairwise(run))
        first = Span(run[0].end, run[1].start)
        yield rule.finding(first, first.of(document.text), (Fix(edits, Safety.UNSAFE),))


def wrapped_runs(document: Document) -> list[list[Span]]:
    """The lines of each paragraph of a plain text that was broken at a column; nothing in other formats.

    Some width must explain every break: no line is longer, and no line would have held the next word too.
    """
    if document.format != "text":
        return []
    text = document.text
    runs: list[list[Span]] = []
    run: list[Span] = []
    low = high = 0
    for span in (Span(*match.span()) for match in _LINE.finditer(text)):
        last = run[-1] if run else None
        if last is not None and _ONE_BREAK.fullmatch(text, last.end, span.start) and len(last) >= _NARROWEST:
            word = text[span.start : span.end].split(None, 1)[0]
            widest = min(high, len(last) + len(word))
            if max(low, len(span)) <= widest:
                low, high = max(low, len(span)), widest
                run.append(span)
                continue
        runs.append(run)
        run, low, high = [span], len(span), _WIDEST
    return [run for run in (*runs, run) if len(run) > 1 and _flows(text, run)]


def _flows(text: str, run: Sequence[Span]) -> bool:
    """Whether sentences run over at least half of the breaks, and on with a small letter, but no hyphen, over one."""
    over = [(a, b) for a, b in pairwise(run) if not _ENDED.search(a.of(text))]
    small = any(text[b.start].islower() and text[a.end - 1] not in ",-" for a, b in over)
    return small and 2 * len(over) >= len(run) - 1


def _join(text: str, a: Span, b: Span) -> Edit:
    """The edit that makes one line of two: a space, or nothing inside a word that was parted."""
    if _is_parted(text, a, b):
        keep = _compound(text, a, b) in text
        return Edit(Span(a.end - (not keep), b.start), "")
    return Edit(Span(a.end, b.start), " ")


def _is_parted(text: str, a: Span, b: Span) -> bool:
    if text[a.end - 1] != "-" or _PARTED.search(text, max(a.start, a.end - 3), a.end) is None:
        return False
    after = _GOES_ON.match(text, b.start, b.end)
    return after is not None and len(after.group()) > 1


def _compound(text: str, a: Span, b: Span) -> str:
    """The word over the break with its hyphen."""
    after = _GOES_ON.match(text, b.start, b.end)
    start = max(text.rfind(" ", a.start, a.end) + 1, a.start)
    return text[start : a.end] + (after.group() if after else "")


def parted(document: Document, rule: Rule) -> Iterator[Finding]:
    """Words parted over two lines, outside the paragraphs that are broken at a column."""
    text = document.text
    if document.format != "text" or not _HYPHEN_AT_END.search(text):
        return
    inside = {span for run in wrapped_runs(document) for span in run}
    lines = [Span(*match.span()) for match in _LINE.finditer(text)]
    for a, b in pairwise(lines):
        if _is_parted(text, a, b) and not (a in inside and b in inside):
            start = max(text.rfind(" ", a.start, a.end) + 1, a.start)
            after = _GOES_ON.match(text, b.start, b.end)
            span = Span(start, after.end() if after else b.start)
            yield rule.finding(span, span.of(text), (Fix((_join(text, a, b),), Safety.UNSAFE),))


def broken(document: Document, rule: Rule) -> Iterator[Finding]:
    """A paragraph without an end, and the next that goes on with a small letter."""
    text = document.text
    torn = list(_torn(document))
    inside = {span.start for run in wrapped_runs(document) for span in run} if torn else set()
    for a, between, b in torn:
        if between or b.start in inside or _is_parted(text, a, b):
            continue
        word = max(text.rfind(" ", a.start, a.end) + 1, a.start)
        fix = Fix((Edit(Span(a.end, b.start), " "),), Safety.UNSAFE)
        span = Span(word, _first_word(text, b))
        yield rule.finding(span, span.of(text), (fix,))


def interrupted(document: Document, rule: Rule) -> Iterator[Finding]:
    """As `broken`, with a caption or a line of debris between; the fix puts the rest of the sentence before it.

    The line between is not touched: a finding of its own may remove it, and edits that overlap exclude each other.
    """
    text = document.text
    for a, between, b in _torn(document):
        if between:
            removed = whole_line(text, b)
            if removed.start < b.start:  # the last line of the text: the white space before it is not ours either
                removed = b
            edits = (Edit(Span(a.end, a.end), " " + b.of(text)), Edit(removed, ""))
            span = Span(b.start, _first_word(text, b))
            yield rule.finding(span, span.of(text), (Fix(edits, Safety.UNSAFE),))


def _torn(document: Document) -> Iterator[tuple[Span, int, Span]]:
    """The two halves of each sentence that goes on in another paragraph, and the number of lines between them.

    Where several lines before it have no end, the longest is the paragraph and the others are headings or captions.
    """
    text, segments = document.text, document.segments
    for j, b in enumerate(segments):
        heed_time()
        if not _continues(text, b):
            continue
        halves = []
        for i in range(j - 1, max(-1, j - 2 - _MOST_BETWEEN), -1):
            if _is_open(text, segments[i], _BROKEN_KINDS if i == j - 1 else _BEFORE_INTERRUPTION):
                halves.append(i)
            if _continues(text, segments[i]) or not _may_interrupt(segments[i]):
                break
        if halves:
            i = max(halves, key=lambda half: len(segments[half].span))
            yield segments[i].span, j - i - 1, b.span


def _is_open(text: str, segment: Segment, kinds: frozenset[SegmentKind]) -> bool:
    """Whether a line is as long as a paragraph's, and has no end."""
    said = segment.span.of(text)
    return segment.kind in kinds and len(said) >= _SHORTEST_BROKEN and _ENDED.search(said) is None


def _continues(text: str, segment: Segment) -> bool:
    word = _GOES_ON.match(text, segment.span.start, segment.span.end)
    return (
        segment.kind in _BROKEN_KINDS
        and word is not None
        and not _NO_CONTINUATION.match(text, segment.span.start)
        and not text[word.end() : word.end() + 1].isupper()
    )


def _may_interrupt(segment: Segment) -> bool:
    return segment.kind in _INTERRUPTS and len(segment.span) <= _LONGEST_BETWEEN


def _first_word(text: str, span: Span) -> int:
    """Where the first word ends."""
    return next((i for i in range(span.start, span.end) if not text[i].isalpha()), span.end)


def bare_labels(document: Document, rule: Rule) -> Iterator[Finding]:
    """A bullet, a number or a label with nothing after it."""
    text = document.text
    segments = [segment for segment in document.prose() if len(segment.span) <= _SHORT_LINE]
    bullets = {s for s in segments if _BULLET.fullmatch(text, s.span.start, s.span.end)}
    order = {segment: i for i, segment in enumerate(document.segments)}
    for segment in segments:
        heed_time()
        if segment in bullets and len(bullets) > 1:
            continue
        at = order[segment] + 1
        after = document.segments[at : at + 1]
        is_label = _LABEL.fullmatch(text, segment.span.start, segment.span.end) is not None
        if segment in bullets or (is_label and not any(_may_be_labelled(text, s) for s in after)):
            fix = Fix((Edit(whole_line(text, segment.span), ""),), Safety.UNSAFE)
            yield rule.finding(segment.span, segment.span.of(text), (fix,))


def _may_be_labelled(text: str, segment: Segment) -> bool:
    """Whether a line is no sentence, so that it may belong to the label above it."""
    said = segment.span.of(text)
    return segment.kind is SegmentKind.LIST_ITEM or (len(said) <= _SHORT_LINE and _ENDED.search(said) is None)
