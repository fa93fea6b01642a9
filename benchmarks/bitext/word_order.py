"""Counts the table of word order anew: `python -m benchmarks.bitext.word_order` writes rules/bitext/data/order/en.yaml.

Read is only what may be shipped: the bigram dictionary of SymSpell (MIT; pairs of words with their frequencies), which
the package symspellpy brings, installed for this alone; the post-edits of MLQE-PE that differ from the machine's output
(CC0); LanguageTool's example sentences (LGPL); and the examples of our own rules. DEMETR, which it is measured on, is
not among them. The common words are those of our sentences that are the most frequent in the dictionary.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable
from importlib.resources import files
from itertools import pairwise

from benchmarks.corpora import PROJECT, languagetool_examples, rows
from copydesk.checkers.bitext._word_order import LETTERS, STEPS, UNKNOWN, class_of, tokens_of
from copydesk.packs import load_packs, shipped_rules

_WORDS = """the a an this that these those my your his her its our their all any some no every each both many much more
most other such of in to for with on at by from about into over after between during before under against through than
as like within without among toward until since off out up down and or but nor so if when while because although though
where whether how why what who which whom whose because there here i you he she it we they me him them us himself
themselves itself one is are was were be been being am has have had having do does did will would can could may might
must should cannot don't doesn't didn't isn't wasn't aren't can't won't wouldn't couldn't not also only just even still
already very too then now never often again always well said says according first last new two three old year years
people time"""
_DICTIONARY = "frequency_bigramdictionary_en_243_342.txt"
_FEWEST = 6.4e6  # occurrences of the rarest pair in the dictionary; what is not there has fewer
_UNSEEN = 0.3  # of these, taken for a pair that is not there
_LEAST = 40  # characters of a sentence that is counted
_PRIOR = 10  # neighbours that each class is taken to have had by chance: rare ones tell little
_FREQUENT, _COMMON = 60, 2000  # words that others are known beside, and words that are known
_TWICE = 2  # times that a common word stands in our sentences, in small letters

Pairs = Counter[tuple[str, str]]


def table() -> str:
    """The YAML of the table. Raises AbsentError, and ModuleNotFoundError without symspellpy."""
    words = tuple(dict.fromkeys(_WORDS.split()))
    own = frozenset(words)
    sentences = [tokens_of(sentence) for sentence in _sentences()]
    pairs = _dictionary()
    usual: Counter[str] = Counter()
    for (first, second), times in pairs.items():
        usual[first] += times
        usual[second] += times
    seen = Counter(token for tokens in sentences for token in tokens if token.islower() and token.isalpha())
    common = [w for w, _ in usual.most_common() if seen[w] >= _TWICE and w not in own and len(w) > 1][:_COMMON]
    frequent = sorted(own, key=lambda word: -usual[word])[:_FREQUENT]
    by_name = _information(pairs, _FEWEST * _UNSEEN, 0)
    parts = [
        "# Written by `python -m benchmarks.bitext.word_order`: see checkers/bitext/_word_order.py\n",
        f"words: {_listed(words)}\n",
        _of_classes(sentences, pairs, own, by_name),
        f"frequent: {_listed(frequent)}\nbeside:\n",
        *(f'  "{word}": "{_beside(word, frequent, by_name)}"\n' for word in sorted(common)),
    ]
    return "".join(parts)


Information = Callable[[str, str], float | None]


def _information(pairs: Pairs, unseen: float, prior: float) -> Information:
    """Pointwise mutual information over `pairs`; None where one was never seen, or the pair too rare to be missed."""
    first, second = Counter[str](), Counter[str]()
    for (a, b), times in pairs.items():
        first[a] += times
        second[b] += times
    total = sum(second.values())

    def value(a: str, b: str) -> float | None:
        if a not in first or b not in second:
            return None
        chance = second[b] / total
        expected = (first[a] + prior) * chance
        if (a, b) in pairs or prior:
            return math.log((pairs[a, b] + prior * chance) / expected)
        return math.log(unseen / expected) if expected > unseen else None

    return value


def _of_classes(sentences: list[list[str]], pairs: Pairs, own: frozenset[str], by_name: Information) -> str:
    """The rows of classes: our sentences, and where a function word is among the two, the mean with the dictionary."""
    counted: Pairs = Counter()
    for tokens in sentences:
        inner = [class_of(token, own, index == 0) for index, token in enumerate(tokens)]
        counted.update(pairwise(["^", *inner, "$"]))
    told: Pairs = Counter()
    for (a, b), times in pairs.items():
        told[class_of(a, own, False), class_of(b, own, False)] += times
    here, there = _information(counted, 0, _PRIOR), _information(told, _FEWEST, 0)
    classes = sorted({b for _, b in counted})
    lines = []
    for a in sorted({a for a, _ in counted}):
        values = []
        for b in classes:
            known = by_name(a, b) if {a, b} <= own else there(a, b) if {a, b} & own else None
            value = here(a, b) or 0.0
            values.append(value if known is None else (value + known) / 2)
        lines.append(f'  "{a}": "{"".join(map(_letter, values))}"\n')
    return f"classes: {_listed(classes)}\nrows:\n{''.join(lines)}"


def _beside(word: str, frequent: list[str], by_name: Information) -> str:
    values = [*(by_name(other, word) for other in frequent), *(by_name(word, other) for other in frequent)]
    return "".join(UNKNOWN if value is None else _letter(value) for value in values)


def _letter(value: float) -> str:
    half = LETTERS.index("M")
    return LETTERS[half + max(-half, min(half, round(value * STEPS)))]


def _listed(words: Iterable[str]) -> str:
    return f"[{', '.join(f'{chr(34)}{word}{chr(34)}' for word in words)}]"


def _dictionary() -> Pairs:
    lines = (files("symspellpy") / _DICTIONARY).read_text(encoding="utf-8-sig").splitlines()
    return Counter({(first, second): int(times) for first, second, times in map(str.split, lines)})


def _sentences() -> list[str]:
    edited = rows("mt/mlqe_ru_en_train.jsonl.gz") + rows("mt/mlqe_ru_en_dev.jsonl.gz")
    found = [row["post_edit"] for row in edited if row["hter"] > 0 and row["post_edit"].rstrip().endswith((".", "?"))]
    found += languagetool_examples(100_000)
    for rule in load_packs([shipped_rules()]):
        found += [getattr(good, "text", good) for good in rule.good]
        found += [bad.fixed for bad in rule.bad if bad.fixed]
    return [sentence for text in found for sentence in re.split(r"\n+", text) if len(sentence) >= _LEAST]


if __name__ == "__main__":
    (PROJECT / "rules" / "bitext" / "data" / "order" / "en.yaml").write_text(table(), encoding="utf-8")
