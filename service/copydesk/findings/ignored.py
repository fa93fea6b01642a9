"""Faults that a comment in the text says to leave alone, and comments that say nothing of use."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from copydesk.errors import UnknownNameError, nearest
from copydesk.findings.comments import WORD, Comment, comments_of, line_at, texts_of, unseen
from copydesk.findings.project import source_span
from copydesk.model import Family, Finding, Notice, Span
from copydesk.offsets import Offsets
from copydesk.packs import RuleBook
from copydesk.read import Reading
from copydesk.read.projection import joined
from copydesk.secondreader.contract import RULES

_FAMILIES = {family.value: family for family in Family}
_KINDS = ("", "next-line", "start", "end")
_ALL = ""  # the name of a comment that names nothing
_DEEPEST = 64  # blocks that may be open when one of them ends


class Ignored:
    """The comments of one source, and what they hide. `reading` is the source as checkers are to see it: without them.

    Time grows with comments and findings, and not with their product.
    """

    def __init__(self, reading: Reading) -> None:
        self.comments = comments_of(reading)
        self.reading = replace(reading, view=unseen(reading.view)) if self.comments else reading
        self._offsets = Offsets(reading.document.text)
        self._unclosed: set[Comment] = set()
        self._unopened: set[Comment] = set()
        self._reach = dict(self._reaches()) if self.comments else {}
        self._hidden = {name: joined(iter(spans)) for name, spans in self._by_name().items()}
        self._met: defaultdict[str, list[int]] = defaultdict(list)  # where findings begin that a name is about

    def without(self, findings: Iterable[Finding]) -> list[Finding]:
        """The findings on the view that are to be told. Of those in a comment itself, none is."""
        if not self.comments:
            return list(findings)
        return [finding for finding in findings if not self._hides(finding)]

    def notices(self, rules: RuleBook, judged: Callable[[Family], bool]) -> Iterator[Notice]:
        """What is wrong with the comments, each with its line.

        `judged` tells for a family whether all of it was looked for: only then a comment that hid nothing is told.
        """
        if not self.comments:
            return
        for places in self._met.values():
            places.sort()
        for comment in self.comments:
            line, _ = self._offsets.line_column(comment.span.start)
            named = f"line {line}: {WORD}{'-' if comment.kind else ''}{comment.kind}"
            for code, said in self._faults(comment, rules, judged):
                yield Notice(code, f"{named}{said}", comment.span)

    def _faults(self, comment: Comment, rules: RuleBook, judged: Callable[[Family], bool]) -> Iterator[tuple[str, str]]:
        if comment.kind not in _KINDS:
            yield "unknown-ignore", f" is unknown{nearest(comment.kind, _KINDS)}"
            return
        if comment in self._unclosed:
            yield "unclosed-ignore", f" has no {WORD}-end: it holds to the end of the text"
        if comment in self._unopened:
            yield "unclosed-ignore", f" has no {WORD}-start before it"
        if comment.kind == "end":
            return
        for name in comment.names or (_ALL,):
            if name in RULES:  # a model may say tomorrow what it does not say today
                continue
            try:
                families = _families_of(name, rules)
            except UnknownNameError as error:
                yield "unknown-ignore", f": {error}"
                continue
            if not self._is_used(comment, name) and all(judged(family) for family in families):
                yield "unused-ignore", f" hides nothing{f' of {name}' if name else ''}"

    def _hides(self, finding: Finding) -> bool:
        """Whether any comment hides `finding`."""
        projection = self.reading.projection
        span = finding.span if projection is None else source_span(finding.span, projection)
        if any(span.overlaps(comment.span) for comment in self._nearby(span)):
            return True
        names = (finding.rule, finding.family.value, _ALL)
        for name in names:
            self._met[name].append(span.start)
        return any(_is_in(self._hidden.get(name, ()), span.start) for name in names)

    def _is_used(self, comment: Comment, name: str) -> bool:
        """Whether a finding that `name` is about begins where `comment` holds. The places are in order by now."""
        reach, places = self._reach.get(comment), self._met[name]
        if reach is None:
            return False
        at = bisect_left(places, reach.start)
        return at < len(places) and places[at] < reach.end

    def _by_name(self) -> dict[str, list[Span]]:
        found: defaultdict[str, list[Span]] = defaultdict(list)
        for comment, reach in self._reach.items():
            for name in comment.names or (_ALL,):
                found[name].append(reach)
        return found

    def _nearby(self, span: Span) -> Sequence[Comment]:
        """The comments in a text without markup that may overlap `span`; in markup they are no part of the text."""
        if self.reading.document.format != "text":
            return ()
        at = bisect_right(self.comments, span.end, key=lambda comment: comment.span.start)
        return self.comments[max(at - 2, 0) : at]

    def _reaches(self) -> Iterator[tuple[Comment, Span]]:
        """The comments that hold anywhere, and the stretch of the source in which what they hide begins."""
        texts, end = texts_of(self.reading), len(self.reading.document.text) + 1
        opened: list[Comment] = []
        for comment in self.comments:
            if comment.kind == "start":
                opened.append(comment)
            elif comment.kind == "end":
                start = next((one for one in opened[: -_DEEPEST - 1 : -1] if comment.names in ((), one.names)), None)
                if start is None:
                    self._unopened.add(comment)
                else:
                    del opened[opened.index(start, -_DEEPEST)]
                    yield start, Span(start.span.end, comment.span.start)
            elif comment.kind in _KINDS and (reach := self._line_of(comment, texts)) is not None:
                yield comment, reach
        self._unclosed = set(opened)
        yield from ((comment, Span(comment.span.end, end)) for comment in opened)

    def _line_of(self, comment: Comment, texts: Sequence[Span]) -> Span | None:
        """The line that a comment is for; None where no text comes after it."""
        text, own = self.reading.document.text, line_at(self._offsets, comment.span)
        below = Span(min(own.end, len(text)), len(text) + 1)
        alone = comment.kind or own.of(text).strip() == comment.span.of(text).strip()
        place = _first_in(texts, [below] if alone else [own, below])
        return None if place is None else line_at(self._offsets, place)


def _is_in(spans: Sequence[Span], place: int) -> bool:
    """Whether one of `spans`, in order and apart, holds `place`."""
    at = bisect_right(spans, place, key=lambda span: span.start) - 1
    return at >= 0 and place < spans[at].end


def _first_in(texts: Sequence[Span], stretches: Iterable[Span]) -> Span | None:
    """The first place in the first of `stretches` that is read at all, as an empty span."""
    for stretch in stretches:
        at = bisect_right(texts, stretch.start, key=lambda span: span.end)
        if at < len(texts) and texts[at].start < stretch.end:
            place = max(texts[at].start, stretch.start)
            return Span(place, place)
    return None


def _families_of(name: str, rules: RuleBook) -> tuple[Family, ...]:
    """The families whose findings `name` can be about. Raises UnknownNameError.

    A rule of an engine has capital letters, and which there are is for the engine to know.
    """
    if not name:
        return tuple(family for family in Family if family is not Family.BITEXT)
    if name in _FAMILIES:
        return (_FAMILIES[name],)
    if "/" in name:
        return (rules[name].family,)
    if name.islower():
        raise UnknownNameError("rule or family", name, [*_FAMILIES, "all"])
    return (Family.GRAMMAR,)
