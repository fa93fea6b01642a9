"""The second reader: passages in, remarks out, within a deadline and a budget, each passage asked about once."""

from __future__ import annotations

import time
from collections import Counter, OrderedDict
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import BoundedSemaphore, Lock

from copydesk.model import Engine, Notice
from copydesk.secondreader.anchor import anchored
from copydesk.secondreader.contract import Model, Passage, ReaderError, Reading, Remark
from copydesk.secondreader.prompt import VERSION, suggestions
from copydesk.settings import Settings

_REMEMBERED = 4096  # answers; a few hundred bytes each
_PATIENCE = 3  # failed passages after which a review asks no more

Outcome = tuple[tuple[Remark, ...], int]
"""The remarks on a passage, and how many suggestions were dropped."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Of one review: `deadline` in seconds, `passages` and `characters` (code points) that are sent; `at_once` is the
    number of requests that the process has open."""

    deadline: float
    passages: int
    characters: int
    at_once: int


class SecondReader:
    """One model for a whole process. Any number of threads may use it; they share its cache and its connections."""

    def __init__(self, model: Model | None, limits: Limits, why_not: str = "") -> None:
        """Without `model`, it answers every review with the notice `why_not`."""
        self._model, self._limits, self._why_not = model, limits, why_not
        self._cache: OrderedDict[bytes, Outcome] = OrderedDict()
        self._caching = Lock()
        self._open = BoundedSemaphore(limits.at_once)

    def read(self, passages: Sequence[Passage], deadline: float | None = None) -> Reading:
        """The model's remarks on each passage. Whatever goes wrong is a notice; what was sent where is one too.

        `deadline` is the review's, in `time.monotonic()`; the reader's own may be earlier.
        """
        if self._model is None:
            nothing = tuple(() for _ in passages)
            return Reading(nothing, None, (Notice(ReaderError.code, f"no second reader: {self._why_not}"),))
        own = time.monotonic() + self._limits.deadline
        session = _Session(self._model, own if deadline is None else min(own, deadline), self._open)
        keys = [passage.key(self._model.model, VERSION) for passage in passages]
        known = self._remembered(keys)
        new = {k: p for k, p in zip(keys, passages, strict=True) if k not in known}
        asked = self._within_budget(new)
        if asked:
            with ThreadPoolExecutor(min(self._limits.at_once, len(asked))) as pool:
                known |= {k: o for k, o in zip(asked, pool.map(session.ask, asked.values()), strict=True) if o}
        self._remember(known)
        remarks = tuple(known[key][0] if key in known else () for key in keys)
        engine = Engine("reader", self._model.model) if known else None
        return Reading(remarks, engine, (*session.notices(), *_told(known.values(), len(new) - len(asked))))

    def _within_budget(self, passages: dict[bytes, Passage]) -> dict[bytes, Passage]:
        """The first of `passages` that may be sent; one that is too long does not keep the next from it."""
        chosen: dict[bytes, Passage] = {}
        characters = 0
        for key, passage in passages.items():
            if len(chosen) < self._limits.passages and characters + len(passage) <= self._limits.characters:
                chosen[key] = passage
                characters += len(passage)
        return chosen

    def _remembered(self, keys: Iterable[bytes]) -> dict[bytes, Outcome]:
        with self._caching:
            return {key: self._cache[key] for key in keys if key in self._cache}

    def _remember(self, outcomes: dict[bytes, Outcome]) -> None:
        with self._caching:
            for key, outcome in outcomes.items():
                self._cache[key] = outcome
                self._cache.move_to_end(key)
            while len(self._cache) > _REMEMBERED:
                self._cache.popitem(last=False)


@dataclass(slots=True)
class _Session:
    """What one review has asked so far; shared by the threads that ask for it."""

    model: Model
    until: float  # on the monotonic clock
    open: BoundedSemaphore
    lengths: list[int] = field(default_factory=list)  # of the passages that were sent, in code points
    failures: Counter[str] = field(default_factory=Counter)

    def ask(self, passage: Passage) -> Outcome | None:
        """The model's remarks on one passage; None where it has not answered, which `notices` tells."""
        try:
            if self.failures.total() >= _PATIENCE:
                raise ReaderError("not asked after others had failed", sent=False)
            if not self.open.acquire(timeout=max(self.until - time.monotonic(), 0)):
                raise ReaderError("the time for this review was over", sent=False)
            try:
                outcome = self._ask(passage)
            finally:
                self.open.release()
        except ReaderError as error:
            self.failures[str(error)] += 1
            if error.sent:
                self.lengths.append(len(passage))
            return None
        self.lengths.append(len(passage))
        return outcome

    def _ask(self, passage: Passage) -> Outcome:
        if time.monotonic() >= self.until:
            raise ReaderError("the time for this review was over", sent=False)
        told, broken = suggestions(self.model.ask(passage, self.until))
        remarks, lost = anchored(told, passage.text)
        return remarks, broken + lost

    def notices(self) -> Iterable[Notice]:
        """What was sent and where to; what could not be read and why."""
        if self.lengths:
            what = f"{_count(len(self.lengths))} ({sum(self.lengths)} characters)"
            yield Notice("text-sent", f"text was sent to {self.model.host}: {what}, for the model {self.model.model}")
        if self.failures:
            why = "; ".join(f"{reason} ({count})" for reason, count in sorted(self.failures.items()))
            yield Notice(ReaderError.code, f"{_count(self.failures.total())} had no second reader: {why}")


def _told(outcomes: Iterable[Outcome], over: int) -> Iterable[Notice]:
    if dropped := sum(count for _, count in outcomes):
        told = f"suggestions of the model that are dropped: {dropped}; they quote what is not there, or say nothing"
        yield Notice("reader-dropped", told)
    if over:
        yield Notice("reader-budget", f"{_count(over)} beyond the budget of a review had no second reader")


def _count(passages: int) -> str:
    return f"{passages} passage{'s' if passages > 1 else ''}"


def second_reader(settings: Settings) -> SecondReader:
    """The reader of the settings; where they name no server or no model, one that says so."""
    limits = Limits(
        settings.reader_deadline, settings.reader_passages, settings.reader_characters, settings.reader_requests
    )
    if settings.reader_url is None or settings.reader_model is None:
        missing = "COPYDESK_READER_URL" if settings.reader_url is None else "COPYDESK_READER_MODEL"
        return SecondReader(None, limits, f"{missing} is not set")
    # Imported here because requests takes 0.1 s, which who asks no server need not pay.
    from copydesk.secondreader.chat import Chat

    url, model = settings.reader_url, settings.reader_model
    return SecondReader(
        Chat(url, model, settings.reader_key, settings.reader_timeout, settings.reader_requests), limits
    )
