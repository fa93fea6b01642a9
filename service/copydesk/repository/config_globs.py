"""Which files a configuration speaks of: globs as in .gitignore, and templates of paths."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from string import Formatter

from pathspec import GitIgnoreSpec


def as_glob(pattern: str) -> str:
    """`pattern`, if it is one line of a .gitignore that can match a file. Raises ValueError."""
    spec = GitIgnoreSpec.from_lines([pattern])  # raises GitIgnorePatternError, a ValueError that says which
    if all(part.include is None for part in spec.patterns):
        raise ValueError(f"the glob “{pattern}” matches no file")
    return pattern


class Globs:
    """Several globs, as one .gitignore would have them: the last that fits wins, `!` takes back."""

    def __init__(self, patterns: Sequence[str]) -> None:
        self._spec = GitIgnoreSpec.from_lines(patterns)

    def which(self, path: str) -> int | None:
        """The index of the glob that takes `path` (relative to the root, parted by `/`); None: none does."""
        found = self._spec.check_file(path)
        return found.index if found.include else None


@lru_cache(maxsize=256)
def globs_of(patterns: tuple[str, ...]) -> Globs:
    """`Globs`, compiled once."""
    return Globs(patterns)


def fields_of(template: str) -> list[str]:
    """The names in braces of `en/{path}.md`, in order. Raises ValueError for what is no such template."""
    names = []
    for _, name, spec, conversion in Formatter().parse(template):
        if name is not None:
            if not name.isidentifier() or spec or conversion:
                raise ValueError(f"“{{{name}}}” is no name: write “en/{{path}}.md”")
            names.append(name)
    return names


def filled(target: str, source: str, path: str) -> str | None:
    """`source` with what stands in `path` where `target` has its names; None where `path` is not of that kind."""
    pattern = "".join(
        re.escape(literal) + (f"(?P<{name}>.+)" if name is not None else "")
        for literal, name, _, _ in Formatter().parse(target)
    )
    found = re.fullmatch(pattern, path, re.DOTALL)
    return source.format(**found.groupdict()) if found else None
