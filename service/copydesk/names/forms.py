"""The word forms by which a document names, each with its uses: what clusters and misspellings are found among."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from rapidfuzz.distance import OSA

from copydesk.model import Document
from copydesk.names.familyfirst import whole_name
from copydesk.names.keys import fold
from copydesk.names.lexicon import Lexicon
from copydesk.names.mentions import Mention, Word
from copydesk.names.phrases import is_fixed
from copydesk.names.similarity import is_slavic, same_name
from copydesk.names.spellings import differs_in_marks
from copydesk.names.words import GENERIC, QUARTERS, SAINTS

_SHORTEST = 4  # letters; Kiev and Lviv are told apart by the lexicon, shorter words by nothing
_LONGEST = 40  # letters; what is longer is no word, and must not cost more than one
_MOST_NEIGHBOURS = 30  # given names of a form that are compared; more says nothing new
_ACRONYM = 5  # letters; a longer word in capitals is a name in a headline
_LONG_GIVEN = (
    8  # letters from which given names a letter apart are one before one surname; Karina and Katrina are sisters
)
_HYPHEN = re.compile("[-‐‑]")
_LATIN = re.compile("[a-zà-ɏ]", re.IGNORECASE)
_CYRILLIC = re.compile("[\u0400-\u052f]")
_SMALL_WORD = re.compile(r"(?<!\w)[a-zß-ÿ]{4,}")


class Use(NamedTuple):
    """One place at which a form is used, and the name words before and after it in the same run.

    `titled`: a title (President, Dr.) stands before the run.
    """

    word: Word
    before: Word | None
    after: str
    titled: bool = False

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

    A name of two words that the lexicon knows is one form, and so is a saint's; a plural (“the Lukashenkos”) is a use
    of its singular. Left out are words of two alphabets, which are faults of encoding, a place inside a fixed phrase
    (Dynamo Kiev, the Kyiv Post), and a form whose every capital could be the sentence's, when the document also
    writes it small.
    """
    uses: dict[str, list[Use]] = {}
    for mention in mentions:
        words = _joined(document.text, mention.words, lexicon) if len(mention.words) > 1 else mention.words
        for at, word in enumerate(words):
            if _SHORTEST <= len(word.text) <= _LONGEST and not word.is_initial:
                before = _neighbour(word, words[at - 1]) if at else None
                after = _neighbour(word, words[at + 1]) if at + 1 < len(words) else None
                follower = after.text if after and after.text.lower() not in GENERIC else ""
                for part in _parts(word, lexicon) if "-" in word.text or "‑" in word.text else (word,):
                    use = Use(part, before, follower, mention.titled)
                    uses.setdefault(part.text.casefold(), []).append(use)
    uses = _with_plurals(document.text, uses, lexicon)
    small = frozenset(_SMALL_WORD.findall(document.text))
    forms = {key: _form(key, found, document.text, lexicon) for key, found in uses.items()}
    return {
        key: form
        for key, form in forms.items()
        if form.uses
        and not (form.text.isupper() and len(form.text) <= _ACRONYM)
        and not (key in small and form.is_weak)
        and (key.isascii() or not (_CYRILLIC.search(key) and _LATIN.search(key)))
    }


def _form(key: str, uses: list[Use], text: str, lexicon: Lexicon) -> Form:
    """The form of `uses`, of a place without those in fixed phrases."""
    spelling = _spelling(uses)
    if any(entry.kind == "place" for entry in lexicon.by_word(key)):
        uses = [use for use in uses if not is_fixed(text, use.word.span)]
    return Form(spelling, uses)


def _parts(word: Word, lexicon: Lexicon) -> tuple[Word, ...]:
    """The names that a hyphen joins: a place and its quarter (Lyman-North), two known places (Kyiv-Lviv)."""
    if lexicon.by_word(word.text):
        return (word,)
    pieces = _HYPHEN.split(word.text)
    if pieces[-1].casefold() in QUARTERS:
        return (word._replace(text=word.text[: -len(pieces[-1]) - 1]),)
    if all(lexicon.by_word(piece) for piece in pieces):
        starts = [word.start + sum(len(piece) + 1 for piece in pieces[:i]) for i in range(len(pieces))]
        return tuple(word._replace(text=piece, start=at) for piece, at in zip(pieces, starts, strict=True))
    return (word,)


def _with_plurals(text: str, uses: dict[str, list[Use]], lexicon: Lexicon) -> dict[str, list[Use]]:
    """The uses, “the Lukashenkos” among those of Lukashenko, its span without the s, where that is a name."""
    plural = False
    for key in [key for key in uses if key.endswith("s") and len(key) > _SHORTEST]:
        one = key[:-1]
        if all(_is_plural(text, use) for use in uses[key]) and (one in uses or is_slavic(one) or lexicon.by_word(one)):
            found = [use._replace(word=use.word._replace(text=use.word.text[:-1])) for use in uses.pop(key)]
            uses[one] = sorted((*uses.get(one, ()), *found), key=lambda use: use.word.start)
            plural = True
    return dict(sorted(uses.items(), key=lambda item: item[1][0].word.start)) if plural else uses


def _is_plural(text: str, use: Use) -> bool:
    at = use.word.start
    return use.before is None and not use.after and text[max(0, at - 4) : at].casefold() == "the "


def _neighbour(word: Word, other: Word) -> Word | None:
    """`other`, unless both are weak: in a headline, the words beside a name are mostly not of it."""
    return None if word.weak and other.weak else other


def _joined(text: str, words: tuple[Word, ...], lexicon: Lexicon) -> tuple[Word, ...]:
    """The words, each pair that is one place of the lexicon (Kryvyi Rih) or a saint's (St. Gallen) as one.

    So is a whole name that has its family name first (Kim Jong Un).
    """
    if (whole := whole_name(text, words)) is not None:
        return (whole,)
    out: list[Word] = []
    for word in words:
        last = out[-1] if out else None
        if last is not None and last.span.end + 1 == word.start:
            both = f"{last.text} {word.text}"
            saint = last.text.casefold().rstrip(".") in SAINTS and word is words[-1]  # not Saint Louis University
            if saint or lexicon.by_word(both):
                out[-1] = Word(both, last.start, last.weak, word.possessive)
                continue
        out.append(word)
    return tuple(out)


def same_given(a: str, b: str, lexicon: Lexicon) -> bool:
    """Whether the given names `a` and `b` can be one person's, given that the surname is the same.

    Equal, an initial, a romanization, a translation, with and without diacritics, or a slip of one letter.
    """
    if a == b or differs_in_marks(a, b):
        return True
    known_a, known_b = lexicon.given(a), lexicon.given(b)
    if known_a is not None and known_b is not None:
        return known_a == known_b
    a, b = fold(a), fold(b)
    if a.endswith(".") or b.endswith("."):
        return a[:1] == b[:1]
    return same_name(a, b) or _is_slip(a, b)


def _is_slip(a: str, b: str) -> bool:
    """Krzysztof, Krzystof. A last letter tells a man from a woman, and a first one Harry from Barry."""
    if min(len(a), len(b)) < _LONG_GIVEN or a[0] != b[0] or a[-1] != b[-1]:
        return False
    return OSA.distance(a, b, score_cutoff=1) == 1


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
