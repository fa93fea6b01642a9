"""What a review request may say: the schema that is validated and published."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from copydesk.model import Family, Severity
from copydesk.names.lexicon import Entry
from copydesk.settings import EngineChoice

# Names are bounded, so that an error may repeat one without repeating a document that was put in its place.
Name = Annotated[str, Field(max_length=35)]
RuleId = Annotated[str, Field(max_length=100)]
Word = Annotated[str, Field(max_length=200)]
Apply = Literal["safe", "unsafe", "none"]


class TermRequest(BaseModel):
    """How a term is translated, the preferred translation first, and how it must not be."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: Word = Field(default="", description="empty: `forbidden` may not stand in any translation")
    targets: tuple[Word, ...] = ()
    forbidden: tuple[Word, ...] = ()


class BitextOptions(BaseModel):
    """What is looked for in translations."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    disable: tuple[RuleId, ...] = Field(default=(), description="rules to leave out")
    severity: Severity = Field(default=Severity.SUGGESTION, description="the mildest that is told")
    accept: tuple[Word, ...] = Field(default=(), description="words and names that are right as they stand")
    glossary: tuple[TermRequest, ...] = Field(default=(), description="terms that translations are held to")
    reader: bool = Field(default=False, description="have the service's second reader, a language model, read them too")


class BitextRequest(BaseModel):
    """A text and its translation, or two lists of as many segments."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: str | tuple[str, ...] = Field(description="a text, or a list of segments")
    target: str | tuple[str, ...] = Field(description="its translation, or a list of as many segments")
    source_language: Name | None = Field(default=None, description="BCP 47 tag; without it, identified")
    target_language: Name | None = Field(default=None, description="BCP 47 tag; without it, identified")
    align: bool = Field(default=False, description="two documents, to be aligned by sentence; else texts are one pair")
    options: BitextOptions = BitextOptions()


class ReviewOptions(BaseModel):
    """What is looked for and what is done about it. Where the body is the text itself, these are query parameters."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    families: tuple[Family, ...] | None = Field(default=None, description="only these; without it, all")
    enable: tuple[RuleId, ...] = Field(default=(), description="engine rules that are off by default")
    disable: tuple[RuleId, ...] = Field(default=(), description="rules to leave out")
    severity: Severity = Field(default=Severity.SUGGESTION, description="the mildest that is told")
    accept: tuple[Word, ...] = Field(default=(), description="words and names that are right as they stand")
    lexicon: tuple[Entry, ...] = Field(default=(), description="house forms of names, on top of the shipped ones")
    engine: EngineChoice | None = Field(
        default=None,
        description="`auto`, or the one engine to ask, without failover; without it, the service's own",
    )
    reader: bool = Field(default=False, description="have the service's second reader, a language model, read it too")
    glossary: tuple[TermRequest, ...] = Field(default=(), description="terms that a text with `source` is held to")
    apply: Apply = Field(default="safe", description="which fixes go into `corrected`")


class ReviewRequest(BaseModel):
    """A text and how to read it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: str = Field(description="the source itself; every offset of the answer is one into it")
    format: Name = Field(
        default="text",
        description="what the text is written in: `text`, `markdown`, `html`, `srt` or `vtt`; the media type of a body "
        "that is the text itself (`text/html`, `text/markdown`) says it too",
    )
    language: Name | None = Field(default=None, description="BCP 47 tag; without it, identified")
    path: Word | None = Field(default=None, description="a name for the text, given back in the answer")
    source: str | None = Field(
        default=None, description="what the text translates, as plain text: it is read against that too; only in JSON"
    )
    source_language: Name | None = Field(default=None, description="BCP 47 tag of `source`; without it, identified")
    options: ReviewOptions = ReviewOptions()


class RulesQuery(BaseModel):
    """Which rules are listed."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    family: Family | None = Field(default=None, description="only this family")
    language: Name | None = Field(default=None, description="only rules that read this language (BCP 47 tag)")
