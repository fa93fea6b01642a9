"""The word forms by which a document names, each with its uses: what clusters and misspellings are found among."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from copydesk.model import Document
from copydesk.names.keys import fold
from copydesk.names.lexicon import Lexicon
from copydesk.names.mentions import Mention, Word
from copydesk.names.similarity import same_name
from copydesk.names.words import GENERIC

_SHORTEST = 4  # letters; Kiev and Lviv are told apart by the lexicon, shorter words by nothing
_LONGEST = 40  # letters; what is longer is no word, and must not cost more than one
_MOST_NEIGHBOURS = 30  # given names of a form that are compared; more says nothing new
_ACRONYM = 5  # letters; a longer word in capitals is a name in a headline
_SMALL_WORD = re.compile(r"(?<!\w)[a-zß-ÿ]{4,}")


class Use(NamedTuple):
    """One place at which a form is used, and the name words before and after it in the same run."""

    word: Word
    before: Word | None
    after: str

    @property
    def is_given(self) -> bool:
        """Whether it stands as a given name does: another name word follows, none precedes."""
        return bool(self.after) and self.before is None


@dataclass(slots=True)
class Form:
    """One spelling, without case, and its uses in the order of the text."""

    text: str
    uses: list[Use] = field(default_factory=list)

    @property
    def is_weak(self) -> bool:
        """Whether no use is certain to be a name."""
        return all(use.word.weak for use in self.uses)

    @property
    def given_names(self) -> list[str]:
        """The words right before it: given names, initials, or what else stands there. At most 30."""
        found = dict.fromkeys(use.before.text for use in self.uses if use.before)
        return list(found)[:_MOST_NEIGHBOURS]

    @property
    def followers(self) -> list[str]:
        """The words right after it, where it could be a given name. At most 30."""
        return list(dict.fromkeys(use.after for use in self.uses if use.is_given))[:_MOST_NEIGHBOURS]

    @property
    def stands_last(self) -> bool:
        """Whether it is used alone or as a surname, not only as the given name before one."""
        return any(not use.is_given for use in self.uses)


def forms_of(document: Document, mentions: Iterable[Mention], lexicon: Lexicon) -> dict[str, Form]:
    """The forms of the document by their lower-case spelling, in the order in which they first stand.

    A name of two words that the lexicon knows is one form. A form whose every capital could be the sentence's is
    left out when the document also writes it small.
    """
    uses: dict[str, list[Use]] = {}
    for mention in mentions:
        words = _joined(mention.words, lexicon) if len(mention.words) > 1 else mention.words
        for at, word in enumerate(words):
            if _SHORTEST <= len(word.text) <= _LONGEST and not word.is_initial:
                before = _neighbour(word, words[at - 1]) if at else None
                after = _neighbour(word, words[at + 1]) if at + 1 < len(words) else None
                follower = after.text if after and after.text.lower() not in GENERIC else ""
                uses.setdefault(word.text.casefold(), []).append(Use(word, before, follower))
    small = frozenset(_SMALL_WORD.findall(document.text))
    forms = {key: Form(_spelling(found), found) for key, found in uses.items()}
    return {
        key: form
        for key, form in forms.items()
        if not (form.text.isupper() and len(form.text) <= _ACRONYM) and not (key in small and form.is_weak)
    }


def _neighbour(word: Word, other: Word) -> Word | None:
    """`other`, unless both are weak: in a headline, the words beside a name are mostly not of it."""
    return None if word.weak and other.weak else other


def _joined(words: tuple[Word, ...], lexicon: Lexicon) -> tuple[Word, ...]:
    """The words, each pair that is one place of the lexicon (Kryvyi Rih) as one."""
    out: list[Word] = []
    for word in words:
        last = out[-1] if out else None
        if last is not None and last.span.end + 1 == word.start:
            both = f"{last.text} {word.text}"
            if lexicon.by_word(both):
                out[-1] = Word(both, last.start, last.weak, word.possessive)
                continue
        out.append(word)
    return tuple(out)


def same_given(a: str, b: str, lexicon: Lexicon) -> bool:
    """Whether the given names `a` and `b` can be one person's: equal, an initial, a romanization, a translation."""
    a, b = fold(a), fold(b)
    if a.endswith(".") or b.endswith("."):
        return a[:1] == b[:1]
    if a == b or same_name(a, b):
        return True
    entry = lexicon.given(a)
    return entry is not None and entry == lexicon.given(b)


def may_be_one(a: Form, b: Form, lexicon: Lexicon) -> bool | None:
    """Whether two forms can name one person or place, by the words around them.

    True: they share a given name (or, as given names, a surname). None: nothing speaks against it. False: their given
    names differ, or one is used as a given name only.
    """
    if a.stands_last and b.stands_last:
        ours, theirs = a.given_names, b.given_names
        if not ours or not theirs:
            return None
    elif not a.stands_last and not b.stands_last:
        ours, theirs = a.followers, b.followers
    else:
        return False
    return any(same_given(x, y, lexicon) for x in ours for y in theirs)


def _spelling(uses: list[Use]) -> str:
    """The form as it is mostly written, capitals of headlines apart."""
    if len(uses) == 1:
        return uses[0].word.text
    spellings = Counter(use.word.text for use in uses)
    mixed = Counter({text: n for text, n in spellings.items() if not text.isupper()})
    return (mixed or spellings).most_common(1)[0][0]
