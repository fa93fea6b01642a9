"""The REST service in worker processes that share one loaded desk."""

from __future__ import annotations

import gc
import os
import socket
from typing import Any
from urllib.parse import quote

import click
from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

from copydesk import __version__
from copydesk.api.app import create_app
from copydesk.cache import open_cache
from copydesk.findings.suppress import Filter
from copydesk.grammar import grammar_source
from copydesk.grammar.install import installed
from copydesk.grammar.launch import start, stop
from copydesk.grammar.state import StateFile
from copydesk.model import Family
from copydesk.pipeline import Desk, Options
from copydesk.settings import Settings

_TIMEOUT = 120  # seconds; a worker that gives no sign of life for as long is replaced
_GRACE = 30  # seconds that requests may take to end when the service stops
_LOG_LINE = '%(h)s "%(m)s %(U)s %(H)s" %(s)s %(B)s B %(M)s ms'
_WARM_UP = "The minister said on Monday that talks had been held in Berlin."


def run(settings: Settings, listener: socket.socket) -> None:
    """Serves what comes to `listener`; SystemExit ends it, with status 0 when it is told to end.

    Raises RuleError for the user's own packs, and EngineError where the engine of the settings is not there.
    """
    server = StateFile(settings.languagetool_state)
    own = _start_languagetool(settings, server)
    app = create_app(settings, _load(settings))
    _Server(settings, app, listener, server if own else None).run()


def _start_languagetool(settings: Settings, server: StateFile) -> bool:
    """Starts LanguageTool's host, one for all workers, where it is wanted; whether it is ours to stop.

    Its server is ready some seconds later; until then the embedded engine answers. Raises EngineError where
    LanguageTool was asked for by name and is not installed.
    """
    if settings.engine == "embedded" or settings.languagetool_url is not None:
        return False
    if settings.engine == "auto" and not installed(settings.languagetool_home):
        return False
    return start(settings.languagetool_home, server, parent=os.getpid())


def _load(settings: Settings) -> Desk:
    """A desk that has read a text once, so that what loads on first use is loaded before the workers part.

    Not with a grammar engine behind a connection: workers must not share one.
    """
    cache = open_cache(settings)
    desk = Desk.with_rules(settings.rules, grammar=grammar_source(settings, cache=cache), cache=cache)
    quick = Filter(families=frozenset(Family) - {Family.GRAMMAR})
    desk.review(_WARM_UP, Options(filter=quick))
    return desk


class _Log(Logger):  # type: ignore[misc] # gunicorn has no types
    """Requests without their query, which may quote a text, and with their path escaped: on one line."""

    def atoms(self, resp: Any, req: Any, environ: dict[str, Any], request_time: Any) -> dict[str, Any]:
        atoms: dict[str, Any] = super().atoms(resp, req, environ, request_time)
        return {**atoms, "U": quote(environ["PATH_INFO"], encoding="latin-1")}


class _Server(BaseApplication):  # type: ignore[misc] # gunicorn has no types
    """gunicorn with threads, over an application that is loaded before it forks."""

    def __init__(self, settings: Settings, app: Flask, listener: socket.socket, own: StateFile | None) -> None:
        """`own` is the LanguageTool server to stop in the end."""
        self._settings, self._app, self._own = settings, app, own
        host, port = listener.getsockname()[:2]
        self._url = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
        self._socket = listener.detach()  # gunicorn closes it
        super().__init__()

    def load_config(self) -> None:
        options = {
            "bind": f"fd://{self._socket}",
            "worker_class": "gthread",
            "workers": self._settings.workers,
            "threads": self._settings.threads,
            "preload_app": True,
            "timeout": _TIMEOUT,
            "graceful_timeout": _GRACE,
            "control_socket_disable": True,
            "loglevel": "warning",
            "logger_class": _Log,
            "accesslog": "-",
            "access_log_format": _LOG_LINE,
            "when_ready": self._started,
            "on_exit": self._ended,
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return self._app

    def _started(self, _arbiter: Any) -> None:
        """Puts what is loaded out of the reach of the collector, whose touch would copy it in each worker."""
        gc.collect()
        gc.freeze()
        engine, workers = self._settings.engine, self._settings.workers
        click.echo(
            f"copydesk {__version__} at {self._url} (engine {engine}, workers {workers}); reference at {self._url}/docs"
        )

    def _ended(self, _arbiter: Any) -> None:
        if self._own is not None:
            stop(self._own)
