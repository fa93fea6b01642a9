"""Merging, suppressing, correcting, fingerprints."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from copydesk.findings.correct import apply_edits, correct
from copydesk.findings.fingerprint import fingerprints
from copydesk.findings.merge import merge
from copydesk.findings.suppress import Filter
from copydesk.model import Edit, Family, Finding, Fix, Safety, Severity, Span

ALL = frozenset(Safety)


def finding(family: Family, start: int, end: int, new: str | None = None, rule: str = "any/x/y") -> Finding:
    fixes = () if new is None else (Fix((Edit(Span(start, end), new),), Safety.SAFE),)
    return Finding(rule, family, Severity.ERROR, Span(start, end), "m", fixes)


def test_grammar_gives_way_to_every_other_family() -> None:
    name, alarm = finding(Family.NAMES, 3, 8), finding(Family.GRAMMAR, 5, 9)
    assert merge([alarm, name], 20) == (name,)


def test_a_name_may_stand_inside_a_translation_fault() -> None:
    name, calque = finding(Family.NAMES, 3, 8), finding(Family.TRANSLATION, 0, 12)
    assert merge([calque, name], 20) == (calque, name)


def test_what_is_inside_a_removed_line_is_moot() -> None:
    caption, name = finding(Family.CAPTIONS, 0, 12, new=""), finding(Family.NAMES, 3, 8)
    assert merge([name, caption], 20) == (caption,)


def test_neighbours_do_not_conflict() -> None:
    a, b = finding(Family.SEAMS, 0, 5), finding(Family.SEAMS, 5, 9)
    assert merge([b, a], 9) == (a, b)


def test_an_insertion_claims_its_place() -> None:
    a, b = finding(Family.SEAMS, 5, 5, new=" "), finding(Family.GRAMMAR, 4, 7)
    assert merge([a, b], 9) == (a,)


SPANS = st.tuples(st.integers(0, 40), st.integers(0, 12)).map(lambda p: Span(p[0], min(p[0] + p[1], 50)))
FINDINGS = st.lists(
    st.builds(
        lambda span, family, new: finding(family, span.start, span.end, new),
        SPANS,
        st.sampled_from(list(Family)),
        st.one_of(st.none(), st.text(max_size=3)),
    ),
    max_size=12,
)


@given(FINDINGS)
def test_merging_does_not_depend_on_the_order_and_is_stable(findings: list[Finding]) -> None:
    once = merge(findings, 50)
    assert merge(reversed(findings), 50) == once
    assert merge(once, 50) == once
    alarms = [f for f in once if f.family is Family.GRAMMAR]
    assert not any(a.span.overlaps(f.span) for a in alarms for f in once if f is not a)


@given(st.text(min_size=50, max_size=50), FINDINGS)
def test_correction_touches_nothing_outside_the_spans(text: str, findings: list[Finding]) -> None:
    applied = correct(text, findings, ALL)
    edits = [f.fixes[0].edits[0] for f in applied.findings]
    assert applied.text == apply_edits(text, edits)
    assert len(applied.text) == len(text) + sum(len(e.text) - len(e.span) for e in edits)
    covered = {p for e in edits for p in range(e.span.start, e.span.end)}
    kept = [c for p, c in enumerate(text) if p not in covered]
    rest = iter(applied.text)
    assert all(c in rest for c in kept)  # a subsequence, in order


def test_only_the_asked_levels_are_applied() -> None:
    unsafe = Finding(
        "r", Family.NAMES, Severity.ERROR, Span(0, 1), "m", (Fix((Edit(Span(0, 1), "x"),), Safety.UNSAFE),)
    )
    assert correct("abc", [unsafe], frozenset({Safety.SAFE})).text == "abc"
    assert correct("abc", [unsafe], frozenset({Safety.SAFE, Safety.UNSAFE})).text == "xbc"


def test_accepted_words_match_whole_and_with_possessive() -> None:
    text = "Kalinouski’s men"
    found = [finding(Family.NAMES, 0, 12)]
    assert list(Filter(accepted=frozenset({"Kalinouski"})).apply(found, text)) == []
    assert list(Filter(accepted=frozenset({"Kalinousk"})).apply(found, text)) == found


def test_filter_by_family_rule_and_severity() -> None:
    found = [finding(Family.NAMES, 0, 1, rule="any/a/b"), finding(Family.SEAMS, 2, 3, rule="any/c/d")]
    assert list(Filter(families=frozenset({Family.SEAMS})).apply(found, "abcd")) == found[1:]
    assert list(Filter(disabled=frozenset({"any/a/b"})).apply(found, "abcd")) == found[1:]
    mild = [f.with_severity(Severity.SUGGESTION) for f in found]
    assert list(Filter(severity=Severity.WARNING).apply(mild, "abcd")) == []


def test_a_fingerprint_survives_edits_elsewhere_and_tells_copies_apart() -> None:
    text = "one two three bad four five six"
    at = text.index("bad")
    (name,) = fingerprints([finding(Family.SEAMS, at, at + 3)], text)
    moved = "A new first paragraph.\n\nzero " + text
    at = moved.index("bad")
    assert fingerprints([finding(Family.SEAMS, at, at + 3)], moved) == [name]
    twice = [finding(Family.SEAMS, at, at + 3), finding(Family.SEAMS, at, at + 3)]
    first, second = fingerprints(twice, moved)
    assert first == name != second
