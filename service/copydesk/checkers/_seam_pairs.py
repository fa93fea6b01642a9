"""Brackets and quotation marks whose partner was cut away."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copydesk.model import Document, Edit, Finding, Fix, Safety, SegmentKind, Span
from copydesk.packs import Rule

_BRACKET = re.compile(r"[()\[\]]")
_OPENED = {")": "(", "]": "["}
# “a)”, “1)”, “iv)” and faces close nothing; what opens them is no bracket either
_NO_BRACKET = re.compile(r"(?<![^\s(])(?:\w|\d{1,3}|[ivx]{1,4})\)|[:;=8][-’']?[()\[\]]|[()\[\]][-’']?[:;=](?!\w)")
_QUOTE = re.compile(r"[“”„«»\"]")
# A quotation mark that is there and not seen: a reference, or bytes read in the wrong encoding. That is the encoding
# checker's; once it is mended the pair is whole.
_UNSEEN = re.compile(
    r"&(?:[lrb]dquo|quot|[lr]aquo|#\d{2,5}|#[xX][0-9a-fA-F]{2,4});?|â€|Ã¢|Â[«»]|вЂ|В[«»]|[\ufffd\x80-\x9f]"
)
_WHERE = frozenset({SegmentKind.PARAGRAPH, SegmentKind.CAPTION})
_SENTENCE_EDGE = re.compile(r"[.!?…,:;—–-]\s*$|^\s*$")
_SENTENCE_REST = re.compile(r"\s*(?:[.!?…,:;—–-]|$)")


def orphaned_brackets(document: Document, rule: Rule) -> Iterator[Finding]:
    """The one bracket too many of a paragraph, where no other paragraph has one either. O(n)."""
    text = document.text
    orphans = [
        found for segment in document.segments if segment.kind in _WHERE and (found := _unmatched(text, segment.span))
    ]
    if len(orphans) == 1 and len(orphans[0]) == 1:
        at = orphans[0][0]
        yield _removal(rule, text, at)


def _unmatched(text: str, span: Span) -> list[int]:
    """The places of brackets without a partner in a segment."""
    within = span.of(text)
    if not _BRACKET.search(within):
        return []
    skipped = {at for match in _NO_BRACKET.finditer(within) for at in range(*match.span())}
    opened: list[int] = []
    orphans: list[int] = []
    for match in _BRACKET.finditer(within):
        at, sign = match.start(), match.group()
        if sign in "([":
            opened.append(at)
        elif opened and within[opened[-1]] == _OPENED[sign]:
            opened.pop()
        elif at not in skipped:
            orphans.append(at)
    orphans += [at for at in opened if at not in skipped]
    return [span.start + at for at in sorted(orphans)]


def orphaned_quotes(document: Document, rule: Rule) -> Iterator[Finding]:
    """The only quotation mark of a paragraph, in the middle of a sentence, that is no part of a longer quotation.

    At the edge of a sentence the mark belongs to what was said there, and its partner is what is missing: those are
    left to the grammar checker. A quotation of several paragraphs opens each one and closes the last.
    """
    text = document.text
    paragraphs = [segment.span for segment in document.segments if segment.kind in _WHERE]
    marks = [[m.start() + span.start for m in _QUOTE.finditer(span.of(text))] for span in paragraphs]
    for i, (span, here) in enumerate(zip(paragraphs, marks, strict=True)):
        if len(here) != 1 or _at_an_edge(text, span, here[0]) or _UNSEEN.search(text, span.start, span.end):
            continue
        if _opens(text, here[0]):
            goes_on = i + 1 < len(paragraphs) and marks[i + 1][:1] == [paragraphs[i + 1].start]
        else:
            goes_on = i > 0 and len(marks[i - 1]) % 2 == 1 and _opens(text, marks[i - 1][-1])
        if not goes_on:
            yield _removal(rule, text, here[0])


def _at_an_edge(text: str, span: Span, at: int) -> bool:
    """Whether a mark stands at the beginning or the end of a sentence or a clause, or after a number of inches."""
    before, after = text[span.start : at], text[at + 1 : span.end]
    return bool(_SENTENCE_EDGE.search(before) or _SENTENCE_REST.match(after) or before[-1:].isdigit())


def _opens(text: str, at: int) -> bool:
    """Whether a mark stands before a word and not after one."""
    return not text[at - 1 : at].strip() or text[at] in "„«"


def _removal(rule: Rule, text: str, at: int) -> Finding:
    """The mark goes, with one space where it stands between two."""
    end = at + 1
    if text[at - 1 : at] == " " and text[end : end + 1] == " ":
        end += 1
    fix = Fix((Edit(Span(at, end), ""),), Safety.UNSAFE)
    return rule.finding(Span(at, at + 1), text[at], (fix,))
