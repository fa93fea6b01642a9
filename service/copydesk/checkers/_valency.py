"""What the tables of valency share: how a sentence is looked at before the parse, and what is told of a fault."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from copydesk.model import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

FAR = 9  # words from one to what belongs to it; no parse is asked for where they stand farther apart
_WORD = re.compile(r"[a-z]+(?:[’'-][a-z]+)*")


@dataclass(frozen=True, slots=True)
class Fault:
    """A place in a sentence, what of it to replace by `text`, in code points; and what English says, in base forms."""

    span: Span
    edited: Span
    text: str
    say: str


class Judge(Protocol):
    """One table."""

    def suspects(self, words: Sequence[str]) -> bool:
        """Whether a sentence of these words, as `words_of` gives them, is worth a parse."""

    def faults(self, parsed: Doc) -> Iterator[Fault]:
        """The faults of a parsed sentence."""


def words_of(sentence: str) -> list[str]:
    """The words of a sentence in small letters, without marks and numbers."""
    return _WORD.findall(sentence.lower())


def stretch(first: Token, last: Token) -> Span:
    """From the beginning of one word to the end of another, in code points of their sentence."""
    return Span(first.idx, last.idx + len(last))
