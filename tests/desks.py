"""Desks that all tests of a process share. They are immutable, and take 1.5 s to load each."""

from __future__ import annotations

from functools import cache

from copydesk.grammar import GrammarSource, grammar_source
from copydesk.pipeline import Desk
from copydesk.settings import load_settings


@cache
def plain_desk() -> Desk:
    """The shipped rules and lexicon, no grammar engine, no cache."""
    return Desk()


@cache
def embedded() -> GrammarSource:
    """The embedded engine in this process. Raises EngineError where there is none for this machine."""
    return grammar_source(load_settings(), "embedded")


@cache
def desk_with_grammar() -> Desk:
    """The same with the embedded engine. Raises EngineError where there is none for this machine."""
    desk = plain_desk()
    return Desk(desk.rules, desk.resources.lexicon, embedded())
