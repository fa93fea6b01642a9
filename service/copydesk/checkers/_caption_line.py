"""A line that may be a caption or an alt text: its words, without its credit."""

from __future__ import annotations

import re
from functools import cached_property

from copydesk.model import Segment, SegmentKind, Span
from copydesk.read.credits import credit_at_end

# A word, with the soft hyphens in it; a kana or an ideograph is one by itself, for no space parts them.
_IDEOGRAPH = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_TOKEN = re.compile(
    rf"<[^<>]{{1,400}}>|&[A-Za-z]{{2,8}};|([{_IDEOGRAPH}]|[^\W_{_IDEOGRAPH}](?:[^\W_{_IDEOGRAPH}]|\u00ad)*)"
)
_SINGLE = re.compile(f"[{_IDEOGRAPH}]")
_FILE_NAME = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|tiff?|svg)\s*$", re.IGNORECASE)
_BULLET = re.compile(r"(?:[-*•‣◦–—]|\d{1,3}[.)]|[a-z][.)])\s+")
_TRUNCATED = re.compile(r"\s*(?:…|\.{3}|\[…\])\s*$")
_STOP = re.compile(r"[^\W\d_]{3,}[.!?]+(?=\s|$)")
_LONGEST = 800  # code points of a caption with its credit; agencies' captions tell where, when and who
_MOST_IN_SMALL = 4  # words
_BUTTON = re.compile(r"video|image|photo|foto|bild|фото|видео|відео", re.IGNORECASE)
_SMALL = 50  # code points of a button or a number between a picture's two texts


class Line:
    """A segment, and its words when asked for; most neighbours share hardly a word.

    `leads`: whether it is the first of its document; `rough`: what stands between white space, in lower case, and
    `head`: the first two letters, both quickly made, to tell most lines apart.
    """

    def __init__(self, text: str, segment: Segment, *, leads: bool) -> None:
        self.kind, self.span, self.leads = segment.kind, segment.span, leads
        self.text = segment.span.of(text) if len(segment.span) <= _LONGEST else ""
        bullet = _BULLET.match(self.text) if segment.kind is SegmentKind.LIST_ITEM else None
        self._bullet = bullet.end() if bullet else 0
        self.rough = frozenset(self.text.replace("\u00ad", "").casefold().split())
        first = _TOKEN.search(self.text, self._bullet)
        self.head = (first[1] or "").replace("\u00ad", "")[:2].casefold() if first else ""

    @cached_property
    def is_small(self) -> bool:
        """Whether the line is a number or a button as “Play video”, and no name in a list of people."""
        if len(self.text) > _SMALL:
            return False
        words = self.text.split()
        if not 1 <= len(words) <= _MOST_IN_SMALL:
            return False
        return len(words) == 1 or not all(w[0].isupper() for w in words) or _BUTTON.search(self.text) is not None

    @cached_property
    def _credit(self) -> int:
        """Where the credit at the end of the line begins; the length of the line when it has none."""
        return credit_at_end(self.text)

    @cached_property
    def _edges(self) -> tuple[int, int]:
        """Where the caption begins and ends within the line, its credit and its file suffix left out."""
        end = self._credit
        if suffix := _FILE_NAME.search(self.text, self._bullet, end):
            end = suffix.start()
        return (self._bullet, end) if self._bullet < end else (self._bullet, len(self.text))

    @property
    def said(self) -> str:
        """The caption without its credit."""
        start, end = self._edges
        return self.text[start:end]

    @property
    def caption(self) -> Span:
        """The span of `said`, in the document."""
        start, end = self._edges
        return Span(self.span.start + start, self.span.start + end)

    @property
    def has_credit(self) -> bool:
        """Whether the line ends with a credit."""
        return 0 < self._credit < len(self.text)

    @cached_property
    def _matches(self) -> list[re.Match[str]]:
        return [m for m in _TOKEN.finditer(self.text, *self._edges) if m[1]]

    @cached_property
    def forms(self) -> tuple[str, ...]:
        """The words as written."""
        return tuple(m[1].replace("\u00ad", "") for m in self._matches)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """In lower case, without punctuation, tags and entities."""
        return tuple(form.casefold() for form in self.forms)

    @property
    def every_word(self) -> tuple[str, ...]:
        """In lower case, with those of the credit."""
        return tuple(m[1].replace("\u00ad", "").casefold() for m in _TOKEN.finditer(self.text) if m[1])

    @cached_property
    def size(self) -> int:
        """How many words there are; two ideographs say about as much as one word."""
        ideographs = len(_SINGLE.findall(self.said))
        return len(self.words) - ideographs + ideographs // 2

    @cached_property
    def sentences(self) -> int:
        """How many sentences end in the caption."""
        return len(_STOP.findall(self.said))

    @property
    def is_cut(self) -> bool:
        """Whether the line ends with an ellipsis."""
        return _TRUNCATED.search(self.said) is not None

    def start(self, word: int) -> int:
        """Where word number `word` begins in the document."""
        return self.span.start + self._matches[word].start()

    def end(self, words: int) -> int:
        """Where the first `words` words end in the document."""
        return self.span.start + self._matches[words - 1].end()
