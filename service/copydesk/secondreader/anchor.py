"""Finds the place that a suggestion speaks of. What the model did not copy exactly has none."""

from __future__ import annotations

from collections.abc import Iterable

from copydesk.model import Span
from copydesk.secondreader.contract import Remark, Suggestion


def anchored(suggestions: Iterable[Suggestion], text: str) -> tuple[tuple[Remark, ...], int]:
    """The suggestions that have a place in `text`, in its order, and how many have none or say nothing.

    The first of several on the same words stands. A correction that changes nothing is none.
    """
    found: dict[Span, Remark] = {}
    dropped = 0
    for suggestion in suggestions:
        span = place_of(suggestion.quote, suggestion.before, text)
        if span is None or suggestion.correction == suggestion.quote:
            dropped += 1
        else:
            found.setdefault(span, Remark(span, suggestion))
    return tuple(found[span] for span in sorted(found)), dropped


def place_of(quote: str, before: str, text: str) -> Span | None:
    """Where `quote` stands in `text`, as whole words: its only place, or the one that most of `before` leads to.

    None where it does not stand, or where `before` does not decide.
    """
    places = [span for span in _occurrences(quote, text) if _is_whole(span, text)]
    if len(places) < 2:
        return places[0] if places else None
    likeness = [_common_end(text[: span.start], before) for span in places]
    best = max(likeness)
    return places[likeness.index(best)] if best and likeness.count(best) == 1 else None


def _occurrences(quote: str, text: str) -> Iterable[Span]:
    at = text.find(quote) if quote.strip() else -1
    while at >= 0:
        yield Span(at, at + len(quote))
        at = text.find(quote, at + 1)


def _is_whole(span: Span, text: str) -> bool:
    """Whether no word goes on beyond the edges: the “he” of a model is not that in “the”."""
    return not (
        (text[max(span.start - 1, 0) : span.start + 1].isalnum() and span.start > 0)
        or (text[span.end - 1 : span.end + 1].isalnum() and span.end < len(text))
    )


def _common_end(text: str, before: str) -> int:
    """How many code points both end with alike, white space at the end aside."""
    text, before = text.rstrip(), before.rstrip()
    count = 0
    while count < min(len(text), len(before)) and text[-1 - count] == before[-1 - count]:
        count += 1
    return count
