"""Input made to be slow takes no longer than ordinary text of its size."""

from __future__ import annotations

import time

from benchmarks.corpora import published_news
from benchmarks.tables import Table, number
from copydesk.grammar import grammar_source
from copydesk.pipeline import Desk
from copydesk.settings import load_settings


def bounds() -> Table:
    """Whole reviews with the embedded engine, seconds beside those of news of the same size."""
    desk = Desk(grammar=grammar_source(load_settings(), "embedded"))
    news = "\n\n".join(published_news()).replace("\r\n", "\n")
    million = (news * 3)[:1_000_000]
    cases = {
        "100,000 brackets": ("(" * 100_000, news[:100_000]),
        "100,000 brackets among words": ("(word " * 16_667, news[:100_000]),
        "one word of 1 MB": ("a" * 1_000_000, million),
        "a paragraph of 1 MB": (" ".join(million.split()), million),
    }
    rows = [["input", "s", "s for news of that size", "ratio"]]
    ordinary: dict[int, float] = {}
    for name, (text, beside) in cases.items():
        seconds = _seconds(desk, text)
        size = len(beside)
        ordinary[size] = ordinary.get(size) or _seconds(desk, beside)
        rows.append([name, number(seconds), number(ordinary[size]), number(seconds / ordinary[size], 2)])
    return Table("Input made to be slow", "A whole review with the embedded engine; CPU seconds of one process.", rows)


def _seconds(desk: Desk, text: str) -> float:
    desk.review("A sentence to warm it.", language="en-US")
    began = time.process_time()
    desk.review(text, language="en-US")
    return time.process_time() - began
