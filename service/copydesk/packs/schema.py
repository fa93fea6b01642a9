"""What a rule is: one entry of a pack, which is also its own documentation and its own test."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import Annotated, Any, Self

import re2
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, model_validator

from copydesk.model import PROSE, Family, Finding, Fix, Related, Safety, Segment, SegmentKind, Severity, Span
from copydesk.packs.example import MARK, Example
from copydesk.packs.tokens import Nodes, Tokens, names_of

VALID = {"valid": True}
"""The context of what was found to be valid before: patterns are not compiled, nor examples looked at, once more."""

_ID = r"^[a-z]{2,3}/[a-z0-9-]+/[a-z0-9-]+$"


class RuleKind(StrEnum):
    """How a rule finds its places."""

    PATTERN = "pattern"  # an RE2 pattern within segments
    LINE = "line"  # whole lines alike to one of the phrases
    TOKENS = "tokens"  # a run of words by lemma, part of speech …: spaCy's Matcher
    SYNTAX = "syntax"  # words that depend on each other: spaCy's DependencyMatcher
    CHECK = "check"  # found by the code of its family's checker; the entry carries everything else


class Mqm(StrEnum):
    """Error types of the MQM core typology (themqm.org) that the rules here use, plus what scraping adds."""

    MISTRANSLATION = "accuracy/mistranslation"
    OVERLY_LITERAL = "accuracy/mistranslation/overly-literal"
    FALSE_FRIEND = "accuracy/mistranslation/false-friend"
    ADDITION = "accuracy/addition"
    OMISSION = "accuracy/omission"
    UNTRANSLATED = "accuracy/untranslated"
    GRAMMAR = "linguistic-conventions/grammar"
    AGREEMENT = "linguistic-conventions/grammar/agreement"
    WORD_ORDER = "linguistic-conventions/grammar/word-order"
    FUNCTION_WORDS = "linguistic-conventions/grammar/function-words"
    TENSE = "linguistic-conventions/grammar/tense"
    PUNCTUATION = "linguistic-conventions/punctuation"
    SPELLING = "linguistic-conventions/spelling"
    ENCODING = "linguistic-conventions/character-encoding"
    UNIDIOMATIC = "style/unidiomatic"
    WRONG_TERM = "terminology/wrong-term"
    INCONSISTENT = "terminology/inconsistent"
    LOCALE = "locale-conventions"
    MARKUP = "design-and-markup/markup-tag"
    DUPLICATION = "design-and-markup/duplication"


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


OneOrMore = Annotated[tuple[str, ...], BeforeValidator(_listed)]
# Messages put what they quote in double marks; marks within are single ones (New Hart's Rules 9.2).
_INNER = str.maketrans('“”"', "‘’'")


def _pattern(value: str, info: ValidationInfo) -> str:
    """`value`, which RE2 must compile. Raises ValueError."""
    if info.context is VALID:
        return value
    options = re2.Options()
    options.log_errors = False
    try:
        re2.compile(value, options)
    except re2.error as error:
        reason = error.args[0]
        reason = reason.decode() if isinstance(reason, bytes) else reason
        raise ValueError(f"the pattern does not compile in RE2: {reason}") from None
    return value


Pattern = Annotated[str, AfterValidator(_pattern)]
Triggers = Annotated[tuple[Pattern, ...], BeforeValidator(_listed)]


class Case(BaseModel):
    """One of several patterns of a rule: what English says instead, for the message's `{say}`, and its own example."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    match: Pattern = Field(description="as a rule's")
    say: str = Field(min_length=1, description="what English says; {say} of the message")
    bad: Example


class Rule(BaseModel):
    """One rule. Field order is the order of a pack entry."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=_ID, description="language/topic/fault; names the fault; permanent")
    kind: RuleKind
    family: Family
    severity: Severity
    mqm: Mqm | None = Field(default=None, description="MQM error type")
    source_languages: tuple[str, ...] = Field(default=(), description="languages a translation error comes from")
    message: str = Field(description="one sentence; {match} is the matched text, {say} what its case says")
    why: str = Field(min_length=20, description="why it is a fault, what is left alone, what the heuristic costs")
    match: Pattern | None = Field(default=None, description="RE2; a group named `span` narrows the finding")
    cases: tuple[Case, ...] = Field(default=(), description="instead of `match`: patterns that say different things")
    unless: Pattern | None = Field(default=None, description="RE2; a match that overlaps the finding cancels it")
    case_sensitive: bool = False
    phrases: tuple[str, ...] = Field(default=(), description="kind line: the lines as they are seen")
    similarity: float = Field(default=90, ge=70, le=100, description="kind line: least similarity, 0 to 100")
    heads: tuple[str, ...] = Field(
        default=(), description="kind line: a reworded line has a word of each, the first are its calls; `subscri*`"
    )
    in_rows: bool = Field(default=False, description="kind line: only glued to or listed with other such lines")
    triggers: Triggers = Field(default=(), description="kinds tokens, syntax: whole words, RE2; without one, no parse")
    tokens: Tokens = Field(default=(), description="kind tokens: spaCy's Matcher, and AS to name a word")
    syntax: Nodes = Field(default=(), description="kind syntax: spaCy's DependencyMatcher; RIGHT_ID names a word")
    covers: OneOrMore = Field(default=(), description="kinds tokens, syntax: the named words that are the finding")
    segments: tuple[SegmentKind, ...] = Field(default=(), description="where it looks; empty: all prose")
    replace: OneOrMore = Field(default=(), description="replacements, the likeliest first; \\1 or \\g<name>")
    safety: Safety = Safety.SHOW
    bad: tuple[Example, ...] = Field(min_length=1)
    good: tuple[str | Example, ...] = Field(min_length=1)
    refs: tuple[str, ...] = ()

    @property
    def language(self) -> str:
        """The language the rule is for: an ISO 639 code, or `any`."""
        return self.id.split("/", 1)[0]

    def applies_to(self, language: str) -> bool:
        """Whether a document in `language` (a BCP 47 tag) is read with this rule."""
        return self.language in ("any", language.split("-", 1)[0].lower())

    def reads(self, segment: Segment) -> bool:
        """Whether the rule looks at segments of that kind and language."""
        return segment.kind in self.where and self.applies_to(segment.language)

    @property
    def where(self) -> frozenset[SegmentKind]:
        """The kinds of segment that the rule looks at."""
        return frozenset(self.segments) or PROSE

    def finding(
        self,
        span: Span,
        match: str,
        fixes: tuple[Fix, ...] = (),
        related: tuple[Related, ...] = (),
        **fields: str,
    ) -> Finding:
        """A finding of this rule at `span`; `match` and `fields` fill the message's placeholders."""
        shown = match if len(match) <= 60 else match[:57] + "…"
        message = self.message.format(match=self._quotable(" ".join(shown.split())), **fields)
        return Finding(self.id, self.family, self.severity, span, message, fixes, related)

    def _quotable(self, match: str) -> str:
        """`match` as it stands between a message's double marks. Where marks may be the fault they stay as they are."""
        words = any(map(str.isalnum, match))
        return match.translate(_INNER) if words and self.family is not Family.ENCODING else match

    def pair_finding(
        self, span: Span, source: Span | None, match: str, fixes: tuple[Fix, ...] = (), **fields: str
    ) -> Finding:
        """As `finding`, on a translation: `span` is in the target, `source` the place in the source text."""
        return replace(self.finding(span, match, fixes, (), **fields), source=source)

    @model_validator(mode="before")
    @classmethod
    def _cases_are_examples(cls, entry: Any) -> Any:
        """What a case shows is an example of its rule."""
        if not isinstance(entry, dict) or not isinstance(entry.get("cases"), list):
            return entry
        shown = [case["bad"] for case in entry["cases"] if isinstance(case, dict) and "bad" in case]
        return {**entry, "bad": [*entry.get("bad", ()), *shown]}

    @model_validator(mode="after")
    def _consistent(self, info: ValidationInfo) -> Self:
        if info.context is VALID:
            return self
        if (self.kind is RuleKind.PATTERN) != (self.match is not None or bool(self.cases)):
            raise ValueError("`match` and `cases` belong to kind pattern, and kind pattern needs one of them")
        if self.match is not None and self.cases:
            raise ValueError("a rule has `match` or `cases`, not both")
        if (self.kind is RuleKind.LINE) != bool(self.phrases):
            raise ValueError("`phrases` belongs to kind line, and kind line needs it")
        for kind, words in ((RuleKind.TOKENS, self.tokens), (RuleKind.SYNTAX, self.syntax)):
            if (self.kind is kind) != bool(words):
                raise ValueError(f"`{kind}` belongs to kind {kind}, and kind {kind} needs it")
        parsed = self.kind in (RuleKind.TOKENS, RuleKind.SYNTAX)
        if parsed != bool(self.triggers):
            raise ValueError("`triggers` belongs to kinds tokens and syntax, which need it")
        if parsed and self.language != "en":
            raise ValueError("kinds tokens and syntax are for rules of English: the parser knows no other language")
        if unnamed := set(self.covers) - names_of(self.tokens, self.syntax):
            raise ValueError(f"`covers` speaks of “{min(unnamed)}”, which names no word")
        if self.replace and not (parsed or self.kind is RuleKind.PATTERN):
            raise ValueError("`replace` belongs to kinds pattern, tokens and syntax")
        for example in self.bad:
            if not example.spans:
                raise ValueError(f"a bad example marks no fault: {example.text!r}")
            if self.replace and example.fixed is None:
                raise ValueError(f"the rule has a fix, so `fixed` is needed: {example.text!r}")
        for text in (good if isinstance(good, str) else good.text for good in self.good):
            if MARK.search(text):
                raise ValueError(f"a good example marks a fault: {text!r}")
        return self
