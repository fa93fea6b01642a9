"""Names: one name spelt in several ways, misspelt once, or not as the house writes it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import ClassVar

from copydesk.checkers.base import Remark, Resources, Scope
from copydesk.model import Document, Edit, Family, Finding, Fix, Related, Safety, Span
from copydesk.names.clusters import Cluster, Variant, clusters_of
from copydesk.names.forms import Use, forms_of
from copydesk.names.given import given_clusters
from copydesk.names.mentions import Mention, Word, mentions_of
from copydesk.names.misspelt import Misspelling, misspellings_of
from copydesk.names.phrases import is_fixed, is_in_title
from copydesk.names.words import ALL_NOUNS_CAPITAL, UNINFLECTED
from copydesk.packs import RuleBook

VARIANT = "any/names/variant-spelling"
NAMESAKE = "any/names/namesake-spelling"
MISSPELT = "any/names/misspelt-name"
HOUSE = "any/names/house-style"

_ALIAS = re.compile(
    r"(?:\b(?:also (?:known|called|spel(?:led|t)|written)|formerly|previously|known as|spel(?:led|t)|transliterated|"
    r"renamed from|in (?:Russian|Ukrainian|Belarusian|Polish|English|German))\W{1,3}(?:\w+\W{1,2}){0,2}"
    r"|\w ?[(/]\W{0,2}(?:\w+\W{1,2})?)$",
    re.IGNORECASE,
)
_ALIAS_REACH = 48  # code points before a name in which it is said to be another form
_PHRASE_REACH = 30  # code points around a name in which a phrase of the lexicon's exceptions may stand
_LONGEST_NAME = 4  # words
_MOST_PLACES = 8  # other places that a finding points at


class NamesChecker:
    """Finds inconsistency, not unusual forms: a variant that a text uses throughout is left alone.

    The exception are house forms, which a request or a newsroom puts on top of the shipped lexicon.
    """

    family: ClassVar[Family] = Family.NAMES
    scope: ClassVar[Scope] = Scope.DOCUMENT

    def __init__(self, rules: RuleBook, resources: Resources) -> None:
        self._rules = {rule.id: rule for rule in rules.of(self.family)}
        self._lexicon = resources.lexicon
        self._cache = resources.cache

    def check(self, document: Document) -> Iterator[Remark]:
        """House forms first; what they cover is not reported as a variant again."""
        language = document.language.split("-", 1)[0]
        if language not in UNINFLECTED:
            return
        mentions = list(mentions_of(document, self._cache))
        taken: set[int] = set()
        for finding in self._house(document, mentions):
            taken.add(finding.span.start)
            yield finding
        forms = forms_of(document, mentions, self._lexicon)
        clusters = clusters_of(forms, self._lexicon)
        for cluster in (*clusters, *given_clusters(forms, clusters, self._lexicon)):
            for variant in cluster.variants:
                start = variant.use.word.start
                if start not in taken and not _is_meant(document.text, variant.use, cluster):
                    yield from self._variant(cluster, variant)
            taken.update(use.word.start for form in cluster.forms for use in form.uses)
        if language not in ALL_NOUNS_CAPITAL:
            for slip in misspellings_of(forms, self._lexicon):
                if slip.use.word.start not in taken:
                    yield from self._misspelling(slip)

    def _variant(self, cluster: Cluster, variant: Variant) -> Iterator[Finding]:
        rule = self._rules.get(NAMESAKE if variant.namesake else VARIANT)
        if rule is not None:
            word = variant.use.word
            fix = _rewrite(word, cluster.keep, Safety.SHOW if variant.namesake else Safety.UNSAFE)
            related = (*_first_place(cluster.first, cluster.keep), *_other_places(cluster, word))
            yield rule.finding(word.span, word.text, (fix,), related, keep=_cased(cluster.keep, word.text))

    def _misspelling(self, slip: Misspelling) -> Iterator[Finding]:
        rule = self._rules.get(MISSPELT)
        if rule is not None:
            word, meant = slip.use.word, slip.meant
            fix = _rewrite(word, meant.text, Safety.UNSAFE)
            related = _first_place(meant.uses[0], meant.text)
            times = str(len(meant.uses))
            yield rule.finding(word.span, word.text, (fix,), related, keep=meant.text, times=times)

    def _house(self, document: Document, mentions: list[Mention]) -> Iterator[Finding]:
        rule = self._rules.get(HOUSE)
        if rule is None or not self._lexicon.house:
            return
        for mention in mentions:
            for words, text in self._house_forms(mention):
                span = Span(words[0].start, words[-1].span.end)
                found = span.of(document.text)
                fix = Fix((Edit(span, _cased(text, found)),), Safety.UNSAFE)
                yield rule.finding(span, found, (fix,), keep=_cased(text, found))

    def _house_forms(self, mention: Mention) -> Iterator[tuple[tuple[Word, ...], str]]:
        """The words of a mention that the house writes differently, and how."""
        at = 0
        while at < len(mention.words):
            for end in range(min(len(mention.words), at + _LONGEST_NAME), at, -1):
                words = mention.words[at:end]
                form = " ".join(word.text for word in words)
                if (right := self._house_form(form)) is not None:
                    yield from _differing(words, right)
                    at = end - 1
                    break
            at += 1

    def _house_form(self, form: str) -> str | None:
        if (entry := self._lexicon.find_house(form)) is not None:
            return entry.canonical
        entries = [entry for entry in self._lexicon.by_word(form) if entry in self._lexicon.house]
        return entries[-1].head(entries[-1].canonical) if entries else None


def _differing(words: tuple[Word, ...], right: str) -> Iterator[tuple[tuple[Word, ...], str]]:
    """Only the words that differ, where both forms have as many words; else all of them."""
    parts = right.split(" ")
    if len(parts) != len(words):
        yield words, right
        return
    for word, part in zip(words, parts, strict=True):
        if word.text.casefold() != part.casefold():
            yield (word,), part


def _rewrite(word: Word, text: str, safety: Safety) -> Fix:
    return Fix((Edit(word.span, _cased(text, word.text)),), safety)


def _cased(text: str, like: str) -> str:
    """`text` in capitals where `like` is."""
    return text.upper() if like.isupper() else text


def _first_place(use: Use | None, keep: str) -> tuple[Related, ...]:
    return (Related(use.word.span, f"“{keep}” first stands here"),) if use else ()


def _other_places(cluster: Cluster, word: Word) -> Iterator[Related]:
    """Where else the text departs from the form to keep, in the order of the text. At most 8."""
    others = (v.use.word for v in cluster.variants if v.use.word.start != word.start)
    for other in islice(others, _MOST_PLACES):
        yield Related(other.span, f"“{other.text}” stands here")


def _is_meant(text: str, use: Use, cluster: Cluster) -> bool:
    """Whether the writer says that this is another form (“Kyiv, formerly Kiev”), or a fixed phrase needs it."""
    start, end = use.word.start, use.word.span.end
    if _ALIAS.search(text[max(0, start - _ALIAS_REACH) : start]):
        return True
    if is_in_title(text, use.word.span) or is_fixed(text, use.word.span):
        return True
    around = text[max(0, start - _PHRASE_REACH) : end + _PHRASE_REACH].casefold()
    phrases = cluster.entry.exceptions if cluster.entry else ()
    return any(phrase.casefold() in around for phrase in phrases)
