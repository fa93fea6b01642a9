"""Which files git would not look at: what the `.gitignore` files of a repository say, without git.

It need not be installed then, and the answer is the same on every machine: a user's own list of what to ignore does not
count. The cost: a file that is tracked although it is ignored is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pathspec import GitIgnoreSpec

_FILE = ".gitignore"
_OWN = ".git/info/exclude"  # as a .gitignore at the root that is not shared


@dataclass(frozen=True, slots=True)
class _Level:
    """One file of patterns, and the folder from which they count, with `/` at its end."""

    folder: str
    spec: GitIgnoreSpec


@dataclass(frozen=True, slots=True)
class Ignoring:
    """The patterns that hold in a folder, those of the outermost first. Paths are absolute, with `/` between parts."""

    levels: tuple[_Level, ...] = ()

    def within(self, folder: Path) -> Ignoring:
        """The same with the patterns that `folder` has of its own. Raises OSError where they cannot be read."""
        found = tuple(_Level(f"{folder.as_posix()}/", spec) for spec in _specs(folder))
        return Ignoring((*self.levels, *found)) if found else self

    def ignores(self, path: str) -> bool:
        """Whether the innermost pattern that fits `path` leaves it out; the path of a folder ends with `/`."""
        for level in reversed(self.levels):
            said = level.spec.check_file(path.removeprefix(level.folder)).include
            if said is not None:
                return said
        return False


def ignoring_above(folder: Path, root: Path) -> Ignoring:
    """The patterns from `root` to above `folder`, both absolute; none where they leave out `folder` itself.

    Who names an ignored folder means what is in it. Raises OSError.
    """
    found = Ignoring()
    for parent in reversed([parent for parent in folder.parents if parent.is_relative_to(root)]):
        found = found.within(parent)
        if found.ignores(f"{folder.as_posix()}/"):
            return Ignoring()
    return found


def _specs(folder: Path) -> Iterator[GitIgnoreSpec]:
    for name in (_OWN, _FILE):
        try:
            said = (folder / name).read_text(encoding="utf-8-sig", errors="surrogateescape")
        except (FileNotFoundError, NotADirectoryError):  # in a worktree or a submodule, `.git` is a file
            continue
        lines = [line for line in said.splitlines() if _is_pattern(line)]
        if lines:
            yield GitIgnoreSpec.from_lines(lines)


def _is_pattern(line: str) -> bool:
    """Git passes over a line that is no pattern, such as a lone `!`."""
    try:
        return bool(line.strip()) and GitIgnoreSpec.from_lines([line]) is not None
    except ValueError:
        return False
