"""Input made to be slow, short and ten times as long: linear time gives 10, a square would give 100."""

from __future__ import annotations

import time
from collections.abc import Callable

from benchmarks.tables import Table, number
from copydesk.findings.suppress import Filter
from copydesk.model import Family
from copydesk.pipeline import Desk, Options
from copydesk.read import open_source

SHORT, LONG = 20_000, 200_000  # code points
_ROUNDS = 3  # the quickest counts: the machine is shared
_LEAST = 0.002  # seconds; what is shorter is noise
_UNITS = {
    Family.ENCODING: (
        "<b>a</b> ", "Ã©t ", "a\u0301", "\u202a", "\u202a\u2069", "a\u00ad", " ", " \u00a0", "x", "&amp;", "аa ",
        "\u200b ", "— a ", '"', "? ", "<a x=y ", "\u3000", "\ufffd", "\x93", "ＡＢ ", "â€� ", "\t", "а", "-",
    ),
    Family.DEBRIS: ("read ", "you can listen to ", "Share on Facebook", "!", "Read more\n", "a@", "https://a.b/"),
    Family.CAPTIONS: ("A tram on the rebuilt bridge\n", "Photo: ", "(", "…", "photo by A/"),
    Family.DUPLICATES: ("A tram on the rebuilt bridge in Kaunas was shown. ", "a.", "Sens. ", "a b c d e f g h.\n"),
    Family.SEAMS: ("and ", "a\n", "word-\n", "(", "endStart", ". "),
    Family.NAMES: ("A.", "Aa ", "A-", "Ab", "a@", "a-", "Pavel Petrov met "),
}  # fmt: skip
_MARKUP = ("<", "<div>", "<!--", "<a ", '<a b="', "</", "&", "<b></i>", "<p>x", "<td>x", "<code>x<p>", "<script>")


def growth() -> Table:
    """The unit whose time grows most for each family and for the reader of HTML, over many units."""
    desk = Desk()
    rows = [["what reads it", "units", "CPU seconds, short", "CPU seconds, long", "ratio", "unit"]]
    for family, units in _UNITS.items():
        rows.append(_worst(family, units, _checking(desk, family)))
    rows.append(_worst("HTML reader", _MARKUP, lambda text: _reading(text, "html")))
    how = (
        f"One unit repeated to {SHORT:,} and to {LONG:,} code points, in one line but for units that end theirs; for "
        "each reader the unit whose time grows most is shown. Times are CPU seconds of one process, the quickest of "
        f"{_ROUNDS}; below {_LEAST} s they count as {_LEAST} s."
    )
    return Table("Growth on input made to be slow", how, rows)


def _worst(name: str, units: tuple[str, ...], seconds: Callable[[str], float]) -> list[str]:
    measured = []
    for unit in units:
        short, long = (
            max(_LEAST, min(seconds(unit * (size // len(unit))) for _ in range(_ROUNDS))) for size in (SHORT, LONG)
        )
        measured.append((long / short, short, long, unit))
    ratio, short, long, unit = max(measured)
    return [name, str(len(units)), number(short, 3), number(long, 3), number(ratio, 1), ascii(unit)]


def _checking(desk: Desk, family: Family) -> Callable[[str], float]:
    options = Options(filter=Filter(families=frozenset({family})))

    def seconds(text: str) -> float:
        reading, _ = open_source(text, language="en-US")
        began = time.process_time()
        desk.check(reading, options)
        return time.process_time() - began

    return seconds


def _reading(text: str, format: str) -> float:  # noqa: A002 (as the reader calls it)
    began = time.process_time()
    open_source(text, format=format, language="en-US")
    return time.process_time() - began
