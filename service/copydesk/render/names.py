"""The names of a corpus as a table for a terminal, as JSON-ready values, as CSV, and as the draft of a lexicon."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

import yaml
from rich.console import Console
from rich.table import Table
from rich.text import Text

from copydesk import __version__
from copydesk.names.corpus import Corpus, Spelling
from copydesk.names.grouping import Listed, Name, Role

_MOST_GIVEN = 5  # given names that are shown of a spelling, the most frequent
_FILES_IN_TABLE = 3
_DRAFT_HEAD = """\
# Draft of a house lexicon: {names} names in {texts} texts. Correct it, then lay it on top with --lexicon.
# `canonical` is the form to write, `variants` are the forms to change, `also` are names of another language
# or time, which stay. Check the kind: a name without evidence is written down as a person. A spelling that goes with
# other given names is told in the note and not among the variants.
"""
_COLUMNS = ("name", "kind", "in_lexicon", "spelling", "role", "count", "files", "given_names", "first_files")


def table(console: Console, names: Sequence[Name]) -> None:
    """One row a spelling. Prints nothing where there is no name."""
    if not names:
        return
    shown = Table("name", "spelling", "", box=None, header_style="bold", pad_edge=False)
    shown.add_column("count", justify="right")
    shown.add_column("files", justify="right")
    shown.add_column("given names", overflow="fold")
    shown.add_column("in", overflow="fold")
    for name in names:
        label = f"{name.text} ({name.kind})" if name.kind else name.text
        for listed in name.spellings:
            spelling = listed.spelling
            files = ", ".join(spelling.first_files[:_FILES_IN_TABLE])
            more = ", …" if spelling.files > _FILES_IN_TABLE else ""
            cells = (label, spelling.text, listed.role.value, str(spelling.count), str(spelling.files))
            shown.add_row(*map(Text, (*cells, ", ".join(_given(spelling)), files + more)))
            label = ""
    console.print(shown)


def summary(corpus: Corpus, names: Sequence[Name]) -> dict[str, int]:
    """What was read: texts, names, mentions of names, and how many of the `names` stand in several spellings."""
    return {
        "texts": corpus.texts,
        "mentions": sum(name.count for name in names),
        "names": len(names),
        "in_several_spellings": sum(name.is_mixed for name in names),
    }


def answer(names: Sequence[Name], told: dict[str, int]) -> dict[str, Any]:
    """The names, the summary and copydesk's version. `first_files` are the first by name, at most ten."""
    return {"names": [_json(name) for name in names], "summary": told, "version": __version__}


def _json(name: Name) -> dict[str, Any]:
    return {
        "name": name.text,
        "kind": name.kind or None,
        "in_lexicon": name.in_lexicon,
        "count": name.count,
        "spellings": [
            {
                "text": listed.spelling.text,
                "role": listed.role.value,
                "count": listed.spelling.count,
                "files": listed.spelling.files,
                "first_files": list(listed.spelling.first_files),
                "given_names": dict(listed.spelling.given[:_MOST_GIVEN]),
            }
            for listed in name.spellings
        ],
    }


def as_csv(names: Sequence[Name]) -> str:
    """One row a spelling, with a head; several given names or files in one cell are parted by `; `. RFC 4180."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_COLUMNS)
    for name in names:
        for listed in name.spellings:
            spelling = listed.spelling
            known = "yes" if name.in_lexicon else "no"
            own = (spelling.text, listed.role.value, spelling.count, spelling.files)
            writer.writerow(
                (name.text, name.kind, known, *own, "; ".join(_given(spelling)), "; ".join(spelling.first_files))
            )
    return out.getvalue()


def draft(names: Sequence[Name], told: dict[str, int]) -> str:
    """The names as a lexicon that `load_lexicon` reads, for an editor to correct."""
    head = _DRAFT_HEAD.format(names=len(names), texts=told["texts"])
    rows = [_row(name) for name in names]
    return head + yaml.safe_dump(rows, allow_unicode=True, sort_keys=False, width=120)


def _row(name: Name) -> dict[str, Any]:
    variants = [listed.spelling.text for listed in name.spellings if listed.role in (Role.VARIANT, Role.MISSPELLING)]
    also = [listed.spelling.text for listed in name.spellings if listed.role is Role.ALSO]
    row: dict[str, Any] = {"canonical": name.text}
    row |= {key: forms for key, forms in (("variants", variants), ("also", also)) if forms}
    row["kind"] = name.kind or "person"
    row["note"] = "; ".join(_counted(listed) for listed in name.spellings)
    return row


def _counted(listed: Listed) -> str:
    """`Lukashenka 3 in 2 files (Alexander 1)`, and what it is where that matters."""
    spelling = listed.spelling
    files = f"{spelling.files} file" + ("s" if spelling.files != 1 else "")
    given = f" ({', '.join(_given(spelling))})" if spelling.given else ""
    role = f", {listed.role}" if listed.role in (Role.NAMESAKE, Role.MISSPELLING, Role.ALSO) else ""
    return f"{spelling.text} {spelling.count} in {files}{given}{role}"


def _given(spelling: Spelling) -> list[str]:
    more = ["…"] if len(spelling.given) > _MOST_GIVEN else []
    return [f"{text} {count}" for text, count in spelling.given[:_MOST_GIVEN]] + more
