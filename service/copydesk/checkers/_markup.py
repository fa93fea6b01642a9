"""Markup that stayed in plain text: character references and tags of HTML."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator

from copydesk.checkers._faults import Fault
from copydesk.model import Edit, Span
from copydesk.packs.lines import whole_line

_REFERENCE = re.compile(
    r"&(?:amp;|#38;)*(?:#[0-9]{2,6}|#[xX][0-9a-fA-F]{2,5}|[A-Za-z][A-Za-z0-9]{1,30});"
    r"|& ?(?:quot|amp|nbsp|lt|gt|apos|rsquo|lsquo|ldquo|rdquo|mdash|ndash|hellip|# ?39) ?;"  # translated, with spaces
    r"|&(?:nbsp|quot)(?![A-Za-z0-9=;])"
)
_MOST_ROUNDS = 4  # how often a reference may have been escaped
# Tags that are words or placeholders as well (“<address>”) are taken for tags only with an attribute or a slash.
_PLAIN = (
    "a|abbr|b|big|blockquote|br|center|dd|del|div|dl|dt|em|figcaption|figure|font|h[1-6]|hr|i|iframe|img|ins|li|nobr|"
    "noscript|ol|p|pre|s|script|small|span|strike|strong|sub|sup|table|tbody|td|tfoot|th|thead|tr|tt|u|ul|wbr"
)
_WORDS = (
    "address|article|aside|audio|body|button|caption|cite|code|footer|form|head|header|html|input|kbd|label|link|main|"
    "meta|nav|object|option|picture|q|section|select|source|style|svg|textarea|time|title|video"
)
_ATTRIBUTE = r"""\s+[A-Za-z][\w:-]*\s*=\s*(?:"[^"<>]*"|'[^'<>]*'|[^\s<>"']+)"""
_TAG = rf"(?:<(?:{_PLAIN})(?:{_ATTRIBUTE})*\s*/?>|</(?:{_PLAIN}|{_WORDS})\s*>|<(?:{_WORDS})(?:{_ATTRIBUTE})+\s*/?>)"
_TAGS = re.compile(rf"{_TAG}(?:[ \t]*{_TAG})*", re.IGNORECASE)
_PARAGRAPH = re.compile(r"</?(?:p|div|h[1-6]|blockquote|ul|ol|table|section|article|figure)\b", re.IGNORECASE)
_BREAK = re.compile(r"</?(?:br|li|tr|hr|dd|dt|dl|figcaption)\b", re.IGNORECASE)
_CELL = re.compile(r"</?(?:td|th)\b", re.IGNORECASE)
_SPOKEN_OF = re.compile(r"\A[\"'”’»`]?\s*(?:tag|element|tags|elements)\b", re.IGNORECASE)


def references(line: str) -> Iterator[Fault]:
    """Character references with the character they stand for, also where they were escaped twice or more."""
    if "&" not in line:
        return
    for match in _REFERENCE.finditer(line):
        written = match.group()
        meant = _unescaped(written.replace(" ", ""))
        if meant is not None:
            span = Span(*match.span())
            rule = "escaped-twice" if re.match(r"&(?:amp;|#38;)+.", written) else "character-reference"
            yield Fault(rule, span, (Edit(span, meant),))


def _unescaped(written: str) -> str | None:
    """What a reference stands for: nothing for an invisible character; None where it is no reference or a control."""
    written = written if written.endswith(";") else f"{written};"
    for _ in range(_MOST_ROUNDS):
        meant = html.unescape(written)
        if meant == written:
            break
        written = meant
    if len(written) == 1 and unicodedata.category(written) == "Cf":
        return ""
    return written if len(written) <= 2 and (written.isprintable() or written.isspace()) else None


def tags(text: str, line: Span) -> Iterator[Fault]:
    """Tags in the segment `line` of `text`, neighbours as one fault, in coordinates of the text.

    Removing a tag that broke the line puts the line end there, so that sentences do not run together. A tag that the
    text speaks about (“the <br> tag”) is left alone.
    """
    within = line.of(text)
    if "<" not in within:
        return
    for match in _TAGS.finditer(within):
        if _SPOKEN_OF.match(within[match.end() : match.end() + 20]):
            continue
        span = Span(*match.span()).shift(line.start)
        if span == line:
            yield Fault("tag", span, (Edit(whole_line(text, line), ""),))
        else:
            yield Fault("tag", span, (Edit(span, _gap(within, match)),))


def _gap(line: str, match: re.Match[str]) -> str:
    """What stands in place of tags: nothing beside white space, at the edge of a line or for inline tags, else the
    break that they made, or a space where it cut a sentence."""
    if match.start() == 0 or match.end() == len(line):
        return ""
    if line[match.start() - 1].isspace() or line[match.end()].isspace():
        return ""
    if not (_PARAGRAPH.search(match.group()) or _BREAK.search(match.group())):
        return " " if _CELL.search(match.group()) else ""
    if line[match.end()].islower():
        return " "  # a sentence goes on
    return "\n\n" if _PARAGRAPH.search(match.group()) else "\n"
