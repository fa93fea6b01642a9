"""From text to corrections: what holds for any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.errors import UnknownNameError
from copydesk.findings.suppress import parse_families
from copydesk.model import Notice, Severity
from copydesk.pipeline import Desk
from desks import plain_desk

DESK = plain_desk()
PARTS = [example.source for rule in plain_desk().rules for example in rule.bad]
TEXTS = st.lists(
    st.one_of(
        st.sampled_from(PARTS),
        st.text(max_size=40),
        st.sampled_from(["\n", "\r\n\r\n", " ", "😀", "e\u0301", "שלום עולם", "\u200b", "Photo: Reuters"]),
    ),
    max_size=8,
).map("".join)


@given(TEXTS)
def test_findings_lie_in_the_text_in_order(text: str) -> None:
    review = DESK.review(text, language="en")
    assert not [n for n in review.notices if n.code == "checker-failed"]
    spans = [f.span for f in review.findings]
    assert spans == sorted(spans)
    for f in review.findings:
        assert f.span.end <= len(text)
        assert f.message
        assert all(e.span.end <= len(text) for fix in f.fixes for e in fix.edits)
        assert all(r.span.end <= len(text) for r in f.related)


@given(TEXTS)
def test_corrected_text_has_no_safe_fix_left(text: str) -> None:
    corrected = DESK.correct(DESK.review(text, language="en")).text
    again = DESK.review(corrected, language="en")
    assert DESK.correct(again).text == corrected
    assert DESK.correct(again).findings == ()


def test_a_checker_that_fails_is_told_and_costs_only_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk()

    def broken(document: object) -> None:
        raise ZeroDivisionError("secret text")

    monkeypatch.setattr(type(desk._checkers[0]), "check", lambda _, document: broken(document))
    review = desk.review("They met the head of the Commission. Commission. Talks went on.", language="en")
    assert [f.rule for f in review.findings] == ["any/seams/doubled-word-over-stop"]
    family = desk._checkers[0].family
    told = f"the {family} checks failed and are missing from this answer"
    assert Notice("checker-failed", told) in review.notices


def test_unknown_family_is_told_with_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="unknown family “caption”; did you mean “captions”"):
        parse_families(["names", "caption"])


def test_severities_are_ordered() -> None:
    assert sorted(Severity, key=lambda s: s.rank) == ["suggestion", "warning", "error"]
