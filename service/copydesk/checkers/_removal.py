"""The finding that a copy makes: what stands twice, what goes, and where the other one is."""

from __future__ import annotations

import re

from copydesk.model import Edit, Finding, Fix, Related, Safety, Span
from copydesk.packs import Rule
from copydesk.packs.lines import whole_line

_BLANK_AFTER = re.compile(r"[ \t]*(?>\r\n|\r|\n)[ \t]*(?:[\r\n]|\Z)|\s*\Z")
_BREAK_BEFORE = re.compile(r"(?<![\r\n])(?>\r\n|\r|\n)[ \t]*\Z")
_LONGEST_BREAK = 20  # code points of a line break and the indent after it


def removal(rule: Rule, copy: Span, removed: Span, other: Related, text: str, safety: Safety) -> Finding:
    """A finding on `copy` whose fix takes `removed` out of `text`: the copy and, mostly, the line end after it."""
    return rule.finding(copy, copy.of(text), (Fix((Edit(removed, ""),), safety),), (other,))


def line_out(text: str, span: Span) -> Span:
    """What to remove so that the line `span` goes and the lines around it keep their distance.

    The last line of a block goes with the line end before it: the empty line behind the block is the paragraph's.
    """
    before = _BREAK_BEFORE.search(text, max(0, span.start - _LONGEST_BREAK), span.start)
    if before and before.start() and text[before.start() - 1] not in "\r\n" and _BLANK_AFTER.match(text, span.end):
        return Span(before.start(), span.end)
    return whole_line(text, span)
