"""HTML to a view: what a page says, line by line, and how each line goes back into the page.

Not a browser: style sheets and scripts are not read. Elements that end without an end tag (`<p>`, `<li>`, cells) are
closed as the standard says; every other disorder is tolerated, and costs at most a line that is cut differently.
"""

from __future__ import annotations

import re
from collections import Counter

from copydesk.limits import heed_time
from copydesk.model import Notice, SegmentKind, Span
from copydesk.read.draft import Draft, Writing
from copydesk.read.elements import (
    CLOSED_BY,
    CLOSES_PARAGRAPH,
    CODE,
    LEFT_OUT,
    PICTURES,
    VOID,
    Open,
    is_block,
    is_hidden,
    is_said_again,
    kind_of,
    marks_its_story,
)
from copydesk.read.escapes import html_bare, html_quoted, html_text
from copydesk.read.projection import CODE_MARK, Reading
from copydesk.read.tags import FOLDED, Token, tokens

_REACH = 256  # open elements that are searched for one to close: keeps the time linear in 50,000 nested tags
_SOFT = frozenset({"code", "kbd", "samp", "var", "tt", "p", "span", "a", "i", "b", "em", "strong", "small"})
_WORD = re.compile(r"\w+")


def read_html(source: str, language: str | None, name: str | None) -> tuple[Reading, tuple[Notice, ...]]:
    """The reading of a page, and what was assumed of its language. Linear in the source.

    Raises TimeOverError, and UnreadableError for what no author writes: a paragraph of 200,000 tabs.
    """
    draft = Draft(source)
    reader = HtmlReader(source, draft)
    reader.feed(1 if source.startswith("\ufeff") else 0, len(source))
    return draft.reading("html", language, reader.language, name)


class HtmlReader:
    """Reads stretches of a source into a draft. `kind` is that of text in no element that says otherwise."""

    def __init__(self, source: str, draft: Draft, kind: SegmentKind = SegmentKind.PARAGRAPH) -> None:
        self._source, self._draft = source, draft
        self._stack = [Open("", 0, kind, None, 0, None)]
        self._marks_its_story = marks_its_story(source)
        self._names: Counter[str] = Counter()
        self._skipped: list[Token] = []  # the element that is left out, and those of its name within it
        self._waiting: list[Token] = []  # pictures in the middle of a sentence, read after it
        self._break: Span | None = None  # the last line break, while nothing but text follows it
        self._around = Span(0, 0)
        self.language: str | None = None  # as the root element has it

    def feed(self, start: int, end: int) -> None:
        """Reads one stretch; what is still open at its end is closed there."""
        self._around = Span(start, end)
        for token in tokens(self._source, start, end):
            heed_time()
            if self._skipped and self._skip(token):
                continue
            if token.kind == "text":
                self._text(token.start, token.end)
            elif token.kind == "open":
                self._open(token)
            elif token.kind == "close":
                self._close(token)
        self._end()
        self._unwind(1, end)
        self._skipped.clear()

    def _text(self, start: int, end: int) -> None:
        if self._draft.block is None:
            while start < end and self._source[start] in FOLDED:
                start += 1
            if start < end:
                self._begin()
        self._draft.fold(start, end)

    def _begin(self) -> None:
        top = self._stack[-1]
        writing = self._draft.begin(top.kind, top.language, html_text, self._around)
        block = next((o.name for o in self._stack[:-_REACH:-1] if is_block(o.name)), "")
        writing.loose = top.kind is SegmentKind.PARAGRAPH and block != "p"

    def _end(self) -> Writing | None:
        """Ends the line, and reads the pictures that stood in it."""
        done = self._draft.end()
        if done is not None:
            top = self._stack[-1]
            top.count, top.only = top.count + 1, done
            done.removal = () if self._break is None else (self._break,)
        self._break = None
        waiting, self._waiting = self._waiting, []
        for token in waiting:
            self._picture(token)
        return done

    def _open(self, token: Token) -> None:
        name, block = token.name, is_block(token.name)
        if block or name == "br":
            done = self._end()
            if name == "br":
                self._break = Span(token.start, token.end)
                if done is not None:
                    done.removal = (self._break,)
            self._imply(name, token.start)
        if name == "img":
            self._picture(token)
        elif name in PICTURES:
            self._stack[-1].pictures = True
        if name in VOID or (token.closed and (not block or "-" in name)):
            return
        if name in LEFT_OUT or name in CODE or is_hidden(token, self._source) or is_said_again(token, self._source):
            self._skipped = [token]
        else:
            self._push(token)

    def _push(self, token: Token) -> None:
        around = self._stack[-1]
        kind = kind_of(token, self._source)
        if kind is None or around.kind in (SegmentKind.MENU, SegmentKind.SITE_MENU):
            kind = around.kind
        elif kind is SegmentKind.MENU and self._marks_its_story and not (self._names["article"] or self._names["main"]):
            kind = SegmentKind.SITE_MENU
        language = around.language
        if said := token.attributes.get("lang") or token.attributes.get("xml:lang"):
            tag = self._source[said.start : said.end].strip()
            if token.name in ("html", "body"):
                self.language = self.language or tag
            else:
                language = tag or language
        self._names[token.name] += 1
        self._stack.append(Open(token.name, token.start, kind, language, self._draft.at, self._draft.block))

    def _close(self, token: Token) -> None:
        """Closes the element of that name, and what is open in it. Inline elements never close a block."""
        name, block = token.name, is_block(token.name)
        if block:
            self._end()
        if not self._names[name]:
            return
        least = 0 if block else max(len(self._stack) - _REACH, 0)
        for depth in range(len(self._stack) - 1, least, -1):
            if self._stack[depth].name == name:
                self._unwind(depth + 1, token.start)
                self._unwind(depth, token.end)
                return
            if not block and is_block(self._stack[depth].name):
                return

    def _imply(self, name: str, at: int) -> None:
        """Closes what cannot hold a `name`: the paragraph, list item or cell before."""
        if self._names["p"] and name in CLOSES_PARAGRAPH:
            self._close_nearest(frozenset({"p"}), CLOSES_PARAGRAPH - {"p"}, at)
        if name in CLOSED_BY:
            self._close_nearest(*CLOSED_BY[name], at)

    def _close_nearest(self, names: frozenset[str], stops: frozenset[str], at: int) -> None:
        for depth in range(len(self._stack) - 1, max(len(self._stack) - _REACH, 0), -1):
            if self._stack[depth].name in names:
                self._unwind(depth, at)
                return
            if self._stack[depth].name in stops:
                return

    def _unwind(self, depth: int, end: int) -> None:
        """Takes elements off until `depth` are left; `end` is where they end in the source."""
        while len(self._stack) > depth:
            done = self._stack.pop()
            self._names[done.name] -= 1
            parent = self._stack[-1]
            parent.count, parent.pictures = parent.count + done.count, parent.pictures or done.pictures
            parent.only = done.only or parent.only
            if is_block(done.name):
                done.ends(self._source, end)
            elif (block := self._draft.block) is not None and (
                done.writing is block or (done.writing is None and done.view == block.start)
            ):
                self._draft.inline(done.view, done.start, end)

    def _skip(self, token: Token) -> bool:
        """Whether a token is in what is left out. An inline element that nobody closes ends with its line."""
        first = self._skipped[0]
        if token.kind in ("open", "close") and token.name == first.name:
            if token.kind == "open":
                self._skipped.append(token)
            else:
                self._skipped.pop()
            if not self._skipped:
                self._left_out(first, token)
            return True
        if token.kind in ("open", "close") and is_block(token.name) and first.name in _SOFT:
            self._skipped.clear()
            return False
        return True

    def _left_out(self, first: Token, last: Token) -> None:
        """Code is no markup; in a sentence, a mark stands for it."""
        if first.name not in CODE:
            return
        self._draft.code.append(Span(first.end, last.start))
        if not is_block(first.name):
            if self._draft.block is None:
                self._begin()
            self._draft.put(CODE_MARK, first.start, last.end)

    def _picture(self, token: Token) -> None:
        """The alternative text as a line of its own, after the sentence that the picture stands in."""
        self._stack[-1].pictures = True
        alt = token.attributes.get("alt")
        if alt is None or not _WORD.search(self._source, alt.start, alt.end):
            return
        if self._draft.block is not None and self._draft.block.runs:
            self._waiting.append(token)
            return
        escape = html_quoted if alt.quote else html_bare
        self._draft.begin(SegmentKind.ALT_TEXT, self._stack[-1].language, escape, self._around)
        self._draft.fold(alt.start, alt.end, closed=True)
        self._draft.end()
