"""The REST service in worker processes that share one loaded desk."""

from __future__ import annotations

import gc
import logging
import math
import socket
from collections.abc import Callable
from typing import Any

import click
from flask import Flask
from gunicorn.app.base import BaseApplication

from copydesk import __version__
from copydesk.api.app import create_app
from copydesk.api.logs import GunicornLog
from copydesk.api.metrics import worker_began, worker_ended
from copydesk.api.processes import Main, Worker
from copydesk.bitext.pairs import document_of
from copydesk.cache import open_cache
from copydesk.errors import CopydeskError
from copydesk.findings.suppress import Filter
from copydesk.grammar import grammar_source
from copydesk.grammar.keeper import Keeper
from copydesk.grammar.sources import isolate
from copydesk.model import Family
from copydesk.pipeline import Desk, Options
from copydesk.settings import Settings

log = logging.getLogger(__name__)

_TIMEOUT = 120  # seconds; a worker that gives no sign of life for as long is replaced
_GRACE = 10  # seconds, beyond the deadline of a review, that requests may take to end when the service stops
_SPARE = 16  # threads of a worker for what needs no turn: requests that come in, those that are refused, `/livez`
_KEPT = 75  # seconds for an idle connection: proxies keep theirs for 60, and what they send as we close is lost
_LONGEST_LINE = 8190  # bytes of method, path and query, gunicorn's most; beyond, status 414: long texts are for POST
_LOADED = 120.0  # seconds for the embedded engine to load; 2 on an idle machine
_WARM_UP = "The minister said on Monday that talks had been held in Berlin."
_WARM_UP_SOURCE = "Министр заявил в понедельник, что переговоры прошли в Берлине."


def run(settings: Settings, listener: socket.socket, read_again: Callable[[], Settings]) -> None:
    """Serves what comes to `listener`; SystemExit ends it, with status 0 when it is told to end.

    SIGHUP has it ask `read_again` for its settings, and load rules and lexicons again. Raises RuleError for the user's
    own packs, and EngineError where the engine of the settings is not there.
    """
    embedded = isolate(settings)
    keeper = Keeper()
    keeper.start(settings)
    server = _Server(settings, create_app(settings, _load(settings)), listener, keeper, read_again)
    if embedded is not None and settings.engine != "languagetool":
        embedded.wait("en", _LOADED)
    server.run()


def _load(settings: Settings) -> Desk:
    """A desk that has read a text once, so that what loads on first use is loaded before the workers part.

    Not with a grammar engine behind a connection: workers must not share one. The text has a source, so that what
    compares texts is loaded too, with the dictionaries of English and Russian.
    """
    cache = open_cache(settings)
    desk = Desk.with_rules(settings.rules, grammar=grammar_source(settings, cache=cache), cache=cache)
    quick = Filter(families=frozenset(Family) - {Family.GRAMMAR})
    desk.review(_WARM_UP, Options(filter=quick, source=document_of(_WARM_UP_SOURCE, "ru")), language="en-US")
    return desk


class _Server(BaseApplication):  # type: ignore[misc] # gunicorn has no types
    """gunicorn with threads, over an application that is loaded before it forks."""

    def __init__(
        self,
        settings: Settings,
        app: Flask,
        listener: socket.socket,
        keeper: Keeper,
        read_again: Callable[[], Settings],
    ) -> None:
        self.settings, self._keeper, self._read_again = settings, keeper, read_again
        host, port = listener.getsockname()[:2]
        self._url = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
        self._socket = listener.detach()  # gunicorn closes it
        super().__init__()
        self.callable = app

    def load_config(self) -> None:
        """Tells gunicorn what the settings mean for it: at the start, and when they have been read again."""
        settings = self.settings
        options = {
            "bind": f"fd://{self._socket}",
            "worker_class": Worker,
            "workers": settings.workers,
            "threads": settings.threads + settings.queue + _SPARE,
            "preload_app": True,
            "timeout": _TIMEOUT,
            "keepalive": _KEPT,
            "graceful_timeout": math.ceil(settings.review_deadline + _GRACE),
            "limit_request_line": _LONGEST_LINE,
            "control_socket_disable": True,
            "loglevel": "warning",
            "logger_class": GunicornLog,
            "post_worker_init": worker_began,
            "child_exit": worker_ended,
            "when_ready": self._started,
            "on_reload": _settle,
            "on_exit": self._ended,
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def run(self) -> None:
        """Never returns; SystemExit ends it."""
        Main(self).run()

    def prepare(self) -> bool:
        """Loads everything anew, beside what runs; whether that is good, and stands in its place now.

        What is no good is told, and changes nothing. Where the service listens stays as it was.
        """
        try:
            settings = self._read_again()
            app = create_app(settings, _load(settings))
            self._keeper.start(settings)
        except Exception as error:  # noqa: BLE001 (whatever it is, the service goes on)
            told = error if isinstance(error, CopydeskError) else type(error).__name__
            log.error("the new configuration is not used, the old one goes on: %s", told)
            return False
        self.settings, self.callable = settings, app
        return True

    def attend(self) -> None:
        """Looks after LanguageTool's host; each second, in the main process."""
        self._keeper.attend()

    def reloaded(self) -> None:
        """Tells that there are new workers only."""
        engine, workers = self.settings.engine, self.settings.workers
        click.echo(f"copydesk {__version__} has read its configuration again (engine {engine}, workers {workers})")

    def _started(self, arbiter: Any) -> None:
        _settle(arbiter)
        engine, workers = self.settings.engine, self.settings.workers
        click.echo(
            f"copydesk {__version__} at {self._url} (engine {engine}, workers {workers}); reference at {self._url}/docs"
        )

    def _ended(self, _arbiter: Any) -> None:
        self._keeper.stop()


def _settle(_arbiter: Any) -> None:
    """Puts what is loaded out of the reach of the collector, whose touch would copy it in each worker."""
    gc.unfreeze()  # what was loaded before may be rubbish by now
    gc.collect()
    gc.freeze()
