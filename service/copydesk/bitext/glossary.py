"""A house's terms: how each is said in the other language, and how it must not be."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """`source` is translated by one of `targets`, the preferred first, and never by one of `forbidden`.

    Without `source`, `forbidden` may not stand in any translation.
    """

    source: str
    targets: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
