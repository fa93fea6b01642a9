"""Requests a second and how long they take, from 1 to 64 clients, beside LanguageTool's own server.

`python -m benchmarks.load.table [SECONDS]` prints the table, of steps of that length.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from statistics import mean

from benchmarks.corpora import published_news
from benchmarks.load.clients import Ask, Tally, closed
from benchmarks.load.requests import check, review
from benchmarks.load.texts import Texts, texts_of
from benchmarks.service import languagetool, service
from benchmarks.tables import Table, number

_CLIENTS = (1, 2, 4, 8, 16, 32, 64)
_TYPISTS = 8
_STEP = 11.0  # seconds
_WARM = 15.0  # seconds for each peer with two clients, so that Java has compiled what runs often
_SAMPLE = 400  # texts, of which the mean size is told
_LEVEL = 1000  # texts from which the next step begins
_HEAD = ["who", "clients", "requests/s", "p50, ms", "p95, ms", "p99, ms", "told to wait", "not whole", "errors", "lost"]


@dataclass(frozen=True, slots=True)
class _Peer:
    """Who is asked, and how a text is put to it."""

    name: str
    ask: Callable[[str], Ask]


def load(seconds: float = _STEP) -> Table:
    """All peers at each number of clients, one after the other, in one run; a step takes `seconds`."""
    texts = texts_of(published_news())
    with service() as own, languagetool() as server:
        theirs = _Peer("LanguageTool's own server", lambda text: check(server, text))
        protocol = _Peer("`/v2/check`", lambda text: check(f"{own.url}/v2", text))
        peers = [
            theirs,
            protocol,
            _Peer("`/v1/review`, LanguageTool", lambda text: review(own.url, text, "languagetool")),
            _Peer("`/v1/review`, embedded engine", lambda text: review(own.url, text, "embedded")),
        ]
        rows = [_HEAD, *_steps(peers, texts, seconds), *_typing([theirs, protocol], texts, seconds)]
    size = mean(len(texts.fresh(index, 1000)) for index in range(_SAMPLE))
    how = (
        "One service with its defaults and LanguageTool, and LanguageTool's own server of the same version, memory and "
        "settings; clients and peers share the machine. A client sends its next request when the last one is answered, "
        f"for {seconds:g} s, over a connection that it keeps; all that were sent are waited for, and requests a second "
        "count up to the last answer. The peers take turns at each number of clients, with the same texts: published "
        f"news, an article of some 3,000 characters one time of four, else one paragraph ({number(size, 0)} characters "
        "on average). A number at the end of each sentence makes every text new, so that nothing remembered helps. "
        "While typing, each client has an article and sends all of it after each letter, so that all paragraphs but "
        "one are known. Who is told to wait (503 with Retry-After) comes again, and its time runs on; not whole: with "
        "a notice that something is lacking, such as the engine that was asked for; lost: no answer within 120 s."
    )
    return Table("Load", how, rows)


def _steps(peers: Sequence[_Peer], texts: Texts, seconds: float) -> Iterator[list[str]]:
    """A row for each number of clients and peer, after each peer has had its time to get warm."""
    marks = count(1000)  # none twice: two of the peers share what they remember
    for peer in peers:
        closed(_fresh(peer, texts, marks, 0), 2, min(_WARM, seconds))
    for level, clients in enumerate(_CLIENTS, 1):
        for peer in peers:
            tally, took = closed(_fresh(peer, texts, marks, level * _LEVEL), clients, seconds)
            yield _row(peer.name, clients, tally, took)


def _fresh(peer: _Peer, texts: Texts, marks: Iterator[int], first: int) -> Callable[[int, int], Ask]:
    """New texts from index `first` on, in their order whoever asks for them."""
    indices = count(first)
    return lambda _client, _turn: peer.ask(texts.fresh(next(indices), next(marks)))


def _typing(peers: Sequence[_Peer], texts: Texts, seconds: float) -> Iterator[list[str]]:
    """A row for each peer with clients that type, each in an article of its own."""
    for peer in peers:
        tally, took = closed(_typed(peer, texts), _TYPISTS, seconds)
        yield _row(f"{peer.name}, while typing", _TYPISTS, tally, took)


def _typed(peer: _Peer, texts: Texts) -> Callable[[int, int], Ask]:
    """The article of a client with one letter more each turn."""
    return lambda client, turn: peer.ask(texts.typed(client, client, turn))


def _row(name: str, clients: int, tally: Tally, took: float) -> list[str]:
    row = [name, str(clients), number(len(tally.answered) / took), *(number(ms, 0) for ms in tally.milliseconds())]
    row += [str(tally.told_to_wait), str(tally.not_whole), str(tally.errors), str(tally.lost)]
    print(" | ".join(row), file=sys.stderr, flush=True)
    return row


if __name__ == "__main__":
    print(load(*map(float, sys.argv[1:])).markdown())
