"""The set of all patterns finds exactly what each pattern finds alone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from copydesk.model import Family, Finding
from copydesk.packs import Rule, RuleKind
from copydesk.packs.patterns import PatternMatcher
from copydesk.read import read
from desks import plain_desk

RULES = [rule for rule in plain_desk().rules if rule.kind is RuleKind.PATTERN]
TOGETHER = {family: PatternMatcher(r for r in RULES if r.family is family) for family in Family}
ALONE = [PatternMatcher([rule]) for rule in RULES]
SENTENCES = [example.source for rule in RULES for example in rule.bad]
SENTENCES += [good for rule in RULES for good in rule.good if isinstance(good, str)]


@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6).map("\n\n".join))
def test_together_as_alone(text: str) -> None:
    document, _ = read(text, language="en")

    def key(finding: Finding) -> tuple[object, ...]:
        return finding.span, finding.rule, finding.fixes

    together = [f for matcher in TOGETHER.values() for f in matcher.find(document)]
    alone = [f for matcher in ALONE for f in matcher.find(document)]
    assert sorted(map(key, together), key=repr) == sorted(map(key, alone), key=repr)


def test_a_span_group_that_takes_no_part_in_the_match() -> None:
    entry = {
        "id": "en/x/y", "kind": "pattern", "family": "seams", "severity": "warning", "message": "m",
        "why": "Only to see what happens.", "match": "a(?P<span>b)|c",
        "bad": [{"text": "[[c]]"}], "good": ["d"],
    }  # fmt: skip
    document, _ = read("ab c", language="en")
    found = PatternMatcher([Rule.model_validate(entry)]).find(document)
    assert [(f.span.start, f.span.end) for f in found] == [(1, 2), (3, 4)]


def test_each_case_says_its_own() -> None:
    """The message has what the case says that was found, and its `span` group narrows the finding."""
    entry = {
        "id": "en/x/y", "kind": "pattern", "family": "translation", "severity": "warning",
        "message": "“{match}”: English says “{say}”.", "why": "Only to see what is said of which.",
        "cases": [
            {"match": r"\bwhite crow\b", "say": "odd one out", "bad": "A [[white crow]]."},
            {"match": r"\b(?P<span>drop in the sea)[.,]", "say": "drop in the ocean", "bad": "[[Drop in the sea]]."},
        ],
        "good": ["A crow."],
    }  # fmt: skip
    text = "A drop in the sea, said the White crow."
    document, _ = read(text, language="en")
    found = sorted(PatternMatcher([Rule.model_validate(entry)]).find(document), key=lambda f: f.span)
    assert [(f.span.of(text), f.message) for f in found] == [
        ("drop in the sea", "“drop in the sea”: English says “drop in the ocean”."),
        ("White crow", "“White crow”: English says “odd one out”."),
    ]
