"""What the elements of HTML mean for reading: which break the line, what kind of text they hold, what is left out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from copydesk.model import SegmentKind, Span
from copydesk.read.draft import Writing
from copydesk.read.tags import Token

VOID = frozenset({
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "keygen", "link",
    "meta", "param", "source", "track", "wbr",
})  # fmt: skip
LEFT_OUT = frozenset({
    "script", "style", "xmp", "iframe", "noembed", "noframes", "noscript", "textarea", "template", "svg", "math",
    "canvas", "audio", "video", "object", "applet", "map", "select", "datalist", "rp", "rt",
})  # fmt: skip
CODE = frozenset({
    "code", "pre", "kbd", "samp", "var", "tt", "listing", "plaintext",
})  # fmt: skip
PICTURES = frozenset({
    "img", "picture", "video", "audio", "iframe", "embed", "object", "svg", "canvas", "input",
})  # fmt: skip

KINDS = {
    **dict.fromkeys(("title", "h1", "h2", "h3", "h4", "h5", "h6", "legend", "summary"), SegmentKind.TITLE),
    **dict.fromkeys(("figure", "figcaption", "caption"), SegmentKind.CAPTION),
    **dict.fromkeys(("li", "dt", "dd"), SegmentKind.LIST_ITEM),
    **dict.fromkeys(("td", "th"), SegmentKind.TABLE_CELL),
    **dict.fromkeys(("nav", "menu", "footer", "button", "label", "dialog"), SegmentKind.MENU),
    "blockquote": SegmentKind.QUOTE,
    "article": SegmentKind.PARAGRAPH,
    "main": SegmentKind.PARAGRAPH,
}
BLOCKS = frozenset(KINDS) | frozenset({
    "address", "aside", "body", "center", "details", "dir", "div", "dl", "fieldset", "form", "frameset", "head",
    "header", "hgroup", "hr", "html", "li", "ol", "optgroup", "option", "output", "p", "pre", "search", "section",
    "table", "tbody", "tfoot", "thead", "tr", "ul", "noscript", "template", "xmp", "listing", "plaintext",
})  # fmt: skip
# Elements that go as a whole when their only text does; the others keep their place in the page.
REMOVABLE = frozenset({
    "p", "li", "figcaption", "blockquote", "div", "dd", "dt", "address", "aside", "center", "form", "footer",
    "nav", "menu", "button",
})  # fmt: skip
WRAPPERS = frozenset({"li", "figcaption", "dt", "dd", "blockquote"})  # go with the paragraph that is all they hold
# What a new element of a name closes, and what it does not reach across.
CLOSED_BY = {
    "li": (frozenset({"li"}), frozenset({"ul", "ol", "menu"})),
    **dict.fromkeys(("dt", "dd"), (frozenset({"dt", "dd"}), frozenset({"dl"}))),
    **dict.fromkeys(("td", "th"), (frozenset({"td", "th"}), frozenset({"tr", "table"}))),
    "tr": (frozenset({"tr"}), frozenset({"table"})),
}
CLOSES_PARAGRAPH = BLOCKS - {"button", "label", "option", "optgroup", "output", "noscript", "template"}

_HEADLINE = re.compile(r"<h1(?=[\s>])[^>]{0,500}>", re.IGNORECASE)
_HEADLINE_END = re.compile("</h1", re.IGNORECASE)
_LONGEST_HEADLINE = 2000  # code points of source
_MARKUP = re.compile(r"<[^<>]*>|&#?\w+;")
_WORD = re.compile(r"\w+")
_MENU_ROLES = frozenset({"navigation", "menu", "menubar", "contentinfo", "button", "tablist", "toolbar"})
_STORY = re.compile(r"<(?:article|main)[\s>]", re.IGNORECASE)  # what a page marks as its own text
_CAPTION_CLASS = re.compile(r"(?:^|[\s_-])captions?(?:$|[\s_-](?:text|content|body|inner|title)?)", re.IGNORECASE)
_HIDDEN_STYLE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)


def is_block(name: str) -> bool:
    """Whether the element stands on lines of its own; custom elements mostly do."""
    return name in BLOCKS or "-" in name


def kind_of(token: Token, source: str) -> SegmentKind | None:
    """The kind of text that an element holds, by its name, role or class; None where it holds what is around it."""
    if (role := token.attributes.get("role")) and source[role.start : role.end].strip().lower() in _MENU_ROLES:
        return SegmentKind.MENU
    value = token.attributes.get("class")
    if token.name in ("p", "div", "dd") and value and _CAPTION_CLASS.search(source, value.start, value.end):
        return SegmentKind.CAPTION
    return KINDS.get(token.name)


def marks_its_story(source: str) -> bool:
    """Whether a page says which part of it is its own text, by an `article` or a `main`."""
    return _STORY.search(source) is not None


def is_hidden(token: Token, source: str) -> bool:
    """Whether the page does not show the element: `hidden`, or a style that says so. Style sheets are not read."""
    if "hidden" in token.attributes:
        return True
    style = token.attributes.get("style")
    return style is not None and _HIDDEN_STYLE.search(source[style.start : style.end]) is not None


def is_said_again(token: Token, source: str) -> bool:
    """Whether this is the title of a page whose headline says it too: no reader sees it twice."""
    if token.name != "title" or (headline := _HEADLINE.search(source, token.end)) is None:
        return False
    title = _words(source[token.end : token.end + _LONGEST_HEADLINE].partition("</")[0])
    words = _words(_HEADLINE_END.split(source[headline.end() : headline.end() + _LONGEST_HEADLINE])[0])
    shorter = min(len(words), len(title))
    return shorter > 0 and words[:shorter] == title[:shorter]


@dataclass(slots=True)
class Open:
    """An element that is open. `count` lines are in it so far, `only` the last; `view` is where it began."""

    name: str
    start: int
    kind: SegmentKind
    language: str | None
    view: int
    writing: Writing | None
    count: int = 0
    only: Writing | None = None
    pictures: bool = False

    def ends(self, source: str, end: int) -> None:
        """Where it holds one line and no picture, it goes with that line."""
        line = self.only
        if self.count != 1 or line is None or self.pictures or self.name not in REMOVABLE:
            return
        if not line.owned or self.name in WRAPPERS:
            line.removal, line.owned = (whole_lines(source, Span(self.start, end)),), True


def whole_lines(source: str, span: Span) -> Span:
    """`span` with its indentation and its line end, where nothing else stands on its lines."""
    start, end = span.start, span.end
    while start and source[start - 1] in " \t":
        start -= 1
    while end < len(source) and source[end] in " \t":
        end += 1
    if (start and source[start - 1] not in "\r\n") or source[end : end + 1] not in ("\r", "\n"):
        return span
    return Span(start, end + (2 if source.startswith("\r\n", end) else 1))


def _words(markup: str) -> list[str]:
    return _WORD.findall(_MARKUP.sub(" ", markup).casefold())
