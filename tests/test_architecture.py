"""The house as ARCHITECTURE.md draws it: data moves one way, rooms stay small."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import copydesk

ROOT = Path(copydesk.__file__).parent
PROJECT = ROOT.parent.parent
ORDER = [
    {"errors", "folders", "limits", "model", "watch"},
    {"offsets"},
    {"settings"},
    {"cache"},
    {"packs", "rules"},
    {"read", "names", "grammar", "secondreader", "store", "syntax", "quantities"},
    {"copies", "bitext"},
    {"checkers"},
    {"findings"},
    {"pipeline"},
    {"trial", "cleaning"},
    {"repository"},
    {"render"},
    {"api", "lsp"},
    {"cli"},
]
FILES = sorted(ROOT.rglob("*.py"))
MOST_LINES, MOST_FUNCTION_LINES = 250, 40


def level(room: str) -> int:
    return next(i for i, rooms in enumerate(ORDER) if room in rooms)


def room_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def imported(path: Path) -> Iterator[str]:
    """The rooms that a module imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("copydesk."):
            yield node.module.split(".")[1]
        elif isinstance(node, ast.Import):
            yield from (a.name.split(".")[1] for a in node.names if a.name.startswith("copydesk."))


@pytest.mark.parametrize("path", [p for p in FILES if p.parent != ROOT or p.stem != "__init__"], ids=str)
def test_a_room_imports_only_earlier_rooms(path: Path) -> None:
    here = room_of(path)
    for other in imported(path):
        assert level(other) < level(here) or other == here or {other, here} <= ORDER[0], (path.name, other)


@pytest.mark.parametrize("path", FILES, ids=str)
def test_files_and_functions_are_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= MOST_LINES
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < MOST_FUNCTION_LINES, node.name


def test_every_package_is_named_in_the_build() -> None:
    """setuptools is given a list, because the rules live outside the source root: a room left out would not ship."""
    named = (PROJECT / "pyproject.toml").read_text(encoding="utf-8")
    for package in sorted({p.parent for p in FILES}):
        assert f'"{".".join(("copydesk", *package.relative_to(ROOT).parts))}"' in named


def test_nothing_prints_or_logs_document_text() -> None:
    """`print` is for nobody; the linter holds the rest."""
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            assert not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print")
