"""What one configuration file says of the repository; `config_applied` has what it says of one text."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from copydesk.repository.config_applied import Applied, FileConfig
from copydesk.repository.config_globs import globs_of
from copydesk.repository.config_schema import Root
from copydesk.repository.config_toml import Location, line_of


@dataclass(frozen=True, slots=True)
class Configuration:
    """`root` is absolute; globs and paths count from it. `path` is the file that was read, None where there is none.

    `says` is what it says, `lines` where, and `at` the place of its table in the file.
    """

    root: Path
    path: Path | None = None
    says: Root = field(default_factory=Root)
    lines: Mapping[Location, int] = field(default_factory=dict, repr=False)
    at: Location = ()

    @property
    def include(self) -> tuple[str, ...]:
        """Globs of the files that are checked; none: all whose names tell a format."""
        return self.says.include

    @property
    def exclude(self) -> tuple[str, ...]:
        """Globs of the files that are not."""
        return self.says.exclude

    @property
    def formats(self) -> tuple[tuple[str, str], ...]:
        """Globs of files, and what they are written in; the last that fits wins."""
        return tuple(self.says.formats.items())

    @property
    def baseline(self) -> Path | None:
        """The file of what is known already."""
        return None if self.says.baseline is None else self.root / self.says.baseline

    @property
    def corpus(self) -> bool:
        """Whether names and duplicates are looked for across files, too."""
        return self.says.corpus

    @property
    def cache(self) -> bool:
        """Whether what was found is kept on disk for the next run."""
        return self.says.cache

    def relative(self, path: Path) -> str | None:
        """`path` as globs see it: from the root, parted by `/`; None outside of the root."""
        for real in (os.path.abspath, os.path.realpath):  # links as they are named; then, where they lead
            candidate = real(path)
            for root in (str(self.root), real(self.root)):
                if candidate == root:
                    return "."
                if candidate.startswith(os.path.join(root, "")):  # noqa: PTH118 (strings: asked for every file)
                    return candidate[len(os.path.join(root, "")) :].replace(os.sep, "/")  # noqa: PTH118
        return None

    def excluded(self, path: Path) -> int | None:
        """The index of the glob in `exclude` that leaves the file out; None: none does.

        A folder that is left out is not gone into: nothing takes back a file below it, as in git.
        """
        name = self.relative(path)
        if name is None:
            return None
        above = (f"{folder}/" for folder in reversed(PurePosixPath(name).parents[:-1]))
        taken = map(globs_of(self.exclude).which, (*above, name))
        return next((index for index in taken if index is not None), None)

    def line(self, at: Location) -> int:
        """The line of a place in the table."""
        return line_of(self.lines, (*self.at, *at))

    def about(self, path: Path) -> Applied:
        """All that is said of the file at `path`, which need not exist, with the places."""
        return Applied.to(self.root, self.says, self.relative(path))

    def of(self, path: Path) -> FileConfig:
        """What applies to the file at `path`."""
        return self.about(path).config()

    def format(self, path: Path) -> str | None:
        """What the file is written in, if the configuration says so."""
        form: str | None = self.about(path).format().value
        return form
