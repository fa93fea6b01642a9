"""The examples of a rule: its documentation, and what it is tested on."""

from __future__ import annotations

import re
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

from copydesk.model import Span

MARK = re.compile(r"\[\[(.*?)\]\]", re.S)


class Example(BaseModel):
    """A text with its faults in `[[ ]]`, and the text after the rule's fixes where the rule has any.

    `house` are pairs of names, the form that the house writes and one that it does not, with which it is read;
    `format` is what its text is written in.

    A text that `translates` another, in the language `from` (BCP 47), is read against it; `to` is its own language.
    Marks in the source, where it has any, are where the findings must point to. `beside` are further pairs of the same
    file (source, target), and `glossary` its terms: source, target, and then what must not be used.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: str
    fixed: str | None = None
    house: tuple[tuple[str, str], ...] = ()
    format: str = "text"
    translates: str | None = None
    source_language: str | None = Field(default=None, alias="from")
    target_language: str = Field(default="en-US", alias="to")
    beside: tuple[tuple[str, str], ...] = ()
    glossary: tuple[tuple[str, ...], ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _of_text(cls, value: Any) -> Any:
        """A text alone is an example that has nothing else to say."""
        return {"text": value} if isinstance(value, str) else value

    @property
    def source(self) -> str:
        """The text without its marks."""
        return MARK.sub(r"\1", self.text)

    @property
    def spans(self) -> list[Span]:
        """Where the marks are, as spans of `source`."""
        return _marked(self.text)

    @property
    def original(self) -> str:
        """What the text translates, without its marks; empty where it is no translation."""
        return MARK.sub(r"\1", self.translates or "")

    @property
    def original_spans(self) -> list[Span]:
        """Where the marks of `translates` are, as spans of `original`."""
        return _marked(self.translates or "")


def _marked(text: str) -> list[Span]:
    return [Span(m.start() - 4 * i, m.end() - 4 * (i + 1)) for i, m in enumerate(MARK.finditer(text))]
