"""Grammar for texts of any length: by one engine, or by a second one where the first does not answer."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

from copydesk.errors import EngineError
from copydesk.grammar.contract import Answer, GrammarEngine, Match
from copydesk.grammar.pieces import pieces
from copydesk.model import Engine, Notice, Span

REST = 5.0  # seconds for which an engine that has kept somebody waiting in vain is not asked
_SLOW = 0.5  # seconds; a failure that came sooner kept nobody waiting
_DEADLINE_FOR = 100_000  # code points for which a deadline is stated


class Pinned:
    """One engine, which must answer."""

    def __init__(self, engine: GrammarEngine, deadline: float, threads: int = 1) -> None:
        """`deadline`: seconds for each 100,000 code points begun; `threads`: pieces that are read at once."""
        self._engine, self._deadline, self._threads = engine, deadline, threads

    def check(self, text: str, language: str) -> Answer:
        """The engine's alarms. Raises EngineError when it cannot answer for the whole text."""
        if not self._engine.speaks(language):
            raise EngineError(f"{self._engine.info.name} has no data for {language}")
        work = _Work(text, language, pieces(text))
        work.do(self._engine, _budget(text, self._deadline), self._threads)
        if work.failure is not None:
            raise work.failure
        return work.answer(())


class Failover:
    """A first engine and a second one, which answers for what the first does not."""

    def __init__(
        self,
        primary: GrammarEngine,
        fallback: GrammarEngine | None,
        deadline: float,
        *,
        threads: int = 1,
        in_play: Callable[[], bool] = lambda: True,
    ) -> None:
        """As `Pinned`; `threads` are the primary's. While `in_play` says no (nobody has started the primary's
        server, say), the fallback is simply the engine, and there is nothing to tell."""
        self._primary, self._fallback = primary, fallback
        self._deadline, self._threads, self._in_play = deadline, threads, in_play
        self._rest_until, self._why = 0.0, ""

    def check(self, text: str, language: str) -> Answer:
        """Alarms without duplicates: one engine answers for each piece of the text."""
        work = _Work(text, language, pieces(text))
        why = self._ask_primary(work)
        if not work.open:
            return work.answer(())
        second = self._fallback
        if second is None or not second.speaks(language):
            reason = why or f"no engine has data for {language}"
            return work.answer((Notice("grammar-unavailable", f"grammar and spelling were not checked: {reason}"),))
        part = " for the rest of the text" if work.matches else ""
        work.do(second, _budget(text, self._deadline), 1)
        if work.failure is not None:
            reason = f"{why}; {work.failure}" if why else str(work.failure)
            return work.answer((Notice("grammar-unavailable", f"not all grammar was checked: {reason}"),))
        if not why:
            return work.answer(())
        told = f"{why}; the {second.info.name} engine answered instead{part}"
        return work.answer((Notice("engine-failover", told),))

    def _ask_primary(self, work: _Work) -> str:
        """Has the primary do what it can; returns why that was not all, or nothing if it is not to blame."""
        if not work.open or not self._in_play():
            return ""
        began = time.monotonic()
        if began < self._rest_until:
            return self._why
        if not self._primary.speaks(work.language):
            return ""
        work.do(self._primary, _budget(work.text, self._deadline), self._threads)
        if work.failure is None:
            return ""
        why = str(work.failure)
        if not work.matches and time.monotonic() - began > _SLOW:
            self._why, self._rest_until = why, time.monotonic() + REST
        return why


@dataclass(slots=True)
class _Work:
    """A text in pieces, and what has been answered for each so far."""

    text: str
    language: str
    open: Sequence[Span]
    matches: dict[Span, list[Match]] = field(default_factory=dict)
    engines: dict[Engine, None] = field(default_factory=dict)  # a set that keeps its order
    failure: EngineError | None = None

    def do(self, engine: GrammarEngine, budget: float, threads: int) -> None:
        """Asks `engine` for the open pieces until one fails; `failure` is its error, and some stay open.

        Several pieces at once make LanguageTool 2.2 times as fast on two cores. `budget`: seconds for all.
        """
        self.failure = None
        until = time.monotonic() + budget
        failed = threading.Event()

        def one(span: Span) -> tuple[Span, list[Match] | EngineError | None]:
            left = until - time.monotonic()
            if failed.is_set():
                return span, None
            try:
                if left <= 0:
                    raise EngineError(f"{engine.info.name} did not finish within {budget:g} s")
                return span, engine.check(span.of(self.text), self.language, left)
            except EngineError as error:
                failed.set()
                return span, error

        if threads > 1 and len(self.open) > 1:
            with ThreadPoolExecutor(min(threads, len(self.open))) as pool:
                outcomes = list(pool.map(one, self.open))
        else:
            outcomes = [one(span) for span in self.open]
        for span, outcome in outcomes:
            if isinstance(outcome, list):
                self.matches[span] = outcome
                self.engines[engine.info] = None
            elif outcome is not None and self.failure is None:
                self.failure = outcome
        self.open = [span for span in self.open if span not in self.matches]

    def answer(self, notices: tuple[Notice, ...]) -> Answer:
        """All matches, in document coordinates and in order."""
        moved = [
            replace(match, span=match.span.shift(span.start))
            for span, found in sorted(self.matches.items())
            for match in found
        ]
        return Answer(tuple(moved), tuple(self.engines), notices)


def _budget(text: str, deadline: float) -> float:
    """Seconds for the whole text, so that a long one is not taken for a server that hangs."""
    return deadline * (1 + len(text) // _DEADLINE_FOR)
