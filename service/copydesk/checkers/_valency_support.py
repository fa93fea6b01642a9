"""Nouns with a verb that does not carry them: “do a decision”, “conducted a mistake”, “a visit was performed”."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from copydesk.checkers._english_forms import plural, verb_forms
from copydesk.checkers._valency import Fault, stretch
from copydesk.checkers._valency_frames import Carried, carried

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_NEAR = 5  # words from a noun to the verb that it is the object or subject of
_SUBJECTS = frozenset(("not", "i", "you", "he", "she", "it", "we", "they"))


class SupportVerbs:
    """The table of nouns and the verbs that carry them."""

    def __init__(self) -> None:
        entries = carried()
        self._entries = {form: entry for entry in entries for form in (entry.word, plural(entry.word))}
        verbs = {verb for entry in entries for verb in entry.wrong}
        self._verbs = {form: verb for verb in verbs for form in verb_forms(verb)}

    def suspects(self, words: Sequence[str]) -> bool:
        """Whether a noun has a verb beside it that does not carry it."""
        for at, word in enumerate(words):
            entry = self._entries.get(word)
            if entry and any(
                self._verbs.get(words[i]) in entry.wrong and not _helps(words, i)
                for i in range(max(0, at - _NEAR), min(len(words), at + _NEAR + 1))
            ):
                return True
        return False

    def faults(self, parsed: Doc) -> Iterator[Fault]:
        """The faults of a parsed sentence."""
        for noun in parsed:
            entry = self._entries.get(noun.lower_)
            if (
                entry
                and noun.tag_ in ("NN", "NNS")
                and noun.dep_ in ("dobj", "nsubjpass")
                and self._is_wrong(noun, entry)
            ):
                yield _fault(noun, entry)

    def _is_wrong(self, noun: Token, entry: Carried) -> bool:
        verb = noun.head
        named = self._verbs.get(verb.lower_)
        if (
            named not in entry.wrong
            or not verb.tag_.startswith("VB")
            or (verb.i > noun.i) != (noun.dep_ == "nsubjpass")
        ):
            return False
        if named in ("make", "see") and _goes_on(noun):
            return False
        return named != "carry" or verb.nbor().lower_ == "out"


def _helps(words: Sequence[str], at: int) -> bool:
    """Whether “do” is an auxiliary: “did not”, “do you”."""
    return words[at] in ("do", "does", "did") and at + 1 < len(words) and words[at + 1] in _SUBJECTS


def _goes_on(noun: Token) -> bool:
    """Whether something is said of the noun: “made access easier”, “saw the dream come true”."""
    last = noun.right_edge
    after = noun.doc[last.i + 1 :]
    goes_on = len(after) > 0 and after[0].pos_ not in ("PUNCT", "ADP", "SCONJ", "CCONJ", "PART", "PRON")
    return goes_on or last.pos_ == "ADJ"


def _fault(noun: Token, entry: Carried) -> Fault:
    verb = noun.head
    last = verb.nbor() if verb.lemma_ == "carry" else verb
    text = verb_forms(entry.say).tagged(verb.tag_)
    span = stretch(noun, last) if verb.i > noun.i else stretch(verb, noun)
    return Fault(span, stretch(verb, last), text, f"{entry.say} … {entry.word}")
