"""A repository of articles in Markdown and HTML with two faults in each, at known places: the same one for one seed.

Each article is made of published ones: whole paragraphs one after the other, of which some sentences are left out, so
that files have few paragraphs in common. One fault is of language, as any spelling or grammar checker looks for; the
other is of those that scraping and pasting leave (`planters.py`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from benchmarks.planted.planters import Planted, Planter, replaced, some_match
from benchmarks.planted.table import PLANTERS
from copydesk.model import Family, Span

_SIZE = 5900  # code points of an article: 2,000 are 12 MB
_DROPPED = 0.15  # of the sentences
_SECTIONS = 20  # folders
_SEED = 20251116
_SENTENCE = re.compile(r"(?<=[a-z]{3}[.]) (?=[A-Z])")
_NEAR = 20  # code points around a fault by which it is found again after the other has been planted
_TRIES = 20
_MARKDOWN = re.compile(r"[\\`*_\[\]<>&]|\A(?:[#+>~-]|\d+(?=[.)]))")
_HTML = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault in a file; `language`: of spelling or grammar."""

    kind: str
    span: Span
    language: bool


@dataclass(frozen=True, slots=True)
class File:
    """One file: its name below the repository, what stands in it, its faults, and the words of its article."""

    name: str
    text: str
    faults: tuple[Fault, ...]
    words: int


def files(texts: Sequence[str], count: int) -> Iterator[File]:
    """`count` files made of `texts`; the first ones are the same for any count."""
    random = Random(_SEED)  # noqa: S311 (a reproducible draw, no secret)
    for number in range(count):
        article, faults = _faulty(texts, number, random)
        as_html = number % 2 == 1
        name = f"section-{number % _SECTIONS}/article-{number}.{'html' if as_html else 'md'}"
        whole = _html(article, number) if as_html else _markdown(article, number)
        placed = tuple(Fault(fault.kind, whole.place(fault.span), fault.language) for fault in faults)
        yield File(name, whole.text, placed, len(article.split()))


def write(folder: Path, made: Sequence[File]) -> None:
    """The repository in `folder`, with a configuration, so that it is one to copydesk."""
    for file in made:
        path = folder / file.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.text.encode())
    (folder / "copydesk.toml").write_text('engine = "embedded"\n', encoding="utf-8")


def _faulty(texts: Sequence[str], number: int, random: Random) -> tuple[str, tuple[Fault, ...]]:
    """An article with one fault of each sort, the kinds in turn; where one finds no place, the next."""
    for turn in range(number, number + _TRIES):
        ours, theirs = PLANTERS[turn % len(PLANTERS)], LANGUAGE[turn % len(LANGUAGE)]
        article = _article(texts, random)
        first = theirs.plant(article, random)
        if first is None:
            continue
        second = ours.plant(first.text, random)
        again = None if second is None else _again(first, second)
        if second is not None and again is not None:
            return second.text, (Fault(theirs.kind, again, True), Fault(ours.kind, second.spans[0], False))
    raise ValueError(f"{_TRIES} articles have no place for faults")


def _again(first: Planted, second: Planted) -> Span | None:
    """Where the fault of `first` is once the other is planted; None where it is not there just once."""
    span = first.spans[0]
    start = max(0, span.start - _NEAR)
    around = first.text[start : span.end + _NEAR]
    at = second.text.find(around) + span.start - start
    found = Span(at, at + len(span))
    return found if second.text.count(around) == 1 and not found.overlaps(second.spans[0]) else None


def _article(texts: Sequence[str], random: Random) -> str:
    """Paragraphs of texts drawn at random, up to the size."""
    paragraphs: list[str] = []
    size = 0
    while size < _SIZE:
        lines = [line.strip() for line in random.choice(texts).splitlines() if line.strip()]
        for line in lines[random.randrange(len(lines)) :]:
            sentences = _SENTENCE.split(line)
            kept = [sentence for sentence in sentences if random.random() > _DROPPED] or sentences[:1]
            paragraphs.append(" ".join(kept))
            size += len(paragraphs[-1]) + 2
            if size >= _SIZE:
                break
    return "\n\n".join(paragraphs)


@dataclass(frozen=True, slots=True)
class _Marked:
    """A text in markup, and where each code point of the article begins and ends in it."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def place(self, span: Span) -> Span:
        return Span(self.starts[span.start], self.ends[span.end - 1])


def _markdown(article: str, number: int) -> _Marked:
    def escaped(line: str, at: int) -> str:
        return f"\\{line[at]}" if _MARKDOWN.match(line, at) else line[at]

    return _marked(article, f"# Article {number}\n\n", ("", "\n\n"), "", escaped)


def _html(article: str, number: int) -> _Marked:
    head = f'<!DOCTYPE html>\n<html lang="en">\n<head><title>Article {number}</title></head>\n<body>\n'

    def escaped(line: str, at: int) -> str:
        return _HTML.get(line[at], line[at])

    return _marked(article, f"{head}<h1>Article {number}</h1>\n", ("<p>", "</p>\n"), "</body>\n</html>\n", escaped)


def _marked(article: str, head: str, around: tuple[str, str], foot: str, escaped: Callable[[str, int], str]) -> _Marked:
    """Each line of the article as a paragraph; `escaped` is how the code point of a line at an index is written."""
    parts, length = [head], len(head)
    starts: list[int] = []
    ends: list[int] = []
    for line in article.split("\n"):
        opening, closing = around if line else ("", "")
        parts.append(opening)
        length += len(opening)
        for at in range(len(line)):
            parts.append(escaped(line, at))
            starts.append(length)
            length += len(parts[-1])
            ends.append(length)
        starts.append(length)  # the line end
        parts.append(closing)
        length += len(closing)
        ends.append(length)
    return _Marked("".join([*parts, foot]), starts, ends)


def _changed(kind: str, pattern: str, change: Callable[[re.Match[str]], str]) -> Planter:
    """One match of `pattern` becomes what `change` makes of it."""
    compiled = re.compile(pattern)

    def plant(text: str, random: Random) -> Planted | None:
        found = some_match(compiled, text, random)
        return None if found is None else replaced(text, found.start(), found.end(), change(found))

    return Planter(kind, Family.GRAMMAR, plant)


LANGUAGE = (
    _changed(
        "two letters changed round", r"(?<= )[a-z]{3}(?:[aeiou][bcdfgmnprt]){2}[a-z]+(?= )", lambda m: _turned(m[0])
    ),
    _changed("word doubled", r"(?<=[a-z] )(?:the|of|and|in|to)(?= [a-z])", lambda m: f"{m[0]} {m[0]}"),
    _changed("an for a", r"(?<=[a-z] )a (?=[bcdfgjklmpqrtvwz][a-z]{3})", lambda _: "an "),
    _changed("was for were", r"(?<= )(?:they|we|people|men) were(?= [a-z])", lambda m: m[0].replace("were", "was")),
    _changed("space before a comma", r"(?<=[a-z]{3}),(?= [a-z])", lambda _: " ,"),
)


def _turned(word: str) -> str:
    return f"{word[:3]}{word[4]}{word[3]}{word[5:]}"
