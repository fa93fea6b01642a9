"""Makes pairs, and documents to be aligned, of source texts and their translations."""

from __future__ import annotations

import re
from functools import lru_cache

from copydesk.errors import UnknownNameError
from copydesk.model import Document, Pair, Segment, SegmentKind, Span
from copydesk.read.language import LANGUAGES, canonical_or_none, likeliest
from copydesk.read.plain import segments_of
from copydesk.read.sentences import sentences_of

FORMAT = "bitext"
UNKNOWN = "und"
_SURE = 0.4  # below, the guess on running text is more often wrong than right
_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")


def pair_of(source: str, target: str, source_language: str, target_language: str, place: str | None = None) -> Pair:
    """A pair of texts as they stand: each is one segment and one sentence, however many it really has.

    Languages are BCP 47 tags; `place` is where the user finds the pair. Raises UnknownNameError for what is no tag.
    """
    return Pair(_side(source, language_of(source_language), place), _side(target, language_of(target_language), place))


@lru_cache(maxsize=256)
def language_of(tag: str) -> str:
    """`tag` as the engines spell it where they know the language, else as it is: a source may be in any.

    Raises UnknownNameError for what is no BCP 47 tag.
    """
    if not _TAG.fullmatch(tag.strip()):
        raise UnknownNameError("language", tag, LANGUAGES, field="language")
    return canonical_or_none(tag) or tag.strip().replace("_", "-")


def document_of(text: str, language: str | None, name: str | None = None) -> Document:
    """A plain text with its paragraphs and sentences, in any language; without one, in the one that it looks like.

    Raises UnknownNameError for what is no BCP 47 tag.
    """
    tag = language_of(language) if language is not None else language_like(text) or UNKNOWN
    segments = segments_of(text, tag)
    return Document(text, segments, sentences_of(text, segments), tag, "text", name)


def language_like(text: str) -> str | None:
    """The language that `text` is surely in, as a BCP 47 tag."""
    code, score = likeliest(text)
    return language_of(code) if score >= _SURE else None


def _side(text: str, language: str, place: str | None) -> Document:
    whole = Span(0, len(text))
    parts = (Segment(SegmentKind.PARAGRAPH, whole, language),) if text.strip() else ()
    return Document(text, parts, tuple(part.span for part in parts), language, FORMAT, place)
