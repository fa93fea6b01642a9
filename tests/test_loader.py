"""What is wrong with a pack is said with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from copydesk.errors import RuleError, UnknownNameError
from copydesk.packs import load_packs

GOOD = """- id: en/calque/in-frames-of
  kind: pattern
  family: translation
  severity: warning
  message: "“{match}” is a calque."
  why: Carried over word for word from a Slavic language.
  match: 'in the frames of'
  bad: [{text: "Held [[in the frames of]] a project."}]
  good: ["Dust lay on the frames."]
"""

CASES = """- id: en/literal-idiom/sayings
  kind: pattern
  family: translation
  severity: warning
  message: "“{match}” is a saying; English says “{say}”."
  why: Carried over word for word from a Slavic language.
  cases:
    - match: 'white crow'
      say: odd one out
      bad: "He was a [[white crow]]."
  good: ["A crow was white."]
"""


def load(folder: Path, text: str) -> str:
    """The message of the error, without the folder."""
    (folder / "pack.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(RuleError) as error:
        load_packs([folder])
    return str(error.value).removeprefix(f"{folder}/")


def test_a_good_pack(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text(GOOD, encoding="utf-8")
    book = load_packs([tmp_path])
    assert [rule.id for rule in book] == ["en/calque/in-frames-of"]
    with pytest.raises(UnknownNameError, match="did you mean “en/calque/in-frames-of”"):
        book["en/calque/in-frame-of"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("  severity:", "  severty:", "4: unknown key “severty”; did you mean “severity”?"),
        (
            "  kind: pattern",
            "  kind: patern",
            "2: kind: Input should be 'pattern', 'line', 'tokens', 'syntax' or 'check'",
        ),
        ("of'\n", "(of'\n", "7: match: the pattern does not compile in RE2: missing ): in the frames (of"),
        ("[[in the frames of]]", "in", "1: a bad example marks no fault: 'Held in a project.'"),
        ("en/calque", "EN/c", "1: id: String should match pattern '^[a-z]{2,3}/[a-z0-9-]+/[a-z0-9-]+$'"),
        ("  good: [", "  good: [[", "10: did not find expected ',' or ']'"),
        ("  good:", "  bad: []\n  good:", "9: the key “bad” stands twice"),
        ('  good: ["Dust lay on the frames."]\n', "", "1: the key “good” is missing"),
    ],
)
def test_faults_have_file_and_line(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert load(tmp_path, GOOD.replace(old, new, 1)) == f"pack.yaml:{message}"


def test_an_id_that_is_taken(tmp_path: Path) -> None:
    assert load(tmp_path, GOOD + GOOD) == (
        f"pack.yaml:10: the id en/calque/in-frames-of is taken by {tmp_path}/pack.yaml:1"
    )


def test_aliases_are_refused(tmp_path: Path) -> None:
    text = "- &a [x, x]\n- [*a, *a]\n"
    assert load(tmp_path, text).startswith("pack.yaml:2: an alias (*) may not be used here")


TOKENS = """- id: en/order/very-after-adjective
  kind: tokens
  family: translation
  severity: warning
  message: "“{match}” stands after its adjective."
  why: The adverb of degree stands before its adjective.
  triggers: 'very'
  tokens:
    - {TAG: JJ, AS: adjective}
    - {LOWER: {IN: [very, quite]}}
    - {LENGTH: {">=": 3}, OP: "?"}
  covers: [adjective]
  bad: [{text: "An [[old]] very house."}]
  good: ["A very old house."]
"""
SYNTAX = """- id: en/time/will-yesterday
  kind: syntax
  family: translation
  severity: warning
  message: "“{verb}”: future and past."
  why: A future verb with a time that is past.
  triggers: 'yesterday'
  syntax:
    - {RIGHT_ID: verb, RIGHT_ATTRS: {TAG: VB}}
    - {LEFT_ID: verb, REL_OP: ">", RIGHT_ID: time, RIGHT_ATTRS: {LOWER: yesterday}}
  bad: [{text: "He will [[leave yesterday]]."}]
  good: ["He left yesterday."]
"""


def test_good_packs_of_parsed_rules(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text(TOKENS + SYNTAX, encoding="utf-8")
    tokens, syntax = load_packs([tmp_path])
    assert tokens.triggers == ("very",)
    assert tokens.tokens[2] == {"LENGTH": {">=": 3}, "OP": "?"}
    assert [node["RIGHT_ID"] for node in syntax.syntax] == ["verb", "time"]


@pytest.mark.parametrize(
    ("pack", "old", "new", "message"),
    [
        (TOKENS, "{TAG: JJ", "{TAGG: JJ", "8: tokens: unknown attribute “TAGG”; did you mean “TAG”?"),
        (TOKENS, "{IN: [", "{INN: [", "8: tokens: unknown predicate “INN”; did you mean “IN”?"),
        (TOKENS, "{IN: [very, quite]}", "{REGEX: '(very'}", "8: tokens: the pattern '(very' does not compile: "),
        (TOKENS, "LOWER: {IN: [very, quite]}", "IS_TITLE: maybe", "8: tokens: IS_TITLE is true or false"),
        (TOKENS, 'OP: "?"', 'OP: "??"', "8: tokens: OP is one of ! * + ?"),
        (TOKENS, "  triggers: 'very'\n", "", "1: `triggers` belongs to kinds tokens and syntax, which need it"),
        (TOKENS, "'very'", "'(very'", "7: triggers.0: the pattern does not compile in RE2: missing ): (very"),
        (TOKENS, "covers: [adjective]", "covers: [noun]", "1: `covers` speaks of “noun”, which names no word"),
        (TOKENS, "id: en/", "id: de/", "1: kinds tokens and syntax are for rules of English"),
        (TOKENS, "kind: tokens", "kind: syntax", "1: `tokens` belongs to kind tokens, and kind tokens needs it"),
        (SYNTAX, "LEFT_ID: verb", "LEFT_ID: noun", "8: syntax: LEFT_ID of “time” must be a node before it"),
        (SYNTAX, '">"', '"->"', "8: syntax: REL_OP of “time” is one of "),
        (SYNTAX, "{RIGHT_ID: verb, RIGHT_ATTRS", "{RIGHT_ATTRS", "8: syntax: a node needs RIGHT_ID and RIGHT_ATTRS"),
        (
            SYNTAX,
            "RIGHT_ATTRS: {TAG",
            "RIGHT_ATTR: {TAG",
            "8: syntax: unknown key “RIGHT_ATTR”; did you mean “RIGHT_ATTRS”?",
        ),
    ],
)
def test_faults_of_parsed_rules_have_file_and_line(tmp_path: Path, pack: str, old: str, new: str, message: str) -> None:
    assert old in pack
    assert load(tmp_path, pack.replace(old, new, 1)).startswith(f"pack.yaml:{message}")


def test_an_example_of_a_case_is_one_of_its_rule(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text(CASES, encoding="utf-8")
    (rule,) = load_packs([tmp_path])
    assert [example.source for example in rule.bad] == ["He was a white crow."]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("crow'\n", "(crow'\n", "the pattern does not compile in RE2: missing ): white (crow"),
        ("      say: odd one out\n", "", "8: the key “cases.0.say” is missing"),
        ("[[white crow]]", "white crow", "a bad example marks no fault: 'He was a white crow.'"),
        ("  cases:", "  match: 'crow'\n  cases:", "a rule has `match` or `cases`, not both"),
        (
            "kind: pattern",
            "kind: check",
            "`match` and `cases` belong to kind pattern, and kind pattern needs one of them",
        ),
    ],
)
def test_faults_of_cases(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert load(tmp_path, CASES.replace(old, new, 1)).endswith(message)
