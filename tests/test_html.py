"""HTML: what is read of a page, where it stands, and that edits leave the page whole."""

from __future__ import annotations

import gzip
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.errors import UnreadableError
from copydesk.findings.correct import apply_edits
from copydesk.findings.project import project
from copydesk.model import Edit, Family, Finding, Fix, Safety, SegmentKind, Severity, Span
from copydesk.packs.lines import whole_line
from copydesk.pipeline import UNSAFE
from copydesk.read import CODE_MARK, Reading, open_source
from copydesk.read.projection import joined
from copydesk.read.tags import tokens
from desks import plain_desk

PAGES = Path(__file__).parents[2] / "shared" / "data" / "cleaning" / "html"
DESK = plain_desk()


def page(source: str, format: str = "html") -> Reading:  # noqa: A002
    return open_source(source, format=format, language="en-US")[0]


def lines(reading: Reading) -> list[tuple[str, str]]:
    return [(s.kind.value, s.span.of(reading.view.text)) for s in reading.view.segments]


def edited(reading: Reading, *edits: Edit, safety: Safety = Safety.SAFE) -> tuple[str, Fix]:
    """The source after a fix of the view."""
    span = edits[0].span
    finding = Finding("any/x/y", Family.DEBRIS, Severity.ERROR, span, "m", (Fix(edits, safety),))
    [moved] = project([finding], reading)
    [fix] = moved.fixes
    return apply_edits(reading.document.text, fix.edits), fix


def test_the_space_at_the_end_of_an_element_stays_between_its_neighbours() -> None:
    assert replaced("<p>a<b>b </b>c</p>", "ab", "x") == "<p>x<b> </b>c</p>"


def replaced(source: str, old: str, new: str, format: str = "html") -> str:  # noqa: A002
    """The source after `old` of its view became `new`."""
    reading = page(source, format)
    at = reading.view.text.index(old)
    return edited(reading, Edit(Span(at, at + len(old)), new))[0]


def without_line(source: str, line: str, format: str = "html") -> str:  # noqa: A002
    """The source after a whole line of its view went."""
    reading = page(source, format)
    at = reading.view.text.index(line)
    return edited(reading, Edit(whole_line(reading.view.text, Span(at, at + len(line))), ""))[0]


def test_what_is_read_of_a_page() -> None:
    source = """<!DOCTYPE html><html><head><title>Rain &amp; storm | Daily</title><style>p { x }</style></head><body>
    <nav><a href="/">Home</a></nav><h2>Storm closes ports</h2><script>var a = "<p>no</p>";</script>
    <figure><img src="a.jpg" alt="Two ferries &quot;wait&quot;"><figcaption>Ferries wait. <i>Photo: AP</i></figcaption>
    </figure><p>Caf&eacute;s   <b>closed</b> and <code>x = 1</code>
    opened.<br>A second line.<blockquote>A word.</blockquote><ul><li>One<li>Two</ul>
    <table><tr><td>Cell<td>Other</table><pre>code</pre><svg><text>no</text></svg><p hidden>hidden</p>
    <div style="display: none">hidden</div><div>Share</div><template>no</template></body></html>"""
    assert lines(page(source)) == [
        ("title", "Rain & storm | Daily"),
        ("menu", "Home"),
        ("title", "Storm closes ports"),
        ("alt text", 'Two ferries "wait"'),
        ("caption", "Ferries wait. Photo: AP"),
        ("paragraph", f"Cafés closed and {CODE_MARK} opened."),
        ("paragraph", "A second line."),
        ("quote", "A word."),
        ("list item", "One"),
        ("list item", "Two"),
        ("table cell", "Cell"),
        ("table cell", "Other"),
        ("title", "Share"),
    ]


def test_a_title_that_the_headline_says_again_is_read_once() -> None:
    source = "<title>Storm closes ports – Daily News</title><h1>Storm <i>closes</i> ports</h1>"
    assert lines(page(source)) == [("title", "Storm closes ports")]


def test_a_picture_in_a_sentence_does_not_cut_it() -> None:
    assert lines(page('<p>See <img alt="The port"> here.</p>')) == [
        ("paragraph", "See here."),
        ("alt text", "The port"),
    ]


def test_code_and_markup_of_the_source_are_labelled() -> None:
    source = "<p>Use <b>it</b> now</p><pre>x()</pre>"
    labels = [(s.kind, s.span.of(source)) for s in page(source).document.segments]
    assert labels == [
        (SegmentKind.MARKUP, "<p>"),
        (SegmentKind.PARAGRAPH, "Use "),
        (SegmentKind.MARKUP, "<b>"),
        (SegmentKind.PARAGRAPH, "it"),
        (SegmentKind.MARKUP, "</b>"),
        (SegmentKind.PARAGRAPH, " now"),
        (SegmentKind.MARKUP, "</p><pre>"),
        (SegmentKind.CODE, "x()"),
        (SegmentKind.MARKUP, "</pre>"),
    ]


def test_languages_of_a_page_and_of_its_parts() -> None:
    source = '<html lang="en-GB"><p>A short text.</p><p lang="de">Ein Wort.</p><p lang="en">More.</p>'
    reading, notices = open_source(source, format="html")
    assert (reading.view.language, notices) == ("en-GB", ())
    assert [s.language for s in reading.view.segments] == ["en-GB", "de-DE", "en-GB"]


@pytest.mark.parametrize(
    ("source", "old", "new", "after"),
    [
        ("<p>A caf&eacute; bar</p>", "café", "R&D <b>", "<p>A R&amp;D &lt;b> bar</p>"),
        ("<p>a<b>b c</b>d</p>", "b c", "x", "<p>a<b>x</b>d</p>"),
        ("<p>a <b>b</b> <i>c</i> d</p>", "a b c", "x", "<p>x d</p>"),
        ("<p>one <b>two three</b> four</p>", "one two", "x", "<p>x<b> three</b> four</p>"),
        ("<p>one <b>two</b> three</p>", " two", "", "<p>one three</p>"),
        ("<p>one <b>two three</b> four</p>", "three four", "", "<p>one <b>two </b></p>"),
        ("<p>Say <code>x</code> now. Go.</p>", f"Say {CODE_MARK} now. ", "", "<p>Go.</p>"),
        ('<img alt="a b">', "b", 'say "c"', '<img alt="a say &quot;c&quot;">'),
        ("<img alt=ab>", "b", "b c", "<img alt=ab&#32;c>"),
        ("<p>a b</p>\n<p class=x>c d</p>", "b\n\nc", "b c", "<p>a b c d</p>"),
    ],
)
def test_edits_of_words(source: str, old: str, new: str, after: str) -> None:
    assert replaced(source, old, new) == after


@pytest.mark.parametrize(
    ("source", "line", "after"),
    [
        ("<div>\n  <p>One <b>x</b></p>\n  <p>Two</p>\n</div>", "One x", "<div>\n  <p>Two</p>\n</div>"),
        ("<ul><li>One</li><li>Two</li></ul>", "Two", "<ul><li>One</li></ul>"),
        ("<ul><li><p>One</p></li><li>Two</li></ul>", "One", "<ul><li>Two</li></ul>"),
        ("<h2>One <i>x</i></h2><p>Two", "One x", "<h2></h2><p>Two"),
        ("<table><tr><td>One<td>Two</table>", "One", "<table><tr><td><td>Two</table>"),
        ("<p>One<br>Two<br>Three</p>", "Two", "<p>One<br>Three</p>"),
        ("<p>One<br>Two</p>", "Two", "<p>One</p>"),
        ('<p><img src=a alt="One"> Two</p>', "One", '<p><img src=a alt=""> Two</p>'),
        ('<p><img src=a alt="One"> Two</p>', "Two", '<p><img src=a alt="One"> </p>'),
        ("<figure><img src=a><figcaption>One</figcaption></figure>", "One", "<figure><img src=a></figure>"),
    ],
)
def test_a_whole_line_goes_with_its_element(source: str, line: str, after: str) -> None:
    assert without_line(source, line) == after


def test_lines_that_go_together_share_no_edit() -> None:
    source = "<h1>Zero</h1><p>One<br>Two</p><p>Three</p>"
    reading = page(source)
    after, fix = edited(reading, Edit(Span(reading.view.text.index("One"), len(reading.view.text)), ""))
    assert after == "<h1>Zero</h1><p></p>"
    assert [edit.span.of(source) for edit in fix.edits] == ["One<br>Two", "<p>Three</p>"]


def test_new_words_across_markup_are_never_safe() -> None:
    reading = page("<p>one <b>two</b> three</p>")
    assert edited(reading, Edit(Span(0, 7), "x"))[1].safety is Safety.UNSAFE
    assert edited(reading, Edit(Span(0, 3), "x"))[1].safety is Safety.SAFE


def test_a_fix_that_would_break_the_page_is_not_offered() -> None:
    reading = page("<h1>a b</h1><p>c d</p>")
    finding = Finding(
        "any/x/y", Family.SEAMS, Severity.ERROR, Span(2, 6), "m", (Fix((Edit(Span(3, 5), " "),), Safety.SAFE),)
    )
    [moved] = project([finding], reading)
    assert (moved.span, moved.fixes) == (Span(6, 16), ())


WORDS = st.text("abcé́שλ😀&<>\"' \r\n\t\xa0", max_size=12)


@st.composite
def markups(draw: st.DrawFn) -> str:
    """A page of paragraphs, lists, headings and pictures with inline markup, entities and any white space."""

    def inline(depth: int) -> str:
        text = draw(WORDS).replace("&", "&amp;").replace("<", draw(st.sampled_from(["&lt;", "&#60;"])))
        text += draw(st.sampled_from(["", "&eacute;", "&nbsp;x", "&#x1F600;", "<!-- c -->", "<code>q</code>"]))
        if depth and draw(st.booleans()):
            tag = draw(st.sampled_from(["b", "i", "a", "span"]))
            text += f"<{tag}>{inline(depth - 1)}</{tag}>{draw(WORDS).replace('&', '').replace('<', '')}"
        return text

    blocks = []
    for _ in range(draw(st.integers(1, 4))):
        tag = draw(st.sampled_from(["p", "h2", "li", "figcaption", "blockquote", "div"]))
        blocks.append(f"<{tag}>{inline(2)}</{tag}>{draw(st.sampled_from(['', chr(13) + chr(10), '  ']))}")
    return draw(st.sampled_from(["", "\ufeff"])) + "".join(blocks)


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.count = 0

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        self.open.append(tag)
        self.count += 1

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def tags(source: str) -> int:
    parser = _Tags()
    parser.feed(source)
    parser.close()
    assert parser.open == []
    return parser.count


def folded(view: str) -> list[str]:
    """Its lines without the white space at their ends, no-break spaces too: Markdown does not show it."""
    return [" ".join(re.split(r"[ \t\n\f\r]+", line)).strip() for line in view.split("\n") if line.strip()]


@given(markups())
def test_every_place_of_the_view_is_that_of_its_text(source: str) -> None:
    reading = page(source)
    assert reading.projection is not None
    view = "".join(f"{b.segment.span.of(reading.view.text)}\n\n" for b in reading.projection.blocks)
    assert view == reading.view.text
    for block in reading.projection.blocks:
        assert "".join(reading.view.text[r.view : r.view_end] for r in block.runs) == block.segment.span.of(view)
        for run in block.runs:
            shown, written = view[run.view : run.view_end], source[run.source : run.source_end]
            assert shown == written if run.exact else shown in (" ", CODE_MARK) or written.startswith("&")


@given(markups(), st.data())
def test_edits_leave_the_page_whole_and_are_read_again(source: str, data: st.DataObject) -> None:
    reading = page(source)
    view = reading.view.text
    if not reading.view.segments:
        return
    segment = data.draw(st.sampled_from(reading.view.segments)).span
    start, end = sorted(data.draw(st.tuples(*[st.integers(segment.start, segment.end)] * 2)))
    new = data.draw(st.sampled_from(["", "x", "<b>&", "é😀"]))
    edit = Edit(Span(start, end), new)
    if not new and data.draw(st.booleans()):
        edit = Edit(whole_line(view, segment), "")
    meant = apply_edits(view, [edit])
    if meant == view:  # a fix that changes nothing is left out
        return
    after, _ = edited(reading, edit)
    assert tags(after) <= tags(source)
    assert folded(page(after).view.text) == folded(meant)


@pytest.mark.parametrize(
    "unit", ["<", "<!--", "<a ", '<a b="', "</", "&", "<b>", "<b></i>", "<p>x", "<td>x", "<code>x<p>", "<script>", "[("]
)
def test_no_disorder_raises(unit: str) -> None:
    reading = page(f"<p>{unit * 2000}")
    assert reading.document.text == f"<p>{unit * 2000}"


def test_deep_nesting_is_read_to_its_ground() -> None:
    """50,000 elements within each other are more than a call for each could reach."""
    assert lines(page("<div>" * 50_000 + "One." + "</div>" * 50_000)) == [("paragraph", "One.")]


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("<nav>Subscribe</nav><p>A.</p>", "menu"),
        ("<nav>Subscribe</nav><article><p>A.</p></article>", "site menu"),
        ("<article><p>A.</p><footer>Subscribe</footer></article>", "menu"),
        ("<main><nav>Subscribe</nav></main>", "menu"),
        ("<main></main><footer><ul><li>Subscribe</ul></footer>", "site menu"),
    ],
)
def test_menus_of_the_site_and_of_the_article(source: str, kind: str) -> None:
    assert (kind, "Subscribe") in lines(page(source))


@given(st.text("<>/!-ab='\" &;#x\n"))
def test_tokens_cover_any_text(source: str) -> None:
    found = list(tokens(source, 0, len(source)))
    assert "".join(source[t.start : t.end] for t in found) == source


def test_review_and_correction_of_a_page() -> None:
    source = (
        "<h1>Ports</h1><p>Held <b>in the</b> frames of a plan.</p><p>You can now listen to this article!</p>"
        "<nav><a>Home</a></nav><p>They left &amp; slept.</p>"
    )
    review = DESK.review(source, format="html", language="en-US")
    assert review.document.text == source
    assert [f.span.of(source) for f in review.findings] == [
        "in the</b> frames of",
        "You can now listen to this article!",
    ]
    assert DESK.correct(review).text == source.replace("<p>You can now listen to this article!</p>", "")
    fixed = "<h1>Ports</h1><p>Held <b>as part</b> of a plan.</p><nav><a>Home</a></nav><p>They left &amp; slept.</p>"
    assert DESK.correct(review, levels=UNSAFE).text == fixed


def test_real_pages() -> None:
    if not PAGES.is_dir():
        pytest.skip("no pages: they are other publishers', and not in the repository")
    for path in sorted(PAGES.glob("*.html.gz"))[::12]:
        source = gzip.decompress(path.read_bytes()).decode("utf-8", "replace")
        reading = page(source)
        assert reading.projection is not None
        assert len(reading.projection.blocks) > 3
        for block in reading.projection.blocks:
            for run in block.runs:
                if run.exact:
                    assert reading.view.text[run.view : run.view_end] == source[run.source : run.source_end], path.name


@given(
    st.lists(st.sampled_from(["a", "b c", " ", "&amp;", "&#233;", "<b>", "</b>", "😀", "\n", "<i>x</i>"]), max_size=12)
)
def test_what_is_behind_a_stretch_is_from_its_first_piece_to_its_last(parts: list[str]) -> None:
    projection = page(f"<p>{''.join(parts)}</p><p>end</p>").projection
    assert projection is not None
    for block in projection.blocks:
        own = block.segment.span
        for start in range(own.start, own.end):
            for end in range(start, own.end + 1):
                pieces = block.pieces(Span(start, end))
                assert pieces == joined(Span(r.source, r.source_end) for r in block.within(Span(start, end)))
                behind = Span(pieces[0].start, pieces[-1].end) if pieces else None
                assert block.behind(Span(start, end)) == behind


def test_a_paragraph_of_tabs_is_refused() -> None:
    lines = "a\n" * 100_000
    assert len(open_source(f"<p>{lines}</p>", format="html", language="en")[0].view.segments) == 1
    told = "^the paragraph at line 3 is broken by more than 200000 marks, line ends or tabs$"
    with pytest.raises(UnreadableError, match=told):
        open_source("<p>\n\n" + "a\t" * 100_001 + "</p>", format="html", language="en")
