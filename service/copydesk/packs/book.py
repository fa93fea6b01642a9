"""The rules that are in force, by id and by family."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from copydesk.errors import UnknownNameError
from copydesk.model import Family
from copydesk.packs.schema import Rule


class RuleBook:
    """An immutable set of rules in the order in which they were loaded; ids are unique (the loader saw to it)."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules = {rule.id: rule for rule in rules}

    def __iter__(self) -> Iterator[Rule]:
        return iter(self._rules.values())

    def __len__(self) -> int:
        return len(self._rules)

    def __contains__(self, rule_id: object) -> bool:
        return rule_id in self._rules

    def __getitem__(self, rule_id: str) -> Rule:
        """The rule of that id. Raises UnknownNameError, with the nearest id, when there is none."""
        try:
            return self._rules[rule_id]
        except KeyError:
            raise UnknownNameError("rule", rule_id, self._rules) from None

    def of(self, family: Family) -> tuple[Rule, ...]:
        """The rules of one family."""
        return tuple(rule for rule in self if rule.family is family)
