"""A language model as a second reader, on a server that the user names. Off unless it is configured and asked for."""

from copydesk.secondreader.contract import Passage, Remark, Suggestion
from copydesk.secondreader.reader import SecondReader, second_reader

__all__ = ["Passage", "Remark", "SecondReader", "Suggestion", "second_reader"]
