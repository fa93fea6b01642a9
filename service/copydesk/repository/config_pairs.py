"""Which texts of a repository seem to be translations of which, by the languages that their paths name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from copydesk.read.language import canonical_or_none

_CODE = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z]{2,4})?")
_LEAST = 0.2  # of the smaller side must stand on the other: less is two folders that share a readme


@dataclass(frozen=True, slots=True)
class Place:
    """Where a path names its language: `content/{}/{path}` or `{path}.{}.md`, and the code that stands there."""

    template: str
    code: str

    @property
    def glob(self) -> str:
        """The files of this place and language, as a configuration's glob."""
        if self.pattern.startswith("{path}"):
            return self.pattern.replace("{path}", "*")
        return "/" + self.pattern.replace("{path}", "**")

    @property
    def pattern(self) -> str:
        """The same as a template of `pairs`."""
        return self.template.replace("{}", self.code)


@dataclass(frozen=True, slots=True)
class Pair:
    """`target` seems to be translated from `source`: `shared` of its texts have the same path there."""

    target: Place
    source: Place
    shared: int


def places(path: str) -> Iterator[tuple[Place, str]]:
    """Each part of `path` that may be a language's code, with what stands for `{path}` then."""
    *folders, name = path.split("/")
    for i, part in enumerate(folders):
        if is_code(part):
            yield Place("/".join([*folders[:i], "{}", "{path}"]), part), "/".join([*folders[i + 1 :], name])
    parts = name.rsplit(".", 2)
    if len(parts) == 3 and is_code(parts[1]):
        yield Place("{path}.{}." + parts[2], parts[1]), "/".join([*folders, parts[0]])


def is_code(part: str) -> bool:
    """Whether a folder of that name may be a language's."""
    return _CODE.fullmatch(part) is not None and canonical_or_none(part) is not None


def pairs(paths: Iterable[str]) -> list[Pair]:
    """For each place where several languages stand, each language with the one that it seems to be translated from.

    That is the one with the most texts, since translations lag behind; among equals one that is not English, which is
    the language that copydesk knows most faults of translation in. Only a guess: who knows better turns it round.
    """
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for path in paths:
        for place, rest in places(path):
            found[place.template][place.code].add(rest)
    return [pair for template, codes in sorted(found.items()) for pair in _pairs_at(template, codes)]


def _pairs_at(template: str, codes: dict[str, set[str]]) -> Iterator[Pair]:
    source = max(codes, key=lambda code: (len(codes[code]), not code.startswith("en"), code))
    for code in sorted(set(codes) - {source}):
        shared = len(codes[code] & codes[source])
        if shared and shared >= _LEAST * len(codes[code]):
            yield Pair(Place(template, code), Place(template, source), shared)
