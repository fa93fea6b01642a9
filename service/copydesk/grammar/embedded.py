"""The engine in process: lingotweaker, a port of LanguageTool 6.8 to Rust, with its data packages."""

from __future__ import annotations

import importlib
import importlib.util
import re
import threading
from collections.abc import Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from copydesk.errors import EngineError
from copydesk.grammar.contract import Detail, Match
from copydesk.model import Engine, Span
from copydesk.offsets import Offsets

_BRITISH_FAMILY = ("en-GB", "en-AU", "en-NZ", "en-ZA", "en-CA")
_AMERICAN_ONLY = frozenset({"EN_US_SIMPLE_REPLACE"})  # tells a British writer to write American
# One such word (web2print, mp3player) costs the engine 11 s, which it spends on suggestions: letters stand in for it.
_DIGIT_IN_WORD = re.compile(r"\b[^\W_]*[^\W\d_]\d+[^\W\d_][^\W_]*\b")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")  # is no text, and has no UTF-8


class EmbeddedEngine:
    """lingotweaker behind the contract.

    A language takes 0.5 to 9 s to load, on its first use; those of `preload` load now. The engine holds the
    interpreter while it reads, so threads do not help and a timeout cannot interrupt it: the bound is the size of a
    piece. Forking after the load works and shares the memory.
    """

    def __init__(self, preload: Sequence[str] = ("en-US",)) -> None:
        """Raises EngineError where lingotweaker has no wheel (it has one for Linux on x86-64) or data lack."""
        try:
            self._library = importlib.import_module("lt_py")
        except ImportError:
            raise EngineError("the embedded engine (lingotweaker) is not installed on this platform") from None
        self._engines: dict[str, Any] = {}
        self._loading = threading.Lock()
        self._info = Engine("embedded", version("lingotweaker"))
        for language in preload:
            self._engine(language)

    @property
    def info(self) -> Engine:
        """Name and version."""
        return self._info

    def speaks(self, language: str) -> bool:
        """Whether the data package of the language is installed."""
        return has_data(language)

    def check(self, text: str, language: str, timeout: float) -> list[Match]:  # noqa: ARG002 (cannot be interrupted)
        """The alarms on `text`. Raises EngineError when there is no data for the language or the engine fails."""
        engine = self._engine(language)
        asked = _DIGIT_IN_WORD.sub(lambda word: "X" * len(word.group()), _LONE_SURROGATE.sub("\ufffd", text))
        try:
            alarms = engine.check(asked)
        except RuntimeError as error:
            raise EngineError(f"the embedded engine failed: {type(error).__name__}") from None
        offsets = Offsets(asked)
        matches = [match for match in (_match(alarm, offsets) for alarm in alarms) if _is_on(match, text, asked)]
        return [m for m in matches if not _is_variant(m, text)] if language in _BRITISH_FAMILY else matches

    def _engine(self, language: str) -> Any:
        base = base_of(language)
        engine = self._engines.get(base)
        if engine is not None:
            return engine
        with self._loading:
            if base not in self._engines:
                if not self.speaks(language):
                    raise EngineError(f"the embedded engine has no data for {language}: install copydesk[languages]")
                try:
                    self._engines[base] = self._library.Engine(base)
                except RuntimeError as error:
                    raise EngineError(f"the embedded engine cannot load {language}: {error}") from None
            return self._engines[base]


@cache
def has_data(language: str) -> bool:
    """Whether the data package of the language is installed."""
    return importlib.util.find_spec(f"lingotweaker_data_{base_of(language)}") is not None


def _is_on(match: Match, text: str, asked: str) -> bool:
    """Whether an alarm is on the text itself, and not on a word that was covered."""
    return match.span.of(text) == match.span.of(asked)


def base_of(language: str) -> str:
    """The language of a tag without its region: one engine reads all variants."""
    return language.split("-", 1)[0].lower()


def _match(alarm: dict[str, Any], offsets: Offsets) -> Match:
    start, end = alarm["offset"], alarm["offset"] + alarm["length"]
    return Match(
        span=Span(offsets.from_utf8(start), offsets.from_utf8(end)),
        rule=alarm["rule_id"],
        message=alarm["message"],
        category=alarm["category_id"],
        issue_type=alarm["issue_type"].lower(),
        replacements=tuple(alarm["suggestions"]),
        detail=Detail(
            short_message=alarm["short_message"] or "",
            category_name=alarm["category_name"],
            sub_id=alarm["sub_id"] or "",
        ),
    )


def _is_variant(match: Match, text: str) -> bool:
    """Whether the alarm only says that a British spelling is not American.

    The engine (0.2.8) reads every English as American. The list of pairs is in its data package.
    """
    if match.rule in _AMERICAN_ONLY:
        return True
    return match.is_spelling and match.span.of(text).casefold() in _british_words()


@cache
def _british_words() -> frozenset[str]:
    data = importlib.import_module("lingotweaker_data_en")
    lines = Path(data.data_dir(), "en", "words", "en-US-GB.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("#", 1)[0].strip().split(";") for line in lines)
    return frozenset(pair[1].strip().casefold() for pair in pairs if len(pair) == 2)
