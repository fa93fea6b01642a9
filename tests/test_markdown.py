"""Markdown: what is read, where it stands, and that edits leave it Markdown."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.errors import UnreadableError
from copydesk.findings.correct import apply_edits
from copydesk.findings.project import project
from copydesk.model import Edit, Family, Finding, Fix, Safety, Severity, Span
from copydesk.packs.lines import whole_line
from copydesk.read import CODE_MARK, Reading, open_source
from desks import plain_desk
from patience import ENDLESS
from test_html import folded, lines, page, replaced, without_line

DESK = plain_desk()
ARTICLE = """---
title: "Storm closes ports"
description: Ships wait. # not read
tags: [a, b]
---

import Chart from './chart'

# Ports *closed* today

![Two ferries wait](a.jpg "By the pier")

*Two ferries wait at sea.*

Caf&eacute; **bold *x* y** and `foo()` 1\\*2
second line [link text](http://x.y) end.[^1]

> Quoted line one
> line two.

- One item
- Two item
  goes on

| A | B |
|---|---|
| c \\| d | e |

    code()

<div class="x"><p>In HTML &amp; more</p></div>

<Chart data={[1, 2]} />

Hard\\
break.

[ref]: http://x
[^1]: A note.
"""
READ = [
    ("title", "Storm closes ports"),
    ("title", "Ships wait."),
    ("title", "Ports closed today"),
    ("alt text", "Two ferries wait"),
    ("caption", "By the pier"),
    ("caption", "Two ferries wait at sea."),
    ("paragraph", f"Café bold x y and {CODE_MARK} 1*2 second line link text end."),
    ("quote", "Quoted line one line two."),
    ("list item", "One item"),
    ("list item", "Two item goes on"),
    ("table cell", "A"),
    ("table cell", "B"),
    ("table cell", "c | d"),
    ("table cell", "e"),
    ("paragraph", "In HTML & more"),
    ("paragraph", "Hard"),
    ("paragraph", "break."),
    ("paragraph", "A note."),
]


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_what_is_read(end: str, mark: str) -> None:
    source = mark + ARTICLE.replace("\n", end)
    reading = page(source, "markdown")
    assert lines(reading) == READ
    assert_places(reading)


def assert_places(reading: Reading) -> None:
    """Every run of the view stands for its own text."""
    assert reading.projection is not None
    view, source = reading.view.text, reading.document.text
    for block in reading.projection.blocks:
        assert "".join(view[r.view : r.view_end] for r in block.runs) == block.segment.span.of(view)
        for run in block.runs:
            shown, written = view[run.view : run.view_end], source[run.source : run.source_end]
            assert shown == written if run.exact else shown in (" ", CODE_MARK, "|") or written[0] in "&\\"


def test_a_title_that_the_headline_says_again_is_read_once() -> None:
    assert lines(page("---\ntitle: Ports closed\n---\n# Ports closed\n", "markdown")) == [("title", "Ports closed")]


@pytest.mark.parametrize(
    ("source", "old", "new", "after"),
    [
        ("A caf&eacute; bar\n", "café", "R*D <b> [x]", "A R\\*D \\<b> \\[x] bar\n".replace("x]", "x\\]")),
        ("one **two three** four\n", "one two", "x", "x** three** four\n"),
        ("a\nb c\n", "a b", "x", "x c\n"),
        ("> a\n> b c\n", "a b", "# x", "> \\# x c\n"),
        ("| a | b |\n|---|---|\n| c | d |\n", "c", "x|y", "| a | b |\n|---|---|\n| x\\|y | d |\n"),
        ('![a](b.jpg "c")\n', "c", 'd "e"', '![a](b.jpg "d \\"e\\"")\n'),
        ('---\ntitle: "a b"\n---\n', "b", 'c "d"', '---\ntitle: "a c \\"d\\""\n---\n'),
        ("a\r\n\r\nb c\r\n", "b c", "x", "a\r\n\r\nx\r\n"),
        ("one *two* three\n", " two", "", "one three\n"),
        ("a b\n\nc d\n", "b\n\nc", "b c", "a b c d\n"),
    ],
)
def test_edits_of_words(source: str, old: str, new: str, after: str) -> None:
    if source.startswith("one **"):  # the stars would mark nothing any more, so there is no such fix
        with pytest.raises(ValueError, match="not enough values"):
            replaced(source, old, new, "markdown")
        return
    assert replaced(source, old, new, "markdown") == after


@pytest.mark.parametrize(
    ("source", "line", "after"),
    [
        ("# A\n\nOne *x*\ny\n\nTwo\n", "One x y", "# A\n\nTwo\n"),
        ("One\n\nTwo\n", "Two", "One\n"),
        ("- One\n- Two\n- Three\n", "Two", "- One\n- Three\n"),
        ("1. One\n2. Two\n", "One", "2. Two\n"),
        ("> One\n>\n> Two\n", "Two", "> One\n>\n"),
        ("![One](a.jpg)\n\nTwo\n", "One", "![](a.jpg)\n\nTwo\n"),
        ("| One | b |\n|---|---|\n", "One", "|  | b |\n|---|---|\n"),
        ("## One\n\nTwo\n", "One", "## \n\nTwo\n"),
    ],
)
def test_a_whole_line_goes_with_its_block(source: str, line: str, after: str) -> None:
    assert without_line(source, line, "markdown") == after


def test_a_removal_that_would_make_a_heading_of_the_rest_is_not_offered() -> None:
    reading = page("one # two\n", "markdown")
    fix = Fix((Edit(Span(0, 4), ""),), Safety.SAFE)
    finding = Finding("any/x/y", Family.DEBRIS, Severity.ERROR, Span(0, 3), "m", (fix,))
    assert [f.fixes for f in project([finding], reading)] == [()]


WORDS = st.text("abcé́λש😀*_[]#>-1. \xa0", max_size=14)


@st.composite
def articles(draw: st.DrawFn) -> str:
    """Blocks of Markdown with inline markup, references, any words and both kinds of line end."""

    def inline(depth: int) -> str:
        text = draw(WORDS) + draw(st.sampled_from(["", "&eacute;", "\\*", "`q`", " x\ny", "  \nz", "<!-- c -->"]))
        if depth and draw(st.booleans()):
            mark = draw(st.sampled_from(["**{}**", "*{}*", "[{}](u)", "~~{}~~", "<b>{}</b>"]))
            text += mark.format(inline(depth - 1)) + draw(WORDS)
        return text

    blocks = []
    for _ in range(draw(st.integers(1, 4))):
        before = draw(st.sampled_from(["", "# ", "> ", "- ", "1. "]))
        text = inline(2)
        blocks.append(before + (text.replace("\n", "\n> ") if before == "> " else text))
    source = draw(st.sampled_from(["", "\ufeff", "---\ntitle: a b\n---\n"])) + "\n\n".join(blocks) + "\n"
    return source.replace("\n", "\r\n") if draw(st.booleans()) else source


@given(articles())
def test_every_place_of_the_view_is_that_of_its_text(source: str) -> None:
    assert_places(page(source, "markdown"))


@given(articles(), st.data())
def test_what_is_offered_reads_as_meant(source: str, data: st.DataObject) -> None:
    reading = page(source, "markdown")
    if not reading.view.segments:
        return
    segment = data.draw(st.sampled_from(reading.view.segments)).span
    start, end = sorted(data.draw(st.tuples(*[st.integers(segment.start, segment.end)] * 2)))
    edit = Edit(Span(start, end), data.draw(st.sampled_from(["", "x", "*b_", "é😀"])))
    if data.draw(st.booleans()):
        edit = Edit(whole_line(reading.view.text, segment), "")
    finding = Finding("any/x/y", Family.DEBRIS, Severity.ERROR, segment, "m", (Fix((edit,), Safety.SAFE),))
    [moved] = project([finding], reading)
    for fix in moved.fixes:
        again = page(apply_edits(source, fix.edits), "markdown")
        assert folded(again.view.text) == folded(apply_edits(reading.view.text, [edit]))


@pytest.mark.parametrize(
    "source", ["> " * 500 + "a", "[a](" * 2000, "_a_" * 6000, "[" * 2001 + "a" + "]" * 2001, "*a [b] " * 2001]
)
def test_what_cannot_be_read_is_told(source: str) -> None:
    with pytest.raises(UnreadableError, match="the paragraph at line 3 has too many links, marks or levels"):
        page(f"# A\n\n{source}", "markdown")


def test_a_long_list_of_link_definitions_is_read() -> None:
    source = "See [a_1].\n\n" + "".join(f"[a_{n}]: https://a.example/b_c_d/{n}\n" for n in range(4000))
    assert page(source, "markdown").view.text.strip() == "See a_1."


def test_correction_of_an_article() -> None:
    source = (
        "# Ports\r\n\r\nHeld **in the** frames\r\nof a `plan`.\r\n\r\nYou can now listen to this article!\r\n\r\n"
        "> They met the head of the Commission. Commission. Talks went on.\r\n"
    )
    review = DESK.review(source, format="markdown", language="en-US")
    assert [f.span.of(source) for f in review.findings] == [
        "in the** frames\r\nof",
        "You can now listen to this article!",
        "Commission. Commission.",
    ]
    assert DESK.correct(review).text == source.replace("You can now listen to this article!\r\n\r\n", "")


@pytest.mark.parametrize(
    "source",
    [
        "> " * 20 + " >> " + "> " * 20 + "a",
        "".join(f"{'    ' * level}[^{level}]: a\n\n" for level in range(24)) + " " * 48 + "b",
    ],
    ids=["quotations in quotations", "footnotes in footnotes"],
)
def test_levels_cost_no_more_than_their_number(source: str) -> None:
    """In marko alone each level doubles the time: these would take minutes, and a few more hours."""
    began = time.process_time()
    reading, _ = open_source(source, format="markdown", language="en")
    assert time.process_time() - began < ENDLESS
    assert reading.view.text.split()[0] == "a"
