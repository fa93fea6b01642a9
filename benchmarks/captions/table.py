"""Captions that stand twice on real pages: found by copydesk, and what extractors leave in or lose."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape

from benchmarks.captions.pages import REPEATS, Page, Pair, Words, every_line, pages
from benchmarks.captions.peers import Extract, extractors
from benchmarks.tables import Table, number
from copydesk.findings.suppress import Filter
from copydesk.model import Family, Finding
from copydesk.pipeline import UNSAFE, Desk, Options

_ASKED = Options(filter=Filter(families=frozenset({Family.CAPTIONS, Family.DUPLICATES})))
_TAG = re.compile(r"<[^<>]*>")
_HOW = """340 pairs of alt text and caption of the development pages, drawn at random and labelled by reading
(`benchmarks/labels.tsv` tells how). A pair counts where its two stand beside each other: in the pages' text by
resiliparse with alt texts, in a text with a line for every block and alt text, and in the HTML, where the alt text is
known as such, and one that says more than its caption stays. Found: a finding of captions or duplicates connects the
two. Precision is over the labelled pairs; a suggestion counts neither way."""
_HOW_PEERS = """The same pairs on the same pages. Both: the two still stand beside each other; one: a single copy, or
the two far apart; none: neither is left. Extractors drop alt texts by design and captions with what they take for
boilerplate; copydesk reads the line-for-everything text and applies its fixes, and takes nothing else away."""


WAYS: dict[str, tuple[str, Callable[[Page], str]]] = {
    "resiliparse's text": ("text", lambda page: page.text),
    "a line for everything": ("text", lambda page: every_line(page.html)),
    "HTML": ("html", lambda page: page.html),
}


@dataclass(frozen=True, slots=True)
class Measured:
    """How many pairs of each label stand in the pages of one kind, and how many of them were found."""

    total: Counter[str]
    found: Counter[str]

    @property
    def right(self) -> int:
        """The repeats that were found."""
        return sum(self.found[label] for label in REPEATS)

    @property
    def recall(self) -> float:
        """Of the pairs of which one is to be reported, the share that was."""
        return self.right / max(1, sum(self.total[label] for label in REPEATS))

    @property
    def precision(self) -> float:
        """Of the pairs reported, suggestions aside, the share that was to be."""
        return self.right / max(1, self.right + self.found["different"])


def measure(desk: Desk, way: str) -> Measured:
    """All labelled pairs, in the pages as one of WAYS gives them. Raises AbsentError where the pages are not here."""
    written, text_of = WAYS[way]
    total: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for page in pages():
        text = text_of(page)
        standing = Words(text)
        pairs = [pair for pair in page.pairs if written == "html" or standing.together(pair)]
        findings = desk.review(text, _ASKED, format=written, language="en-US").findings
        total.update(pair.label for pair in pairs)
        found.update(pair.label for pair in pairs if _connected(pair, findings, text))
    return Measured(total, found)


def captions() -> Table:
    """Recall by kind, and precision."""
    desk = Desk()
    ways = [measure(desk, way) for way in WAYS]
    rows = [["label", *WAYS]]
    rows += [
        [label, *(f"{way.found[label]} of {way.total[label]}" for way in ways)]
        for label in (*REPEATS, "suggestion", "different")
    ]
    rows.append(["recall", *(number(way.recall, 3) for way in ways)])
    rows.append(["precision", *(number(way.precision, 3) for way in ways)])
    return Table("Captions that stand twice", _HOW, rows)


def captions_peers() -> Table:
    """What is left of the pairs after cleaning, by copydesk and by others."""
    desk = Desk()

    def cleaned(page: Page) -> str:
        review = desk.review(every_line(page.html), _ASKED, language="en-US")
        return desk.correct(review, _ASKED, UNSAFE).text

    rows = [
        ["method", "repeats: both", "one", "none", "different: both", "one", "none"],
        _kept("nothing removed", lambda page: every_line(page.html)),
        _kept("copydesk", cleaned),
    ]
    for name, extract in extractors():
        rows.append([name, *["absent"] * 6] if extract is None else _kept(name, _from_html(extract)))
    return Table("Captions beside extractors", _HOW_PEERS, rows)


def _from_html(extract: Extract) -> Callable[[Page], str]:
    return lambda page: extract(page.html)


def _kept(name: str, text_of: Callable[[Page], str]) -> list[str]:
    """A row: how many pairs still stand as two, as one, not at all."""
    left: Counter[tuple[bool, str]] = Counter()
    for page in pages():
        text = Words(text_of(page))
        left.update((pair.repeats, _left(pair, text)) for pair in page.pairs if pair.label != "suggestion")
    return [name, *(str(left[repeats, rest]) for repeats in (True, False) for rest in ("both", "one", "none"))]


def _left(pair: Pair, text: Words) -> str:
    if text.together(pair):
        return "both"
    return "one" if any(text.find(pair.alt)) or any(text.find(pair.caption)) else "none"


def _connected(pair: Pair, findings: tuple[Finding, ...], text: str) -> bool:
    """Whether a finding is on one of the two, and says that it stands as the other."""
    alt, caption = _said(pair.alt), _said(pair.caption)
    for finding in findings:
        here = _said(finding.span.of(text))
        for related in finding.related:
            there = _said(related.span.of(text))
            if (_same(here, alt) and _same(there, caption)) or (_same(here, caption) and _same(there, alt)):
                return True
    return False


def _said(text: str) -> str:
    """The letters and digits alone, in one form: where words are joined over a tag, spaces tell nothing.

    The labels were written from text in normalisation form NFKC; a page may have full-width digits.
    """
    plain = unicodedata.normalize("NFKC", _TAG.sub(" ", unescape(text)))
    return "".join(re.findall(r"\w+", plain.replace("\u00ad", "").casefold()))


def _same(marked: str, wanted: str) -> bool:
    """Whether what a finding marks is the wanted text, with or without its credit, and is no line that holds it."""
    if marked == wanted:
        return True
    short, long = sorted((marked, wanted), key=len)
    return short in long and (marked is short or 2 * len(short) >= len(long))
