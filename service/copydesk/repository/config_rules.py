"""Which names of rules a configuration may use, found without loading the rules themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from copydesk.errors import UnknownNameError
from copydesk.model import Family
from copydesk.repository.report import CORPUS_RULES

# Loading the packs takes 0.1 s (the first time 0.8), and importing what loads them as long; this takes 0.01. A line of
# an example that looks like an id costs nothing more than a slip that is not told here but by whoever loads the packs.
_ID = re.compile(r"""\bid["']?\s*:\s*["']?([a-z]{2,3}/[a-z0-9-]+/[a-z0-9-]+)""")
_MODEL = "any/model/"
_OF_AN_ENGINE = re.compile(r"(?=[^/]*[A-Z0-9_])[^/\s]+")


class KnownRules:
    """The ids of our rules and of the user's own `packs`, read when the first is asked about."""

    def __init__(self, packs: Iterable[Path]) -> None:
        self._packs = tuple(packs)
        self._ids: frozenset[str] | None = None

    def require(self, name: str) -> None:
        """Raises UnknownNameError, with the nearest, where `name` is no rule.

        Engines have thousands of rules, and versions of their own: a name that looks like one of theirs (no slash, and
        a capital, a digit or an underscore) is taken as that.
        """
        self._require("rule", name, ())

    def require_rule_or_family(self, name: str) -> None:
        """As `require`, for a name that may also be a family's."""
        self._require("rule or family", name, tuple(map(str, Family)))

    def _require(self, kind: str, name: str, families: tuple[str, ...]) -> None:
        if name in families or _OF_AN_ENGINE.fullmatch(name):
            return
        if self._ids is None:
            self._ids = _ids_of(self._packs)
        known = self._ids | (_model_rules() if name.startswith(_MODEL) else frozenset()) | CORPUS_RULES
        if name not in known:
            raise UnknownNameError(kind, name, [*families, *sorted(known)])


def _ids_of(packs: Iterable[Path]) -> frozenset[str]:
    from copydesk.packs.loader import pack_files, shipped_rules  # only where a rule is named: it costs a start 100 ms

    texts = (path.read_text(encoding="utf-8", errors="replace") for path in pack_files([shipped_rules(), *packs]))
    return frozenset(found for text in texts for found in _ID.findall(text))


def _model_rules() -> frozenset[str]:
    from copydesk.secondreader.contract import RULES  # likewise

    return RULES
