"""A headline that stands twice at the head of a text: a page has it as its title and as its first heading."""

from __future__ import annotations

import re

from copydesk.copies.shingles import words_of
from copydesk.model import Document, SegmentKind

_FEWEST_WORDS = 3
_MOST_BETWEEN = 3  # lines between the two: a date, an author, a section
_BETWEEN_LONGEST = 60  # code points of such a line
_SENTENCE_END = re.compile(r"[.!?…]\W*$")
_OUTLET = re.compile(r"\s+(?:[|•·–—-]|::)\s+[^|•·–—]{2,40}$")  # “Storm closes three ports | Harbour News”


def headline_repeats(document: Document) -> bool:
    """Whether the first line is a headline that the second says again; a caption would have a credit below."""
    return repeated_headline(document) in ((1, 0), (0, 1))


def repeated_headline(document: Document) -> tuple[int, int] | None:
    """The segment that says the headline again and the one that stays, or None.

    The first stays, unless it has the outlet's name at its end and the second has not.
    """
    if len(document.segments) < 3:
        return None
    title = document.segments[0].span.of(document.text)
    words, bare = words_of(title), words_of(_OUTLET.sub("", title))
    if title.endswith(".") or len(bare) < _FEWEST_WORDS:
        return None
    for i, segment in enumerate(document.segments[1 : _MOST_BETWEEN + 2], start=1):
        line = segment.span.of(document.text)
        said = words_of(line)
        with_outlet = len(words) > _FEWEST_WORDS and words_of(_OUTLET.sub("", line)) == words
        if said in (words, bare) or with_outlet:
            return None if _is_caption(document, i) else (0, i) if said == bare != words else (i, 0)
        if len(line) > _BETWEEN_LONGEST or _SENTENCE_END.search(line):
            return None
    return None


def _is_caption(document: Document, index: int) -> bool:
    after = document.segments[index + 1 : index + 2]
    return bool(after) and after[0].kind is SegmentKind.CREDIT
