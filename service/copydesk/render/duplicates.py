"""The copies in a corpus as a table for a terminal, as JSON-ready values and as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from copydesk import __version__
from copydesk.copies.corpus import CopyCorpus, Place, Repeated, TextCopy

_SHOWN = 60  # code points of a passage in the table
_COLUMNS = ("copy", "line", "column", "likeness", "similarity", "first", "first_line", "first_column", "copies", "text")


def table(console: Console, texts: Sequence[TextCopy], passages: Sequence[Repeated]) -> None:
    """One row a copy, whole texts first. Prints nothing where nothing stands twice."""
    if not texts and not passages:
        return
    shown = Table("copy", "of", "", box=None, header_style="bold", pad_edge=False)
    shown.add_column("alike", justify="right")
    shown.add_column("text", overflow="fold")
    for text in texts:
        shown.add_row(*map(Text, (text.source, text.first, "whole text", f"{text.share:.0%}", "")))
    for repeated in passages:
        said = repeated.text if len(repeated.text) <= _SHOWN else f"{repeated.text[: _SHOWN - 1]}…"
        first = where(repeated.first)
        for copy in repeated.copies:
            shown.add_row(*map(Text, (where(copy.place), first, copy.likeness, f"{copy.score:.0f}%", said)))
            said = ""
        more = repeated.count - len(repeated.copies)
        if more:
            shown.add_row(*map(Text, (f"and {more} more", first, "", "", "")))
    console.print(shown)


def where(place: Place) -> str:
    """`path:line`, as an editor opens it."""
    return f"{place.source}:{place.line}"


def summary(corpus: CopyCorpus, passages: Sequence[Repeated]) -> dict[str, int]:
    """What was read and what stands twice, in texts and in passages of eight words and more."""
    return {
        "texts": corpus.texts,
        "passages": corpus.passages,
        "text_copies": len(corpus.text_copies),
        "passage_copies": sum(repeated.count for repeated in passages),
    }


def answer(texts: Sequence[TextCopy], passages: Sequence[Repeated], told: dict[str, int]) -> dict[str, Any]:
    """The copies, the summary and copydesk's version. Of a passage the first ten copies are named, all are counted."""
    return {
        "texts": [{"path": text.source, "first": text.first, "share": round(text.share, 3)} for text in texts],
        "passages": [_json(repeated) for repeated in passages],
        "summary": told,
        "version": __version__,
    }


def _json(repeated: Repeated) -> dict[str, Any]:
    return {
        "text": repeated.text,
        "first": _place(repeated.first),
        "count": repeated.count,
        "copies": [
            {**_place(copy.place), "likeness": copy.likeness.value, "similarity": round(copy.score, 1)}
            for copy in repeated.copies
        ],
    }


def _place(place: Place) -> dict[str, Any]:
    return {"path": place.source, "line": place.line, "column": place.column}


def as_csv(texts: Sequence[TextCopy], passages: Sequence[Repeated]) -> str:
    """One row a copy, with a head; a whole text has no lines. RFC 4180."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_COLUMNS)
    writer.writerows(_rows(texts, passages))
    return out.getvalue()


def _rows(texts: Sequence[TextCopy], passages: Sequence[Repeated]) -> Iterator[tuple[str | int | float, ...]]:
    for text in texts:
        yield (text.source, "", "", "whole text", round(100 * text.share, 1), text.first, "", "", 1, "")
    for repeated in passages:
        for copy in repeated.copies:
            alike = (copy.likeness.value, round(copy.score, 1))
            yield (*copy.place, *alike, *repeated.first, repeated.count, repeated.text)
