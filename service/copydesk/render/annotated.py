"""The text as HTML with its findings marked: for a page, a mail, a preview."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from copydesk.model import Finding, Review


def annotated(review: Review) -> str:
    """The text in `<div class="copydesk">`, findings in `<mark class=family data-rule data-severity title>`.

    Taking out the tags and unescaping gives the text back. The page that shows it sets
    `white-space: pre-wrap` for the class: a `<pre>` would lose a line end that opens the text, and strict
    policies forbid inline styles.
    """
    document = review.document
    pieces = "".join(_pieces(document.text, review.findings))
    return f'<div class="copydesk" lang="{escape(document.language)}">{pieces}</div>'


def _pieces(text: str, findings: Sequence[Finding]) -> Iterator[str]:
    """The text in order, cut wherever a finding starts or ends, each piece in the marks of all that cover it.

    A finding that another one crosses is therefore told in several marks; tags always nest. An empty finding,
    a place where something is missing, is an empty mark.
    """
    waiting = sorted(findings, key=lambda f: (f.span.start, -f.span.end))
    waiting.reverse()
    cuts = sorted({0, len(text), *(at for f in findings for at in (f.span.start, f.span.end))})
    open_now: list[Finding] = []
    for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True):
        open_now = [finding for finding in open_now if finding.span.end > start]
        while waiting and waiting[-1].span.start == start:
            finding = waiting.pop()
            if len(finding.span):
                open_now.append(finding)
            else:
                yield f"{_tag(finding)}</mark>"
        if start < end:
            tags = "".join(_tag(finding) for finding in open_now)
            yield f"{tags}{_escaped(text[start:end])}{'</mark>' * len(open_now)}"


def _tag(finding: Finding) -> str:
    return (
        f'<mark class="{escape(finding.family)}" data-rule="{escape(finding.rule)}"'
        f' data-severity="{escape(finding.severity)}" title="{_escaped(finding.message)}">'
    )


def _escaped(text: str) -> str:
    """Escaped for content and attributes; CR by number, since HTML readers turn a bare one into LF."""
    return escape(text).replace("\r", "&#13;")
