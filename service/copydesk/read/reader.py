"""The one entrance: bytes or text in, `Document` out."""

from __future__ import annotations

from copydesk.errors import EncodingError, InputError, UnknownNameError
from copydesk.model import Document, Notice
from copydesk.read.language import canonical, identify
from copydesk.read.plain import segments_of
from copydesk.read.sentences import sentences_of

FORMATS = ("text",)


def decode(data: bytes) -> str:
    """UTF-8 bytes, with or without a byte order mark, as text. The mark stays: offsets count it.

    Raises EncodingError with the byte at which the data stops being UTF-8.
    """
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise EncodingError(f"not valid UTF-8 at byte {error.start}: {error.reason}") from None


def read(
    text: str,
    *,
    format: str = "text",  # noqa: A002 (the word that the request uses)
    language: str | None = None,
    source: str | None = None,
) -> tuple[Document, tuple[Notice, ...]]:
    """`text` as a document, and what had to be assumed about it.

    `language` is a BCP 47 tag; without one it is identified, variant included. Raises UnknownNameError for a format
    or language that is not supported, InputError for lone surrogates, which no encoding can carry.
    """
    if format not in FORMATS:
        raise UnknownNameError("format", format, FORMATS, field="format")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise InputError(f"a lone surrogate at code point {error.start} is not text", field="text") from None
    notices: tuple[Notice, ...] = ()
    if language is None:
        language, notices = identify(text)
    else:
        language = canonical(language)
    segments = segments_of(text, language)
    return Document(text, segments, sentences_of(text, segments), language, format, source), notices
