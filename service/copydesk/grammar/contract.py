"""What every grammar engine answers, whatever it is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from copydesk.model import Engine, Notice, Span


@dataclass(frozen=True, slots=True)
class Detail:
    """What LanguageTool's clients show of an alarm, or decide by, beside the alarm itself. Empty where it is unknown.

    `context` is how many words after the place the rule needs to be sure: -1 for any number.
    """

    short_message: str = ""
    description: str = ""
    category_name: str = ""
    url: str = ""
    sub_id: str = ""
    context: int = 0


@dataclass(frozen=True, slots=True)
class Match:
    """One alarm of an engine, in code points of the text that was sent. Ids and names are LanguageTool's."""

    span: Span
    rule: str
    message: str
    category: str
    issue_type: str
    replacements: tuple[str, ...]
    detail: Detail = Detail()

    @property
    def is_spelling(self) -> bool:
        """Whether a dictionary, not a grammar rule, raised the alarm."""
        return self.issue_type == "misspelling" and self.category == "TYPOS"


class GrammarEngine(Protocol):
    """One engine. `check` may be called from several threads at once."""

    @property
    def info(self) -> Engine:
        """Name and version, for the answer."""

    def speaks(self, language: str) -> bool:
        """Whether the engine has data for `language` (a canonical BCP 47 tag)."""

    def check(self, text: str, language: str, timeout: float) -> list[Match]:
        """The alarms on `text` (bounded by `pieces`), in order. `timeout` is in seconds.

        Raises EngineError when the engine is absent, dead or late, or has no data for the language, and UnfinishedError
        when it would answer for another text.
        """


class Around:
    """What an engine has in common with one that stands around it and does something of its own at each `check`."""

    def __init__(self, engine: GrammarEngine) -> None:
        self._engine = engine

    @property
    def info(self) -> Engine:
        """Name and version of the engine."""
        return self._engine.info

    def speaks(self, language: str) -> bool:
        """Whether the engine has data for `language`."""
        return self._engine.speaks(language)


@dataclass(frozen=True, slots=True)
class Answer:
    """The alarms on a whole text, which engines raised them, and what the caller must know about it."""

    matches: tuple[Match, ...]
    engines: tuple[Engine, ...]
    notices: tuple[Notice, ...] = ()


class GrammarSource(Protocol):
    """What the grammar checker asks: one engine, or several with failover."""

    def check(self, text: str, language: str, deadline: float | None = None) -> Answer:
        """The alarms on a text of any length; at `deadline`, in `time.monotonic()`, those that are there by then.

        Raises EngineError only when one engine was pinned and could not answer; otherwise what could not run is a
        notice in the answer.
        """
