"""Articles whose faults are marked by hand, and how many of them a review finds.

A fault is `[[family|text]]`; every spelling of one name is `[[names#group:form]]`; what may be reported and need not be
is `[[optional|text]]`.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from copydesk.model import Family, Finding, Span

_MARK = re.compile(r"\[\[(?:names#(?P<group>\w+):|(?P<family>\w+)\|)(?P<body>.*?)\]\]", re.S)
# An alarm of another family in these has not found the fault: a misspelling inside a repeated caption, say.
_OWN = frozenset({Family.CAPTIONS, Family.DUPLICATES, Family.DEBRIS, Family.ENCODING})
_WIDEST, _SLACK = 3, 80  # a finding may be this many times as long as the fault, or this many code points longer


@dataclass(frozen=True, slots=True)
class Marked:
    """A text, its faults, and the groups of spellings that are one name's."""

    text: str
    faults: tuple[tuple[Family, Span], ...]
    groups: tuple[tuple[Span, ...], ...]
    optional: tuple[Span, ...]


@dataclass(slots=True)
class Score:
    """Faults found (shares of a name's group count as such) of all, by family; and the alarms on nothing."""

    found: defaultdict[Family, float] = field(default_factory=lambda: defaultdict(float))
    total: Counter[Family] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)
    false: list[Finding] = field(default_factory=list)
    words: int = 0

    def add(self, other: Score) -> None:
        """The sum over several articles."""
        for family, share in other.found.items():
            self.found[family] += share
        self.total += other.total
        self.missed += other.missed
        self.false += other.false
        self.words += other.words

    def recall(self, family: Family) -> float:
        """0 to 1; 1 where there is nothing to find."""
        return self.found[family] / self.total[family] if self.total[family] else 1.0

    @property
    def alarms(self) -> float:
        """False alarms per 1,000 words."""
        return 1000 * len(self.false) / self.words


def parse(marked: str) -> Marked:
    """The article without its marks, and where they were."""
    parts: list[str] = []
    faults: list[tuple[Family, Span]] = []
    optional: list[Span] = []
    groups: dict[str, list[Span]] = defaultdict(list)
    at = length = 0
    for mark in _MARK.finditer(marked):
        parts += [marked[at : mark.start()], mark["body"]]
        start = length + mark.start() - at
        length = start + len(mark["body"])
        at = mark.end()
        span = Span(start, length)
        if mark["group"]:
            groups[mark["group"]].append(span)
        elif mark["family"] == "optional":
            optional.append(span)
        else:
            faults.append((Family(mark["family"]), span))
    text = "".join([*parts, marked[at:]])
    return Marked(text, tuple(faults), tuple(map(tuple, groups.values())), tuple(optional))


def score(article: Marked, findings: Sequence[Finding]) -> Score:
    """How a review of the article did."""
    result = Score(words=len(article.text.split()))
    for family, span in article.faults:
        over = [f for f in findings if _points_at(f, span)]
        result.total[family] += 1
        if any(f.family is family for f in over) if family in _OWN else over:
            result.found[family] += 1
        else:
            result.missed.append(f"{family}: {span.of(article.text)}")
    for group in article.groups:
        result.total[Family.NAMES] += 1
        share = _share_of_group(article.text, group, findings)
        result.found[Family.NAMES] += share
        if share < 1:
            result.missed.append(f"names: {' / '.join(sorted({s.of(article.text) for s in group}))}")
    marks = [span for _, span in article.faults] + list(article.optional)
    names = [span for group in article.groups for span in group]
    result.false = [f for f in findings if not _on(f, marks) and not (f.family is Family.NAMES and _on(f, names))]
    return result


def _share_of_group(text: str, group: Iterable[Span], findings: Sequence[Finding]) -> float:
    """The best share of the other spellings that are reported, whichever spelling is kept."""
    spans = list(group)
    told = {s: any(f.family is Family.NAMES and _points_at(f, s) for f in findings) for s in spans}
    shares = []
    for keep in {span.of(text) for span in spans}:
        others = [span for span in spans if span.of(text) != keep]
        shares.append(sum(told[span] for span in others) / max(1, len(others)))
    return max(shares)


def _points_at(finding: Finding, span: Span) -> bool:
    longest = max(_WIDEST * len(span), len(span) + _SLACK)
    return finding.span.overlaps(span) and len(finding.span) <= longest


def _on(finding: Finding, spans: Iterable[Span]) -> bool:
    return any(finding.span.overlaps(span) for span in spans)
