"""The labelled pairs of captions, the pages they stand on, and where in a text the two of a pair stand."""

from __future__ import annotations

import csv
import gzip
import hashlib
import importlib
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from benchmarks.corpora import SHARED, AbsentError, rows
from copydesk.model import Span

LABELS = Path(__file__).with_name("labels.tsv")
REPEATS = ("exact", "punctuation", "credit", "truncated", "contained", "varied")
_PAIRS = "cleaning/naive_text_with_pairs.jsonl.gz"
_WORD = re.compile(r"[\w\u00ad]+")
_NEAR = 20  # words between the two of a pair; what stands farther apart belongs to two pictures
_INLINE = frozenset(
    ["a", "abbr", "b", "cite", "code", "em", "font", "i", "mark", "q", "s", "small", "span", "strong", "u"]
)
_UNREAD = frozenset(["script", "style", "noscript", "template", "svg"])


@dataclass(frozen=True, slots=True)
class Pair:
    """An image's alt text, the caption beside it, and what a reader said of the two."""

    alt: str
    caption: str
    label: str

    @property
    def repeats(self) -> bool:
        """Whether one of the two is to be reported."""
        return self.label in REPEATS


@dataclass(frozen=True, slots=True)
class Page:
    """A page with its labelled pairs: as sent, and as text by resiliparse with the alt texts kept."""

    name: str
    html: str
    text: str
    pairs: tuple[Pair, ...]


def digest(alt: str, caption: str) -> str:
    """What stands for a pair in the labels: 64 bits of SHA-256."""
    return hashlib.sha256(f"{alt}\0{caption}".encode()).hexdigest()[:16]


def pages() -> list[Page]:
    """The pages on which labelled pairs stand. Raises AbsentError where the data is not here."""
    with LABELS.open(encoding="utf-8", newline="") as file:
        table = csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t")
        labels = {(row["page"], row["pair"]): row["label"] for row in table}
    found = []
    for row in rows(_PAIRS):
        name = row["html"].removesuffix(".html.gz")
        keys = {(p["alt"], p["caption"]): (name, digest(p["alt"], p["caption"])) for p in row["pairs"]}
        pairs = tuple(Pair(alt, caption, labels[key]) for (alt, caption), key in keys.items() if key in labels)
        if pairs:
            found.append(Page(name, _html(row["html"]), row["naive_text"], pairs))
    return found


def _html(name: str) -> str:
    path = SHARED / "data" / "cleaning" / "html" / name
    if not path.exists():
        raise AbsentError(f"{name} is not here")
    with gzip.open(path, "rb") as file:
        return file.read().decode("utf-8", errors="replace")


def every_line(source: str) -> str:
    """All that stands on a page, alt texts included, a line for each block: what the plainest scraper takes.

    Raises AbsentError where lxml is not installed.
    """
    try:
        lxml = importlib.import_module("lxml.html")
    except ImportError:
        raise AbsentError("lxml is not installed") from None
    parts: list[str] = []
    _walk(lxml.document_fromstring(source.encode(), parser=lxml.HTMLParser(encoding="utf-8")), parts)
    lines = (" ".join(line.split()) for line in "".join(parts).split("\0"))
    return "\n\n".join(line for line in lines if line)


def _walk(root: Any, parts: list[str]) -> None:
    """The text below `root` in order, a null at the edge of each block; without recursion, for pages are deep."""
    stack: list[Any] = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            parts.append(node)
            continue
        if node.tail and node is not root:
            stack.append(node.tail)
        if not isinstance(node.tag, str) or node.tag in _UNREAD:
            continue
        edge = "" if node.tag in _INLINE else "\0"
        parts.append(edge + (node.get("alt", "") + edge if node.tag == "img" else ""))
        stack.append(edge)
        stack.extend(reversed(node))
        stack.append(node.text or "")


class Words:
    """A text as its words, to find a caption in it whatever the punctuation and white space are."""

    def __init__(self, text: str) -> None:
        self._matches = list(_WORD.finditer(text))

    @cached_property
    def _joined(self) -> tuple[str, list[int]]:
        said, starts = [], []
        at = 0
        for match in self._matches:
            word = match.group().replace("\u00ad", "").casefold()
            starts.append(at)
            said.append(word)
            at += len(word) + 1
        return f" {' '.join(said)} ", starts

    def find(self, text: str) -> Iterator[range]:
        """The places of `text`, as ranges of words."""
        words = [w.replace("\u00ad", "").casefold() for w in _WORD.findall(text)]
        joined, starts = self._joined
        wanted = f" {' '.join(words)} "
        at = joined.find(wanted) if words else -1
        while at >= 0:
            first = bisect_left(starts, at)
            yield range(first, first + len(words))
            at = joined.find(wanted, at + 1)

    def span(self, place: range) -> Span:
        """A range of words as code points."""
        return Span(self._matches[place.start].start(), self._matches[place.stop - 1].end())

    def together(self, pair: Pair) -> list[tuple[Span, Span]]:
        """Where the two of a pair stand beside each other, without overlap, in either order."""
        captions = list(self.find(pair.caption))
        return [
            (self.span(a), self.span(c))
            for a in self.find(pair.alt)
            for c in captions
            if 0 <= max(a.start, c.start) - min(a.stop, c.stop) <= _NEAR
        ]
