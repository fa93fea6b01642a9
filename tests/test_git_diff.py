"""Changed lines, by real repositories."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from copydesk.errors import InputError
from copydesk.model import Document, Family, Finding, Review, Severity, Span
from copydesk.repository.changed import LineSet, only_changed
from copydesk.repository.git import changed_lines, root_of, staged, staged_text

WHO = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "protocol.file.allow=always")


def git(root: Path, *arguments: str) -> str:
    done = subprocess.run(["git", "-C", str(root), *WHO, *arguments], check=True, capture_output=True, text=True)
    return done.stdout.strip()


def commit(root: Path, message: str = "m") -> None:
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", message)


@pytest.fixture(autouse=True)
def own_git(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No settings of the machine's, and no repository of a hook that the tests may run in."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "none"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository with one commit on `main`: ten lines in `a.md`."""
    folder = (tmp_path / "a repository").resolve()
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    write(folder / "a.md", *range(1, 11))
    commit(folder)
    return folder


def write(path: Path, *lines: object, end: str = "\n") -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes("".join(f"{line}{end}" for line in lines).encode())


def test_lines_since_the_merge_base_and_no_others(root: Path) -> None:
    """What `main` has done since does not count; commits, staged lines and unsaved ones of the branch do."""
    git(root, "checkout", "-q", "-b", "work")
    write(root / "a.md", 1, "two", *range(3, 11))
    commit(root)
    git(root, "checkout", "-q", "main")
    write(root / "a.md", *range(1, 10), "ten on main")
    commit(root)
    git(root, "checkout", "-q", "work")
    write(root / "a.md", 1, "two", 3, "four", *range(5, 11))
    git(root, "add", "a.md")
    write(root / "a.md", 1, "two", 3, "four", 5, 6, 7, "new", "new", 8, 9, 10)
    assert changed_lines(root, "main") == {root / "a.md": LineSet(((2, 2), (4, 4), (8, 9)))}


def test_a_detached_head_is_as_good(root: Path) -> None:
    git(root, "checkout", "-q", "--detach")
    write(root / "a.md", 0, *range(1, 11))
    commit(root)
    assert changed_lines(root, "main") == {root / "a.md": LineSet(((1, 1),))}


@pytest.mark.parametrize(
    "name",
    ["with spaces.md", "страница.md", 'a "quoted" one.md', "new\nline.md", "tab\there.md", "b\\slash.md", "é.md"],
)
def test_unusual_names(root: Path, name: str) -> None:
    write(root / name, "one", "two")
    commit(root)
    write(root / name, "one", "2")
    assert changed_lines(root, "HEAD") == {root / name: LineSet(((2, 2),))}
    git(root, "add", "-A")
    assert staged(root) == {root / name: LineSet(((2, 2),))}
    assert staged_text(root, root / name) == b"one\n2\n"


def test_a_name_that_is_no_utf_8(root: Path) -> None:
    name = os.fsdecode(b"caf\xe9.md")
    write(root / name, "one")
    commit(root)
    write(root / name, "two")
    assert changed_lines(root, "HEAD") == {root / name: LineSet(((1, 1),))}


def test_untracked_ones_are_new_and_ignored_ones_are_not_there(root: Path) -> None:
    write(root / ".gitignore", "*.tmp.md")
    commit(root)
    write(root / "new folder" / "ü.md", "x")
    write(root / "x.tmp.md", "x")
    assert changed_lines(root, "main") == {root / "new folder" / "ü.md": None}


def test_renamed_ones_are_followed(root: Path) -> None:
    git(root, "mv", "a.md", "b.md")
    assert changed_lines(root, "main") == {}
    write(root / "b.md", *range(1, 10), "ten")
    assert changed_lines(root, "main") == {root / "b.md": LineSet(((10, 10),))}
    git(root, "add", "-A")
    assert staged(root) == {root / "b.md": LineSet(((10, 10),))}


def test_deleted_files_are_not_there_and_deleted_lines_are_cuts(root: Path) -> None:
    write(root / "b.md", "b")
    commit(root)
    (root / "b.md").unlink()
    write(root / "a.md", 3, 6, "seven", 8, 9)
    assert changed_lines(root, "main") == {root / "a.md": LineSet(((3, 3),), (0, 1, 5))}
    git(root, "add", "-A")
    assert staged(root) == {root / "a.md": LineSet(((3, 3),), (0, 1, 5))}


def test_a_cut_that_leaves_a_seam_is_a_change(root: Path) -> None:
    """Wherever among the empty lines git puts the cut: the paragraphs on both sides count, and no others."""
    paragraphs = ["Far above.", "Above.", "Taken out.", "Below.", "Far below."]
    for blanks in (("",), ("", "", "")):
        write(root / "p.md", *(line for paragraph in paragraphs for line in (paragraph, *blanks)))
        commit(root)
        kept = [paragraph for paragraph in paragraphs if paragraph != "Taken out."]
        write(root / "p.md", *(line for paragraph in kept for line in (paragraph, *blanks)))
        text = (root / "p.md").read_text()
        lines = changed_lines(root, "HEAD")[root / "p.md"]
        places = [Span(text.index(paragraph), text.index(paragraph) + 5) for paragraph in kept]
        findings = tuple(Finding("any/x/y", Family.SEAMS, Severity.ERROR, place, "m") for place in places)
        review, left_out = only_changed(Review(Document(text, (), (), "en"), findings), lines)
        assert [finding.span.start for finding in review.findings] == [text.index("Above."), text.index("Below.")]
        assert left_out == 2


@pytest.mark.parametrize(
    ("cut", "text", "spans"),
    [
        (0, "a\nb\n", [(0, 2)]),
        (1, "a\nb\n", [(0, 4)]),
        (2, "a\nb\n", [(2, 5)]),
        (2, "a\nb", [(2, 4)]),
        (0, "", [(0, 1)]),
        (2, "\n\n\n", [(0, 4)]),
        (9, "a\nb", [(2, 4)]),
    ],
)
def test_the_lines_around_a_cut(cut: int, text: str, spans: list[tuple[int, int]]) -> None:
    assert [(span.start, span.end) for span in LineSet((), (cut,)).spans(text)] == spans


def test_cuts_and_lines_that_touch_are_one_stretch() -> None:
    assert LineSet(((3, 3),), (1, 2)).spans("a\nb\nc\nd\n") == [Span(0, 6)]


def test_windows_line_ends(root: Path) -> None:
    write(root / "w.md", "one", "two", "three", end="\r\n")
    commit(root)
    write(root / "w.md", "one", "zwei", "three", end="\r\n")
    assert changed_lines(root, "HEAD") == {root / "w.md": LineSet(((2, 2),))}


def test_text_that_looks_like_a_patch_and_a_last_line_without_its_end(root: Path) -> None:
    (root / "p.md").write_text("-- a/x\n++ b/x\nlast")
    commit(root)
    (root / "p.md").write_text("++ b/evil.md\n@@ -1 +90 @@\ndiff --git a/x b/x\nlast one")
    write(root / "q.md", 1)
    git(root, "add", "q.md")
    assert changed_lines(root, "HEAD") == {root / "p.md": LineSet(((1, 4),)), root / "q.md": None}


def test_what_is_no_text_to_git_counts_whole(root: Path) -> None:
    (root / "w.docx").write_bytes(b"PK\0\1")
    commit(root)
    git(root, "mv", "w.docx", "a word file.docx")
    (root / "a word file.docx").write_bytes(b"PK\0\1\2")
    assert changed_lines(root, "HEAD") == {root / "a word file.docx": None}


def test_links_and_submodules_are_left_alone(root: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    git(other, "init", "-q", "-b", "main")
    write(other / "o.md", "o")
    commit(other)
    git(root, "submodule", "--quiet", "add", str(other), "sub")
    (root / "link.md").symlink_to("a.md")
    commit(root)
    write(root / "sub" / "o.md", "changed")
    write(root / "sub" / "new.md", "new")
    (root / "link.md").unlink()
    (root / "link.md").symlink_to("sub/o.md")
    git(other, "clone", "-q", str(other), str(root / "nested"))
    assert changed_lines(root, "HEAD") == {}


def test_the_users_settings_change_nothing(root: Path) -> None:
    for setting in ("diff.noprefix=true", "diff.mnemonicPrefix=true", "color.ui=always", "diff.renames=false",
                    "core.quotePath=false", "diff.relative=true", "diff.context=9", "diff.external=false"):  # fmt: skip
        git(root, "config", *setting.split("="))
    git(root, "mv", "a.md", "é.md")
    write(root / "é.md", 1, "zwei", *range(3, 11))
    assert changed_lines(root, "main") == {root / "é.md": LineSet(((2, 2),))}


def test_staged_is_the_index_and_not_the_working_tree(root: Path) -> None:
    write(root / "a.md", "one", *range(2, 11))
    git(root, "add", "a.md")
    write(root / "a.md", "unsaved", "unsaved", *range(2, 11))
    write(root / "untracked.md", "x")
    assert staged(root) == {root / "a.md": LineSet(((1, 1),))}
    assert staged_text(root, root / "a.md").startswith(b"one\n2\n")
    with pytest.raises(InputError, match=r"^git: path 'untracked.md' exists on disk, but not in the index"):
        staged_text(root, root / "untracked.md")


def test_staged_before_the_first_commit(tmp_path: Path) -> None:
    root = tmp_path.resolve()
    git(root, "init", "-q")
    write(root / "a.md", "x")
    git(root, "add", "a.md")
    assert staged(root) == {root / "a.md": None}


def test_a_hook_sees_what_this_commit_takes(root: Path) -> None:
    """`git commit FILE` gives its hook an index of its own: what else is staged is none of its business."""
    write(root / "b.md", "b")
    commit(root)
    hook = root / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    program = (
        "from pathlib import Path; from copydesk.repository.git import *; r = root_of(Path('.')); s = staged(r);"
        " Path('told').write_text(repr([(p.name, s[p].ranges, staged_text(r, p)) for p in s]))"
    )
    hook.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "{program}"\n')
    hook.chmod(0o755)
    write(root / "a.md", "staged for later")
    write(root / "b.md", "b", "more")
    git(root, "add", "a.md")
    git(root, "commit", "-q", "-m", "b alone", "b.md")
    assert (root / "told").read_text() == repr([("b.md", ((2, 2),), b"b\nmore\n")])


LINES = st.lists(
    st.sampled_from(["a\n", "b\n", "\n", "+++ b/x\n", "@@ -1 +1 @@\n", "diff --git a/x b/x\n", "\\ No\n"]), max_size=12
)
LAST = st.sampled_from(["", "end", "-- x"])


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LINES, LAST, LINES, LAST)
def test_what_is_on_no_changed_line_stood_in_the_old_text(
    root: Path, old: list[str], old_last: str, new: list[str], new_last: str
) -> None:
    (root / "p.md").write_text("".join(old) + old_last)
    git(root, "add", "p.md")
    git(root, "commit", "-q", "--allow-empty", "-m", "m")
    (root / "p.md").write_text("".join(new) + new_last)
    changed = changed_lines(root, "HEAD").get(root / "p.md", LineSet(()))
    assert changed is not None
    kept = [
        line
        for number, line in enumerate((root / "p.md").read_text().splitlines(keepends=True), 1)
        if not any(first <= number <= last for first, last in changed.ranges)
    ]
    before = iter("".join([*old, old_last]).splitlines(keepends=True))
    assert all(line in before for line in kept)  # in order: what `in` has passed over is gone
    assert len(kept) == len(new) + bool(new_last) - sum(last - first + 1 for first, last in changed.ranges)


def test_errors_are_in_the_words_of_git(root: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"^git: Not a valid object name nowhere$"):
        changed_lines(root, "nowhere")
    with pytest.raises(InputError, match=r"^git: Not a valid object name --all$"):
        changed_lines(root, "--all")
    with pytest.raises(InputError, match=r"^git: not a git repository"):
        changed_lines(tmp_path, "main")
    git(root, "checkout", "-q", "--orphan", "alone")
    commit(root, "another beginning")
    with pytest.raises(InputError, match=r"^git: main and HEAD have no commit in common$"):
        changed_lines(root, "main")


def test_a_shallow_clone_says_what_it_lacks(root: Path, tmp_path: Path) -> None:
    git(root, "checkout", "-q", "-b", "work")
    for line in range(3):
        write(root / "a.md", f"line {line}")
        commit(root)
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--depth", "1", "--branch", "work", root.as_uri(), str(clone))
    cure = "the clone is shallow: run “git fetch --unshallow”, or set fetch-depth: 0 where it is checked out$"
    with pytest.raises(InputError, match=f"^git: Not a valid object name origin/main; {cure}"):
        changed_lines(clone, "origin/main")
    git(clone, "fetch", "-q", "--depth", "1", "origin", "main:refs/remotes/origin/main")
    with pytest.raises(InputError, match=f"^git: origin/main and HEAD have no commit in common; {cure}"):
        changed_lines(clone, "origin/main")
    git(clone, "fetch", "-q", "--unshallow", "origin", "+refs/heads/*:refs/remotes/origin/*")
    assert changed_lines(clone, "origin/main") == {clone / "a.md": LineSet(((1, 1),))}


def test_without_git_that_is_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(InputError, match=r"^git cannot be run: No such file or directory$"):
        changed_lines(root, "main")


def test_the_root_is_found_upwards_and_through_links(root: Path, tmp_path: Path) -> None:
    (root / "in" / "side").mkdir(parents=True)
    (tmp_path / "link").symlink_to(root / "in")
    assert root_of(root / "in" / "side") == root_of(tmp_path / "link" / "side") == root
    assert root_of(tmp_path) is None
    git(root, "worktree", "add", "-q", str(tmp_path / "tree"))
    assert root_of(tmp_path / "tree") == (tmp_path / "tree").resolve()


TEXT = "\ufeffone 😀\r\ntwo\r\nthree\rstill three\nfour"


@pytest.mark.parametrize(
    ("span", "of", "kept"),
    [
        ((8, 11), "two", True),
        ((1, 4), "one", False),
        ((4, 9), " 😀\r\nt", True),  # begins before the changed line, and reaches into it
        ((4, 8), " 😀\r\n", False),
        ((19, 24), "still", False),
        ((31, 35), "four", True),
        ((35, 35), "", True),  # something lacks at the end
        ((13, 13), "", False),  # at the beginning of the third line
    ],
)
def test_a_finding_counts_by_its_own_span(span: tuple[int, int], of: str, kept: bool) -> None:
    place = Span(*span)
    assert place.of(TEXT) == of
    found = Finding("any/x/y", Family.SEAMS, Severity.ERROR, place, "m")
    review, left_out = only_changed(Review(Document(TEXT, (), (), "en"), (found,)), LineSet(((2, 2), (4, 9), (12, 13))))
    assert (review.findings, left_out) == (((found,), 0) if kept else ((), 1))
    assert only_changed(review, None) == (review, 0)
    assert list(LineSet(()).spans(TEXT)) == []
