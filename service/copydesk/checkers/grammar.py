"""Grammar and spelling by an engine, without its alarms on names, on quotations and on taste."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from typing import ClassVar

from copydesk.checkers._spelling import Spelling
from copydesk.checkers.base import Remark, Resources, Scope
from copydesk.grammar import Match
from copydesk.grammar.profile import shipped_profile
from copydesk.model import Document, Edit, Family, Finding, Fix, Notice, Safety, SegmentKind
from copydesk.packs import RuleBook

_QUOTE_RULES = frozenset({"EN_UNPAIRED_QUOTES", "UNPAIRED_QUOTES", "EN_UNPAIRED_BRACKETS", "UNPAIRED_BRACKETS"})
_DOUBLE_MARK = re.compile(r"[\"“”„«»]")
_SINGLE_MARKS = frozenset("'‘’`")
_OPENING = ("“", '"', "„", "«")
_MOST_REPLACEMENTS = 5
_SHARE = 0.9  # of the time that is left to a review, for the engine
_SUGGESTION = re.compile(r"<suggestion>(.*?)</suggestion>", re.DOTALL)  # how engines mark words to put in


class GrammarChecker:
    """Asks the grammar source and keeps what an editor would call a fault."""

    family: ClassVar[Family] = Family.GRAMMAR
    scope: ClassVar[Scope] = Scope.DOCUMENT

    def __init__(self, rules: RuleBook, resources: Resources) -> None:
        self._source = resources.grammar
        self._enabled = resources.enabled
        self._profile = shipped_profile()
        self._lexicon = resources.lexicon
        self._cache = resources.cache
        self._deadline = resources.deadline

    def check(self, document: Document) -> Iterator[Remark]:
        """The engine's alarms as findings under the engine's own rule ids, and who raised them.

        Raises EngineError only where one engine was pinned and failed.
        """
        if self._source is None:
            yield Notice("grammar-off", "no grammar engine: grammar and spelling were not checked")
            return
        answer = self._source.check(document.text, document.language, self._until())
        yield from answer.notices
        yield from answer.engines
        spelling = Spelling(document, answer.matches, self._lexicon, self._cache)
        for match in answer.matches:
            at = max(document.segment_index(match.span.start), 0)
            if self._wanted(match, at, document, spelling):
                finding = self._finding(match)
                if finding is not None:
                    yield finding

    def _until(self) -> float | None:
        """When the engine must have answered, such that there is time left to look at its alarms."""
        if self._deadline is None:
            return None
        now = time.monotonic()
        return now + _SHARE * (self._deadline - now)

    def _wanted(self, match: Match, at: int, document: Document, spelling: Spelling) -> bool:
        """Whether the alarm, in the segment of index `at`, is about prose and not about a name or a quotation."""
        if document.segments[at].kind in (SegmentKind.CODE, SegmentKind.MARKUP):
            return False
        if match.rule in _QUOTE_RULES:
            return not _is_quotation(match.span.of(document.text).strip(), document, at)
        return spelling.is_error(match) if match.is_spelling else not spelling.is_dialect(match)

    def _finding(self, match: Match) -> Finding | None:
        severity = self._profile.severity(match, self._enabled)
        if severity is None:
            return None
        safety = Safety.UNSAFE if len(match.replacements) == 1 else Safety.SHOW
        fixes = tuple(Fix((Edit(match.span, text),), safety) for text in match.replacements[:_MOST_REPLACEMENTS])
        message = _SUGGESTION.sub(r"“\1”", match.message)
        return Finding(match.rule, Family.GRAMMAR, severity, match.span, message, fixes)


def _is_quotation(mark: str, document: Document, at: int) -> bool:
    """Whether a mark that an engine calls unpaired is right.

    A quotation of several paragraphs opens each of them and closes only the last (Chicago Manual of Style 13.30).
    Straight and curly marks that pair up are a matter of style. Single marks are left alone: engines take
    apostrophes for them.
    """
    if mark in _SINGLE_MARKS:
        return True
    if not _DOUBLE_MARK.fullmatch(mark):
        return False
    segment = document.segments[at]
    if len(_DOUBLE_MARK.findall(document.text, segment.span.start, segment.span.end)) % 2 == 0:
        return True
    after = next((s for s in document.segments[at + 1 :] if s.kind is not SegmentKind.CREDIT), None)
    return after is not None and document.text.startswith(_OPENING, after.span.start)
