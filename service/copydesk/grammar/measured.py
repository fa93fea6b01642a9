"""An engine whose time is told to whoever watches the service."""

from __future__ import annotations

from copydesk.grammar.contract import GrammarEngine, Match
from copydesk.model import Engine
from copydesk.watch import timed


class Measured:
    """An engine behind the same contract. It stands below the cache: what is remembered takes no engine's time."""

    def __init__(self, engine: GrammarEngine) -> None:
        self._engine = engine

    @property
    def info(self) -> Engine:
        """Name and version of the engine."""
        return self._engine.info

    def speaks(self, language: str) -> bool:
        """Whether the engine has data for `language`."""
        return self._engine.speaks(language)

    def check(self, text: str, language: str, timeout: float) -> list[Match]:
        """The engine's alarms on `text`. Raises EngineError and UnfinishedError as it does."""
        with timed("engine", self._engine.info.name):
            return self._engine.check(text, language, timeout)
