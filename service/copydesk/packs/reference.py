"""Writes the rule reference from the rules themselves, as Markdown."""

from __future__ import annotations

from collections.abc import Iterable

from copydesk.model import Family
from copydesk.packs.book import RuleBook
from copydesk.packs.example import Example
from copydesk.packs.schema import Rule

_INTRO = """# Rules

{count} rules. Each is one entry of a pack in `rules/`, and this page is written from them by `make docs`.
Faults in the examples stand in `[[ ]]`. A fix is *safe* when it may be applied unseen, *unsafe* when it is probably
right and a person should look, *show* when it is a hint. The alarms of the grammar engine keep the ids of LanguageTool.
"""


def reference(book: RuleBook) -> str:
    """The page of all rules, family by family."""
    parts = [_INTRO.format(count=len(book))]
    for family in Family:
        rules = sorted(book.of(family), key=lambda rule: rule.id)
        if rules:
            parts += [f"## {family.capitalize()}\n", _table(rules), *(rule_page(rule) for rule in rules)]
    return "\n".join(parts)


def rule_page(rule: Rule) -> str:
    """Everything about one rule."""
    facts = [f"severity {rule.severity}", f"kind {rule.kind}"]
    facts += [f"MQM {rule.mqm}"] if rule.mqm else []
    facts += [f"fix {rule.safety}"] if rule.replace or rule.phrases else []
    facts += [f"from {', '.join(rule.source_languages)}"] if rule.source_languages else []
    lines = [f"### {rule.id}\n", f"{rule.message}  ", f"*{'; '.join(facts)}*\n", f"{rule.why.strip()}\n"]
    says = {case.bad: case.say for case in rule.cases}
    for example in rule.bad:
        lines.append(f"- bad: {_shown(example)}" + (f"; English says “{says[example]}”" if example in says else ""))
        lines += [f"  fixed: {_code(example.fixed)}"] if example.fixed is not None else []
    lines += [f"- good: {_shown(good)}" for good in rule.good]
    lines += [f"- see: {ref}" for ref in rule.refs]
    return "\n".join(lines) + "\n"


def _table(rules: Iterable[Rule]) -> str:
    rows = (f"| `{rule.id}` | {rule.severity} | {rule.message.replace('|', chr(92) + '|')} |" for rule in rules)
    return "\n".join(["| rule | severity | message |", "| --- | --- | --- |", *rows, ""])


def _shown(example: str | Example) -> str:
    """An example, and before it what it translates."""
    if isinstance(example, str):
        return _code(example)
    given = "" if example.translates is None else f"{_code(example.translates)} → "
    return given + _code(example.text)


def _code(text: str) -> str:
    """A code span on one line; control characters and line ends become visible."""
    shown = "".join(
        c if c.isprintable() else f"\\u{ord(c):04x}" if c not in "\n\t" else {"\n": "⏎", "\t": "⇥"}[c] for c in text
    )
    fence = "``" if "`" in shown else "`"
    return f"{fence}{shown}{fence}"
