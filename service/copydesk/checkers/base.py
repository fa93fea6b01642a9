"""The contract of a checker."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import ClassVar, Protocol

from copydesk.bitext.glossary import Term
from copydesk.cache import Cache
from copydesk.errors import EngineError
from copydesk.grammar import GrammarSource
from copydesk.model import Document, Engine, Family, Finding, Notice
from copydesk.names.lexicon import Lexicon
from copydesk.packs import RuleBook
from copydesk.syntax import Parser, english_parser

Remark = Finding | Notice | Engine
"""What a checker may yield: a fault, something the caller must know, the engine that answered."""


@dataclass(frozen=True, slots=True)
class Resources:
    """What checkers share and do not own. `grammar` is None where no engine is wanted or installed."""

    lexicon: Lexicon
    grammar: GrammarSource | None = None
    syntax: Parser = field(default_factory=english_parser)
    enabled: frozenset[str] = field(default_factory=frozenset)  # engine rules that are off by default, switched on
    glossary: tuple[Term, ...] = ()  # for translations
    deadline: float | None = None  # of the review, in `time.monotonic()`; what waits for another process ends by then
    cache: Cache | None = None  # for what checkers of whole documents find out of each paragraph


def unparsed(error: EngineError) -> Notice:
    """Tells that a text had sentences for the parser, and why it did not answer: one notice, whoever tells it."""
    return Notice("syntax-absent", f"{error}: faults that only the structure of a sentence shows were not looked for")


class Scope(Enum):
    """How much of a document a checker must see to judge one place of it."""

    PARAGRAPH = auto()  # one segment, its kind and language: what is found there can be remembered
    DOCUMENT = auto()  # what goes before and after it, too


class Checker(Protocol):
    """One family's detection.

    Compiles everything when it is made, and fails there. `check` is stateless and may run in several threads: it reads
    no settings, does not sort, merge or suppress, and yields spans in document coordinates.
    """

    family: ClassVar[Family]
    scope: ClassVar[Scope]
    """One of scope PARAGRAPH is shown each segment as a document of its own, and yields findings alone."""

    def __init__(self, rules: RuleBook, resources: Resources) -> None: ...

    def check(self, document: Document) -> Iterator[Remark]:
        """The faults of this family in `document`, in any order."""
