"""Findings as the protocol's diagnostics."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from lsprotocol import types

from copydesk.lsp.abilities import Abilities
from copydesk.lsp.positions import Places
from copydesk.lsp.worker import Outcome
from copydesk.model import Finding, Severity
from copydesk.secondreader.contract import RULES

SOURCE = "copydesk"
_SEVERITY = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.SUGGESTION: types.DiagnosticSeverity.Information,
}
_ENGINE_PAGES = "https://community.languagetool.org/rule/show/{rule}?lang={language}"


def diagnostics(
    outcome: Outcome, encoding: str, abilities: Abilities, rule_link: str | None = None
) -> Iterator[types.Diagnostic]:
    """One a finding, in the order of the text; where there is no review, one at its beginning that says why."""
    places = Places(outcome.text.text, encoding)
    if outcome.problem is not None:
        start = types.Position(0, 0)
        error = types.DiagnosticSeverity.Error
        yield types.Diagnostic(types.Range(start, start), outcome.problem, severity=error, source=SOURCE)
    for finding, name in zip(outcome.findings, outcome.names, strict=True):
        yield _diagnostic(finding, name, outcome, places, abilities, rule_link)


def _diagnostic(
    finding: Finding, name: str, outcome: Outcome, places: Places, abilities: Abilities, rule_link: str | None
) -> types.Diagnostic:
    link = link_of(finding.rule, outcome, rule_link) if abilities.links else None
    related = [
        types.DiagnosticRelatedInformation(types.Location(outcome.text.uri, places.range(place.span)), place.message)
        for place in finding.related
    ]
    return types.Diagnostic(
        places.range(finding.span),
        finding.message,
        severity=_SEVERITY[finding.severity],
        code=finding.rule,
        code_description=types.CodeDescription(link) if link else None,
        source=SOURCE,
        tags=[types.DiagnosticTag.Unnecessary] if abilities.tags and finding.removes() else None,
        related_information=related if abilities.related and related else None,
        data=name,
    )


def remarks(outcome: Outcome, encoding: str) -> Iterator[types.Diagnostic]:
    """One for each notice that is about a place: a comment for copydesk that hides nothing, or that is unknown."""
    places = Places(outcome.text.text, encoding)
    for notice in outcome.notices:
        if notice.span is not None:
            severity = types.DiagnosticSeverity.Information
            place = places.range(notice.span)
            yield types.Diagnostic(place, notice.message, severity=severity, code=notice.code, source=SOURCE)


def link_of(rule: str, outcome: Outcome, rule_link: str | None) -> str | None:
    """The page about a rule: the house's where it has one, else the rule's first reference on the web.

    Rules of the grammar engines, which keep LanguageTool's ids, have a page there. None where there is no page.
    """
    if rule_link is not None:
        return rule_link.replace("{rule}", quote(rule))
    if rule in outcome.rules:
        return next((ref for ref in outcome.rules[rule].refs if ref.startswith(("http://", "https://"))), None)
    return None if rule in RULES else _ENGINE_PAGES.format(rule=quote(rule), language=outcome.language.split("-")[0])
