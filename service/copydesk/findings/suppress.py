"""What the caller did not ask for is left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from copydesk.errors import UnknownNameError
from copydesk.model import Document, Family, Finding, SegmentKind, Severity

_POSSESSIVE = ("’s", "'s", "’", "'")
_COUNTS = {  # in what is no text of the article, the families that count
    SegmentKind.MENU: frozenset({Family.DEBRIS, Family.ENCODING}),
    SegmentKind.SITE_MENU: frozenset({Family.ENCODING}),
}
_OF_THE_LANGUAGE = frozenset({Family.GRAMMAR, Family.NAMES})  # they read a document in one language


@dataclass(frozen=True, slots=True)
class Filter:
    """Which findings the caller wants, and how grave they count.

    `families` None means all; `disabled` are rule ids; `severity` is the floor; `accepted` are words and names that
    are right as they stand, compared exactly, with and without a possessive ending. `severities` are rule ids and
    families with what their findings count as: of those that fit, the last wins, and the floor is held against that.
    """

    families: frozenset[Family] | None = None
    disabled: frozenset[str] = frozenset()
    severity: Severity = Severity.SUGGESTION
    accepted: frozenset[str] = field(default_factory=frozenset)
    severities: tuple[tuple[str, Severity], ...] = ()

    def wants(self, family: Family) -> bool:
        """Whether findings of `family` are asked for at all."""
        return self.families is None or family in self.families

    def apply(self, findings: Iterable[Finding], text: str) -> Iterator[Finding]:
        """The wanted findings on `text`, in the order given."""
        for finding in findings:
            if (
                self.wants(finding.family)
                and finding.rule not in self.disabled
                and not self._accepts(finding.span.of(text))
            ):
                counted = self._counted(finding)
                if counted.severity.rank >= self.severity.rank:
                    yield counted

    def _counted(self, finding: Finding) -> Finding:
        for name, severity in reversed(self.severities):
            if name in (finding.rule, finding.family):
                return finding.with_severity(severity)
        return finding

    def _accepts(self, word: str) -> bool:
        return word in self.accepted or any(
            word.endswith(ending) and word[: -len(ending)] in self.accepted for ending in _POSSESSIVE
        )


def concerning(findings: Iterable[Finding], view: Document) -> Iterator[Finding]:
    """The findings that mean something where they are.

    Menus and buttons are no sentences and stand twice on a page by intent: only debris and damaged characters count in
    them, and in those outside the page's article, where “Subscribe” is at home, only the characters. A passage in
    another language is not read as the document's.
    """
    for finding in findings:
        at = view.segment_index(finding.span.start)
        segment = view.segments[at] if at >= 0 else None
        if segment is not None and segment.kind in _COUNTS and finding.family not in _COUNTS[segment.kind]:
            continue
        foreign = segment is not None and segment.language != view.language
        if not (foreign and finding.family in _OF_THE_LANGUAGE):
            yield finding


def parse_families(names: Sequence[str]) -> frozenset[Family]:
    """Families by name. Raises UnknownNameError with the nearest."""
    known = {family.value: family for family in Family}
    for name in names:
        if name not in known:
            raise UnknownNameError("family", name, known, field="options.families")
    return frozenset(known[name] for name in names)
