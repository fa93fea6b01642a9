"""Quotation marks and brackets: what the source puts between them, and what the translation leaves open."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copydesk.checkers.base import Remark, Resources
from copydesk.checkers.bitext.base import PairChecker
from copydesk.model import Pair, Span
from copydesk.packs import RuleBook

# 《》 are left out: Chinese sets titles in them, and English prints those in italics.
_QUOTE = re.compile(r"[“”„«»‟「」『』＂]|(?<!\d)\"|(?<!\w)[‘'](?=\w)")
_DOUBLE = re.compile(r"[“”]|(?<!\d)\"|(?<=\d)\"(?![\s\w])")  # not the inches of 5'10" and 21"
_WORD = re.compile(r"\w")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_SPEECH, _WIDE_SPEECH = 5, 12  # words, and characters of Chinese and Japanese, from which a quotation is speech
_DIALOGUE = re.compile(r"^\s*[-–—]\s|[.?!…]\s*[–—]\s")
_SIGNS = frozenset("\"“”„«»‟「」『』＂‘([{（［【)]}）］】'")
_OPEN, _CLOSE = "([{（［【", ")]}）］】"
_LIST_NUMBER = re.compile(r"(?:^|(?<=\s))\w{1,3}[)）]|[:;]-?[()]")
_BRACKET = re.compile(r"[(\[{（［【)\]}）］】]")


class QuoteChecker(PairChecker):
    """Quotes that are gone or left open, brackets that are left open."""

    def __init__(self, rules: RuleBook, resources: Resources) -> None:
        self._lost, self._open, self._bracket = (
            rules[f"any/bitext/{fault}"] for fault in ("quotes-lost", "quote-left-open", "bracket-left-open")
        )

    def check(self, pair: Pair) -> Iterator[Remark]:
        """At most one finding on quotes, and one on brackets."""
        source, target = pair.source.text, pair.target.text
        if _SIGNS.isdisjoint(source) and _SIGNS.isdisjoint(target):
            return
        passage = _quoted(source)
        if passage is not None and target.strip() and not _QUOTE.search(target):
            end = len(target.rstrip())
            yield self._lost.pair_finding(Span(end, end), passage, passage.of(source))
        elif (at := _open_quote(target)) is not None and not _goes_on(source):
            yield self._open.pair_finding(Span(at, at + 1), None, target[at])
        if (at := _open_bracket(target)) is not None and _open_bracket(source) is None:
            yield self._bracket.pair_finding(Span(at, at + 1), None, target[at])


def _quoted(text: str) -> Span | None:
    """The first passage in quotation marks that is long enough to be somebody's words; names and titles are set in
    them by some languages and not by others. A quotation that is all of the segment is a headline or a title."""
    marks = [match.start() for match in _QUOTE.finditer(text)]
    for start, end in zip(marks[::2], marks[1::2], strict=False):
        words = text[start + 1 : end]
        if not _WORD.search(text, end) and not _WORD.search(text[:start]):
            return None
        if len(words.split()) >= _SPEECH or len(_WIDE.findall(words)) >= _WIDE_SPEECH:
            return Span(start, end + 1)
    return None


def _goes_on(source: str) -> bool:
    """Whether what is quoted in the source begins or ends in another segment, or is told by dashes."""
    return len(_QUOTE.findall(source)) % 2 == 1 or source.rstrip().endswith(":") or bool(_DIALOGUE.search(source))


def _open_quote(text: str) -> int | None:
    """Where a double quotation mark stands that has no other.

    Quotes that go on through several paragraphs open each of them, so texts of several lines are left alone, and so are
    straight marks mixed with curly ones, which make pairs by eye.
    """
    if "\n" in text.strip() or "„" in text or "«" in text:
        return None
    marks = [match.start() for match in _DOUBLE.finditer(text)]
    straight = [at for at in marks if text[at] == '"']
    if len(marks) % 2:
        return straight[-1] if len(straight) % 2 else marks[-1]
    return None


def _open_bracket(text: str) -> int | None:
    """Where the first bracket stands that has no partner. Numbers of a list (“a)”) and faces are no brackets."""
    if not _BRACKET.search(text):
        return None
    skipped = {match.end() - 1 for match in _LIST_NUMBER.finditer(text)}
    waiting: list[tuple[str, int]] = []
    for match in _BRACKET.finditer(text):
        sign, at = match[0], match.start()
        if sign in _OPEN:
            waiting.append((sign, at))
        elif waiting and _same_kind(waiting[-1][0], sign):
            waiting.pop()
        elif at not in skipped:
            return at
    return waiting[0][1] if waiting else None


def _same_kind(opening: str, closing: str) -> bool:
    """Whether the two belong together; a wide bracket may close a narrow one."""
    return _OPEN.index(opening) % 3 == _CLOSE.index(closing) % 3
