"""What was found in translations, as JSON-ready values and for a terminal."""

from __future__ import annotations

from collections import Counter
from typing import Any

from rich.console import Console
from rich.text import Text

from copydesk import __version__
from copydesk.findings.fingerprint import fingerprints
from copydesk.model import Comparison, Finding, Pair, Severity, Span
from copydesk.offsets import Offsets
from copydesk.render.json import finding_value
from copydesk.render.text import COLOUR

_MARGIN = 40  # code points shown to either side of a place
_MOST_SHOWN = 120  # code points shown of the place itself
_MOST_FIXES = 3


def answer(found: Comparison) -> dict[str, Any]:
    """The whole answer: an entry a pair, in their order, those without findings too."""
    return {
        "pairs": [_pair(pair, findings) for pair, findings in zip(found.pairs, found.findings, strict=True)],
        "engines": [{"name": engine.name, "version": engine.version} for engine in found.engines],
        "notices": [{"code": notice.code, "message": notice.message} for notice in found.notices],
        "summary": summary(found),
        "version": __version__,
    }


def summary(found: Comparison) -> dict[str, Any]:
    """How many findings there are, by rule and by severity."""
    findings = [finding for own in found.findings for finding in own]
    severities = Counter(finding.severity for finding in findings)
    return {
        "pairs": len(found.pairs),
        "with_findings": sum(bool(own) for own in found.findings),
        "findings": len(findings),
        "by_rule": dict(sorted(Counter(finding.rule for finding in findings).items())),
        "by_severity": {severity.value: severities[severity] for severity in Severity},
    }


def _pair(pair: Pair, findings: tuple[Finding, ...]) -> dict[str, Any]:
    text = pair.target.text
    offsets, names = Offsets(text), fingerprints(findings, text)
    return {
        "place": pair.target.source,
        "source_language": pair.source.language,
        "target_language": pair.target.language,
        "findings": [finding_value(f, text, offsets, name) for f, name in zip(findings, names, strict=True)],
    }


def print_comparison(console: Console, found: Comparison) -> None:
    """A block for each finding: its place in the target and in the source, the reason, the fix."""
    for pair, findings in zip(found.pairs, found.findings, strict=True):
        for finding in findings:
            _print_finding(console, pair, finding)
    for notice in found.notices:
        console.print(Text(f"note: {notice.message}", style="dim"))


def print_bitext_summary(console: Console, found: Comparison) -> None:
    """One line: how many findings in how many pairs."""
    told = summary(found)
    counts = [(told["findings"], "finding"), (told["pairs"], "pair")]
    findings, pairs = (f"{count} {noun}" + ("s" if count != 1 else "") for count, noun in counts)
    console.print(Text(f"{findings} in {pairs}", style="bold"))


def _print_finding(console: Console, pair: Pair, finding: Finding) -> None:
    colour, text = COLOUR[finding.severity], pair.target.text
    place = (f"{pair.target.source or '<pair>'}: ", "bold")
    console.print(Text.assemble(place, (str(finding.severity), colour), f" [{finding.rule}]"))
    if finding.source is not None:
        console.print(
            Text(f"    {pair.source.language}: ", style="dim") + _marked(pair.source.text, finding.source, colour)
        )
    console.print(Text(f"    {pair.target.language}: ", style="dim") + _marked(text, finding.span, colour))
    console.print(Text(f"    {finding.message}"))
    for fix in finding.fixes[:_MOST_FIXES]:
        edits = ", ".join(f"“{edit.span.of(text)}” → “{edit.text}”" for edit in fix.edits)
        console.print(Text(f"    {fix.safety} fix: {edits}", style="green"))
    console.print()


def _marked(text: str, span: Span, colour: str) -> Text:
    """The place in `text` with what is around it, on one line; an empty place is shown as ⟨⟩."""
    start, end = max(span.start - _MARGIN, 0), min(span.end + _MARGIN, len(text))
    words = _line(span.of(text)[:_MOST_SHOWN]) or "⟨⟩"
    before = ("…" if start else "") + _line(text[start : span.start])
    after = _line(text[span.end : end]) + ("…" if end < len(text) else "")
    return Text.assemble(before, (words, f"bold {colour}"), after)


def _line(text: str) -> str:
    return "".join(c if c.isprintable() else " " if c.isspace() else "·" for c in text)
