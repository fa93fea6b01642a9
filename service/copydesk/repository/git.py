"""What git knows of a repository: its root, the lines that have changed, what is staged. By git's own command."""

from __future__ import annotations

import ast
import os
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from copydesk.errors import InputError
from copydesk.repository.changed import LineSet

# Whatever the user's own settings: names with their prefixes, no colours, renames followed, submodules left alone.
_DIFF = (
    "diff",
    "--no-color",
    "--no-ext-diff",
    "--no-textconv",
    "--no-relative",
    "--find-renames",
    "--ignore-submodules=all",
    "--inter-hunk-context=0",
    "--src-prefix=a/",
    "--dst-prefix=b/",
)
_HUNK = re.compile(rb"@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
_LINK = b"120000"  # the mode of a symbolic link: its content is a path and no text


def root_of(path: Path) -> Path | None:
    """The root of the git repository that `path` lies in, resolved; None where it lies in none. Runs no command."""
    start = path.resolve()
    return next((folder for folder in (start, *start.parents) if (folder / ".git").exists()), None)


def changed_lines(root: Path, base: str) -> Mapping[Path, LineSet | None]:
    """The lines of the working tree that have changed since HEAD and `base` parted, by resolved path.

    None where the whole file counts: new, untracked (but not ignored), or no text to git. What was only renamed is
    not there. Raises InputError in git's words.
    """
    found = dict(_changes(root, _parted(root, base)))
    for name in _names(_git(root, "ls-files", "-z", "--others", "--exclude-standard")):
        if not name.endswith("/"):  # a repository within this one
            found[root / name] = None
    return found


def staged(root: Path) -> Mapping[Path, LineSet | None]:
    """The lines that the next commit would change, as `changed_lines` has it; lines of `staged_text`."""
    return dict(_changes(root, "--cached"))


def staged_text(root: Path, path: Path) -> bytes:
    """The content of a file as it is staged, whatever the working tree has. Raises InputError where it is not."""
    name = path.relative_to(root).as_posix()
    return output(root, "cat-file", "blob", f":0:{name}")


def _changes(root: Path, against: str) -> Iterator[tuple[Path, LineSet | None]]:
    for name in _binary(_names(_git(root, *_DIFF, "--numstat", "-z", "--diff-filter=d", against, "--"))):
        yield root / name, None
    patch = output(root, *_DIFF, "--patch", "--unified=0", "--diff-filter=d", against, "--")
    for name, lines in _files(patch.split(b"\n")):
        yield root / name, lines


def _binary(fields: Sequence[str]) -> Iterator[str]:
    """The files that are no text to git, from the fields of `--numstat -z`: `added deleted name`, a dash for no count.

    A file that was renamed has no name in its field, and its old and new ones in the two that follow.
    """
    left = iter(fields)
    for counted in left:
        added, _, name = counted.split("\t", 2)
        if not name:
            next(left)
            name = next(left)
        if added == "-":
            yield name


@dataclass(slots=True)
class _File:
    """A file of a patch, as far as it has been read."""

    name: str = ""
    is_new: bool = False
    is_link: bool = False
    ranges: list[tuple[int, int]] = field(default_factory=list)
    cuts: list[int] = field(default_factory=list)

    def changes(self) -> Iterator[tuple[str, LineSet | None]]:
        """Its name and lines, if there are any to tell."""
        if self.name and not self.is_link and (self.is_new or self.ranges or self.cuts):
            yield self.name, None if self.is_new else LineSet(tuple(self.ranges), tuple(self.cuts))


def _files(lines: Sequence[bytes]) -> Iterator[tuple[str, LineSet | None]]:
    """Each file of a patch without context, by its new name, with the lines that are new in it and the cuts.

    The lines of a hunk are counted off and never looked at, so no text can be taken for a header.
    """
    file = _File()
    at = 0
    while at < len(lines):
        line = lines[at]
        at += 1
        if line.startswith(b"diff --git "):
            yield from file.changes()
            file = _File()
        elif line.startswith(b"new file mode "):
            file.is_new, file.is_link = True, line.endswith(_LINK)
        elif line.startswith(b"index "):
            file.is_link = file.is_link or line.endswith(_LINK)
        elif line.startswith(b"+++ "):
            file.name = _name(line[4:])
        elif (hunk := _HUNK.match(line)) is not None:
            old, start, new = int(hunk[1] or b"1"), int(hunk[2]), int(hunk[3] or b"1")
            if new:
                file.ranges.append((start, start + new - 1))
            else:  # git tells the line before
                file.cuts.append(start)
            at = _after_hunk(lines, at, old + new)
    yield from file.changes()


def _after_hunk(lines: Sequence[bytes], at: int, count: int) -> int:
    """The index after the `count` lines of a hunk, and after the marks of a last line without its end."""
    while count and at < len(lines):
        count -= not lines[at].startswith(b"\\")
        at += 1
    return at + (at < len(lines) and lines[at].startswith(b"\\"))


def _name(written: bytes) -> str:
    """The name of a file after `+++ `: in C's quotation marks where it has unusual bytes, with a tab after a space."""
    written = written.rstrip(b"\t")
    if written.startswith(b'"'):
        written = ast.literal_eval("b" + written.decode("ascii"))
    return os.fsdecode(written.removeprefix(b"b/"))


def _names(listed: str) -> list[str]:
    return [name for name in listed.split("\0") if name]


def _parted(root: Path, base: str) -> str:
    """The commit at which HEAD and `base` parted. Raises InputError, which tells what a shallow clone lacks."""
    try:
        return _git(root, "merge-base", "--", base, "HEAD", silent=f"{base} and HEAD have no commit in common").strip()
    except InputError as error:
        if _git(root, "rev-parse", "--is-shallow-repository").strip() != "true":
            raise
        cure = "the clone is shallow: run “git fetch --unshallow”, or set fetch-depth: 0 where it is checked out"
        raise InputError(f"{error}; {cure}") from None


def _git(root: Path, *arguments: str, silent: str = "failed without a word") -> str:
    return os.fsdecode(output(root, *arguments, silent=silent))


def output(root: Path, *arguments: str, silent: str = "failed without a word") -> bytes:
    """What a command of git prints. Raises InputError with git's own words, or with `silent` where it has none.

    No lock is taken: somebody may be at work in the same repository. Names with bytes above ASCII come quoted.
    """
    environment = {**os.environ, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}
    command = ["git", "-C", str(root), "-c", "core.quotePath=true", *arguments]
    try:
        done = subprocess.run(command, capture_output=True, env=environment, check=False)  # noqa: S603 (no shell)
    except OSError as error:
        raise InputError(f"git cannot be run: {error.strerror or type(error).__name__}") from None
    if done.returncode:
        words = done.stderr.decode("utf-8", "replace").strip().removeprefix("fatal: ")
        raise InputError(f"git: {words or silent}")
    return done.stdout
