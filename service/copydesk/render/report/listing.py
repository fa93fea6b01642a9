"""The findings of each file, in their words."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from copydesk.model import Finding, Review
from copydesk.render.wording import Places, counted, first_fix_in_words, one_line, shown_path
from copydesk.repository.report import Report

_MOST_FINDINGS = 5000  # 3 MB of page; browsers take long over more
_AROUND = 40  # code points of text before and after a finding
_MOST_TEXT = 200  # code points of a finding's own text


def listing(report: Report) -> Iterator[str]:
    """A part to unfold a file, until the page has enough; what is left out is told."""
    left = _MOST_FINDINGS
    reviews = [review for review in report.reviews if review.findings]
    if reviews:
        yield "<h2>Files</h2>\n"
    for at, review in enumerate(reviews):
        if len(review.findings) > left:
            rest = sum(len(other.findings) for other in reviews[at:])
            within = counted(len(reviews) - at, "file")
            yield f'<p class="note">{counted(rest, "more finding")} in {within}: too many for one page.</p>\n'
            return
        left -= len(review.findings)
        yield _file(review)


def _file(review: Review) -> str:
    name = escape(shown_path(review.document.source or "<text>"))
    places = Places(review.document)
    rows = "".join(_row(finding, review, places) for finding in review.findings)
    heads = "".join(
        f'<th scope="col" class="{what}">{what}</th>' for what in ("place", "severity", "rule", "text", "message")
    )
    return (
        f"<details><summary><bdi>{name}</bdi>: {counted(len(review.findings), 'finding')}</summary>"
        f'<div class="scroll" tabindex="0" role="region" aria-label="{name}"><table class="findings">'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div></details>\n"
    )


def _row(finding: Finding, review: Review, places: Places) -> str:
    text, span = review.document.text, finding.span
    before = text[max(0, span.start - _AROUND) : span.start]
    marked = span.of(text)
    marked = marked if len(marked) <= _MOST_TEXT else f"{marked[: _MOST_TEXT - 1]}…"
    shown = f"{_shown(before)}<mark>{_shown(marked)}</mark>{_shown(text[span.end : span.end + _AROUND])}"
    fix = first_fix_in_words(finding, text)
    told = escape(finding.message) + (f'<br><span class="fix">{escape(fix)}</span>' if fix else "")
    return (
        f'<tr><td class="place">{places.within(span.start)}</td><td class="severity {finding.severity}">'
        f'{finding.severity}</td><td class="rule">{escape(finding.rule)}</td>'
        f'<td lang="{escape(review.document.language)}" dir="auto">{shown}</td><td dir="auto">{told}</td></tr>'
    )


def _shown(text: str) -> str:
    """Escaped, on one line, with the spaces at its ends."""
    inner = one_line(text)
    if not inner:
        return " " if text else ""
    return (" " if text[0].isspace() else "") + escape(inner) + (" " if text[-1].isspace() else "")
