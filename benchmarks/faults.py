"""LanguageTool is killed in the middle of requests: who answers, and when it is back."""

from __future__ import annotations

import os
import signal
import threading
import time

from benchmarks.corpora import published_news
from benchmarks.tables import Table, number
from copydesk.grammar import Answer, grammar_source
from copydesk.grammar.launch import start, wait_ready
from copydesk.grammar.state import StateFile
from copydesk.settings import load_settings

_REQUESTS = 24


def faults() -> Table:
    """One kill under four clients."""
    settings = load_settings()
    state = StateFile(settings.languagetool_state)
    start(settings.languagetool_home, state, idle=300)
    before = wait_ready(state, 90)
    source = grammar_source(settings, "auto")
    texts = (published_news() * 2)[:_REQUESTS]
    answers: list[Answer] = []

    def client(mine: list[str]) -> None:
        answers.extend(source.check(text, "en-US") for text in mine)

    threads = [threading.Thread(target=client, args=(texts[i::4],)) for i in range(4)]
    for thread in threads:
        thread.start()
    time.sleep(1.0)
    os.kill(before.pid, signal.SIGKILL)
    killed = time.monotonic()
    back = 0.0
    while not back and time.monotonic() - killed < 60:
        now = state.read()
        if now is not None and now.ready and now.pid != before.pid:
            back = time.monotonic() - killed
        time.sleep(0.05)
    for thread in threads:
        thread.join()
    names = [{engine.name for engine in answer.engines} for answer in answers]
    rows = [
        ["measure", "value"],
        ["requests sent", str(len(texts))],
        ["answered", str(len(answers))],
        ["by LanguageTool", str(names.count({"languagetool"}))],
        ["by the embedded engine, and the answer says so", str(sum(bool(a.notices) for a in answers))],
        ["seconds until LanguageTool was back", number(back)],
    ]
    return Table("LanguageTool killed under load", "Four clients; SIGKILL one second after their start.", rows)
