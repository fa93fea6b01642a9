"""The words that negate, by language: the lists in rules/bitext/data/negation, one pattern a language."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cache, lru_cache

from pydantic import BaseModel, ConfigDict

from copydesk.model import Span
from copydesk.packs.loader import read_yaml, shipped_rules, validate

# Vowel signs of Devanagari are no word characters to `re`, so its words need edges of their own.
_BEFORE, _AFTER = r"(?<![\w\u0900-\u097f])", r"(?![\w\u0900-\u097f])"
_REMEMBERED = 65536  # tokens
_ANY, _ONE = r"[\w\u0900-\u097f]*", r"\w"
_TOKEN = re.compile(r"[\w\u0900-\u097f]+|['’]")
_HEAD = re.compile(r"[\w*?\u0900-\u097f]+")


class Words(BaseModel):
    """A word list: `*` is any letters, `?` is one; `within_words` for languages without spaces.

    `negators` negate a sentence. `concord` only agree with one (никто не пришёл, ne … pas), or negate where none is.
    `lexical` are words that say no by themselves: without, refuse. `ignored` phrases hold a
    negator and negate nothing, in one language or the other: not only. `lookalikes` are no negators: sin embargo, než.
    `hinted` can hold a negation (few, unless, dis-): the target's, where another language may have a plain one.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    within_words: bool = False
    lookalikes: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    negators: tuple[str, ...]
    concord: tuple[str, ...] = ()
    lexical: tuple[str, ...] = ()
    hinted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """What negates in one text: the negators, how many clauses they negate, and how many other words say no.

    `ignored` phrases hold a negator and negate nothing, in this language.
    """

    negators: list[Span]
    clauses: int
    lexical: int
    ignored: int


_NOTHING = Found([], 0, 0, 0)


class Negators:
    """Counts what negates in texts of one language."""

    def __init__(self, words: Words) -> None:
        kinds = ("lookalikes", "ignored", "negators", "concord", "lexical")
        self._heads = None if words.within_words else _heads([w for kind in kinds[1:] for w in getattr(words, kind)])
        self._pattern = re.compile(
            "|".join(
                f"(?P<{kind}>{_alternatives(getattr(words, kind), words.within_words)})"
                for kind in kinds
                if getattr(words, kind)
            )
        )
        hinted = _alternatives(words.hinted, words.within_words)
        if words.lookalikes:
            hinted = f"(?!{_alternatives(words.lookalikes, words.within_words)})(?:{hinted})"
        self._hinted = re.compile(hinted) if words.hinted else None

    def find(self, text: str) -> Found:
        """What negates in `text`.

        Of a negator and the words that agree with it, the larger number counts: nikt nic nie wie is one negation or
        two, and never three.
        """
        low = text.lower()
        if self._heads and not any(map(self._heads, _TOKEN.findall(low))):
            return _NOTHING  # most texts; telling so takes a tenth of what the pattern does
        found: defaultdict[str | None, list[Span]] = defaultdict(list)
        for match in self._pattern.finditer(low if len(low) == len(text) else text):
            found[match.lastgroup].append(Span(*match.span()))
        clauses = max(len(found["negators"]), len(found["concord"]))
        return Found(found["negators"] or found["concord"], clauses, len(found["lexical"]), len(found["ignored"]))

    def hints(self, text: str) -> bool:
        """Whether any word of `text` can hold a negation."""
        return self._hinted is not None and self._hinted.search(text.lower()) is not None


@cache
def negators_of(language: str) -> Negators | None:
    """Those of a language, a BCP 47 tag; None where it has no word list. Raises RuleError for a faulty list."""
    path = shipped_rules() / "bitext" / "data" / "negation" / f"{language.split('-', 1)[0].lower()}.yaml"
    if not path.exists():
        return None
    entry, lines = read_yaml(path)
    return Negators(validate(Words, entry, path, lines, ()))


def _heads(forms: Collection[str]) -> Callable[[str], object]:
    """Tells of a token whether one of `forms` may begin there; each token is looked at once, and remembered.

    Of several words that is the first, unless one of the others is a form itself. Those with an apostrophe may be cut
    anywhere (don't, n'est), so the apostrophe stands for them.
    """
    heads = {form.lower() for form in forms if _HEAD.fullmatch(form)}
    single = re.compile(_alternatives(heads, within_words=True))
    for form in forms:
        parts = _HEAD.findall(form.lower())
        if "'" in form or "’" in form:
            heads |= {"'", "’"}
        elif not any(map(single.fullmatch, parts)):
            heads.add(parts[0])
    return lru_cache(maxsize=_REMEMBERED)(re.compile(_alternatives(heads, within_words=True)).fullmatch)


def _alternatives(words: Collection[str], within_words: bool) -> str:
    forms = (re.escape(word.lower()).replace(r"\*", _ANY).replace(r"\?", _ONE) for word in words)
    if within_words:
        return "|".join(forms)
    return (
        f"{_BEFORE}(?:{'|'.join(form if form[-1] in '’.' or form[-1] == chr(39) else form + _AFTER for form in forms)})"
    )
