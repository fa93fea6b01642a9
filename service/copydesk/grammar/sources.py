"""Puts the engines together as the settings or a request want them."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, get_args

from copydesk.cache import Cache
from copydesk.errors import EngineError, UnknownNameError
from copydesk.grammar.contract import GrammarEngine, GrammarSource
from copydesk.grammar.embedded import EmbeddedEngine
from copydesk.grammar.failover import Failover, Pinned
from copydesk.grammar.measured import Measured
from copydesk.grammar.remembered import Remembered
from copydesk.grammar.several import Several
from copydesk.grammar.state import StateFile

if TYPE_CHECKING:
    from copydesk.grammar.isolated import IsolatedEngine
    from copydesk.settings import Settings

_IDLE = 900.0  # seconds for which a server that the command line started is kept for the next call
_START = 90.0  # seconds that the command line waits for a server
_THREADS = 4  # pieces that a LanguageTool server is given at once

_isolated: list[IsolatedEngine] = []  # one at most, for the whole of the process


def grammar_source(
    settings: Settings,
    engine: str | None = None,
    *,
    interactive: bool = False,
    asked: Mapping[str, str] | None = None,
    cache: Cache | None = None,
) -> GrammarSource:
    """The source for `engine` (`auto`, `embedded`, `languagetool`), or for the settings' when it is None.

    A service's `auto` is LanguageTool, with the embedded engine behind it, while somebody has started a
    server or the settings name one; otherwise it is the embedded one. `interactive` is the command line: its
    `auto` is the embedded engine where it exists, and where it needs LanguageTool, it starts the server,
    keeps it for the next call and waits. `asked` are parameters for LanguageTool alone; `cache`
    keeps what engines said. Raises UnknownNameError, and EngineError where an engine is named, or the only one, and
    is not there.
    """
    choice = engine or settings.engine
    if choice == "embedded":
        return Pinned(_known(_embedded(), cache), settings.languagetool_deadline)
    if choice == "languagetool":
        return Pinned(_languagetool(settings, interactive, asked, cache), settings.languagetool_deadline, _THREADS)
    if choice != "auto":
        from copydesk.settings import EngineChoice  # here, since a nursery need not load what checks settings

        raise UnknownNameError("engine", choice, get_args(EngineChoice), field="engine")
    embedded = _embedded_if_there(cache)
    if interactive and embedded is not None:
        return Failover(embedded, None, settings.languagetool_deadline)
    return Failover(
        _languagetool(settings, interactive, asked, cache),
        embedded,
        settings.languagetool_deadline,
        threads=_THREADS,
        in_play=lambda: (
            embedded is None or settings.languagetool_url is not None or settings.languagetool_state.exists()
        ),
    )


def _languagetool(
    settings: Settings, start_it: bool, asked: Mapping[str, str] | None, cache: Cache | None
) -> GrammarEngine:
    # Imported here because requests takes 0.1 s, which a command line that asks no server need not pay.
    from copydesk.grammar.languagetool import LanguageToolEngine
    from copydesk.grammar.launch import start, wait_ready

    servers = [LanguageToolEngine(url=url, asked=asked) for url in settings.languagetool_urls]
    if not servers:
        state = StateFile(settings.languagetool_state)
        if start_it:
            start(settings.languagetool_home, state, idle=_IDLE, memory=settings.languagetool_memory)
            wait_ready(state, _START)
        servers = [LanguageToolEngine(state=state, asked=asked)]
    return _known(Several(servers), cache, asked)


def isolate(settings: Settings) -> IsolatedEngine | None:
    """Has this process, and what it forks, ask processes apart where it would load the embedded engine itself.

    They end with this process. English is being loaded from now on, unless the settings want LanguageTool alone. None
    where lingotweaker has no wheel. Raises EngineError when `run_dir` will not do.
    """
    if importlib.util.find_spec("lt_py") is None:
        return None
    from copydesk.grammar.isolated import IsolatedEngine
    from copydesk.grammar.nurseries import Nurseries

    nurseries = Nurseries(settings.run_dir / "nursery", os.getpid())
    engine = IsolatedEngine(nurseries, keep=settings.threads, seconds=settings.piece_seconds)
    _isolated[:] = [engine]
    if settings.engine != "languagetool":
        engine.start("en")
    return engine


def isolated() -> IsolatedEngine | None:
    """The engine that `isolate` was told of; None where this process has the embedded engine in itself."""
    return _isolated[0] if _isolated else None


def _embedded() -> GrammarEngine:
    return isolated() or _in_process()


@cache
def _in_process() -> EmbeddedEngine:
    """One for the process: its data take 0.5 GB and a second or two to load."""
    return EmbeddedEngine()


def _embedded_if_there(cache: Cache | None) -> GrammarEngine | None:
    try:
        return _known(_embedded(), cache)
    except EngineError:
        return None


def _known(engine: GrammarEngine, cache: Cache | None, asked: Mapping[str, str] | None = None) -> GrammarEngine:
    measured = Measured(engine)
    return measured if cache is None else Remembered(measured, cache, asked)
