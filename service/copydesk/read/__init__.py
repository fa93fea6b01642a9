"""Reading: a source text becomes a `Document` with labelled segments and sentences."""

from copydesk.read.reader import FORMATS, decode, read

__all__ = ["FORMATS", "decode", "read"]
