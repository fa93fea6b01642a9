"""LanguageTool servers as one engine: the first that answers, in the order in which they are named."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence

from copydesk.errors import EngineError
from copydesk.grammar.breaker import Breaker
from copydesk.grammar.contract import GrammarEngine, Match
from copydesk.model import Engine

log = logging.getLogger(__name__)

_FAIR = 2.0  # seconds; a server that was given less is not to blame when it is late
_LEAST = 0.01  # seconds


class Several:
    """Servers that answer alike, one or more. Who keeps people waiting in vain is left alone for a while."""

    def __init__(self, servers: Sequence[GrammarEngine]) -> None:
        """The one to prefer comes first."""
        self._servers = [(server, Breaker()) for server in servers]
        self._last = servers[0]

    @property
    def info(self) -> Engine:
        """Name and version of the server that answered last."""
        return self._last.info

    def speaks(self, language: str) -> bool:
        """Whether a server lists the language; True while none can be asked, since `check` says why."""
        awake = [server for server, breaker in self._servers if not breaker.resting]
        return not awake or any(server.speaks(language) for server in awake)

    def check(self, text: str, language: str, timeout: float) -> list[Match]:
        """The matches of the first server that answers; `timeout` is in seconds, for all of them together.

        Each may take its share of the time that is left, so that the last has some when the first hang. Raises
        EngineError with the reason of the first that failed.
        """
        until, why = time.monotonic() + timeout, ""
        for number, (server, breaker) in enumerate(self._servers, start=1):
            rests = breaker.resting or ("" if server.speaks(language) else f"no data for {language}") or breaker.enter()
            if rests:
                why = why or rests
                continue
            behind = sum(not breaker.resting for _, breaker in self._servers[number:])
            began = time.monotonic()
            allowed = max((until - began) / (1 + behind), _LEAST)
            try:
                found = server.check(text, language, allowed)
            except EngineError as error:
                why = why or str(error)
                waited = time.monotonic() - began if allowed >= _FAIR else 0.0
                if breaker.failed(str(error), waited):
                    log.warning("LanguageTool, server %d of %d, is left alone: %s", number, len(self._servers), error)
            else:
                breaker.answered()
                self._last = server
                return found
        raise EngineError(why)
