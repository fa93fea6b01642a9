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
        ("  kind: pattern", "  kind: patern", "2: kind: Input should be 'pattern', 'line' or 'check'"),
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
