"""Puts the engines together as the settings or a request want them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import get_args

from copydesk.cache import Cache
from copydesk.errors import EngineError, UnknownNameError
from copydesk.grammar.contract import GrammarEngine, GrammarSource
from copydesk.grammar.embedded import EmbeddedEngine
from copydesk.grammar.failover import Failover, Pinned
from copydesk.grammar.remembered import Remembered
from copydesk.grammar.state import StateFile
from copydesk.settings import EngineChoice, Settings

_IDLE = 900.0  # seconds for which a server that the command line started is kept for the next call
_START = 90.0  # seconds that the command line waits for a server
_THREADS = 4  # pieces that a LanguageTool server is given at once


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

    if settings.languagetool_url is not None:
        return _known(LanguageToolEngine(url=settings.languagetool_url, asked=asked), cache, asked)
    state = StateFile(settings.languagetool_state)
    if start_it:
        start(settings.languagetool_home, state, idle=_IDLE)
        wait_ready(state, _START)
    return _known(LanguageToolEngine(state=state, asked=asked), cache, asked)


@cache
def _embedded() -> EmbeddedEngine:
    """One for the process: its data take 0.5 GB and a second or two to load."""
    return EmbeddedEngine()


def _embedded_if_there(cache: Cache | None) -> GrammarEngine | None:
    try:
        return _known(_embedded(), cache)
    except EngineError:
        return None


def _known(engine: GrammarEngine, cache: Cache | None, asked: Mapping[str, str] | None = None) -> GrammarEngine:
    return engine if cache is None else Remembered(engine, cache, asked)
