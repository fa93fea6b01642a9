"""From a keystroke to the findings, with and without what is remembered of the paragraphs around it."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

import requests

from benchmarks.corpora import published_news
from benchmarks.tables import Table, number
from copydesk.cache import Cache, open_cache
from copydesk.grammar import grammar_source
from copydesk.grammar.install import installed
from copydesk.grammar.launch import start, stop, wait_ready
from copydesk.grammar.state import StateFile
from copydesk.pipeline import Desk
from copydesk.settings import Settings, load_settings

_SIZE = 99_900  # code points: with all keystrokes within the 100,000 that our LanguageTool server takes at once
_EDITS = 15
_FEW = 3  # of them, for who reads the whole text each time
_BYTES = 64_000_000  # where the environment switches the cache off
_LANGUAGE = "en-US"
_START = 120.0  # seconds that LanguageTool may take to start
_ANSWER = 600.0  # seconds for one text: nobody gives up because the machine is busy


def latency() -> Table:
    """One document and the same keystrokes for all, in one run."""
    settings = load_settings(languagetool_deadline=_ANSWER)
    text, *edits = _versions()
    cache = open_cache(settings) or Cache(_BYTES)
    known = Desk(grammar=grammar_source(settings, "embedded", cache=cache), cache=cache)
    without = Desk(grammar=grammar_source(settings, "embedded"))
    rows = [["who", "first check, s", "median after a keystroke, s", "longest", "median / first", "by CPU time"]]
    rows.append(_row("copydesk, embedded engine", *_timed([partial(known.review, language=_LANGUAGE)], text, edits)))
    rows.append(
        _row("copydesk, `--no-cache`", *_timed([partial(without.review, language=_LANGUAGE)], text, edits[:_FEW]))
    )
    how = (
        f"A document of {len(text.encode()):,} bytes of published news, loaded rules and engines, then {_EDITS} "
        "keystrokes, one a version, each at a random place of a random paragraph; the whole text is given each time. "
        f"All but the first row have the first {_FEW} of them; the two that are compared take turns at each. "
        "The last column is `median / first` of the process's own time, which other processes do not change. "
    )
    service = _service(settings)
    if not installed(settings.languagetool_home):
        rows.append(_row("`POST /v2/check`, embedded engine", *_timed([service], text, edits)))
        return Table("Latency while typing", how + "LanguageTool's server is not installed here.", rows)
    ours, theirs = _timed([service, _server(settings)], text, edits[:_FEW])
    rows.append(_row("`POST /v2/check`, embedded engine", ours))
    rows.append([*_row("LanguageTool 6.8's own server", theirs)[:-1], ""])  # another process's time
    ratio = statistics.median(own.wall / peer.wall for own, peer in zip(ours[1:], theirs[1:], strict=True))
    rows.append(["`/v2/check` / LanguageTool's server, the same keystrokes", "", number(ratio, 3), "", "", ""])
    return Table("Latency while typing", how, rows)


def _versions() -> Iterator[str]:
    """The document, and what it is after each keystroke."""
    chance = random.Random(7)  # noqa: S311 (no secret)
    text = ""
    for article in published_news():
        text += article.strip() + "\n\n"
        if len(text) >= _SIZE:
            break
    text = text[:_SIZE]
    yield text
    for _ in range(_EDITS):
        lines = text.split("\n")
        index = chance.choice([i for i, line in enumerate(lines) if line.strip()])
        at = chance.randrange(len(lines[index]) + 1)
        lines[index] = lines[index][:at] + chance.choice("etaoins ") + lines[index][at:]
        text = "\n".join(lines)
        yield text


class _Seconds(NamedTuple):
    """What one check took, on the clock and of this process's own time."""

    wall: float
    own: float


def _timed(who: Sequence[Callable[[str], object]], text: str, edits: list[str]) -> list[list[_Seconds]]:
    """For each one its first check, and those after the keystrokes, at which they take turns."""
    for check in who:
        check(published_news()[-1])  # what loads on first use is loaded
    return [
        list(times) for times in zip(*([_seconds(check, one) for check in who] for one in (text, *edits)), strict=True)
    ]


def _row(name: str, times: list[_Seconds]) -> list[str]:
    first, *after = times
    median = statistics.median(one.wall for one in after)
    own = statistics.median(one.own for one in after) / first.own
    longest = max(one.wall for one in after)
    return [
        name,
        number(first.wall, 2),
        number(median, 3),
        number(longest, 3),
        number(median / first.wall, 3),
        number(own, 3),
    ]


def _seconds(check: Callable[[str], object], text: str) -> _Seconds:
    began, own = time.perf_counter(), time.process_time()
    check(text)
    return _Seconds(time.perf_counter() - began, time.process_time() - own)


def _service(settings: Settings) -> Callable[[str], object]:
    """The service's own application, asked through its LanguageTool protocol."""
    from copydesk.api.app import create_app

    cache = open_cache(settings) or Cache(_BYTES)
    desk = Desk(grammar=grammar_source(settings, "embedded", cache=cache), cache=cache)
    client = create_app(settings, desk).test_client()

    def check(text: str) -> object:
        answer = client.post("/v2/check", data={"text": text, "language": _LANGUAGE})
        assert answer.status_code == requests.codes.ok, answer.status
        return answer.get_json()

    return check


def _server(settings: Settings) -> Callable[[str], object]:
    """LanguageTool's server, started for this; it goes when this process does."""
    import atexit
    import os

    state = StateFile(settings.languagetool_state)
    if start(settings.languagetool_home, state, parent=os.getpid()):
        atexit.register(stop, state)
    wait_ready(state, _START)
    now = state.read()
    assert now is not None
    session = requests.Session()

    def check(text: str) -> object:
        data = {"text": text, "language": _LANGUAGE}
        return session.post(f"{now.url}/check", data=data, timeout=_ANSWER).json()["matches"]

    return check
