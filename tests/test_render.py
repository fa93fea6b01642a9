"""The answer document and the annotated text."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from copydesk import __version__
from copydesk.model import (
    Document,
    Edit,
    Engine,
    Family,
    Finding,
    Fix,
    Notice,
    Related,
    Review,
    Safety,
    Severity,
    Span,
)
from copydesk.render.annotated import annotated
from copydesk.render.json import answer

TEXT = "Шольц met\r\n😀 Sholz."


def document(text: str) -> Document:
    return Document(text, (), (), "en-US", source="a.txt")


def finding(start: int, end: int, **fields: object) -> Finding:
    values: dict[str, object] = {
        "rule": "any/name/variant",
        "family": Family.NAMES,
        "severity": Severity.ERROR,
        "message": "“Sholz” & <Scholz>",
    }
    return Finding(span=Span(start, end), **{**values, **fields})  # type: ignore[arg-type]


def test_answer_has_exactly_the_published_shape() -> None:
    fix = Fix((Edit(Span(13, 18), "Scholz"),), Safety.UNSAFE)
    found = finding(13, 18, fixes=(fix,), related=(Related(Span(0, 5), "the first spelling"),))
    review = Review(document(TEXT), (found,), (Notice("a-notice", "said"),), (Engine("embedded", "1.2"),))
    result = answer([review])
    fingerprint = result["documents"][0]["findings"][0].pop("fingerprint")
    assert re.fullmatch("[0-9a-f]{16}", fingerprint)
    assert result == {
        "documents": [
            {
                "path": "a.txt",
                "format": "text",
                "language": "en-US",
                "findings": [
                    {
                        "rule": "any/name/variant",
                        "family": "names",
                        "severity": "error",
                        "start": 13,
                        "end": 18,
                        "line": 2,
                        "column": 3,
                        "text": "Sholz",
                        "message": "“Sholz” & <Scholz>",
                        "fixes": [{"safety": "unsafe", "edits": [{"start": 13, "end": 18, "text": "Scholz"}]}],
                        "related": [{"start": 0, "end": 5, "message": "the first spelling"}],
                        "source": None,
                    }
                ],
                "engines": [{"name": "embedded", "version": "1.2"}],
                "notices": [{"code": "a-notice", "message": "said"}],
            }
        ],
        "summary": {
            "documents": 1,
            "findings": 1,
            "by_family": {family.value: int(family is Family.NAMES) for family in Family},
            "by_severity": {"error": 1, "warning": 0, "suggestion": 0},
            "fixable": {"safe": 0, "unsafe": 1},
        },
        "version": __version__,
    }


def test_summary_counts_over_all_documents() -> None:
    reviews = [
        Review(document("aa"), (finding(0, 1),)),
        Review(document("bb"), (finding(0, 1), finding(1, 2))),
    ]
    summary = answer(reviews)["summary"]
    assert (summary["documents"], summary["findings"], summary["by_family"]["names"]) == (2, 3, 3)


def test_marks_escape_and_keep_white_space() -> None:
    review = Review(document(TEXT), (finding(13, 18),))
    assert annotated(review) == (
        '<div class="copydesk" lang="en-US">Шольц met&#13;\n😀 '
        '<mark class="names" data-rule="any/name/variant" data-severity="error"'
        ' title="“Sholz” &amp; &lt;Scholz&gt;">Sholz</mark>.</div>'
    )


def test_crossing_findings_are_cut_where_they_cross() -> None:
    review = Review(document("abcdef"), (finding(0, 4, rule="x/a/a"), finding(2, 6, rule="x/b/b"), finding(6, 6)))
    marked = re.sub(r'<mark [^>]*data-rule="(?:x|any)/(\w+)/[^>]*>', r"[\1 ", annotated(review)).replace("</mark>", "]")
    assert marked == '<div class="copydesk" lang="en-US">[a ab][a [b cd]][b ef][name ]</div>'


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, tuple[str, ...]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.seen.append((tag, tuple(name for name, _ in attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


MARKUP = st.sampled_from(["<script>", "</mark>", "&lt;", "&#13", '"', "'", "\r", "\n", "\x00", "<!--", "]]>", "😀"])
TEXTS = st.lists(st.one_of(MARKUP, st.text(max_size=5)), max_size=12).map("".join)


@given(text=TEXTS, message=TEXTS, data=st.data())
def test_taking_out_the_tags_gives_the_text_back(text: str, message: str, data: st.DataObject) -> None:
    places = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted)
    findings = tuple(finding(a, b, message=message) for a, b in data.draw(st.lists(places, max_size=6)))
    html = annotated(Review(document(text), findings))
    assert unescape(re.sub(r"<[^>]*>", "", html)) == text
    parser = _Tags()
    parser.feed(html)
    parser.close()
    assert parser.open == []
    assert set(parser.seen) <= {
        ("div", ("class", "lang")),
        ("mark", ("class", "data-rule", "data-severity", "title")),
    }
