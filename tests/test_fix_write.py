"""Fixes written back: a file is the old one or the new one, whatever happens, and what it was stays as it was."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import stat
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from copydesk.cli import main, writing
from copydesk.errors import InputError
from copydesk.repository.write import replace_file, sweep, write_whole
from patience import PATIENCE

CAPTION = "Rescue workers search the rubble in Chernihiv"
FAULTY = f"{CAPTION}\n\n{CAPTION}.\n(Photo: State Emergency Service)\n\nThe 😀 Commission. Commission. Talks went on.\n"
FIXED = FAULTY.replace(f"{CAPTION}.\n", "")
UNSAFE = FIXED.replace("Commission. Commission.", "Commission.")
COMMAND = [sys.executable, "-m", "copydesk.cli"]
QUICK = ["--engine", "none"]


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "an article.txt"
    path.write_bytes(FAULTY.encode())
    return path


def fix(*args: str | Path) -> Result:
    return CliRunner().invoke(main, ["fix", *map(str, args), *QUICK])


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_encoding_line_ends_and_mode_stay(article: Path, encoding: str, end: str) -> None:
    article.write_bytes(FAULTY.replace("\n", end).encode(encoding))
    article.chmod(0o640)
    done = fix("--write", article)
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", f"fixed {article}\n")
    assert article.read_bytes() == FIXED.replace("\n", end).encode(encoding)
    assert stat.S_IMODE(article.stat().st_mode) == 0o640
    assert names(article.parent) == [article.name]


def test_utf_16_from_standard_input_comes_back_as_it_came() -> None:
    sent = FAULTY.encode("utf-16-be")
    done = CliRunner().invoke(main, ["fix", "--write", *QUICK], input=b"\xfe\xff" + sent)
    assert done.stdout_bytes == b"\xfe\xff" + FIXED.encode("utf-16-be")


def test_a_link_stays_a_link(article: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.txt"
    link.symlink_to(article.name)
    assert fix("--write", link).exit_code == 0
    assert (link.is_symlink(), article.read_text(encoding="utf-8")) == (True, FIXED)


def test_a_file_that_changes_meanwhile_is_left_alone(
    article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other.txt"
    other.write_text(FAULTY, encoding="utf-8")
    real = replace_file

    def after_somebody_wrote(path: Path, old: bytes, new: bytes) -> None:
        if path == article:
            article.write_text("Somebody else's words.\n", encoding="utf-8")
        real(path, old, new)

    monkeypatch.setattr(writing, "replace_file", after_somebody_wrote)
    done = fix("--write", article, other)
    assert done.exit_code == 2
    assert f"copydesk: {article}: changed while it was being reviewed; left as it is\n" in done.stderr
    assert article.read_text(encoding="utf-8") == "Somebody else's words.\n"
    assert other.read_text(encoding="utf-8") == FIXED
    assert names(tmp_path) == [article.name, other.name]


def test_a_change_after_the_last_look_is_seen_before_the_rename(article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.fsync

    def amid(file: int) -> None:
        article.write_text("Somebody else's words.\n", encoding="utf-8")
        real(file)

    monkeypatch.setattr(os, "fsync", amid)
    with pytest.raises(InputError, match="changed while"):
        replace_file(article, FAULTY.encode(), b"new")
    assert article.read_text(encoding="utf-8") == "Somebody else's words.\n"
    assert names(article.parent) == [article.name]


def test_where_it_cannot_be_written_the_reason_is_told(article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(source: str, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    done = fix("--write", article)
    assert (done.exit_code, done.stderr) == (2, f"copydesk: {article}: No space left on device\n")
    assert article.read_text(encoding="utf-8") == FAULTY
    assert names(article.parent) == [article.name]


def test_what_a_killed_writer_left_is_swept_and_what_a_living_one_writes_stays(article: Path) -> None:
    left, living = (article.parent / f".copydesk-{name}.new" for name in ("a", "b"))
    left.touch()
    with living.open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        sweep([article.parent])
        assert names(article.parent) == [living.name, article.name]
    assert fix("--write", article).exit_code == 0
    assert names(article.parent) == [article.name]


def test_files_of_our_own_are_made_with_their_folders_and_the_usual_mode(tmp_path: Path) -> None:
    path = tmp_path / "reports" / "a.json"
    before = os.umask(0o027)
    try:
        write_whole(path, b"first")
        write_whole(path, b"second")
    finally:
        os.umask(before)
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (b"second", 0o640)
    assert names(path.parent) == ["a.json"]


def test_killed_amid_many_files_each_is_old_or_new(tmp_path: Path) -> None:
    """Killed for real, at the moment when some are written and some are not; the next run ends the work."""
    long = "".join(f"Line {number} of the report.\n\n" for number in range(60))
    old, new = FAULTY + long, FIXED + long
    files = [tmp_path / f"{number:03}.txt" for number in range(100)]
    for path in files:
        path.write_text(old, encoding="utf-8")
    command = [*COMMAND, "fix", "--write", "--family", "captions", "--no-cache", "--jobs", "1", str(tmp_path)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        process.stderr.readline()  # the first one is written
        time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    texts = [path.read_text(encoding="utf-8") for path in files]
    assert set(texts) == {old, new}, "killed too late or too early to tell anything"
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0
    assert {path.read_text(encoding="utf-8") for path in files} == {new}
    assert done.stderr.splitlines() == [f"fixed {p}" for p, t in zip(files, texts, strict=True) if t == old]
    assert names(tmp_path) == [path.name for path in files]


def on_terminal(keys: str, *args: str | Path) -> tuple[int, str]:
    """`fix --interactive` on a terminal of its own, where `keys` are pressed; exit status and what is seen."""
    master, terminal = pty.openpty()
    with subprocess.Popen(
        [*COMMAND, "fix", "--interactive", *map(str, args), *QUICK],
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        start_new_session=True,
        env={**os.environ, "TERM": "dumb"},
    ) as process:
        os.close(terminal)
        seen, asked = b"", 0
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if not select.select([master], [], [], 0.05)[0]:
                # A key that is pressed before the terminal hands out single keys would be lost.
                raw = not termios.tcgetattr(master)[3] & termios.ICANON
                if raw and seen.count(b"? ") > asked and asked < len(keys):
                    os.write(master, keys[asked].encode())
                    asked += 1
                continue
            try:
                seen += os.read(master, 10_000)
            except OSError:  # nobody is at the other end any more
                break
        else:
            process.kill()
    os.close(master)
    return process.returncode, re.sub(r"\x1b\[[0-9;]*m", "", seen.decode()).replace("\r\n", "\n")


def test_fixes_are_decided_one_by_one(article: Path) -> None:
    code, seen = on_terminal("ny", article)
    assert (code, article.read_text(encoding="utf-8")) == (0, FAULTY.replace("Commission. Commission.", "Commission."))
    assert seen == (
        f"{article}:3:1: error [any/captions/repeated-caption]\n"
        f"    The caption stands twice: “{CAPTION}.”.\n"
        f"  - {CAPTION}.\n"
        "  + (nothing)\n"
        "  y yes, n no, a all of this rule, s skip the rest of this file, q quit? n\n"
        f"{article}:6:7: warning [any/seams/doubled-word-over-stop]\n"
        "    “Commission. Commission.”: the last word of the sentence stands again as a sentence of its own.\n"
        "  - The 😀 Commission. Commission. Talks went on.\n"
        "  + The 😀 Commission. Talks went on.\n"
        "  y yes, n no, a all of this rule, s skip the rest of this file, q quit? y\n"
        f"fixed {article}\n"
    )


@pytest.mark.parametrize(
    ("keys", "texts"),
    [
        ("asss", (FIXED, FIXED)),  # all of the first rule, also in the second file; the rest skipped
        ("syy", (FAULTY, UNSAFE)),
        ("yq", (FIXED, FAULTY)),  # what was agreed to before counts
        ("?xyyyy", (UNSAFE, UNSAFE)),  # other keys mean nothing
    ],
)
def test_all_skip_and_quit(article: Path, keys: str, texts: tuple[str, str]) -> None:
    other = article.with_name("b.txt")
    other.write_text(FAULTY, encoding="utf-8")
    done = CliRunner().invoke(main, ["fix", "--interactive", str(article), str(other), *QUICK], input=keys)
    assert done.exit_code == 0
    assert (article.read_text(encoding="utf-8"), other.read_text(encoding="utf-8")) == texts


def test_standard_input_cannot_be_decided_on() -> None:
    done = CliRunner().invoke(main, ["fix", "--interactive", *QUICK], input=FAULTY)
    assert done.exit_code == 2
    assert "standard input cannot be text and answers at once: give files" in done.stderr
