"""Counts the table of word order anew: `python -m benchmarks.word_order` writes rules/bitext/data/order/en.yaml.

Read are published news, LanguageTool's example sentences, and the post-edits of MLQE-PE that differ from the machine's
output; DEMETR, which it is measured on, is not among them. Only the classes of neighbours are kept, no text.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from itertools import pairwise

from benchmarks.corpora import PROJECT, article_bodies, languagetool_examples, published_news, rows
from copydesk.checkers.bitext._word_order import LETTERS, classes_of

_WORDS = """the a an this that these those my your his her its our their all any some no every each both many much more
most other such of in to for with on at by from about into over after between during before under against through than
as like within without among toward until since off out up down and or but nor so if when while because although though
where whether how why what who which whom whose because there here i you he she it we they me him them us himself
themselves itself one is are was were be been being am has have had having do does did will would can could may might
must should cannot don't doesn't didn't isn't wasn't aren't can't won't wouldn't couldn't not also only just even still
already very too then now never often again always well said says according first last new two three old year years
people time"""
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_LEAST = 40  # characters of a sentence that is counted
_PRIOR = 10  # neighbours that each class is taken to have had by chance: rare ones tell little
_STEP = 4  # steps of the table in a natural unit


def table() -> str:
    """The YAML of the table. Raises AbsentError."""
    words = tuple(dict.fromkeys(_WORDS.split()))
    both: Counter[tuple[str, str]] = Counter()
    for sentence in _sentences():
        both.update(pairwise(classes_of(sentence, frozenset(words))))
    first, second = Counter[str](), Counter[str]()
    for (a, b), times in both.items():
        first[a] += times
        second[b] += times
    classes = sorted(second)
    total = sum(second.values())
    lines = []
    for a in sorted(first):
        values = []
        for b in classes:
            chance = second[b] / total
            values.append(math.log((both[a, b] + _PRIOR * chance) / ((first[a] + _PRIOR) * chance)))
        lines.append(f'  "{a}": {"".join(map(_letter, values))}')
    named = ", ".join(f'"{name}"' for name in words)
    columns = ", ".join(f'"{name}"' for name in classes)
    head = (
        "# Written by `python -m benchmarks.word_order`; what it is: service/copydesk/checkers/bitext/_word_order.py\n"
    )
    return f"{head}words: [{named}]\nclasses: [{columns}]\nrows:\n" + "\n".join(lines) + "\n"


def _letter(value: float) -> str:
    half = LETTERS.index("M")
    return LETTERS[half + max(-half, min(half, round(value * _STEP)))]


def _sentences() -> list[str]:
    texts = published_news() + article_bodies()
    found = [sentence for text in texts for sentence in _SENTENCE.split(text)]
    found += languagetool_examples(100_000)
    edited = rows("mt/mlqe_ru_en_train.jsonl.gz") + rows("mt/mlqe_ru_en_dev.jsonl.gz")
    found += [row["post_edit"] for row in edited if row["hter"] > 0 and row["post_edit"].rstrip().endswith((".", "?"))]
    return [sentence for sentence in found if len(sentence) >= _LEAST]


if __name__ == "__main__":
    (PROJECT / "rules" / "bitext" / "data" / "order" / "en.yaml").write_text(table(), encoding="utf-8")
