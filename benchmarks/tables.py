"""A table as Markdown, and the page that holds them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """What was measured, how, and the rows; the first row is the head."""

    title: str
    how: str
    rows: Sequence[Sequence[str]]

    def markdown(self) -> str:
        """The table with its heading."""
        head, *body = ["| " + " | ".join(row) + " |" for row in self.rows]
        rule = "|" + " --- |" * len(self.rows[0])
        return "\n".join([f"## {self.title}", "", self.how, "", head, rule, *body, ""])


def number(value: float, digits: int = 1) -> str:
    """A figure for a cell, thousands apart."""
    return f"{value:,.{digits}f}"
