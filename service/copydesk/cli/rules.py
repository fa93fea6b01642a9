"""`copydesk rules`: list, show, validate, and write the reference."""

from __future__ import annotations

from pathlib import Path

import click

from copydesk.model import Family
from copydesk.packs import load_packs, shipped_rules
from copydesk.packs.reference import reference, rule_page
from copydesk.pipeline import Desk
from copydesk.trial import try_rules


@click.group()
def rules() -> None:
    """The rules: what they find, why, and with which examples."""


@rules.command("list")
@click.option("--family", type=click.Choice([f.value for f in Family]), help="Only this family.")
@click.option("--language", help="Only rules for this language.")
def list_rules(family: str | None, language: str | None) -> None:
    """One line a rule: id, severity and message."""
    for rule in load_packs([shipped_rules()]):
        if (family is None or rule.family == family) and (language is None or rule.applies_to(language)):
            click.echo(f"{rule.id:48} {rule.severity:10} {rule.message}")


@rules.command()
@click.argument("rule_id")
def show(rule_id: str) -> None:
    """Everything about one rule."""
    click.echo(rule_page(load_packs([shipped_rules()])[rule_id]))


@rules.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
def validate(paths: tuple[Path, ...]) -> None:
    """Load packs of your own and hold each rule to its examples. Exit status 1 when one fails."""
    book = load_packs(paths)
    failures = list(try_rules(Desk.with_rules(paths), book))
    for failure in failures:
        click.echo(failure)
    click.echo(f"{len(book)} rules, {len(failures)} failures")
    if failures:
        raise SystemExit(1)


@rules.command("reference")
def print_reference() -> None:
    """The whole reference as Markdown, as it stands in docs/rules.md."""
    click.echo(reference(load_packs([shipped_rules()])), nl=False)
