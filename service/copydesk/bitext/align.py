"""Two documents by sentence: Gale and Church (1993), "A Program for Aligning Sentences in Bilingual Corpora"."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from copydesk.bitext.lengths import LengthModel, length_model
from copydesk.bitext.pairs import pair_of
from copydesk.limits import heed_time
from copydesk.model import Document, Pair, Span

# How many sentences of the source become how many of the target, and how often (table 5 of the paper).
_PRIORS = {(1, 1): 0.89, (1, 0): 0.0099, (0, 1): 0.0099, (2, 1): 0.0445, (1, 2): 0.0445, (2, 2): 0.011}
_COSTS = {move: -math.log(prior) for move, prior in _PRIORS.items()}
_BAND = 30  # sentences to either side of the diagonal: texts of any length in linear time, 0.3 s for 200 sentences
_LEAST_CHANCE = 1e-12  # of a length that far off; the paper's program has a cap too


class Bead(NamedTuple):
    """A sentence or two, and what they became; either side may be empty, at the place where it would stand."""

    source: Span
    target: Span


class Aligned(NamedTuple):
    """A bead as a pair of its own; `bead` tells where it is from."""

    pair: Pair
    bead: Bead


def align(source: Document, target: Document) -> list[Bead]:
    """The sentences of both documents in beads, in their order; all sentences of both are in one.

    Documents of as many paragraphs are aligned paragraph by paragraph. O(n) time and memory for n sentences.
    """
    model = length_model(source.language, target.language)
    givens, saids = _paragraphs(source), _paragraphs(target)
    if len(givens) != len(saids):
        givens, saids = [list(source.sentences)], [list(target.sentences)]
    beads: list[Bead] = []
    places = Span(0, 0), Span(0, 0)
    for given, said in zip(givens, saids, strict=True):
        for i, j, m, n in _path([len(s) for s in given], [len(s) for s in said], model):
            places = _joined(given[i:m], places[0]), _joined(said[j:n], places[1])
            beads.append(Bead(*places))
    return beads


def aligned_pairs(source: Document, target: Document) -> Iterator[Aligned]:
    """Each bead with words in the source as a pair; what only the target has cannot be held against anything."""
    for bead in align(source, target):
        heed_time()
        if len(bead.source):
            texts = bead.source.of(source.text), bead.target.of(target.text)
            yield Aligned(pair_of(*texts, source.language, target.language, target.source), bead)


def _paragraphs(document: Document) -> list[list[Span]]:
    """The sentences of each segment that has any."""
    groups, at = [], 0
    for segment in document.prose():
        own = []
        while at < len(document.sentences) and document.sentences[at].end <= segment.span.end:
            own.append(document.sentences[at])
            at += 1
        if own:
            groups.append(own)
    return groups


def _joined(sentences: Sequence[Span], before: Span) -> Span:
    """From the first to the last, or the empty place after what stands before."""
    return Span(sentences[0].start, sentences[-1].end) if sentences else Span(before.end, before.end)


def _path(source: Sequence[int], target: Sequence[int], model: LengthModel) -> list[tuple[int, int, int, int]]:
    """The cheapest way through both, as (i, j, m, n): sentences i to m of the source are j to n of the target.

    Lengths are in characters. Dynamic programming over a band around the diagonal.
    """
    height, width = len(source), len(target)
    sums = _sums(source), _sums(target)
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
    band = _BAND + math.ceil(width / height) if height else width  # rows must overlap, or there is no way through
    for i in range(height + 1):
        heed_time()
        middle = round(i * width / height) if height else 0
        for j in range(max(0, middle - band), min(width, middle + band) + 1):
            for (rows, columns), cost in _COSTS.items():
                before = best.get((i - rows, j - columns))
                if before is None:
                    continue
                given, said = sums[0][i] - sums[0][i - rows], sums[1][j] - sums[1][j - columns]
                total = before[0] + cost + _surprise(model.deviation(given, said))
                if (i, j) not in best or total < best[i, j][0]:
                    best[i, j] = total, (i - rows, j - columns)
    path, at = [], (height, width)
    while at != (0, 0):
        before_it = best[at][1]
        path.append((*before_it, *at))
        at = before_it
    return path[::-1]


def _sums(lengths: Sequence[int]) -> list[int]:
    sums = [0]
    for length in lengths:
        sums.append(sums[-1] + length)
    return sums


def _surprise(deviation: float) -> float:
    """Minus the logarithm of the chance that a translation is at least that many standard deviations off."""
    return -math.log(max(math.erfc(abs(deviation) / math.sqrt(2)), _LEAST_CHANCE))
