"""Runs the tables and writes them into docs/benchmarks.md.

Usage: python -m benchmarks [TABLE …]. All take more than an hour; with names, only those are run, and take the place of
their sections on the page. A timing is to be compared within its own section.
"""

from __future__ import annotations

import os
import platform
import sys

from benchmarks.bitext.table import bitext, bitext_speed
from benchmarks.bounds import bounds
from benchmarks.captions.table import captions, captions_peers
from benchmarks.cleaning_speed import cleaning_speed
from benchmarks.corpora import PROJECT, AbsentError
from benchmarks.duplicates import duplicates
from benchmarks.encoding import encoding
from benchmarks.faults.table import faults
from benchmarks.growth import growth
from benchmarks.hostile.table import hostile
from benchmarks.isolation import isolation
from benchmarks.latency import latency
from benchmarks.load.soak import soak
from benchmarks.load.table import load
from benchmarks.names.corpus import names_corpus
from benchmarks.names.table import names, names_canonical, names_speed
from benchmarks.planted.table import planted
from benchmarks.quality import agreement, alarms, recall
from benchmarks.repository.table import repository, repository_cores
from benchmarks.speed import comparison, overhead
from benchmarks.translation import translation_alarms, translation_spans, translation_target

TABLES = {
    "comparison": comparison,
    "overhead": overhead,
    "alarms": alarms,
    "recall": recall,
    "agreement": agreement,
    "planted": planted,
    "latency": latency,
    "bounds": bounds,
    "growth": growth,
    "faults": faults,
    "hostile": hostile,
    "isolation": isolation,
    "load": load,
    "soak": soak,
    "names": names,
    "names_canonical": names_canonical,
    "names_speed": names_speed,
    "names_corpus": names_corpus,
    "duplicates": duplicates,
    "captions": captions,
    "captions_peers": captions_peers,
    "encoding": encoding,
    "cleaning_speed": cleaning_speed,
    "bitext": bitext,
    "bitext_speed": bitext_speed,
    "repository": repository,
    "repository_cores": repository_cores,
    "translation_alarms": translation_alarms,
    "translation_target": translation_target,
    "translation_spans": translation_spans,
}
PAGE = PROJECT / "docs" / "benchmarks.md"
_INTRO = """# Benchmarks

Written by `make bench`; do not edit. A timing holds only beside the others of its table, taken in one run: the
machine ({cores} cores, {machine}) is shared. The texts are not ours to ship; a table whose data is absent says so.
"""


def main(names: list[str]) -> None:
    """Prints each table as it is done, and puts it on the page."""
    for name in names or TABLES:
        try:
            part = TABLES[name]().markdown()
        except AbsentError as missing:
            part = f"## {name.capitalize()}\n\nNot measured: {missing}.\n"
        print(part, flush=True)
        PAGE.write_text(with_section(PAGE.read_text(encoding="utf-8"), part), encoding="utf-8")


def with_section(page: str, part: str) -> str:
    """`page` with the section of `part` in the place of the one with its heading, or at the end."""
    _, *sections = page.split("\n## ")
    sections = [section.rstrip() for section in sections]
    new = part.removeprefix("## ").rstrip()
    headings = [section.split("\n", 1)[0] for section in sections]
    heading = new.split("\n", 1)[0]
    if heading in headings:
        sections[headings.index(heading)] = new
    else:
        sections.append(new)
    intro = _INTRO.format(cores=os.cpu_count(), machine=platform.machine())
    return "\n".join([intro, *(f"## {section}\n" for section in sections)])


if __name__ == "__main__":
    main(sys.argv[1:])
