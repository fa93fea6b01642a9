"""What only a whole text shows: two spellings, styles, names or tenses for one thing. One finding for each.

A style that a text keeps is its house's business. Where it is kept nearly throughout, the rest was left over from a
source, another writer or a machine.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from copydesk.checkers._bodies import are_apart, established
from copydesk.checkers._drift import PAST
from copydesk.checkers._narration import Mixture, Use, mixture
from copydesk.checkers._styles import TOPICS
from copydesk.checkers._uses import Uses, grouped, uses_of
from copydesk.checkers._variants import settled
from copydesk.checkers.base import Remark, Resources, Scope
from copydesk.model import Document, Edit, Family, Finding, Fix, Related, Safety
from copydesk.packs import Rule, RuleBook
from copydesk.packs.patterns import recased

_PREFIX = "en/consistency/"
_FEWEST = 2  # spellings or verbs of one kind make a habit
_MOST_PLACES = 8  # other places that a finding points at


class ConsistencyChecker:
    """One finding a document for each thing that it writes in two ways, at the first stray place."""

    family: ClassVar[Family] = Family.TRANSLATION
    scope: ClassVar[Scope] = Scope.DOCUMENT

    def __init__(self, rules: RuleBook, resources: Resources) -> None:
        self._rules = {rule.id.removeprefix(_PREFIX): rule for rule in rules if rule.id.startswith(_PREFIX)}
        self._cache = resources.cache

    def check(self, document: Document) -> Iterator[Remark]:
        """The findings on an English text. Its other languages and its quotations are not looked at."""
        if not document.language.startswith("en"):
            return
        for rule, mixed in self._mixtures(list(uses_of(document, self._cache))):
            yield _finding(rule, mixed, document.text)

    def _mixtures(self, paragraphs: Sequence[Uses]) -> Iterator[tuple[Rule, Mixture]]:
        for index, styled in grouped(uses.styled for uses in paragraphs).items():
            if (mixed := mixture(styled, TOPICS[index].fewest)) is not None:
                yield self._rules[TOPICS[index].rule], mixed
        spellings = settled([use for uses in paragraphs for use in uses.spelt])
        if (mixed := mixture(spellings, _FEWEST)) is not None:
            yield self._rules["spelling"], mixed
        for names in grouped(uses.named for uses in paragraphs).values():
            if (mixed := _named(names)) is not None:
                yield self._rules["name-of-body"], mixed
        for uses in paragraphs:
            mixed = mixture(uses.told, _FEWEST)
            # One “he adds” among “he said” is how magazines write.
            if mixed is not None and mixed.habit[0].style == PAST and len(mixed.strays) > 1:
                yield self._rules["tense-drift"], mixed
                return


def _named(names: Sequence[Use]) -> Mixture | None:
    """The names of one body that are not its established one, where the text has that too."""
    keep = established(names)
    kept = tuple(use for use in names if use.style == keep)
    strays = tuple(use for use in names if use.style != keep)
    return Mixture(kept, strays) if strays and are_apart(names) else None


def _finding(rule: Rule, mixed: Mixture, text: str) -> Finding:
    first, *others = mixed.strays
    keep = mixed.habit[0].span.of(text).strip()
    related = [Related(mixed.habit[0].span, f"“{keep}” first stands here")]
    related += [Related(use.span, f"“{use.span.of(text).strip()}” stands here") for use in others[:_MOST_PLACES]]
    edits = tuple(edit for use in mixed.strays if (edit := _edit(use, mixed, text)) is not None)
    return rule.finding(
        first.span,
        first.span.of(text).strip(),
        (Fix(edits, Safety.UNSAFE),) if len(edits) == len(mixed.strays) else (),
        tuple(related),
        keep=keep,
        times=str(len(mixed.habit)),
    )


def _edit(use: Use, mixed: Mixture, text: str) -> Edit | None:
    """The stray in the habit's style; None where that cannot be told."""
    instead = use.instead.get(mixed.habit[0].style)
    if instead is None:
        return None
    if instead.endswith(".") and text.startswith(".", use.span.end):
        instead = instead[:-1]  # one full stop ends the abbreviation and the sentence
    return Edit(use.span, recased(use.span.of(text), instead))
