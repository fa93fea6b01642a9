"""Markdown parsed by marko, which is held to linear time and to the deadline of a review.

Where marko would take quadratic time or worse and its elements can be told better, they are; the rest is refused.
"""

from __future__ import annotations

import re

from marko import Markdown, block, inline
from marko.ext import footnote
from marko.ext.gfm import GFM
from marko.helpers import MarkoExtension
from marko.source import Source

from copydesk.errors import UnreadableError
from copydesk.limits import heed_time

_NO_PARAGRAPH = re.compile(r"\n[ \t]*\n|\Z")
_MARK = re.compile(r"[*_`\[~<]")
_NESTED = re.compile(r"^[ \t]*(?:(?:>|[-*+]|\d{1,9}[.)])[ \t]*){100}", re.MULTILINE)
_MOST_LINKS, _MOST_MARKS, _MOST_STEPS = 1000, 10_000, 2_000_000  # in one paragraph; so many steps take half a second
_LONG = 2_000  # code points; shorter paragraphs cannot come to so many steps
_DELIMITER = re.compile(r"[*_]+|[\[\]]")
_DEFINITION = re.compile(r"^ {,3}\[[^\[\]\n]+\]:.*$", re.MULTILINE)


def parsed(text: str) -> block.Document:
    """The elements of a Markdown text with `\n` as line end, each with its place.

    Raises UnreadableError for what marko cannot follow (lists and quotations nested deeply, endless paragraphs), with
    the line where it can be told, and TimeOverError.
    """
    _reject_endless(text)
    try:
        return Markdown(extensions=[GFM, _EXTENSION]).parse(text)
    except RecursionError:
        raise UnreadableError("lists or quotations are nested too deeply", field="text") from None


def _reject_endless(text: str) -> None:
    """Raises UnreadableError for what no author writes and marko needs quadratic time for, with the line."""
    at = 0
    for match in _NO_PARAGRAPH.finditer(text):
        paragraph = text[at : match.start()]
        if len(paragraph) > _LONG:
            paragraph = _DEFINITION.sub("", paragraph)
        links, marks = paragraph.count("]("), len(_MARK.findall(paragraph)) if len(paragraph) > _MOST_MARKS else 0
        if links > _MOST_LINKS or marks > _MOST_MARKS or _steps(paragraph) > _MOST_STEPS or _NESTED.search(paragraph):
            line = text.count("\n", 0, at) + 1
            raise UnreadableError(f"the paragraph at line {line} has too many links, marks or levels", field="text")
        at = match.end()


def _steps(paragraph: str) -> int:
    """How often marko looks at a mark that may begin a link: at each `]`, at all that are open."""
    steps = brackets = emphases = 0
    for mark in _DELIMITER.findall(paragraph) if len(paragraph) > _LONG else ():
        if mark == "[":
            brackets += 1
        elif mark == "]":
            steps += brackets + emphases
            brackets = max(brackets - 1, 0)
        else:
            emphases += 1
    return steps


class _FootnoteRef(inline.InlineElement):
    """A reference to a footnote, also to one that another part of the source defines."""

    pattern = re.compile(r"\[\^[^\]\s]+\]")
    priority = 6
    parse_group = 0


class _Quote(block.Quote):
    """A quotation whose mark takes the space behind it and never gives it back, as CommonMark says.

    marko's may leave it to the next mark, which tries two ways at each of n levels, 2ⁿ in all: thirty levels and a line
    with fewer took it longer than anybody waits.
    """

    override = True
    _prefix = r" {,3}+>[^\n\S]?+"


class _FootnoteDef(footnote.FootnoteDef):
    """A footnote whose further lines take up to four spaces and give none back, for the same reason."""

    def __init__(self, match: re.Match[str]) -> None:
        super().__init__(match)  # type: ignore[no-untyped-call]
        self._second_prefix = r" {1,4}+"


class _BlankLine(block.BlankLine):
    """A blank line that heeds the time: a run of them is read in one go."""

    override = True

    @classmethod
    def match(cls, source: Source) -> bool:
        heed_time()
        return super().match(source)


class _ThematicBreak(block.ThematicBreak):
    """What every block and every line of a paragraph is held against: so each of them heeds the time."""

    override = True

    @classmethod
    def match(cls, source: Source) -> bool:
        heed_time()
        return super().match(source)


class _LinkRefDef(block.LinkRefDef):
    """A link definition that is known by its bracket. marko's looks on to the end of the paragraph each time."""

    override = True
    pattern = re.compile(r" {,3}(\[)")


class _HeedsTime:
    """A parser that heeds the time before it reads what is in a block, too."""

    def parse_inline(self, element: block.BlockElement, source: Source) -> None:
        heed_time()
        super().parse_inline(element, source)  # type: ignore[misc] # marko's parser, whose mixin this is


_ELEMENTS = [_BlankLine, footnote.Document, _FootnoteDef, _FootnoteRef, _LinkRefDef, _Quote, _ThematicBreak]
_EXTENSION = MarkoExtension(parser_mixins=[_HeedsTime], elements=_ELEMENTS)
