"""The grammar of a check: the engine's alarms as the client chose among them."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from copydesk.api.service import service
from copydesk.api.v2.asked import CheckRequest
from copydesk.cache import Cache
from copydesk.grammar import Answer, GrammarSource, grammar_source
from copydesk.model import Document
from copydesk.settings import Settings

_SHARE = 0.75  # of the time of a check, for the engine
_SOURCES = 32  # kept: one for each level, mother tongue and set of rules that clients ask for


class Answered:
    """A grammar source that has been asked already: the checker reads the alarms that the client wants."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def check(self, text: str, language: str, deadline: float | None = None) -> Answer:  # noqa: ARG002 (it is there)
        """The alarms on the text that was asked about."""
        return self.answer


def ask(view: Document, asked: CheckRequest, deadline: float | None) -> Answered | None:
    """The wanted alarms on `view`; None where the service has no engine.

    Asked before the checkers run, since a client chooses by category, which only the alarms tell; so the engine has
    but a share of the time until `deadline`, in `time.monotonic()`. Raises EngineError where the service's one engine
    cannot answer.
    """
    source = _source(asked)
    if source is None:
        return None
    now = time.monotonic()
    until = None if deadline is None else now + _SHARE * (deadline - now)
    answer = source.check(view.text, view.language, until)
    wanted = (match for match in answer.matches if asked.choice.wants(match.rule, match.category))
    return Answered(replace(answer, matches=tuple(wanted)))


def enabled(answered: Answered | None, asked: CheckRequest) -> frozenset[str]:
    """The rules that are reported whatever copydesk's profile says of them: those that the client named.

    At the level `picky`, all of them.
    """
    found: Iterable[str] = ()
    if answered is not None:
        matches = answered.answer.matches
        found = (m.rule for m in matches if asked.picky or asked.choice.names(m.rule, m.category))
    return frozenset(found)


def _source(asked: CheckRequest) -> GrammarSource | None:
    """The service's own engines; LanguageTool, where it is among them, is told what only it understands."""
    here = service()
    own = here.desk.resources.grammar
    if own is None or here.settings.engine == "embedded":
        return own
    wishes = {
        "level": "picky" if asked.picky else "",
        "motherTongue": asked.mother_tongue or "",
        "enabledRules": ",".join(sorted(asked.choice.rules)),
        "enabledCategories": ",".join(sorted(asked.choice.categories)),
    }
    told = tuple((name, value) for name, value in wishes.items() if value)
    return own if own is None or not told else _told(here.settings, told, here.desk.cache)


@lru_cache(maxsize=_SOURCES)
def _told(settings: Settings, told: tuple[tuple[str, str], ...], cache: Cache | None) -> GrammarSource:
    return grammar_source(settings, asked=dict(told), cache=cache)
