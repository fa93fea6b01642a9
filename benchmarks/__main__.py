"""Runs every table and writes docs/benchmarks.md.

Usage: python -m benchmarks [TABLE …]; with names, only those are run and printed, and the page stays.
"""

from __future__ import annotations

import os
import platform
import sys

from benchmarks.bitext import bitext, bitext_speed
from benchmarks.bounds import bounds
from benchmarks.captions import captions, captions_peers
from benchmarks.cleaning_speed import cleaning_speed
from benchmarks.corpora import PROJECT, AbsentError
from benchmarks.duplicates import duplicates
from benchmarks.encoding import encoding
from benchmarks.faults import faults
from benchmarks.growth import growth
from benchmarks.latency import latency
from benchmarks.names import names, names_canonical, names_speed
from benchmarks.names_corpus import names_corpus
from benchmarks.planted import planted
from benchmarks.quality import agreement, alarms, recall
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
    "translation_alarms": translation_alarms,
    "translation_target": translation_target,
    "translation_spans": translation_spans,
}
_INTRO = """# Benchmarks

Written by `make bench`; do not edit. A timing holds only beside the others of its run: the machine ({cores} cores,
{machine}) is shared. The texts are not ours to ship; a table whose data is absent says so.
"""


def main(names: list[str]) -> None:
    """Prints each table as it is done."""
    parts = []
    for name in names or TABLES:
        try:
            part = TABLES[name]().markdown()
        except AbsentError as missing:
            part = f"## {name.capitalize()}\n\nNot measured: {missing}.\n"
        print(part, flush=True)
        parts.append(part)
    if not names:
        intro = _INTRO.format(cores=os.cpu_count(), machine=platform.machine())
        (PROJECT / "docs" / "benchmarks.md").write_text("\n".join([intro, *parts]), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
