"""The tables of valency: what a verb, noun or adjective is wrongly given in a translation, and what English gives it.

One entry is one frame. They lie in rules/translation/data/valency, one file a kind of word, one rule a file.
"""

from __future__ import annotations

import re
from functools import cache, cached_property
from itertools import chain
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from copydesk.checkers._english_forms import plural, verb_forms
from copydesk.packs.loader import read_yaml, shipped_rules, validate

_MARK = re.compile(r"\[\[(.*?)\|(.*?)\]\]")
T = TypeVar("T", bound="Shown")
Kind = Literal["verbs", "nouns", "adjectives"]


def _split(value: Any) -> Any:
    """Words, with those of a class in place of its name."""
    if not isinstance(value, str):
        return value
    return tuple(chain.from_iterable(_classes()[word] if word.isupper() else (word,) for word in value.split()))


Words = Annotated[tuple[str, ...], BeforeValidator(_split)]


class Shown(BaseModel):
    """An entry and its example: `[[discussed about|discussed]]` is the fault, and what stands there in good English."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    word: str = Field(min_length=2, description="the base form")
    bad: str

    @model_validator(mode="after")
    def _marked(self) -> Shown:
        if len(_MARK.findall(self.bad)) != 1:
            raise ValueError("`bad` marks one fault, as [[what stands|what should]]")
        return self

    @property
    def marked(self) -> str:
        """The example in the notation of packs: the fault in double brackets."""
        return _MARK.sub(r"[[\1]]", self.bad)

    @property
    def fixed(self) -> str:
        """The example in good English."""
        return _MARK.sub(r"\2", self.bad)


class Frame(Shown):
    """A word and a complement that it does not take.

    `wrong` are prepositions, or “to do” for an infinitive; empty means a bare object. `right` stands instead: nothing,
    a preposition, “doing”, or a preposition and “doing”. `of` are lemmas that the complement must be, `but` those that
    it must not; a word in capitals is a class of lemmas (classes.yaml).
    """

    wrong: Literal["to do"] | Words
    right: str = ""
    object: Literal["without", "with", "any"] = Field(
        default="without", description="of the verb, beside the complement"
    )
    of: Words = ()
    but: Words = ()

    @property
    def infinitive(self) -> bool:
        """Whether the fault is an infinitive."""
        return self.wrong == "to do"

    @property
    def bare(self) -> bool:
        """Whether the fault is an object without a preposition."""
        return not self.wrong

    @cached_property
    def markers(self) -> frozenset[str]:
        """The words one of which is the fault, or begins it."""
        return frozenset(("to",)) if self.infinitive else frozenset(self.wrong)

    @cached_property
    def allowed(self) -> frozenset[str]:
        """Lemmas that the complement must be; empty: any."""
        return frozenset(self.of)

    @cached_property
    def excused(self) -> frozenset[str]:
        """Lemmas that the complement must not be."""
        return frozenset(self.but)


class Carried(Shown):
    """A noun and the verbs that carry it: `say` what English says, the likeliest first.

    Of the verbs that a translation puts there for any noun (`HEAVY`), `may` are good with this one; `never` are others
    that are not.
    """

    say: str = Field(min_length=2)
    may: Words = ()
    never: Words = ()

    @cached_property
    def wrong(self) -> frozenset[str]:
        """Lemmas of the verbs that do not carry the noun; particles are not part of them."""
        return (HEAVY | set(self.never)) - set(self.may) - {self.say.split()[0]}


# “Carry” is “carry out”. Each is the first entry of a dictionary for some verb of the source that carries anything;
# what also has a meaning of its own beside such nouns (realize, execute, make) is named by the noun.
HEAVY = frozenset(("do", "perform", "conduct", "carry", "commit", "render"))


@cache
def frames(kind: Kind) -> tuple[Frame, ...]:
    """The shipped table of that kind of word. Raises RuleError for a faulty one."""
    return tuple(_read(Frame, kind))


@cache
def carried() -> tuple[Carried, ...]:
    """The shipped table of nouns and their verbs. Raises RuleError for a faulty one."""
    return tuple(_read(Carried, "support"))


def words_of_class(name: str) -> tuple[str, ...]:
    """The lemmas of a class of classes.yaml. Raises KeyError for one that is not there."""
    return _classes()[name]


def forms(word: str, kind: Kind) -> frozenset[str]:
    """All forms of a word of the table `kind`."""
    if kind == "verbs":
        return frozenset(verb_forms(word))
    return frozenset((word,)) if kind == "adjectives" else frozenset((word, plural(word)))


@cache
def _classes() -> dict[str, tuple[str, ...]]:
    classes, _ = read_yaml(_path("classes"))
    return {name: tuple(words.split()) for name, words in classes.items()}


def _path(name: str) -> Path:
    return shipped_rules() / "translation" / "data" / "valency" / f"{name}.yaml"


def _read(schema: type[T], name: str) -> list[T]:
    path = _path(name)
    entries, lines = read_yaml(path)
    return [validate(schema, entry, path, lines, (index,)) for index, entry in enumerate(entries)]
