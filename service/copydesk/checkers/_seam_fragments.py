"""Sentences that are none: a title and a name, or a subject that nothing is said about."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING

from copydesk.limits import heed_time
from copydesk.model import Document, SegmentKind, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

_CAPITALISED = re.compile(r"[^\W\d_a-zà-öø-ÿа-яёіїєґўšžč][\w’'.-]*")
_CONNECTORS = frozenset({"of", "the", "and", "de", "la", "von", "van", "der", "da", "di", "al", "bin"})
_PRONOUN = re.compile(r"(?:it|he|she|that|this|there|here|who|what|we|they|i|you)(?:\b|[’'])", re.IGNORECASE)
_SHORT_TITLES = frozenset(
    {"Dr.", "Prof.", "Gen.", "Col.", "Lt.", "Maj.", "Capt.", "Mr.", "Mrs.", "Ms.", "Sen.", "Rep."}
)
_OFFICE = (
    r"(?:President|Prime Minister|Minister|Chancellor|General|Colonel|Governor|Mayor|Ambassador|Judge|Senator|King|"
    r"Queen|Patriarch|Commander|Secretary|Director|Chairman|Chairwoman|Speaker|Spokesman|Spokeswoman|Spokesperson|"
    r"Professor|Deputy|Prosecutor|Leader|Head|Chief|Bishop|Archbishop|Marshal|Admiral|Captain|Major|Administrator|"
    r"Official|Officer|Adviser|Advisor|Analyst|Representative|Envoy|Commissioner|Lawmaker|Journalist|Activist|Lawyer)"
)
_ROLE = re.compile(rf"(?:[A-Z][\w-]+ ){{0,2}}{_OFFICE}\b")
_ROLE_AND_NAME = re.compile(
    rf"(?:[A-Z][\w-]*(?: [\w-]+)? )?(?i:{_OFFICE})(?: of (?:the )?[\w-]+(?: [\w-]+)?)?(?: [A-Z][\w’'-]+){{2,3}}\."
)
_FRAGMENT_WORDS = range(2, 9)
_LONGEST_NAME = 90  # code points
_SUBJECT = re.compile(rf"(?:The|A|An) (?:[a-z-]+ ){{0,3}}(?i:{_OFFICE})\b.*[a-zA-Z]\.", re.S)
_THING = re.compile(
    r"(?:The|A|An) (?!(?:way|kind|sort|type|thing|end|fact|idea|sense|feeling)\b)[a-z-]+ .*[a-zA-Z]\.", re.S
)
_SUBJECT_WORDS = range(5, 31)
_THING_WORDS = range(8, 31)  # shorter ones are style: “The end of an era.”
_CLAUSE = re.compile(r",? (?:who|whose|which|that|where)\b[^,]*,?")  # says something about the subject only
_VERB = re.compile(
    r"\b(?:is|was|are|were|be|been|has|have|had|will|would|can|could|may|might|must|should|shall|do|does|did|"
    r"said|says|say|told|tells|went|goes|came|comes|took|takes|made|makes|got|gets|gave|gives|saw|knew|knows|thought|"
    r"thinks|found|finds|left|leaves|kept|keeps|began|begins|held|holds|stood|stands|ran|runs|won|wins|lost|loses|"
    r"met|meets|spoke|speaks|wrote|writes|sent|sends|became|becomes|felt|feels|put|puts|set|sets|[a-z]+n’t|[a-z]+n't|"
    r"[a-z]{2,}ed)\b"
)
_FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})
_WITHIN = frozenset({"relcl", "acl", "advcl"})  # clauses that hang on the subject


Neighbours = tuple[Span | None, Span, Span | None]
"""A sentence between those before and after it."""


def neighbours(document: Document) -> Iterator[Neighbours]:
    """Each sentence of a paragraph, with those before and after it in the same paragraph."""
    paragraphs = [s.span for s in document.segments if s.kind is SegmentKind.PARAGRAPH]
    starts = [span.start for span in paragraphs]
    sentences = document.sentences
    for i, span in enumerate(sentences):
        heed_time()
        at = bisect_right(starts, span.start) - 1
        if at < 0 or not paragraphs[at].contains(span):
            continue
        before = sentences[i - 1] if i and paragraphs[at].contains(sentences[i - 1]) else None
        after = sentences[i + 1] if i + 1 < len(sentences) and paragraphs[at].contains(sentences[i + 1]) else None
        yield before, span, after


def is_name_as_sentence(text: str, before: Span | None, span: Span) -> bool:
    """Whether a sentence is only a title and a name, after another sentence that is no question.

    A bare name may be an answer or one of a list, so it needs a sentence before it that ends in small letters.
    """
    if before is None or len(span) > _LONGEST_NAME:
        return False
    said, said_before = span.of(text), before.of(text)
    if _ROLE_AND_NAME.fullmatch(said):
        return re.search(r"[?:,;]['\"”’»)]*$", said_before) is None
    return _is_name_alone(said) and (_is_statement(said_before) or _ROLE.match(said) is not None)


def may_lack_predicate(text: str, before: Span | None, span: Span, after: Span | None) -> bool:
    """The cheap test: a subject leads, no word outside its own clauses looks like a verb, and it is between others."""
    if before is None or after is None or not text.startswith(("The ", "A ", "An "), span.start):
        return False
    said = span.of(text)
    words = len(said.split())
    return (
        (
            (words in _SUBJECT_WORDS and _SUBJECT.fullmatch(said) is not None)
            or (words in _THING_WORDS and _THING.fullmatch(said) is not None)
        )
        and _VERB.search(_CLAUSE.sub("", said)) is None
        and before.of(text).endswith(".")
        and not any(mark in said for mark in '"“”?!:;()[]…\n')
    )


def lacks_predicate(doc: Doc) -> bool:
    """Whether a parsed sentence is a noun that nothing is said about: it is the root, and no clause but its own has a
    verb."""
    root = next((token for token in doc if token.dep_ == "ROOT"), None)
    if root is None or root.pos_ not in ("NOUN", "PROPN"):
        return False
    for token in doc:
        if token.tag_ in _FINITE and not any(t.dep_ in _WITHIN for t in (token, *token.ancestors)):
            return False
    return True


def _is_name_alone(sentence: str) -> bool:
    """Whether every word but the connectors is capitalised, none is an abbreviation, and it ends with a full stop."""
    words = sentence.removesuffix(".").split()
    if not sentence.endswith(".") or sentence.endswith("..") or len(words) not in _FRAGMENT_WORDS:
        return False
    content = [word for word in words if word not in _CONNECTORS and word not in _SHORT_TITLES]
    return (
        words[0] in content
        and not _PRONOUN.match(words[0])
        and len(content) >= 2
        and all(_CAPITALISED.fullmatch(w) and len(w) > 2 and not w.isupper() for w in content)
        and not any(word.endswith(".") for word in content)
    )


def _is_statement(sentence: str) -> bool:
    """Whether a sentence ends as one, in small letters: not a question, a list of names, or an abbreviation."""
    last = sentence.rsplit(None, 1)[-1]
    return re.fullmatch(r"[^\W_][^\W_’'-]{2,}\.", last) is not None and (last[0].islower() or last[0].isdigit())
