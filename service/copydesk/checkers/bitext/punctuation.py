"""Marks that a translation lost or gained: the question, the final mark, marks that belong to no language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copydesk.checkers.base import Remark, Resources
from copydesk.checkers.bitext.base import PairChecker
from copydesk.model import Document, Edit, Finding, Fix, Pair, Safety, Span
from copydesk.packs import RuleBook

_ASKING = "?？؟՞⁇⁈⁉"
_GREEK_ASKING = ";\u037e"
_OPEN_END = "…‥,，、:：-–—"
_FINAL = ".。．｡।॥۔։።!！|…" + _ASKING
_ENDING = frozenset(_FINAL + ":：;；")
_CLOSING = "\"'”’»«“„‘‟＂）)]】」』》›* \t\r\n\u00a0\u3000\u200b"
_ASKS_WITHOUT = frozenset({"th", "lo", "km", "my", "bo"})  # languages that mark no question
_JAPANESE_ASKING = ("か", "かな", "かしら", "の")
_STOPS = {"zh": "。", "ja": "。", "hi": "।", "bn": "।", "hy": "։", "ur": "۔"}
_ABBREVIATIONS = frozenset(
    {"руб", "тыс", "млн", "млрд", "коп", "стр", "etc", "inc", "ltd", "corp", "usw", "bzw", "itd", "itp"}
)
_LAST_WORD = re.compile(r"([\w\u0900-\u0dff]+)[^\w\u0900-\u0dff]*$")  # vowel signs are no letters to Python
_LONGEST_WORD = 40  # code points
_WORDS_LEAST = 3  # a segment of fewer is a label, whose full stop is its own
# A mark within a sentence that no orthography puts there: after a small word and before one.
_MAY_STRAY = re.compile(r"[?!^~_`|\\@]|\.\.|,,")  # a twentieth of what the next one takes
_STRAY = re.compile(r"(?<=[a-z])[?!;:]*[?!](?= [a-z])|[\^~_`|\\](?!\d)|(?<=\w)@(?!\w)|(?<=[a-z])(?:\.\.|,,)(?= )")


class PunctuationChecker(PairChecker):
    """Compares whether marks are there, never which of several forms a language uses."""

    def __init__(self, rules: RuleBook, resources: Resources) -> None:
        self._lost, self._added, self._final, self._stray = (
            rules[f"any/bitext/{fault}"]
            for fault in ("question-lost", "question-added", "final-mark-missing", "stray-mark")
        )

    def check(self, pair: Pair) -> Iterator[Remark]:
        """The faults at the end of the target, and each stray mark in it."""
        source, target = pair.source.text.rstrip(_CLOSING), pair.target.text.rstrip(_CLOSING)
        if not source or not target:
            return
        if _asks(source, pair.source) and not _has_question(pair.target):
            yield self._question_lost(pair, source, target)
        elif target[-1] in _ASKING and not _may_ask(source, pair.source):
            yield self._added.pair_finding(Span(len(target) - 1, len(target)), None, target[-1])
        elif source[-1] in _FINAL and target[-1] not in _ENDING and _is_sentence(source):
            yield self._ending_lost(pair, source, target)
        for match in _STRAY.finditer(pair.target.text) if _MAY_STRAY.search(pair.target.text) else ():
            if not set(match[0]) & set(pair.source.text):
                fix = Fix((Edit(Span(*match.span()), "." if ".." in match[0] else ""),), Safety.UNSAFE)
                yield self._stray.pair_finding(Span(*match.span()), None, match[0], (fix,))

    def _question_lost(self, pair: Pair, source: str, target: str) -> Finding:
        place = Span(len(source) - 1, len(source))
        if target[-1] not in _ENDING:
            return self._lost.pair_finding(Span(len(target), len(target)), place, source[-1])
        span = Span(len(target) - 1, len(target))
        fix = Fix((Edit(span, _question_mark(pair.target)),), Safety.UNSAFE)
        return self._lost.pair_finding(span, place, source[-1], (fix,))

    def _ending_lost(self, pair: Pair, source: str, target: str) -> Finding:
        """The mark goes to the end; where quotes or brackets close there, houses differ on the side, and nothing is
        proposed."""
        end, place = len(target), Span(len(source) - 1, len(source))
        mark = "!" if source[-1] in "!！" else _STOPS.get(_base(pair.target), ".")
        closed = bool(pair.target.text[end:].strip())
        fixes = () if closed else (Fix((Edit(Span(end, end), mark),), Safety.UNSAFE),)
        return self._final.pair_finding(Span(end, end), place, source[-1], fixes)


def _asks(text: str, document: Document) -> bool:
    """Whether `text`, the document's without what closes it, ends in a question mark of its language."""
    return text[-1] in _ASKING or (text[-1] in _GREEK_ASKING and _base(document) == "el")


def _has_question(document: Document) -> bool:
    base = _base(document)
    if base in _ASKS_WITHOUT or any(mark in document.text for mark in _ASKING):
        return True
    if base == "ja":
        return document.text.rstrip(_FINAL + _CLOSING).endswith(_JAPANESE_ASKING)
    return base == "el" and any(mark in document.text for mark in _GREEK_ASKING)


def _may_ask(text: str, document: Document) -> bool:
    """Whether the source has a question, or ends so that nobody knows: cut off, or without any mark."""
    return _has_question(document) or text[-1] not in _FINAL or text[-1] in _OPEN_END or text.endswith("..")


def _is_sentence(source: str) -> bool:
    """Whether the full stop at the end of `source` ends a sentence, and no abbreviation or label."""
    if source[-1] not in ".|":
        return True
    last = _LAST_WORD.search(source[-_LONGEST_WORD:])
    if last is None or last[1].lower() in _ABBREVIATIONS:
        return False
    initial = len(last[1]) == 1 or (len(last[1]) == 2 and last[1].islower())
    return (last[1].isdigit() or not initial) and len(source.split()) >= _WORDS_LEAST


def _question_mark(document: Document) -> str:
    return {"zh": "？", "ja": "？", "ar": "؟", "fa": "؟", "ur": "؟", "el": ";", "hy": "՞"}.get(_base(document), "?")


def _base(document: Document) -> str:
    return document.language.split("-", 1)[0]
