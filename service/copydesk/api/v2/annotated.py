"""A text with its markup told apart by the client (`data`), as a reading: offsets count the markup, checkers do not
see it."""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Any

from copydesk.errors import InputError
from copydesk.model import Document, Segment, Span
from copydesk.read import Block, Projection, Reading
from copydesk.read.escapes import plain
from copydesk.read.plain import segments_of
from copydesk.read.projection import Inline, Run, onward
from copydesk.read.sentences import sentences_of
from copydesk.read.tags import references

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z][\w:-]*)(?:\s[^<>]*)?>")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the text as sent, and what is read of it: itself, nothing, or what markup is to be taken for."""

    sent: str
    read: str


def parts_of(given: Mapping[str, str]) -> tuple[Part, ...]:
    """The text of a request, from `text` or `data`. Raises InputError in LanguageTool's words."""
    text, data = given.get("text"), given.get("data")
    if text is not None and data is not None:
        raise InputError("Set only 'text' or 'data' parameter, not both")
    if text is not None:
        return (_part(text, text),)
    if data is None:
        raise InputError("Missing 'text' or 'data' parameter")
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        raise InputError("Could not parse JSON from 'data' parameter") from None
    return _parts(value if isinstance(value, dict) else {})


def read_annotated(parts: Sequence[Part], language: str) -> Reading:
    """The reading of `parts` in `language` (a canonical tag). The view has no markup; places are in all of it.

    Raises TimeOverError.
    """
    source, view = "".join(part.sent for part in parts), "".join(part.read for part in parts)
    segments = segments_of(view, language)
    shown = Document(view, segments, sentences_of(view, segments), language)
    if source == view:
        return Reading(shown, shown)
    runs, inlines = _runs(parts), _inlines(parts)
    blocks: list[Block] = []
    first = 0
    for segment in segments:
        while runs[first].view_end <= segment.span.start:
            first += 1
        blocks.append(_block(segment, runs, first, inlines))
    whole = tuple(_removable(blocks, index, source, view) for index in range(len(blocks)))
    return Reading(Document(source, (), (), language), shown, Projection(whole))


def _parts(data: dict[str, Any]) -> tuple[Part, ...]:
    text, annotation = data.get("text"), data.get("annotation")
    if text is not None and annotation is not None:
        raise InputError("'data' key in JSON requires either 'text' or 'annotation' key, not both")
    if isinstance(text, str):
        return (_part(text, text),)
    if not isinstance(annotation, list):
        raise InputError("'data' key in JSON requires 'text' or 'annotation' key")
    parts = tuple(map(_annotated, annotation))
    if any(part.read != part.sent and _TAG.fullmatch(part.sent) for part in parts):
        return tuple(piece for part in parts for piece in _unescaped(part))
    return parts


def _annotated(node: Any) -> Part:
    values = node if isinstance(node, dict) else {}
    text, markup, meant = (values.get(name) for name in ("text", "markup", "interpretAs"))
    if text is not None and markup is not None:
        raise InputError("Only either 'text' or 'markup' are supported in an object in 'annotation' list, not both")
    if text is not None and meant is not None:
        raise InputError("'text' cannot be used with 'interpretAs' (only 'markup' can)")
    if isinstance(text, str):
        return _part(text, text)
    if isinstance(markup, str) and (meant is None or isinstance(meant, str)):
        return _part(markup, meant or "")
    raise InputError("Only 'text' and 'markup' are supported in 'annotation' list")


def _unescaped(part: Part) -> Iterator[Part]:
    """A text of HTML, whose character references clients leave as they stand, with each as what it stands for."""
    if part.read != part.sent:
        yield part
        return
    at = 0
    for start, end, meant in references(part.sent, 0, len(part.sent), closed=True):
        yield Part(part.sent[at:start], part.sent[at:start])
        yield Part(part.sent[start:end], meant)
        at = end
    yield Part(part.sent[at:], part.sent[at:])


def _part(sent: str, read: str) -> Part:
    """Escapes can bring half of a surrogate pair, which is no text; its stand-in counts as much in every unit."""
    return Part(_LONE_SURROGATE.sub("\ufffd", sent), _LONE_SURROGATE.sub("\ufffd", read))


def _runs(parts: Sequence[Part]) -> list[Run]:
    runs: list[Run] = []
    view = source = 0
    for part in parts:
        if part.read:
            runs.append(Run(view, len(part.read), source, len(part.sent), part.read == part.sent))
        view, source = view + len(part.read), source + len(part.sent)
    return runs


def _inlines(parts: Sequence[Part]) -> list[Inline]:
    """The elements whose tags are markup parts of their own, in the order of the view: they go with all their words."""
    found: list[Inline] = []
    open_tags: list[tuple[str, int, int]] = []
    view = source = 0
    for part in parts:
        tag = None if part.read else _TAG.fullmatch(part.sent)
        if tag is not None and not tag["end"]:
            open_tags.append((tag["name"], view, source))
        elif tag is not None and any(name == tag["name"] for name, _, _ in open_tags):
            name, at, start = open_tags.pop()
            while name != tag["name"]:
                name, at, start = open_tags.pop()
            found.append(Inline(Span(at, view), Span(start, source + len(part.sent))))
        view, source = view + len(part.read), source + len(part.sent)
    return sorted(found)


def _block(segment: Segment, runs: Sequence[Run], first: int, inlines: Sequence[Inline]) -> Block:
    """A segment with the runs that it has a share in, the first of them at index `first`, and its elements."""
    span = segment.span
    own = takewhile(lambda run: run.view < span.end, onward(runs, first))
    whole = Block(segment, tuple(own), (), (), plain, Span(0, 0))
    at = bisect_left(inlines, span.start, key=lambda inline: inline.view.start)
    after = takewhile(lambda inline: inline.view.start < span.end, onward(inlines, at))
    within = tuple(inline for inline in after if span.contains(inline.view))
    return replace(whole, runs=tuple(whole.within(span)), inlines=within)


def _removable(blocks: Sequence[Block], index: int, source: str, view: str) -> Block:
    """The block with the break after it (before the last one) as what goes with it, where no markup is there."""
    block = blocks[index]
    if len(blocks) == 1:
        return block
    last = index + 1 == len(blocks)
    before, after = (blocks[index - 1], block) if last else (block, blocks[index + 1])
    gap = Span(before.source.end, max(after.source.start, before.source.end))
    shown = view[before.segment.span.end : after.segment.span.start]
    return replace(block, removal=(gap,)) if gap.of(source) == shown else block
