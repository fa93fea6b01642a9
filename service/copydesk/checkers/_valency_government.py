"""Prepositions, objects and infinitives that a verb, noun or adjective does not take."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from copydesk.checkers._english_forms import verb_forms
from copydesk.checkers._valency import FAR, Fault, stretch
from copydesk.checkers._valency_frames import Frame, Kind, forms, frames, words_of_class
from copydesk.model import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_OBJECTS = frozenset(("dobj", "dative", "nsubj", "ccomp"))  # of what stands after the verb
_BEFORE_VERBS = frozenset(("nsubj", "nsubjpass", "aux", "auxpass", "neg", "expl"))
_OPENERS = frozenset(words_of_class("DETERMINER"))
_BEFORE_NOUNS = _OPENERS - {"it"} | {"of", "in", "for", "with", "by", "from", "public", "more", "less", "much"}
_SHORT = 4  # letters of a lemma that may change its last in the plural
_NEAR = 2  # words from one to a complement that nothing but an adverb parts from it
_TAGS = {
    "verbs": frozenset(("VB", "VBD", "VBG", "VBN", "VBP", "VBZ")),
    "nouns": frozenset(("NN", "NNS")),
    "adjectives": frozenset(("JJ", "JJR", "JJS", "VBN", "VBD")),
}
# Times and fixed phrases stand after any word: “discussed at noon”, “waited in vain”.
_ADJUNCTS = frozenset(words_of_class("ADJUNCT"))
_PERSONS = frozenset(words_of_class("PERSON"))


class Government:
    """The table of one kind of word."""

    def __init__(self, kind: Kind) -> None:
        self._tags, self._kind = _TAGS[kind], kind
        self._frames: dict[str, list[Frame]] = defaultdict(list)
        for frame in frames(kind):
            for form in forms(frame.word, kind):
                self._frames[form].append(frame)

    def suspects(self, words: Sequence[str]) -> bool:
        """Whether a word stands before what it does not take."""
        return any(
            _follows(frame, words, at, self._kind == "verbs")
            for at, word in enumerate(words)
            for frame in self._frames.get(word, ())
        )

    def faults(self, parsed: Doc) -> Iterator[Fault]:
        """The faults of a parsed sentence; a word has one at most."""
        for token in parsed:
            if token.lower_ in self._frames and token.tag_ in self._tags and token.pos_ != "AUX":
                found = (self._fault(token, frame) for frame in self._frames[token.lower_])
                yield from [fault for fault in found if fault is not None][:1]

    def _fault(self, token: Token, frame: Frame) -> Fault | None:
        if self._kind == "verbs" and not _fits(token, frame):
            return None
        if frame.bare:
            return _bare(token, frame)
        return _infinitive(token, frame) if frame.infinitive else self._preposition(token, frame)

    def _preposition(self, token: Token, frame: Frame) -> Fault | None:
        beside = _next(token, frame)
        marker = beside or (_hanging(token, frame) if self._kind == "verbs" else None)
        if marker is None or not _is_meant(_complement(marker), frame):
            return None
        said = token.doc.text[token.idx : marker.idx].rstrip() if beside else ""
        text = f"{said} {frame.right}".strip()
        span = stretch(token if beside else marker, marker)
        edited = span if text else Span(span.start, span.end + len(marker.whitespace_))
        return Fault(span, edited, text, f"{frame.word} {frame.right}".strip())


def _follows(frame: Frame, words: Sequence[str], at: int, verb: bool) -> bool:
    """Whether the words after the one at `at` may be what the frame is about."""
    if verb and at and words[at - 1] in _BEFORE_NOUNS:
        return False  # “the request for”
    if frame.bare:
        return at + 1 < len(words) and (
            _any_begins(frame, words[at + 1 : at + 4]) if frame.of else words[at + 1] in _OPENERS
        )
    reach = at + 1 + (_NEAR if frame.object == "without" else FAR)
    return any(
        words[i] in frame.markers and (not frame.of or _any_begins(frame, words[i + 1 : i + FAR]))
        for i in range(at + 1, min(reach, len(words)))
    )


def _any_begins(frame: Frame, words: Sequence[str]) -> bool:
    stems = tuple(lemma[:-1] if lemma[-1] in "ey" and len(lemma) > _SHORT else lemma for lemma in frame.of)
    return bool(stems) and any(word.startswith(stems) for word in words)


def _fits(verb: Token, frame: Frame) -> bool:
    """Whether the verb is one, and has the object that the frame wants, or none where it wants none."""
    left = {child.dep_ for child in verb.lefts}
    if verb.tag_ in ("VB", "VBP", "VBZ") and not left & _BEFORE_VERBS:
        return False  # “request” and “requests” are nouns, too, and the tagger errs
    if any(child.dep_ == "prt" for child in verb.rights):
        return False  # “reach out” is another verb
    has = _is_passive(verb) or "dobj" in left or any(child.dep_ in _OBJECTS for child in verb.rights if not frame.bare)
    if verb.dep_ == "relcl" and frame.object == "without":
        subjects = [child for child in verb.lefts if child.dep_ == "nsubj"]
        has = has or any(subject.tag_ not in ("WDT", "WP") for subject in subjects)
    return frame.object == "any" or has == (frame.object == "with")


def _is_passive(verb: Token) -> bool:
    """Whether a participle is the passive. In a whole sentence without any other verb it is a misread past tense."""
    if any(child.dep_ in ("nsubjpass", "auxpass") for child in verb.lefts):
        return True
    if verb.tag_ != "VBN" or any(child.lemma_ == "have" for child in verb.lefts):
        return False
    top = verb if verb.dep_ == "ROOT" else verb.head
    return verb.doc[-1].text != "." or top.dep_ != "ROOT" or (top is not verb and top.pos_ in ("VERB", "AUX"))


def _hanging(verb: Token, frame: Frame) -> Token | None:
    """A preposition that depends on the verb, with its object between; or on the person that is the object."""
    persons = [c for c in verb.rights if c.dep_ == "dobj" and (c.pos_ in ("PROPN", "PRON") or c.lemma_ in _PERSONS)]
    under = chain(verb.rights, *(person.subtree for person in persons if frame.of))
    return next((t for t in under if t.lower_ in frame.markers and t.dep_ in ("prep", "dative")), None)


def _next(token: Token, frame: Frame) -> Token | None:
    """The preposition that comes next, or after an adverb."""
    after = [*token.doc[token.i + 1 : token.i + 1 + _NEAR]]
    while after and after[0].pos_ == "ADV" and after[0].lower_ not in frame.markers:
        after.pop(0)
    return after[0] if after and after[0].lower_ in frame.markers and after[0].tag_ in ("IN", "TO", "RP") else None


def _complement(marker: Token) -> Token | None:
    """What a preposition governs, if it is a noun or pronoun."""
    return next((child for child in marker.rights if child.dep_ == "pobj" and child.tag_ != "CD"), None)


def _is_meant(complement: Token | None, frame: Frame) -> bool:
    if complement is None or any(child.lower_ in ("about", "dozen") for child in complement.lefts):
        return False
    said = {complement.lemma_.lower(), complement.lower_}
    return not said & frame.excused and bool(said & frame.allowed if frame.of else not said & _ADJUNCTS)


def _bare(verb: Token, frame: Frame) -> Fault | None:
    """An object that stands next to its verb where a preposition should part them."""
    complement = next((child for child in verb.rights if child.dep_ in ("dobj", "dative")), None)
    if (
        verb.i == 0
        or verb.nbor(-1).is_punct
        or complement is None
        or complement.left_edge.i != verb.i + 1
        or not _is_meant(complement, frame)
    ):
        return None
    return Fault(stretch(verb, verb), stretch(verb, verb), f"{verb.text} {frame.right}", f"{frame.word} {frame.right}")


def _infinitive(token: Token, frame: Frame) -> Fault | None:
    """“To do” after the word itself; where the frame wants an object, after that."""
    verb = _own_infinitive(token) if frame.object == "with" else _next_infinitive(token)
    if verb is None or (frame.of and verb.lemma_ not in frame.allowed) or verb.lemma_ in frame.excused:
        return None
    particle = token.doc[verb.i - 1]
    text = frame.right.replace("doing", verb_forms(verb.lower_).gerund)
    span = stretch(particle if frame.object == "with" else token, verb)
    said = token.doc.text[span.start : particle.idx]
    return Fault(span, span, said + text, f"{frame.word} {frame.right}")


def _next_infinitive(token: Token) -> Token | None:
    after = token.doc[token.i + 1 : token.i + 3]
    return after[1] if [t.tag_ for t in after] == ["TO", "VB"] else None


def _own_infinitive(verb: Token) -> Token | None:
    return next(
        (c for c in verb.rights if c.tag_ == "VB" and c.dep_ in ("xcomp", "ccomp") and c.nbor(-1).tag_ == "TO"), None
    )
