"""Faults planted in clean articles: how many are found, how exactly, and whether the fixes give the article back.

Each text has one fault, of a known kind at a known span. The articles are published ones, cut into excerpts of whole
lines; only excerpts in which the cleaning families see nothing are planted in, so that what is found is what was
planted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random

from benchmarks.corpora import article_bodies, published_news
from benchmarks.planted.fragments import FRAGMENT_PLANTERS
from benchmarks.planted.lines import LINE_PLANTERS
from benchmarks.planted.planters import Planted, Planter
from benchmarks.planted.seams import SEAM_PLANTERS
from benchmarks.planted.words import ENCODING_PLANTERS
from benchmarks.tables import Table
from copydesk.findings.suppress import Filter
from copydesk.model import Family, Finding
from copydesk.pipeline import UNSAFE, Desk, Options

PLANTERS: tuple[Planter, ...] = (*LINE_PLANTERS, *ENCODING_PLANTERS, *SEAM_PLANTERS, *FRAGMENT_PLANTERS)
CLEANING = frozenset({Family.CAPTIONS, Family.DUPLICATES, Family.DEBRIS, Family.ENCODING, Family.SEAMS})
_REPEATS = frozenset({Family.CAPTIONS, Family.DUPLICATES})  # a sentence as a line twice in a row is either's
_OPTIONS = Options(filter=Filter(families=CLEANING))
_EACH = 60  # faults of a kind
_EXCERPT = 2500  # code points
_SHORTEST = 800
_TRIES = 6  # excerpts tried for each fault before a kind is short of places
_SEED = 20240917
_WIDEST, _SLACK = 3, 80  # as in marked.py: a finding may be so many times as long as the fault, or so much longer


@dataclass(slots=True)
class Outcome:
    """How one kind did; `missed` are the texts about their faults, for whoever mends the rules."""

    planted: int = 0
    found: int = 0
    exact: int = 0
    mendable: int = 0
    mended: int = 0
    missed: list[str] = field(default_factory=list)


def planted() -> Table:
    """Recall, exact spans and restored texts by kind."""
    desk = Desk()
    excerpts = clean_excerpts(desk)
    outcomes = {planter: measure(desk, planter, excerpts) for planter in PLANTERS}
    rows = [["family", "fault", "planted", "found", "exact span", "text restored"]]
    for planter, outcome in outcomes.items():
        rows.append([planter.family, planter.kind, str(outcome.planted), *_shares(outcome)])
    every = Outcome()
    for outcome in outcomes.values():
        every.planted += outcome.planted
        every.found += outcome.found
        every.exact += outcome.exact
        every.mendable += outcome.mendable
        every.mended += outcome.mended
    rows.append(["all", "", f"{every.planted:,}", *_shares(every)])
    how = (
        "One fault in each text, at a known place of a published article on which the cleaning families are silent; "
        "fixed seed. Found: by its own family (captions and duplicates count as one), and no wider than the fault "
        "needs. Exact: of those planted, the span is the planted one. Restored: the text after all fixes, unsafe ones "
        "included, is the article again, but for white space at its end; – where only the source can tell what was "
        "lost. The wordings are the benchmark's own; the rules have been widened by class since they were written."
    )
    return Table("Planted faults", how, rows)


def measure(desk: Desk, planter: Planter, excerpts: Sequence[str], each: int = _EACH) -> Outcome:
    """What `desk` makes of `each` faults of one kind, in excerpts drawn at random; the same ones each time."""
    outcome = Outcome()
    families = _REPEATS if planter.family in _REPEATS else {planter.family}
    for _, fault in plant(planter, excerpts, each):
        review = desk.review(fault.text, _OPTIONS, language="en-US")
        over = [f for f in review.findings if f.family in families and _points_at(f, fault)]
        outcome.planted += 1
        outcome.found += bool(over)
        exact = any(f.span in fault.spans for f in over)
        outcome.exact += exact
        restored = desk.correct(review, _OPTIONS, UNSAFE).text.rstrip() in fault.wanted
        outcome.mendable += bool(fault.wanted)
        outcome.mended += restored
        if not (over and exact and (restored or not fault.wanted)):
            outcome.missed.append(_shown(fault, over, restored))
    return outcome


def plant(planter: Planter, excerpts: Sequence[str], each: int) -> Iterator[tuple[str, Planted]]:
    """Up to `each` excerpts with one fault, and the excerpts themselves. The same ones for the same arguments."""
    random = Random(f"{_SEED} {planter.kind}")  # noqa: S311 (a reproducible draw, no secret)
    done = 0
    for _ in range(each * _TRIES):
        text = random.choice(excerpts)
        fault = planter.plant(text, random)
        if fault is not None:
            yield text, fault
            done += 1
        if done == each:
            return


def clean_excerpts(desk: Desk) -> list[str]:
    """Whole lines of the published articles in English, on which the cleaning families are silent."""
    articles = [*published_news(), *article_bodies()]
    excerpts = [excerpt for article in articles for excerpt in _excerpts(article)]
    return [text for text in excerpts if not desk.review(text, _OPTIONS, language="en-US").findings]


def _excerpts(article: str) -> Iterator[str]:
    """The article in pieces of whole lines, of about the same length; without white space at their ends."""
    piece = ""
    for line in ("\n".join(line.strip() for line in article.splitlines())).splitlines(keepends=True):
        if len(piece) + len(line) > _EXCERPT and len(piece) >= _SHORTEST:
            yield piece.strip()
            piece = ""
        piece += line
    if len(piece) >= _SHORTEST:
        yield piece.strip()


def _points_at(finding: Finding, fault: Planted) -> bool:
    return any(
        finding.span.overlaps(span) and len(finding.span) <= max(_WIDEST * len(span), len(span) + _SLACK)
        for span in fault.spans
    )


def _shares(outcome: Outcome) -> list[str]:
    return [
        _share(outcome.found, outcome.planted),
        _share(outcome.exact, outcome.planted),
        _share(outcome.mended, outcome.mendable),
    ]


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.2f}" if whole else "–"


def _shown(fault: Planted, over: Sequence[Finding], restored: bool) -> str:
    """A line on a fault that was missed, or found elsewhere, or not mended."""
    span = fault.spans[0]
    around = fault.text[max(0, span.start - 40) : span.start], fault.text[span.end : span.end + 40]
    state = "not restored" if over and not restored and fault.wanted else ("inexact" if over else "missed")
    found = "; ".join(f"{f.rule} {f.span.of(fault.text)[:60]!r}" for f in over)
    return f"{state}: {around[0]!r} [[{span.of(fault.text)!r}]] {around[1]!r} {found}"
