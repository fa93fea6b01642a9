"""Sentence pairs that are measured on: DEMETR (Karpinska et al. 2022) and MLQE-PE (Fomicheva et al. 2022)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.corpora import rows
from copydesk.bitext.pairs import pair_of
from copydesk.grammar import GrammarSource
from copydesk.model import Pair, Span

_LANGUAGES = {
    "chinese_simple": "zh", "spanish": "es", "japanese": "ja", "polish": "pl", "german": "de", "russian": "ru",
    "hindi": "hi", "czech": "cs", "french": "fr", "italian": "it",
}  # fmt: skip
_PIECE = 3500  # code points that an engine reads at once: one by one, a sentence costs it more than the reading


@dataclass(frozen=True, slots=True)
class Planted:
    """A translation with one planted error, and the same without."""

    category: str
    clean: Pair
    wrong: Pair


def planted() -> list[Planted]:
    """DEMETR's perturbed translations. The one that is the reference itself is no error."""
    return [
        Planted(row["pert_name"], _pair(row, "mt_sent"), _pair(row, "pert_sent"))
        for row in rows("mt/demetr.jsonl.gz")
        if row["pert_name"] != "base_id35_reference"
    ]


def clean_demetr(*translations: str) -> list[Pair]:
    """DEMETR's sources, each with the machine's translation before the error (mt_sent) and the human's (eng_sent).

    With both, unless `translations` names one.
    """
    found = {}
    for row in rows("mt/demetr.jsonl.gz"):
        for name in translations or ("mt_sent", "eng_sent"):
            found[row["lang_tag"], row["src_sent"], row[name]] = _pair(row, name)
    return list(found.values())


def estimated() -> list[dict[str, Any]]:
    """MLQE-PE, Russian into English, with the word tags of the machine's translation."""
    return rows("mt/mlqe_ru_en_train.jsonl.gz") + rows("mt/mlqe_ru_en_dev.jsonl.gz")


def clean_estimated() -> list[Pair]:
    """The pairs of MLQE-PE in which the post-editor changed nothing (HTER 0)."""
    return [pair_of(row["source"], row["mt"], "ru", "en-US") for row in estimated() if row["hter"] == 0]


def alarms_of(engine: GrammarSource, sentences: Sequence[str]) -> list[list[tuple[str, Span]]]:
    """The alarms of an engine on each of `sentences`, which it reads many at a time, a paragraph each."""
    found: list[list[tuple[str, Span]]] = [[] for _ in sentences]
    for first, piece in _pieces(sentences):
        starts, at = [], 0
        for sentence in piece:
            starts.append(at)
            at += len(sentence) + 2
        for match in engine.check("\n\n".join(piece), "en-US").matches:
            index = max(i for i, start in enumerate(starts) if start <= match.span.start)
            local = Span(match.span.start - starts[index], match.span.end - starts[index])
            found[first + index].append((match.rule, local))
    return found


def by_category(cases: Iterable[Planted]) -> dict[str, list[Planted]]:
    """The planted errors, in the order of DEMETR's numbers."""
    found: defaultdict[str, list[Planted]] = defaultdict(list)
    for case in cases:
        found[case.category].append(case)
    return dict(sorted(found.items(), key=lambda item: _number(item[0])))


def _number(category: str) -> tuple[int, str]:
    number = category.split("_id", 1)[1].split("_", 1)[0]
    return int(number), category


def _pieces(sentences: Sequence[str]) -> Iterable[tuple[int, list[str]]]:
    piece: list[str] = []
    size = first = 0
    for index, sentence in enumerate(sentences):
        if piece and size + len(sentence) > _PIECE:
            yield first, piece
            piece, size, first = [], 0, index
        piece.append(sentence)
        size += len(sentence) + 2
    if piece:
        yield first, piece


def _pair(row: dict[str, Any], target: str) -> Pair:
    return pair_of(row["src_sent"], row[target], _LANGUAGES[row["lang_tag"]], "en-US")
