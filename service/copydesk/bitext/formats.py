"""The one entrance to bilingual files: bytes in, pairs out."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from pathlib import PurePath

from copydesk.bitext.catalogues import read_po, read_tbx, read_tmx, read_xliff
from copydesk.bitext.glossary import Term
from copydesk.bitext.rows import Bitext, Fault, Row, bitext_of
from copydesk.bitext.tables import read_csv, read_jsonl, read_tsv
from copydesk.errors import InputError, UnknownNameError
from copydesk.model import Notice
from copydesk.read import decode

_LINES: dict[str, Callable[[str], Iterator[Row | Fault]]] = {"jsonl": read_jsonl, "tsv": read_tsv, "csv": read_csv}
_CATALOGUES: dict[str, Callable[[bytes, str | None, str | None], tuple[list[Row], list[Notice]]]] = {
    "tmx": read_tmx,
    "xliff": read_xliff,
    "po": read_po,
}
FORMATS = (*_LINES, *_CATALOGUES)
_SUFFIXES = {
    **{f".{name}": name for name in FORMATS},
    **dict.fromkeys((".xlf", ".mxliff", ".sdlxliff"), "xliff"),
    **dict.fromkeys((".ndjson", ".jsonlines"), "jsonl"),
    **dict.fromkeys((".tab",), "tsv"),
    ".pot": "po",
}


def bitext_format(name: str) -> str:
    """The format that a file's name tells. Raises UnknownNameError where it tells none."""
    suffix = PurePath(name).suffix.lower()
    if suffix not in _SUFFIXES:
        raise UnknownNameError("format", suffix or name, _SUFFIXES)
    return _SUFFIXES[suffix]


def read_bitext(
    data: bytes,
    name: str,
    *,
    format: str | None = None,  # noqa: A002 (the word that the request uses)
    source_language: str | None = None,
    target_language: str | None = None,
) -> Bitext:
    """The pairs of a file, with the place of each, and the rows that could not be read.

    `format` is one of `FORMATS`; without it, what `name` tells. The languages (BCP 47) are for pairs whose file does
    not tell. Raises UnknownNameError, EncodingError, UnreadableError, and InputError where a library is not installed.
    """
    format = format or bitext_format(name)  # noqa: A001
    if format in _LINES:
        rows: Sequence[Row | Fault] = list(_LINES[format](decode(data).removeprefix("\ufeff")))
        return bitext_of(rows, name, source_language, target_language)
    if format not in _CATALOGUES:
        raise UnknownNameError("format", format, FORMATS)
    units, notices = _CATALOGUES[format](data, source_language, target_language)
    found = bitext_of(units, name, source_language, target_language)
    return Bitext(found.pairs, found.faults, (*notices, *found.notices))


def read_glossary(data: bytes, name: str, source_language: str, target_language: str) -> tuple[Term, ...]:
    """The terms of a glossary: TBX, or CSV with the columns source, target and forbidden.

    Several words of one column are parted by `|`. A row without a source forbids its words everywhere. Raises
    UnreadableError, EncodingError, and InputError for a row that says nothing.
    """
    if PurePath(name).suffix.lower() == ".tbx":
        return read_tbx(data, source_language, target_language)
    found = []
    for number, cells in enumerate(csv.reader(io.StringIO(decode(data).removeprefix("\ufeff"), newline="")), start=1):
        source, target, forbidden = [cell.strip() for cell in (*cells, "", "", "")[:3]]
        if (number == 1 and source.lower() == "source") or not any(cells):
            continue
        term = Term(source, _listed(target), _listed(forbidden))
        if not term.forbidden and not (term.source and term.targets):
            raise InputError(f"{name}:{number}: a term needs a source and a target, or a forbidden word")
        found.append(term)
    return tuple(found)


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in cell.split("|") if word.strip())
