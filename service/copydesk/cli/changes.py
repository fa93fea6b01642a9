"""Which files and lines a check is narrowed to: what has changed since another commit, or what is staged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from copydesk.cli.asked import Asked
from copydesk.errors import InputError
from copydesk.read import SUFFIXES
from copydesk.repository.changed import LineSet
from copydesk.repository.git import changed_lines, root_of, staged, staged_text
from copydesk.repository.report import Failure
from copydesk.repository.task import Task


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Texts to review, and of some by name the lines whose findings count; of the others, all do."""

    tasks: list[Task]
    lines: Mapping[str, LineSet | None]


def since(asked: Asked, base: str, failures: list[Failure]) -> Narrowed:
    """The files that have changed since HEAD and `base` parted, new ones too. Without a path, those of the whole
    repository. Raises InputError in git's words."""
    root = _root(asked)
    return _narrowed(asked, changed_lines(root, base), failures)


def in_index(asked: Asked, failures: list[Failure]) -> Narrowed:
    """What the next commit would change, as it is staged and not as it lies on the disk. Raises InputError."""
    root = _root(asked)
    return _narrowed(asked, staged(root), failures, root)


def _narrowed(
    asked: Asked, changed: Mapping[Path, LineSet | None], failures: list[Failure], index: Path | None = None
) -> Narrowed:
    tasks: list[Task] = []
    lines: dict[str, LineSet | None] = {}
    wide = _everywhere(asked)
    paths = [*wide.files(failures), *(_only_staged(wide, changed) if index is not None else ())]
    for path in paths:
        place = path.resolve()
        if place not in changed:
            continue
        task = asked.task(path, failures, data=None if index is None else staged_text(index, place))
        if task is not None:
            tasks.append(task)
            lines[task.name] = changed[place]
    return Narrowed(tasks, lines)


def _only_staged(asked: Asked, staged: Mapping[Path, LineSet | None]) -> Iterator[Path]:
    """Texts at the paths of `asked` that are in the index and no longer on the disk, where the others are found."""
    wanted = [Path(path).resolve() for path in asked.paths]
    for place in sorted(staged):
        is_text = place.suffix.lower() in SUFFIXES or asked.config.format(place) is not None
        chosen = any(place.is_relative_to(path) for path in wanted) and asked.config.excluded(place) is None
        if is_text and chosen and not place.exists():
            yield place


def _everywhere(asked: Asked) -> Asked:
    return asked if asked.paths else replace(asked, paths=(str(_root(asked)),))


def _root(asked: Asked) -> Path:
    """The root of the git repository. Raises InputError where there is none."""
    root = root_of(asked.config.root)
    if root is None:
        raise InputError(f"{asked.config.root} is in no git repository")
    return root
