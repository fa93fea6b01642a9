"""Word files to a document: one line a paragraph, so that the number of a line is that of its paragraph.

The text is not the source, so nothing can be written back; places are told by paragraph.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from importlib.util import find_spec
from itertools import islice
from typing import TYPE_CHECKING

from copydesk.errors import CopydeskError, InputError, TooLargeError, UnreadableError
from copydesk.limits import heed_time
from copydesk.model import Document, Notice, Segment, SegmentKind, Span
from copydesk.read.credits import is_credit
from copydesk.read.language import choose
from copydesk.read.projection import Reading
from copydesk.read.sentences import sentences_of

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.table import Table
    from docx.text.paragraph import Paragraph
    from typing_extensions import TypeIs

_MOST = 1 << 28  # bytes unpacked; a Word file is an archive, and one of 40 kB can hold gigabytes
_MOST_XML = 1 << 24  # bytes of it that are parsed, at forty times their size in memory; a book has ten million
_MOST_PARAGRAPHS = 50_000  # a book has ten thousand
_BREAKS = re.compile(r"[\r\n\v\f\x85\u2028\u2029]+")
_KINDS = (
    ("Title", SegmentKind.TITLE),
    ("Subtitle", SegmentKind.TITLE),
    ("Heading", SegmentKind.TITLE),
    ("List", SegmentKind.LIST_ITEM),
    ("Caption", SegmentKind.CAPTION),
    ("Quote", SegmentKind.QUOTE),
    ("Intense Quote", SegmentKind.QUOTE),
)


def read_docx(data: bytes, language: str | None, name: str | None) -> tuple[Reading, tuple[Notice, ...]]:
    """The paragraphs of a Word file and of its tables, in order, with kinds by their styles; pictures are not read.

    Raises UnreadableError for what is no Word file, TooLargeError past a limit, InputError where the extra is missing,
    and TimeOverError.
    """
    if find_spec("docx") is None:
        raise InputError("Word files need the extra “documents”: pip install 'copydesk[documents]'")
    import docx

    try:
        _check_size(data)
        content = _paragraphs(docx.Document(io.BytesIO(data)))
        paragraphs = [(kind, _BREAKS.sub(" ", text)) for kind, text in islice(content, _MOST_PARAGRAPHS + 1)]
        if len(paragraphs) > _MOST_PARAGRAPHS:
            raise TooLargeError(f"the Word file has over {_MOST_PARAGRAPHS} paragraphs")
    except CopydeskError:
        raise
    except Exception as error:  # noqa: BLE001 (the library lets through whatever zip, XML and a missing part raise
        raise UnreadableError(f"not a Word file ({type(error).__name__})") from None
    text = "\n".join(line for _, line in paragraphs)
    language, notices = choose(text, language, None)
    segments: list[Segment] = []
    at = 0
    for kind, line in paragraphs:
        if said := line.strip():
            start = at + line.index(said)
            kind = SegmentKind.CREDIT if is_credit(said) else kind
            segments.append(Segment(kind, Span(start, start + len(said)), language))
        at += len(line) + 1
    document = Document(text, tuple(segments), sentences_of(text, segments), language, "docx", name)
    return Reading(document, document), notices


def _check_size(data: bytes) -> None:
    """Raises TooLargeError for an archive that unpacks to more than may be. No part unpacks to more than it says."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
    for most, what in ((_MOST, ""), (_MOST_XML, (".xml", ".rels"))):
        if sum(part.file_size for part in parts if part.filename.endswith(what)) > most:
            raise TooLargeError(f"the Word file is over {most} bytes when unpacked")


def _paragraphs(document: WordDocument) -> Iterator[tuple[SegmentKind, str]]:
    from docx.enum.style import WD_STYLE_TYPE

    # Once for all: the library takes 3 ms to look up the style of a paragraph.
    kinds = {style.style_id: _kind(style.name or "") for style in document.styles}
    default = document.styles.default(WD_STYLE_TYPE.PARAGRAPH)
    others = SegmentKind.PARAGRAPH if default is None else kinds[default.style_id]
    for part in document.iter_inner_content():
        if _is_table(part):
            yield from ((SegmentKind.TABLE_CELL, paragraph.text) for paragraph in _cells(part))
        else:
            heed_time()
            yield kinds.get(part._p.style or "", others), part.text


def _cells(table: Table) -> Iterator[Paragraph]:
    """The paragraphs in a table, and in the tables in it. Of the merged cells of a column Word shows the first; to look
    for it from each of them, row by row, as the library does, takes minutes where there are 800.
    """
    from docx.table import _Cell

    for cell in (cell for row in table._tbl.tr_lst for cell in row.tc_lst):
        heed_time()
        if cell.vMerge != "continue":
            for part in _Cell(cell, table).iter_inner_content():
                if _is_table(part):
                    yield from _cells(part)
                else:
                    yield part


def _is_table(part: Paragraph | Table) -> TypeIs[Table]:
    return hasattr(part, "rows")


def _kind(style: str) -> SegmentKind:
    return next((kind for start, kind in _KINDS if style.startswith(start)), SegmentKind.PARAGRAPH)
