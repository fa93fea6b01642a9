"""Which of an engine's rules copydesk reports by default, and how gravely. Data: `rules/engines/*.yaml`."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from copydesk.grammar.contract import Match
from copydesk.model import Severity
from copydesk.packs.loader import read_yaml, shipped_rules, validate

_BY_ISSUE_TYPE = {
    "misspelling": Severity.ERROR,
    "grammar": Severity.WARNING,
    "duplication": Severity.WARNING,
    "inconsistency": Severity.WARNING,
    "typographical": Severity.SUGGESTION,
    "whitespace": Severity.SUGGESTION,
}


class Setting(BaseModel):
    """One line of the profile: engine rules (`PREFIX_*` for many), or whole categories, and how they are reported.

    `good` are published sentences on which the engine alone raises the alarm, and copydesk must not.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    rules: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    report: Literal["off", "error", "warning", "suggestion"]
    why: str = Field(min_length=20)
    good: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _named(self) -> Self:
        if not self.rules and not self.categories:
            raise ValueError("name the rules or the categories that this is about")
        return self


class Profile:
    """Settings by rule and by category; a rule's own setting wins."""

    def __init__(self, settings: Iterable[Setting]) -> None:
        self.settings = tuple(settings)
        self._rules = {rule: s.report for s in self.settings for rule in s.rules if not rule.endswith("*")}
        self._prefixes = {rule[:-1]: s.report for s in self.settings for rule in s.rules if rule.endswith("*")}
        self._categories = {category: s.report for s in self.settings for category in s.categories}

    def severity(self, match: Match, enabled: frozenset[str] = frozenset()) -> Severity | None:
        """How gravely to report the alarm; None when its rule is off and not among `enabled`."""
        report = self._rules.get(match.rule) or self._by_prefix(match.rule) or self._categories.get(match.category)
        if report == "off":
            if match.rule not in enabled:
                return None
            report = None
        return Severity(report) if report else _BY_ISSUE_TYPE.get(match.issue_type, Severity.SUGGESTION)

    def _by_prefix(self, rule: str) -> str | None:
        return next((report for prefix, report in self._prefixes.items() if rule.startswith(prefix)), None)


@cache
def shipped_profile() -> Profile:
    """The profile that ships with copydesk. Raises RuleError with file and line."""
    settings = []
    for path in sorted((shipped_rules() / "engines").glob("*.yaml")):
        rows, lines = read_yaml(path)
        settings += [validate(Setting, row, path, lines, (i,)) for i, row in enumerate(rows)]
    return Profile(settings)
