"""What a SARIF run says of the rules that have results."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from copydesk.model import Finding, Severity
from copydesk.repository.report import Report

if TYPE_CHECKING:
    from copydesk.packs.schema import Rule

LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.SUGGESTION: "note"}
_PROBLEM = {**LEVEL, Severity.SUGGESTION: "recommendation"}  # GitHub's words


def descriptors(findings: Iterable[Finding], report: Report) -> list[dict[str, Any]]:
    """A `reportingDescriptor` for each rule of `findings`, by id; of a grammar engine's rule only the name is known.

    Loads the packs when there is a finding.
    """
    first: dict[str, Finding] = {}
    for finding in findings:
        first.setdefault(finding.rule, finding)
    book = report.rules() if first else None
    return [
        _ours(book[rule]) if book is not None and rule in book else _engine(finding)
        for rule, finding in sorted(first.items())
    ]


def _ours(rule: Rule) -> dict[str, Any]:
    # Imported here: a run that is not written as SARIF need not load the packs.
    from copydesk.packs.reference import rule_page

    tags = [rule.family.value, *([f"mqm/{rule.mqm}"] if rule.mqm else [])]
    address = next((ref for ref in rule.refs if ref.startswith("https://")), None)
    return {
        "id": rule.id,
        "name": _name(rule.id),
        "shortDescription": {"text": _topic(rule.id)},
        "fullDescription": {"text": " ".join(rule.why.split())},
        "help": {"text": _plain(rule), "markdown": rule_page(rule)},
        **({"helpUri": address} if address else {}),
        **_configuration(rule.severity, tags),
    }


def _engine(finding: Finding) -> dict[str, Any]:
    text = f"The rule {finding.rule} of the grammar engine. Its message tells the fault."
    return {
        "id": finding.rule,
        "name": _name(finding.rule),
        "shortDescription": {"text": f"{finding.family.capitalize()}: {finding.rule}."},
        "fullDescription": {"text": text},
        "help": {"text": text, "markdown": text},
        **_configuration(finding.severity, [finding.family.value]),
    }


def _configuration(severity: Severity, tags: list[str]) -> dict[str, Any]:
    return {
        "defaultConfiguration": {"level": LEVEL[severity]},
        "properties": {"tags": tags, "problem.severity": _PROBLEM[severity]},
    }


def _plain(rule: Rule) -> str:
    """The reason and the examples, without markup."""
    lines = [" ".join(rule.why.split()), ""]
    for example in rule.bad:
        lines += [f"Wrong: {example.text}"]
        lines += [f"Right: {example.fixed}"] if example.fixed is not None else []
    return "\n".join(lines)


def _topic(rule_id: str) -> str:
    """`en/calque/in-frames-of` as “Calque: in frames of.”: a title says what a message with its match cannot."""
    _, topic, fault = rule_id.split("/")
    return f"{topic.replace('-', ' ').capitalize()}: {fault.replace('-', ' ')}."


def _name(rule_id: str) -> str:
    """`en/calque/in-frames-of` as `EnCalqueInFramesOf`, the spelling that SARIF asks of names."""
    words = "".join(c if c.isalnum() else " " for c in rule_id).split()
    return "".join(word[0].upper() + (word[1:].lower() if word.isupper() else word[1:]) for word in words)
