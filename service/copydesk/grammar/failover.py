"""Grammar for texts of any length: by one engine, or by a second one where the first does not answer."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass, field, replace

from copydesk.errors import EngineError, UnfinishedError
from copydesk.grammar.contract import Answer, GrammarEngine, Match
from copydesk.grammar.pieces import pieces
from copydesk.model import Engine, Notice, Span

_DEADLINE_FOR = 100_000  # code points for which a deadline is stated
_MOST_ALARMS = 20_000  # of a text: three times those of two megabytes of news; who raises more does not read a language


class Pinned:
    """One engine, which must answer."""

    def __init__(self, engine: GrammarEngine, deadline: float, threads: int = 1) -> None:
        """`deadline`: seconds for each 100,000 code points begun; `threads`: pieces that are read at once."""
        self._engine, self._deadline, self._threads = engine, deadline, threads

    def check(self, text: str, language: str, deadline: float | None = None) -> Answer:
        """The engine's alarms. Raises EngineError when it cannot answer; what it had no time for is told."""
        if not self._engine.speaks(language):
            raise EngineError(f"{self._engine.info.name} has no data for {language}")
        work = _Work(text, language, pieces(text), deadline)
        work.do(self._engine, self._deadline, self._threads)
        if work.failure is None:
            return work.answer(())
        if isinstance(work.failure, UnfinishedError) or work.is_over():
            return work.answer((_not_all(str(work.failure)),))
        raise work.failure


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

    def check(self, text: str, language: str, deadline: float | None = None) -> Answer:
        """Alarms without duplicates: one engine answers for each piece of the text."""
        work = _Work(text, language, pieces(text), deadline)
        why = self._ask_primary(work)
        if not work.open:
            return work.answer(())
        second = self._fallback
        if second is None or not second.speaks(language):
            reason = why or f"no engine has data for {language}"
            return work.answer((Notice("grammar-unavailable", f"grammar and spelling were not checked: {reason}"),))
        part = " for the rest of the text" if work.matches else ""
        work.do(second, self._deadline, 1)
        if work.failure is not None:
            return work.answer((_not_all(f"{why}; {work.failure}" if why else str(work.failure)),))
        if not why:
            return work.answer(())
        told = f"{why}; the {second.info.name} engine answered instead{part}"
        return work.answer((Notice("engine-failover", told),))

    def _ask_primary(self, work: _Work) -> str:
        """Has the primary do what it can; returns why that was not all, or nothing if it is not to blame."""
        if not work.open or not self._in_play():
            return ""
        if not self._primary.speaks(work.language):
            return ""
        work.do(self._primary, self._deadline, self._threads)
        return "" if work.failure is None else str(work.failure)


@dataclass(slots=True)
class _Work:
    """A text in pieces, and what has been answered for each so far."""

    text: str
    language: str
    open: Sequence[Span]
    deadline: float | None = None
    matches: dict[Span, list[Match]] = field(default_factory=dict)
    engines: dict[Engine, None] = field(default_factory=dict)  # a set that keeps its order
    failure: EngineError | None = None
    raised: int = 0  # alarms of all engines; several threads count, and one that counts late is no harm

    def is_over(self) -> bool:
        """Whether the deadline has passed."""
        return self.deadline is not None and time.monotonic() >= self.deadline

    def _budget(self, seconds: float) -> float:
        """Seconds for the whole text, so that a long one is not taken for a server that hangs."""
        budget = seconds * (1 + len(self.text) // _DEADLINE_FOR)
        return budget if self.deadline is None else min(budget, self.deadline - time.monotonic())

    def do(self, engine: GrammarEngine, seconds: float, threads: int) -> None:
        """Asks `engine` for the open pieces until it fails; `failure` is its error, and some stay open.

        A piece that is too much for the engine stays open alone. Several pieces at once make LanguageTool 2.2 times as
        fast on two cores. `seconds`: for each 100,000 code points begun.
        """
        self.failure = None
        budget = self._budget(seconds)
        until = time.monotonic() + budget
        failed = threading.Event()

        def one(span: Span) -> tuple[Span, list[Match] | EngineError | None]:
            try:
                return span, None if failed.is_set() else self._check(engine, span, until, budget)
            except UnfinishedError as error:
                return span, error
            except EngineError as error:
                failed.set()
                return span, error

        if threads > 1 and len(self.open) > 1:
            with ThreadPoolExecutor(min(threads, len(self.open))) as pool:
                contexts = [copy_context() for _ in self.open]  # who watches knows by it whose request this is
                outcomes = list(pool.map(lambda context, span: context.run(one, span), contexts, self.open))
        else:
            outcomes = [one(span) for span in self.open]
        for span, outcome in outcomes:
            if isinstance(outcome, list):
                self.matches[span] = outcome
                self.engines[engine.info] = None
            elif outcome is not None and (self.failure is None or not isinstance(outcome, UnfinishedError)):
                self.failure = outcome
        self.open = [span for span in self.open if span not in self.matches]

    def _check(self, engine: GrammarEngine, span: Span, until: float, budget: float) -> list[Match]:
        """The alarms on one piece. Raises UnfinishedError when the time is over or there are too many, EngineError."""
        left = until - time.monotonic()
        if left <= 0:
            raise UnfinishedError(f"{engine.info.name} did not finish within {budget:.3g} s")
        if self.raised > _MOST_ALARMS:
            raise UnfinishedError(f"{engine.info.name} raised more than {_MOST_ALARMS} alarms")
        found = engine.check(span.of(self.text), self.language, left)
        self.raised += len(found)
        return found

    def answer(self, notices: tuple[Notice, ...]) -> Answer:
        """All matches, in document coordinates and in order."""
        moved = [
            replace(match, span=match.span.shift(span.start))
            for span, found in sorted(self.matches.items())
            for match in found
        ]
        return Answer(tuple(moved), tuple(self.engines), notices)


def _not_all(reason: str) -> Notice:
    return Notice("grammar-unavailable", f"not all grammar was checked: {reason}")
