"""What a rule is: one entry of a pack, which is also its own documentation and its own test."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated, Any, Self

import re2
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator

from copydesk.model import PROSE, Family, Finding, Fix, Related, Safety, SegmentKind, Severity, Span

MARK = re.compile(r"\[\[(.*?)\]\]", re.S)
_ID = r"^[a-z]{2,3}/[a-z0-9-]+/[a-z0-9-]+$"


class RuleKind(StrEnum):
    """How a rule finds its places."""

    PATTERN = "pattern"  # an RE2 pattern within segments
    LINE = "line"  # whole lines alike to one of the phrases
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
    INCONSISTENT = "terminology/inconsistent"
    LOCALE = "locale-conventions"
    DUPLICATION = "design-and-markup/duplication"


class Example(BaseModel):
    """A text with its faults in `[[ ]]`, and the text after the rule's fixes where the rule has any.

    `house` are pairs of names, the form that the house writes and one that it does not, with which it is read.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: str
    fixed: str | None = None
    house: tuple[tuple[str, str], ...] = ()

    @property
    def source(self) -> str:
        """The text without its marks."""
        return MARK.sub(r"\1", self.text)

    @property
    def spans(self) -> list[Span]:
        """Where the marks are, as spans of `source`."""
        return [Span(m.start() - 4 * i, m.end() - 4 * (i + 1)) for i, m in enumerate(MARK.finditer(self.text))]


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


OneOrMore = Annotated[tuple[str, ...], BeforeValidator(_listed)]


class Rule(BaseModel):
    """One rule. Field order is the order of a pack entry."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=_ID, description="language/topic/fault; names the fault; permanent")
    kind: RuleKind
    family: Family
    severity: Severity
    mqm: Mqm | None = Field(default=None, description="MQM error type")
    source_languages: tuple[str, ...] = Field(default=(), description="languages a translation error comes from")
    message: str = Field(description="one sentence; {match} is the matched text")
    why: str = Field(min_length=20, description="why it is a fault, what is left alone, what the heuristic costs")
    match: str | None = Field(default=None, description="RE2; a group named `span` narrows the finding")
    unless: str | None = Field(default=None, description="RE2; a match that overlaps the finding cancels it")
    case_sensitive: bool = False
    phrases: tuple[str, ...] = Field(default=(), description="kind line: the lines as they are seen")
    similarity: float = Field(default=90, ge=70, le=100, description="kind line: least similarity, 0 to 100")
    segments: tuple[SegmentKind, ...] = Field(default=(), description="where it looks; empty: all prose")
    replace: OneOrMore = Field(default=(), description="replacements, the likeliest first; \\1 or \\g<name>")
    safety: Safety = Safety.SHOW
    bad: tuple[Example, ...] = Field(min_length=1)
    good: tuple[str, ...] = Field(min_length=1)
    refs: tuple[str, ...] = ()

    @property
    def language(self) -> str:
        """The language the rule is for: an ISO 639 code, or `any`."""
        return self.id.split("/", 1)[0]

    def applies_to(self, language: str) -> bool:
        """Whether a document in `language` (a BCP 47 tag) is read with this rule."""
        return self.language in ("any", language.split("-", 1)[0].lower())

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
        message = self.message.format(match=" ".join(shown.split()), **fields)
        return Finding(self.id, self.family, self.severity, span, message, fixes, related)

    @field_validator("match", "unless")
    @classmethod
    def _compiles(cls, pattern: str | None) -> str | None:
        if pattern is not None:
            options = re2.Options()
            options.log_errors = False
            try:
                re2.compile(pattern, options)
            except re2.error as error:
                reason = error.args[0]
                reason = reason.decode() if isinstance(reason, bytes) else reason
                raise ValueError(f"the pattern does not compile in RE2: {reason}") from None
        return pattern

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if (self.kind is RuleKind.PATTERN) != (self.match is not None):
            raise ValueError("`match` belongs to kind pattern, and kind pattern needs it")
        if (self.kind is RuleKind.LINE) != bool(self.phrases):
            raise ValueError("`phrases` belongs to kind line, and kind line needs it")
        if self.kind is not RuleKind.PATTERN and self.replace:
            raise ValueError("`replace` belongs to kind pattern")
        for example in self.bad:
            if not example.spans:
                raise ValueError(f"a bad example marks no fault: {example.text!r}")
            if self.replace and example.fixed is None:
                raise ValueError(f"the rule has a fix, so `fixed` is needed: {example.text!r}")
        for text in self.good:
            if MARK.search(text):
                raise ValueError(f"a good example marks a fault: {text!r}")
        return self
