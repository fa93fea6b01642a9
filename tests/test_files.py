"""Which files are checked."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from copydesk.repository.config import Configuration
from copydesk.repository.config_schema import Root
from copydesk.repository.files import chosen, name_of
from copydesk.repository.report import Failure

Chosen = Callable[..., list[str]]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = (tmp_path / "the root").resolve()
    folder.mkdir()
    return folder


@pytest.fixture
def failures() -> list[Failure]:
    return []


@pytest.fixture
def choose(root: Path, failures: list[Failure]) -> Chosen:
    """The names of the files chosen at names below the root, as the user is told them."""

    def told(*names: str, force_exclude: bool = False, **says: object) -> list[str]:
        config = Configuration(root, says=Root.model_validate(says))
        paths = [str(root / name) for name in names or ("",)]
        return [name_of(path, config) for path in chosen(paths, config, failures.append, force_exclude=force_exclude)]

    return told


def make(root: Path, *names: str, text: str = "x") -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")


def test_of_a_folder_those_whose_names_tell_a_format_sorted(root: Path, choose: Chosen) -> None:
    names = ["b.md", "a.TXT", "a/z.html", "a/é ü.md", "a/new\nline.md", "a b/“q”.srt", "a-b/x.docx", "a/c/d.vtt"]
    make(root, *names, "image.png", "script.py", "README")
    assert choose() == [
        "a/c/d.vtt", "a/new\nline.md", "a/z.html", "a/é ü.md", "a b/“q”.srt", "a-b/x.docx", "a.TXT", "b.md",
    ]  # fmt: skip


def test_a_format_of_the_configuration_makes_a_text(root: Path, choose: Chosen) -> None:
    make(root, "page.njk", "other.njk2", "notes/README")
    assert choose(formats={"*.njk": "html", "README": "text"}) == ["notes/README", "page.njk"]


def test_a_named_file_is_taken_whatever_it_is_and_once(root: Path, choose: Chosen) -> None:
    make(root, ".gitignore", text="ignored\n")
    make(root, "script.py", "ignored/a.md", "out.md", "in/a.md")
    named = ("script.py", "ignored/a.md", "out.md", "in/../out.md", "in", "in/a.md")
    assert choose(*named, exclude=("out.md",)) == ["ignored/a.md", "in/a.md", "out.md", "script.py"]
    assert choose(*named, exclude=("out.md",), force_exclude=True) == ["ignored/a.md", "in/a.md", "script.py"]
    assert choose("in/a.md", "out.md", exclude=("in/", "!in/a.md"), force_exclude=True) == ["out.md"]


def test_include_and_exclude(root: Path, choose: Chosen) -> None:
    make(root, "content/a.md", "content/drafts/b.md", "content/drafts/keep.md", "other/c.md", "content/x.png")
    assert choose(include=("content/",)) == ["content/a.md", "content/drafts/b.md", "content/drafts/keep.md"]
    assert choose(exclude=("drafts/",)) == ["content/a.md", "other/c.md"]
    assert choose(exclude=("**/drafts/*", "!keep.md"), include=("content/**",)) == [
        "content/a.md",
        "content/drafts/keep.md",
    ]
    assert choose("content/drafts", include=("other/",)) == []


def test_a_folder_outside_of_the_root_is_not_for_its_globs(root: Path, choose: Chosen, tmp_path: Path) -> None:
    make(tmp_path / "elsewhere", "drafts/a.md")
    assert choose("../elsewhere", include=("content/",), exclude=("drafts/",)) == [
        str(root / ".." / "elsewhere" / "drafts" / "a.md")
    ]


GITIGNORE = """\
# built
/build/
*.tmp.md
node_modules
!important.tmp.md
docs/**/old
trailing\\ space\\{}
é.md
!
""".format(" ")


def test_gitignore_as_git_has_it(root: Path, choose: Chosen) -> None:
    """Held against git itself: what it lists as untracked is what is chosen."""
    make(root, ".gitignore", text=GITIGNORE)
    make(root, "sub/.gitignore", text="\ufeff*.md\n!/kept.md\n!deep/\n")
    make(root, "sub/inner/.gitignore", text="!back.md\n")
    make(
        root,
        *("build/a.md", "src/build/a.md", "x.tmp.md", "important.tmp.md", "node_modules/p/README.md", "é.md"),
        *("docs/a/old/x.md", "docs/old/x.md", "docs/new/x.md", "sub/a.md", "sub/kept.md", "sub/inner/kept.md"),
        *("sub/inner/back.md", "sub/deep/x.md", "trailing space /x.md", "own.md"),
    )
    (root / ".git/info").mkdir(parents=True)
    subprocess.run(["git", "init", "-q", root], check=True)
    (root / ".git/info/exclude").write_text("own.md\n")
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": str(root / "none")}
    command = ["git", "-C", str(root), "ls-files", "-z", "--others", "--exclude-standard"]
    listed = subprocess.run(command, check=True, capture_output=True, env=environment).stdout.decode().split("\0")
    by_git = sorted(name for name in listed if name.endswith(".md"))
    assert sorted(choose()) == by_git
    assert by_git == [
        "docs/new/x.md", "important.tmp.md", "src/build/a.md", "sub/inner/back.md", "sub/kept.md",
    ]  # fmt: skip
    assert choose("sub/inner") == ["sub/inner/back.md"]
    assert choose("build") == ["build/a.md"]


def test_repositories_within_are_left_alone_unless_named(root: Path, choose: Chosen) -> None:
    make(root, ".git/HEAD", ".git/description.md", "a.md", "clone/.git/HEAD", "clone/b.md", "sub/c.md", "sub/deep/d.md")
    (root / "sub" / ".git").write_text("gitdir: ../.git/modules/sub\n")
    assert choose() == ["a.md"]
    assert choose("sub") == ["sub/c.md", "sub/deep/d.md"]


def test_links(root: Path, choose: Chosen, failures: list[Failure]) -> None:
    make(root, "real/a.md")
    (root / "also.md").symlink_to("real/a.md")
    (root / "loop").symlink_to(".")
    (root / "folder.md").symlink_to("real")
    (root / "broken.md").symlink_to("nowhere.md")
    (root / "circle.md").symlink_to("circle.md")
    (root / "broken.png").symlink_to("nowhere.png")
    assert choose() == ["also.md"]
    assert failures == [
        Failure("broken.md", "a broken link: No such file or directory"),
        Failure("circle.md", "a broken link: Too many levels of symbolic links"),
    ]
    assert choose("loop/real") == ["loop/real/a.md"]


def test_what_is_not_there_is_told_and_the_rest_goes_on(root: Path, choose: Chosen, failures: list[Failure]) -> None:
    make(root, "a.md")
    os.mkfifo(root / "pipe.md")
    assert choose("none.md", "", "broken") == ["a.md"]
    assert failures == [
        Failure("none.md", "No such file or directory"),
        Failure("pipe.md", "not a file: a pipe, socket or device"),
        Failure("broken", "No such file or directory"),
    ]


def test_a_folder_without_permission_is_told_and_the_rest_goes_on(
    root: Path, choose: Chosen, failures: list[Failure], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who runs the tests as root may read everything: the refusal is then played."""
    make(root, "a.md", "closed/b.md", "z.md")
    (root / "closed").chmod(0)
    if os.access(root / "closed", os.R_OK):
        real = os.scandir

        def scandir(path: Path) -> object:
            if path.name == "closed":
                raise PermissionError(13, "Permission denied", str(path))
            return real(path)

        monkeypatch.setattr(os, "scandir", scandir)
    assert choose() == ["a.md", "z.md"]
    assert failures == [Failure("closed", "Permission denied")]
    (root / "closed").chmod(0o755)


def test_without_a_repository_gitignore_counts_all_the_same(root: Path, choose: Chosen) -> None:
    make(root, ".gitignore", text="_site/\n")
    make(root, "_site/a.md", "in/_site/b.md", "in/c.md")
    assert choose() == choose("in") == ["in/c.md"]
