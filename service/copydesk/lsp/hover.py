"""What is said of a fault when the pointer rests on it."""

from __future__ import annotations

import re

from lsprotocol import types

from copydesk.lsp.abilities import Abilities
from copydesk.lsp.diagnostics import link_of
from copydesk.lsp.positions import Places
from copydesk.lsp.worker import Outcome
from copydesk.model import Finding

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~&])")


def hover(
    outcome: Outcome, at: types.Position, encoding: str, abilities: Abilities, rule_link: str | None = None
) -> types.Hover | None:
    """The faults at a position: what each is, why that is a fault, its rule and the page about it."""
    places = Places(outcome.text.text, encoding)
    point = places.point(at)
    here = [finding for finding in outcome.findings if finding.span.start <= point <= finding.span.end]
    if not here:
        return None
    kind = types.MarkupKind.Markdown if abilities.markdown else types.MarkupKind.PlainText
    told = [_told(finding, outcome, abilities.markdown, rule_link) for finding in here]
    rule = "\n\n---\n\n" if abilities.markdown else "\n\n"
    return types.Hover(types.MarkupContent(kind, rule.join(told)), places.range(here[0].span))


def _told(finding: Finding, outcome: Outcome, markdown: bool, rule_link: str | None) -> str:
    """The message quotes the text, which is not to be read as markup; the reason is our own Markdown."""
    link = link_of(finding.rule, outcome, rule_link)
    why = ""  # engines tell it in the message
    if finding.rule in outcome.rules:
        why = " ".join(outcome.rules[finding.rule].why.split())
    name = f"{finding.family}: {finding.rule}"
    if not markdown:
        return "\n\n".join(part for part in (finding.message, why, f"{name}\n{link}" if link else name) if part)
    shown = f"{finding.family}: [`{finding.rule}`]({link})" if link else f"{finding.family}: `{finding.rule}`"
    message = _MARKUP.sub(r"\\\1", " ".join(finding.message.split()))
    return "\n\n".join(part for part in (f"**{message}**", why, shown) if part)
