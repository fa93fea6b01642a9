"""What the second reader is shown and what it says."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Protocol

from copydesk.model import Engine, Notice, Span

CATEGORIES = {
    "mistranslation": "accuracy/mistranslation",
    "omission": "accuracy/omission",
    "addition": "accuracy/addition",
    "untranslated": "accuracy/untranslated",
    "grammar": "linguistic-conventions/grammar",
    "spelling": "linguistic-conventions/spelling",
    "punctuation": "linguistic-conventions/punctuation",
    "terminology": "terminology",
    "style": "style",
    "locale": "locale-conventions",
}
"""The MQM error types (themqm.org) that are asked for, each under the name that the model uses."""

PREFIX = "any/model/"
RULES = frozenset(PREFIX + category for category in CATEGORIES)
"""The rules of its findings, one an MQM error type. They are in no pack: what a model says has no fixed examples."""

SEVERITIES = ("minor", "major", "critical")


class ReaderError(Exception):
    """The model's server could not answer for a passage. `sent`: whether the passage may have reached it.

    It ends as a notice and never as a failed review. The message holds nothing of what was sent or answered.
    """

    code = "reader-unavailable"

    def __init__(self, message: str, *, sent: bool = True) -> None:
        super().__init__(message)
        self.sent = sent


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a text as the model is given it, in `language` (BCP 47), with what it translates where known."""

    text: str
    language: str
    source: str | None = None
    source_language: str | None = None

    def __len__(self) -> int:
        return len(self.text) + len(self.source or "")

    def key(self, *more: str) -> bytes:
        """A name for the passage and `more`, from which the text cannot be told again."""
        parts = (self.text, self.language, self.source or "", self.source_language or "", *more)
        return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).digest()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One error that the model sees, in its words. `before` are the words that stand before the quoted ones."""

    quote: str
    before: str
    category: str
    severity: str
    explanation: str
    correction: str | None


@dataclass(frozen=True, slots=True)
class Remark:
    """A suggestion that has its place: `span` is in the passage, in code points."""

    span: Span
    suggestion: Suggestion


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of all passages, in their order; `engine` is None where the model has not answered."""

    remarks: tuple[tuple[Remark, ...], ...]
    engine: Engine | None
    notices: tuple[Notice, ...]


class Model(Protocol):
    """A model on a server: `host` is where texts go to, with the port where the address has one."""

    host: str
    model: str

    def ask(self, passage: Passage, until: float) -> bytes:
        """The body of a chat completion; `until` on the monotonic clock. Raises ReaderError."""
