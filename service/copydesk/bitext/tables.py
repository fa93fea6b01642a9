"""Pairs in lines: JSONL, TSV and CSV. A line that cannot be read costs itself and nothing else."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from typing import Any

from copydesk.bitext.rows import Fault, Row

COLUMNS = ("source", "target", "source_language", "target_language")
_MOST_FIELD = 10_000_000  # characters of a field of CSV; the module's own limit is 131,072


def read_jsonl(text: str) -> Iterator[Row | Fault]:
    """One JSON object a line: `source`, `target`, and `source_language`, `target_language` where it has them.

    Other keys are the user's own and are left alone. Blank lines are skipped.
    """
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield _from_json(line, str(number))


def read_tsv(text: str) -> Iterator[Row | Fault]:
    """Source, tab, target; optionally the languages. A first line with the names of columns gives their order."""
    lines = ((number, line.rstrip("\r")) for number, line in enumerate(text.split("\n"), start=1))
    yield from _from_table((number, line.split("\t")) for number, line in lines if line.strip())


def read_csv(text: str) -> Iterator[Row | Fault]:
    """As TSV, with commas and quotes (RFC 4180). A field may go over several lines; the place is the last of them."""
    csv.field_size_limit(_MOST_FIELD)
    reader = csv.reader(io.StringIO(text, newline=""))
    yield from _from_table((reader.line_num, cells) for cells in reader if any(cells))


def _from_json(line: str, place: str) -> Row | Fault:
    try:
        value: Any = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        return Fault(place, f"not valid JSON: {getattr(error, 'msg', 'nested too deeply')}")
    if not isinstance(value, dict):
        return Fault(place, "not a JSON object")
    source, target, *languages = (value.get(name) for name in COLUMNS)
    if not isinstance(source, str) or not isinstance(target, str):
        return Fault(place, "“source” and “target” must be there and be text")
    if not all(language is None or isinstance(language, str) for language in languages):
        return Fault(place, "a language must be text")
    if _is_broken(source) or _is_broken(target):
        return Fault(place, "a lone surrogate is not text")
    return Row(source, target, languages[0], languages[1], place)


def _is_broken(text: str) -> bool:
    """Whether an escape brought half of a surrogate pair, which no encoding can carry."""
    return any("\ud800" <= letter <= "\udfff" for letter in text)


def _from_table(lines: Iterator[tuple[int, Sequence[str]]]) -> Iterator[Row | Fault]:
    order: list[str] | None = None
    for number, cells in lines:
        if order is None:
            names = [cell.strip().lstrip("\ufeff").lower() for cell in cells]
            order = names if {"source", "target"} <= set(names) else list(COLUMNS)
            if order is names:
                continue
        found = dict(zip(order, cells, strict=False))
        if "source" not in found or "target" not in found:
            yield Fault(str(number), f"{len(cells)} columns; source and target are needed")
            continue
        languages = [found.get(name, "").strip() or None for name in COLUMNS[2:]]
        yield Row(found["source"], found["target"], languages[0], languages[1], str(number))
