"""What is kept of long packs: the same rules from it as from YAML, and nothing that others could have put there."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from copydesk.errors import RuleError
from copydesk.names.lexicon import read_entries
from copydesk.packs import kept, load_packs, loader, shipped_rules

RULE = """- id: en/calque/rule-{n}
  kind: pattern
  family: translation
  severity: warning
  message: "“{{match}}” is a calque."
  why: Carried over word for word from a Slavic language.
  match: 'in the frames of {n}'
  bad: [{{text: "Held [[in the frames of {n}]] a project."}}]
  good: ["Dust lay on the frames."]
"""
SHORT = "- {canonical: Kyiv, variants: [Kiev], kind: place}\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The cache folder of a user of the test's own, in which a pack of two rules is long enough."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(kept, "_WORTH_IT", 300)
    return tmp_path / "cache" / "copydesk" / "packs"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    path = tmp_path / "rules" / "pack.yaml"
    path.parent.mkdir()
    path.write_text(RULE.format(n=1) + RULE.format(n=2), encoding="utf-8")
    return path


def kept_file(folder: Path) -> Path:
    (file,) = folder.iterdir()
    return file


def test_the_shipped_rules_are_the_same_from_both(monkeypatch: pytest.MonkeyPatch) -> None:
    composed = list(load_packs([shipped_rules() / "debris"]))
    monkeypatch.delattr(loader, "read_yaml")
    assert list(load_packs([shipped_rules() / "debris"])) == composed


def test_entries_of_a_lexicon_keep_their_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.yaml").write_text(SHORT * 10, encoding="utf-8")
    composed = list(read_entries([tmp_path]))
    monkeypatch.delattr(loader, "read_yaml")
    assert list(read_entries([tmp_path])) == composed
    assert [(placed.path, placed.line) for placed in composed] == [(tmp_path / "a.yaml", n) for n in range(1, 11)]


def test_only_the_user_can_read_and_write_it(pack: Path, folder: Path) -> None:
    load_packs([pack])
    assert [stat.S_IMODE(path.stat().st_mode) for path in (folder, kept_file(folder))] == [0o700, 0o600]


def test_a_change_counts_at_once_and_replaces_it(pack: Path, folder: Path) -> None:
    load_packs([pack])
    before = kept_file(folder)
    pack.write_text(RULE.format(n=1) + RULE.format(n=3), encoding="utf-8")
    assert [rule.id for rule in load_packs([pack])] == ["en/calque/rule-1", "en/calque/rule-3"]
    assert kept_file(folder) == before
    pack.write_text(RULE.format(n=1) + RULE.format(n=3).replace("severity", "severty"), encoding="utf-8")
    with pytest.raises(RuleError, match=r"pack\.yaml:13: unknown key “severty”"):
        load_packs([pack])


def test_an_id_that_is_taken_has_file_and_line_from_it_too(pack: Path) -> None:
    other = pack.with_name("other.yaml")
    other.write_text(RULE.format(n=3) + RULE.format(n=2), encoding="utf-8")
    for _ in range(2):
        with pytest.raises(RuleError, match=rf"pack\.yaml:10: the id en/calque/rule-2 is taken by {other}:10"):
            load_packs([other, pack])


@pytest.mark.parametrize("damage", ["", "{", "[]", "null", '{"digest": "", "rows": []}', "rows", "wrong rows"])
def test_what_is_damaged_is_made_anew(pack: Path, folder: Path, damage: str) -> None:
    composed = list(load_packs([pack]))
    file = kept_file(folder)
    whole = file.read_bytes()
    told = json.loads(whole)
    damaged = {"rows": {**told, "rows": [[0, 1]]}, "wrong rows": {**told, "rows": [[9, 1, {"id": "x"}]]}}
    file.write_text(json.dumps(damaged[damage]) if damage in damaged else damage, encoding="utf-8")
    assert list(load_packs([pack])) == composed
    assert file.read_bytes() == whole


def test_what_others_can_write_is_not_read(pack: Path, folder: Path) -> None:
    load_packs([pack])
    file = kept_file(folder)
    file.write_text(file.read_text(encoding="utf-8").replace("rule-1", "rule-9"), encoding="utf-8")
    assert "en/calque/rule-9" in load_packs([pack])  # the test's own proof that it is what is read
    folder.chmod(0o777)
    assert "en/calque/rule-1" in load_packs([pack])


def test_without_a_folder_all_goes_on(pack: Path, folder: Path) -> None:
    folder.parent.mkdir(parents=True)
    folder.write_text("in the way", encoding="utf-8")
    assert len(load_packs([pack])) == len(load_packs([pack])) == 2


def test_a_short_pack_is_not_kept(pack: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_WORTH_IT", 10_000)
    load_packs([pack])
    assert not folder.exists()
