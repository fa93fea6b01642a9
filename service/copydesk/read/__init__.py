"""Reading: a source in any format becomes a view for the checkers, with labelled segments and a way back."""

from copydesk.read.projection import CODE_MARK, Block, Projection, Reading
from copydesk.read.reader import (
    FORMATS,
    SUFFIXES,
    decode,
    format_of,
    is_writable,
    open_in_time,
    open_source,
    read,
    unread,
)

__all__ = [
    "CODE_MARK",
    "FORMATS",
    "SUFFIXES",
    "Block",
    "Projection",
    "Reading",
    "decode",
    "format_of",
    "is_writable",
    "open_in_time",
    "open_source",
    "read",
    "unread",
]
