"""Where a text was cut and sewn: fragments after a lost link, doubled words over a stop, broken paragraphs."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise
from typing import ClassVar

from copydesk.checkers.base import Remark, Resources
from copydesk.model import Document, Edit, Family, Finding, Fix, Safety, SegmentKind, Span
from copydesk.packs import RuleBook
from copydesk.packs.patterns import PatternMatcher

_DOUBLED = re.compile(r"(?<=\S )(\w{3,40})(?=\.\s+\1\.)", re.IGNORECASE)
_DOUBLED_REST = re.compile(r"\s+\w+\.+(?:\s*[.…]+)*(?![\"”’»!?.])")  # what is spoken may be said twice
_CAPITALISED = re.compile(r"[^\W\d_a-zà-öø-ÿа-яёіїєґўšžč][\w’'.-]*")
_CONNECTORS = frozenset({"of", "the", "and", "de", "la", "von", "van", "der", "da", "di", "al", "bin"})
_PRONOUN = re.compile(r"(?:it|he|she|that|this|there|here|who|what|we|they|i|you)(?:\b|[’'])", re.IGNORECASE)
_SHORT_TITLES = frozenset(
    {"Dr.", "Prof.", "Gen.", "Col.", "Lt.", "Maj.", "Capt.", "Mr.", "Mrs.", "Ms.", "Sen.", "Rep."}
)
_ROLE = re.compile(
    r"(?:[A-Z][a-z]+ )?(?:President|Prime Minister|Minister|Chancellor|General|Colonel|Governor|Mayor|Ambassador|Judge|"
    r"Senator|King|Queen|Patriarch|Commander|Secretary|Director|Chairman|Speaker|Spokesman|Spokeswoman)\b"
)
_FRAGMENT_WORDS = range(2, 9)
_LONGEST_FRAGMENT = 90  # code points
_ENDED = re.compile(r"[.!?…:;]['\"”’»)\]]*$")
_SHORTEST_BROKEN = 60  # code points; shorter lines without a stop are headings


class SeamChecker:
    """Pattern rules, and what needs the sentences around it."""

    family: ClassVar[Family] = Family.SEAMS

    def __init__(self, rules: RuleBook, resources: Resources) -> None:
        self._patterns = PatternMatcher(rules.of(self.family))
        self._doubled = rules["any/seams/doubled-word-over-stop"]
        self._fragment = rules["en/seams/name-as-sentence"]
        self._broken = rules["any/seams/broken-paragraph"]

    def check(self, document: Document) -> Iterator[Remark]:
        """The seams of a document, in any order."""
        yield from self._patterns.find(document)
        yield from self._doubled_words(document)
        yield from self._broken_paragraphs(document)
        if self._fragment.applies_to(document.language):
            yield from self._fragments(document)

    def _doubled_words(self, document: Document) -> Iterator[Finding]:
        text = document.text
        for match in _DOUBLED.finditer(text):
            stop = match.end() + 1
            rest = _DOUBLED_REST.match(text, stop)
            if rest is None or "\n" in rest.group():
                continue
            span = Span(match.start(), rest.end())
            fix = Fix((Edit(Span(stop, rest.end()), ""),), Safety.UNSAFE)
            yield self._doubled.finding(span, span.of(text), (fix,))

    def _fragments(self, document: Document) -> Iterator[Finding]:
        """A sentence that is only a title and a name, after another sentence of the same paragraph."""
        text = document.text
        paragraphs = [s.span for s in document.segments if s.kind is SegmentKind.PARAGRAPH]
        starts = [span.start for span in paragraphs]
        for before, span in pairwise(document.sentences):
            if len(span) > _LONGEST_FRAGMENT:
                continue
            at = bisect_right(starts, span.start) - 1
            if at < 0 or not (paragraphs[at].contains(before) and paragraphs[at].contains(span)):
                continue
            said = span.of(text)
            if _is_name_alone(said) and (_is_statement(before.of(text)) or _ROLE.match(said)):
                yield self._fragment.finding(span, span.of(text))

    def _broken_paragraphs(self, document: Document) -> Iterator[Finding]:
        """A paragraph without an end, and the next that goes on with a small letter."""
        text = document.text
        for a, b in pairwise(document.segments):
            if a.kind not in (SegmentKind.PARAGRAPH, SegmentKind.TITLE) or b.kind is not SegmentKind.PARAGRAPH:
                continue
            said = a.span.of(text)
            if len(said) < _SHORTEST_BROKEN or _ENDED.search(said) or not text[b.span.start].islower():
                continue
            word = text.rfind(" ", a.span.start, a.span.end) + 1
            end = next((i for i in range(b.span.start, b.span.end) if not text[i].isalpha()), b.span.end)
            fix = Fix((Edit(Span(a.span.end, b.span.start), " "),), Safety.UNSAFE)
            span = Span(word, end)
            yield self._broken.finding(span, span.of(text), (fix,))


def _is_name_alone(sentence: str) -> bool:
    """Whether every word but the connectors is capitalised, none is an abbreviation, and it ends with a full stop."""
    words = sentence.removesuffix(".").split()
    if not sentence.endswith(".") or sentence.endswith("..") or len(words) not in _FRAGMENT_WORDS:
        return False
    content = [word for word in words if word not in _CONNECTORS and word not in _SHORT_TITLES]
    return (
        words[0] in content
        and not _PRONOUN.match(words[0])
        and len(content) >= 2
        and all(_CAPITALISED.fullmatch(w) and len(w) > 2 and not w.isupper() for w in content)
        and not any(word.endswith(".") for word in content)
    )


def _is_statement(sentence: str) -> bool:
    """Whether a sentence ends as one, in small letters: not a question, a list of names, or an abbreviation."""
    last = sentence.rsplit(None, 1)[-1]
    return re.fullmatch(r"[^\W_][^\W_’'-]{2,}\.", last) is not None and (last[0].islower() or last[0].isdigit())
