"""What is open, what is being checked, and what came out of it. Everything here happens on the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from copydesk.errors import CopydeskError
from copydesk.lsp.config import Config
from copydesk.lsp.decisions import Decision, DecisionFile
from copydesk.lsp.profile import Profile
from copydesk.lsp.texts import OpenText
from copydesk.lsp.worker import Outcome, Worker

_CONFIGURED_WITHIN = 5.0  # seconds that the editor has to tell its settings before texts are checked without
# The first is so of every few words that somebody begins to write, the second is what the settings ask for.
_UNTOLD = frozenset({"language-assumed", "grammar-off"})


class Superseded(Exception):  # noqa: N818 (nothing went wrong)
    """The text has changed, or is closed, so that nobody wants this outcome."""


class Session:
    """`publish` is given each outcome where the server is to push them; `tell` what a person must know."""

    def __init__(self, worker: Worker, publish: Callable[[Outcome], None], tell: Callable[[str], None]) -> None:
        self.texts: dict[str, OpenText] = {}
        self.pushes = True
        self.configured = asyncio.Event()
        self._worker, self._publish, self._tell = worker, publish, tell
        self._profile = Profile()
        self._folder: Path | None = None
        self._outcomes: dict[str, Outcome] = {}
        self._running: dict[str, tuple[str, asyncio.Task[Outcome]]] = {}
        self._pushing: dict[str, asyncio.Task[None]] = {}

    @property
    def config(self) -> Config:
        """The settings in force."""
        return self._profile.config

    def configure(self, config: Config, folder: Path | None) -> None:
        """Other settings from now on; `folder` is the workspace's. Raises RuleError, and leaves all as it was."""
        self._profile = Profile.of(config, folder)
        self._folder = folder

    def decide(self, kind: Decision, value: str) -> None:
        """Keeps what the user has decided. Raises InputError when it cannot be written."""
        DecisionFile.of(self._folder).add(kind, value)

    def put(self, text: OpenText, *, at_once: bool = False) -> None:
        """A text as it is now. What was being done for the version before it is cancelled."""
        self._cancel(text.uri)
        self.texts[text.uri] = text
        if self.pushes:
            wait = 0.0 if at_once else self.config.delay / 1000
            self._pushing[text.uri] = asyncio.get_running_loop().create_task(self._push(text, wait))

    def close(self, uri: str) -> None:
        """The text is closed: nothing of it is kept, and what the editor shows of it goes."""
        self._cancel(uri)
        self._outcomes.pop(uri, None)
        text = self.texts.pop(uri, None)
        if self.pushes and text is not None:
            self._publish(Outcome(replace(text, version=None), ""))

    def again(self) -> None:
        """Checks all open texts anew: the profile has changed."""
        for text in list(self.texts.values()):
            self.put(text, at_once=True)

    async def settled(self, text: OpenText) -> None:
        """Waits until the text has not changed for a while. Raises Superseded when it has meanwhile."""
        if text.uri not in self._outcomes:  # the first check of a text need not wait
            return
        await asyncio.sleep(self.config.delay / 1000)
        if self.texts.get(text.uri) is not text:
            raise Superseded

    async def outcome(self, text: OpenText) -> Outcome:
        """What is wrong with `text`: an open one, or one from disk. Raises Superseded."""
        if not self.configured.is_set():
            await self._wait_configured()
        is_open = text.uri in self.texts
        profile = self._profile_of(text)
        name = profile.result_id(text)
        known = self._outcomes.get(text.uri)
        if known is not None and known.result_id == name:
            return replace(known, text=text)
        running, task = self._running.get(text.uri, ("", None))
        if task is None or running != name:
            if task is not None:
                task.cancel()
            task = asyncio.get_running_loop().create_task(self._worker.review(text, profile))
            self._running[text.uri] = (name, task)
        await asyncio.wait([task])  # not the task itself: who asks may be cancelled, and others wait for it too
        if task.cancelled() or (is_open and self.texts.get(text.uri) is not text):
            raise Superseded
        if self._running.get(text.uri) == (name, task):
            del self._running[text.uri]
        outcome = replace(task.result(), text=text)
        if is_open:
            self._outcomes[text.uri] = outcome
        for notice in outcome.notices:
            if notice.code not in _UNTOLD and notice.span is None:  # what has a place is shown there
                self._tell(notice.message)
        return outcome

    def result_id(self, text: OpenText) -> str:
        """The name that the outcome of `text` has, or would have."""
        return self._profile_of(text).result_id(text)

    def _profile_of(self, text: OpenText) -> Profile:
        """What `text` is checked with. Decisions and configuration are read anew for it; a faulty one is left out."""
        try:
            self._profile = replace(self._profile, decisions=DecisionFile.of(self._folder).read())
            return self._profile.at(text)
        except CopydeskError as error:
            self._tell(str(error))
            return self._profile

    async def _wait_configured(self) -> None:
        try:
            await asyncio.wait_for(self.configured.wait(), _CONFIGURED_WITHIN)
        except TimeoutError:
            self.configured.set()

    async def _push(self, text: OpenText, wait: float) -> None:
        await asyncio.sleep(wait)
        try:
            outcome = await self.outcome(text)
        except Superseded:
            return
        self._publish(outcome)

    def _cancel(self, uri: str) -> None:
        if (pushing := self._pushing.pop(uri, None)) is not None:
            pushing.cancel()
        if (running := self._running.pop(uri, None)) is not None:
            running[1].cancel()
