"""Keeps the host of LanguageTool's server alive for as long as a service runs."""

from __future__ import annotations

import logging
import os
import time
from typing import TYPE_CHECKING

from copydesk.errors import EngineError
from copydesk.grammar.install import installed
from copydesk.grammar.launch import start, stop
from copydesk.grammar.state import StateFile

if TYPE_CHECKING:
    from copydesk.settings import Settings

log = logging.getLogger(__name__)

_FIRST_PAUSE, _LONGEST_PAUSE = 5.0, 300.0  # seconds between two starts; doubled while they fail


class Keeper:
    """The host watches the server; this watches the host, for the process that it lives with."""

    def __init__(self) -> None:
        self._settings: Settings | None = None
        self._ours: StateFile | None = None  # of the host that we have started
        self._again, self._pause = 0.0, _FIRST_PAUSE

    def start(self, settings: Settings) -> None:
        """Has one host run for all workers where `settings` want it; does not wait for its server.

        Until that is ready, the embedded engine answers. Raises EngineError where LanguageTool was asked for by name
        and is not installed.
        """
        off = settings.engine == "embedded" or settings.languagetool_url is not None
        if off or (settings.engine == "auto" and not installed(settings.languagetool_home)):
            self._settings = None
            return
        self._settings = settings
        self._start(settings)

    def attend(self) -> None:
        """Starts a host again that is no more, our own or one that we found running. For each second."""
        if self._settings is None or time.monotonic() < self._again:
            return
        if StateFile(self._settings.languagetool_state).running():
            return
        log.warning("the process that watches LanguageTool is gone; it is being started again")
        try:
            self._start(self._settings)
        except (EngineError, OSError) as error:  # the disk is full, no process can be had: the service goes on
            self._pause = min(2 * self._pause, _LONGEST_PAUSE)
            log.warning("%s", error if isinstance(error, EngineError) else type(error).__name__)
        else:
            self._pause = _FIRST_PAUSE
        self._again = time.monotonic() + self._pause

    def stop(self) -> None:
        """Ends the host if it is ours."""
        self._settings = None
        if self._ours is not None:
            stop(self._ours)
            self._ours = None

    def _start(self, settings: Settings) -> None:
        state = StateFile(settings.languagetool_state)
        if start(settings.languagetool_home, state, parent=os.getpid(), memory=settings.languagetool_memory):
            self._ours = state
