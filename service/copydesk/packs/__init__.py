"""Rule packs: the format of a rule, the loader, the matchers that rule kinds compile to, the generated reference."""

from copydesk.packs.book import RuleBook
from copydesk.packs.example import Example
from copydesk.packs.loader import load_packs, shipped_rules
from copydesk.packs.schema import Rule, RuleKind

__all__ = ["Example", "Rule", "RuleBook", "RuleKind", "load_packs", "shipped_rules"]
