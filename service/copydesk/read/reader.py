"""The one entrance: a source in, a `Reading` out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

from copydesk.errors import EncodingError, InputError, TimeOverError, UnknownNameError
from copydesk.limits import ends_at
from copydesk.model import Document, Notice
from copydesk.read.docx import read_docx
from copydesk.read.html import read_html
from copydesk.read.language import choose
from copydesk.read.markdown import read_markdown
from copydesk.read.plain import segments_of
from copydesk.read.projection import Reading
from copydesk.read.sentences import sentences_of
from copydesk.read.subtitles import read_srt, read_vtt

Reader = Callable[[str, str | None, str | None], tuple[Reading, tuple[Notice, ...]]]


def decode(data: bytes) -> str:
    """UTF-8 bytes, with or without a byte order mark, as text. The mark stays: offsets count it.

    Raises EncodingError with the byte at which the data stops being UTF-8.
    """
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise EncodingError(f"not valid UTF-8 at byte {error.start}: {error.reason}") from None


def read_text(text: str, language: str | None, source: str | None) -> tuple[Reading, tuple[Notice, ...]]:
    """Plain text is its own view."""
    language, notices = choose(text, language, None)
    segments = segments_of(text, language)
    document = Document(text, segments, sentences_of(text, segments), language, "text", source)
    return Reading(document, document), notices


_READERS: dict[str, Reader] = {
    "text": read_text,
    "markdown": read_markdown,
    "html": read_html,
    "srt": read_srt,
    "vtt": read_vtt,
}
WORD = "docx"
FORMATS = (*_READERS, WORD)
SUFFIXES = {
    ".txt": "text",
    **dict.fromkeys((".md", ".markdown", ".mdx"), "markdown"),
    **dict.fromkeys((".html", ".htm", ".xhtml"), "html"),
    **{f".{name}": name for name in ("srt", "vtt", WORD)},
}


def format_of(path: str) -> str:
    """The format that a file's name tells; plain text where it tells none."""
    return SUFFIXES.get(PurePath(path).suffix.lower(), "text")


def is_writable(format: str) -> bool:  # noqa: A002
    """Whether a corrected text can take the source's place."""
    return format != WORD


def read(
    content: str | bytes,
    *,
    format: str = "text",  # noqa: A002 (the word that the request uses)
    language: str | None = None,
    source: str | None = None,
) -> tuple[Document, tuple[Notice, ...]]:
    """The view of `open_source` alone, for who needs no way back into the source."""
    reading, notices = open_source(content, format=format, language=language, source=source)
    return reading.view, notices


def open_source(
    content: str | bytes,
    *,
    format: str = "text",  # noqa: A002 (the word that the request uses)
    language: str | None = None,
    source: str | None = None,
) -> tuple[Reading, tuple[Notice, ...]]:
    """What `content`, written in `format`, says, and what had to be assumed about it.

    `content` is the text, or the bytes of a file: UTF-8, or a Word file. `language` is a BCP 47 tag; without one it is
    identified, variant included. `source` is the name by which the caller knows the text. Raises UnknownNameError for
    a format or language that is not supported, EncodingError, InputError for lone surrogates, which no encoding can
    carry, UnreadableError for what is not in its format, and TimeOverError.
    """
    if format not in FORMATS:
        raise UnknownNameError("format", format, FORMATS, field="format")
    if format == WORD:
        if isinstance(content, str):
            raise InputError("a Word file is no text; “copydesk check” reads it from disk", field="format")
        return read_docx(content, language, source)
    text = content if isinstance(content, str) else decode(content)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise InputError(f"a lone surrogate at code point {error.start} is not text", field="text") from None
    return _READERS[format](text, language, source)


def open_in_time(
    content: str | bytes,
    deadline: float | None,
    *,
    format: str = "text",  # noqa: A002
    language: str | None = None,
    source: str | None = None,
) -> tuple[Reading, tuple[Notice, ...]]:
    """What `open_source` says by `deadline`, in `time.monotonic()`, else what `unread` says.

    Raises the errors of `open_source` but TimeOverError.
    """
    try:
        with ends_at(deadline):
            return open_source(content, format=format, language=language, source=source)
    except TimeOverError:
        return unread(content, format=format, language=language, source=source)


def unread(
    content: str | bytes,
    *,
    format: str = "text",  # noqa: A002
    language: str | None = None,
    source: str | None = None,
) -> tuple[Reading, tuple[Notice, ...]]:
    """What `open_source` says, for which there was no time, of a text without any line: nothing can be found in it.

    Raises UnknownNameError.
    """
    text = content if isinstance(content, str) else "" if format == WORD else decode(content)
    language, notices = choose(text, language, None)
    document = Document(text, (), (), language, format, source)
    return Reading(document, document), notices
