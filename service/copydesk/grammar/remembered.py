"""An engine that is asked about the same piece of text once."""

from __future__ import annotations

from collections.abc import Mapping

from copydesk.cache import Cache, digest
from copydesk.grammar.contract import Around, GrammarEngine, Match


class Remembered(Around):
    """An engine behind the same contract, with its answers in a cache.

    A text is cut into pieces by what it says (`pieces`), so that a change leaves nearly all of them as they were. What
    failed is not remembered.
    """

    def __init__(self, engine: GrammarEngine, cache: Cache, asked: Mapping[str, str] | None = None) -> None:
        """`asked` is what the engine was told to look for beyond its default: its answers are others then."""
        super().__init__(engine)
        self._cache = cache
        self._asked = digest(*(part for pair in sorted((asked or {}).items()) for part in pair)).hex()

    def check(self, text: str, language: str, timeout: float) -> list[Match]:
        """The alarms on `text`, the engine's own or remembered. Raises EngineError as the engine does."""
        found: tuple[Match, ...] | None = self._cache.get(self._key(text, language))
        if found is None:
            found = tuple(self._engine.check(text, language, timeout))
            # The version of a server elsewhere is known only now.
            self._cache.put(self._key(text, language), found)
        return list(found)

    def _key(self, text: str, language: str) -> bytes:
        info = self._engine.info
        return digest(info.name, info.version, self._asked, language, text)
