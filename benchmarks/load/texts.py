"""Published news in requests: each text new to whoever reads it, or one that is being typed in."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

import sentencex

_LEAST = 100  # code points of a paragraph; shorter lines are titles and bylines
_ARTICLE = 3_000  # code points of an article, about: whole paragraphs
_ONE_ARTICLE_IN = 4  # texts; the others are a paragraph each, as an editor's extension sends them
_END = re.compile(r"(?=[.!?…]*[\"”’')\]]*$)")
_LETTERS = "etaoins "

Paragraph = Sequence[str]
"""Its sentences."""


@dataclass(frozen=True, slots=True)
class Texts:
    """Articles of whole paragraphs, and all those paragraphs."""

    articles: Sequence[Sequence[Paragraph]]
    paragraphs: Sequence[Paragraph]

    def fresh(self, index: int, mark: int) -> str:
        """The text of that index: an article one time of four, else a paragraph.

        `mark`, a number, stands at the end of each sentence, so that under a new one no sentence has been read before:
        to remember paragraphs or sentences helps nobody.
        """
        article, rest = divmod(index, _ONE_ARTICLE_IN)
        if rest == 0:
            return _joined(self.articles[article % len(self.articles)], mark)
        return _joined([self.paragraphs[(index - article) % len(self.paragraphs)]], mark)

    def typed(self, index: int, mark: int, keystrokes: int) -> str:
        """An article in which somebody writes, after so many letters, each at a place of its own."""
        text = _joined(self.articles[index % len(self.articles)], mark)
        chance = random.Random(index)  # noqa: S311 (no secret)
        for _ in range(keystrokes):
            at = chance.randrange(len(text))
            text = text[:at] + chance.choice(_LETTERS) + text[at:]
        return text


def texts_of(articles: Sequence[str]) -> Texts:
    """`articles` cut into sentences, each down to the size of a request."""
    cut = [found for article in articles if (found := _paragraphs(article))]
    return Texts(cut, [paragraph for article in cut for paragraph in article])


def _paragraphs(article: str) -> list[Paragraph]:
    found: list[Paragraph] = []
    size = 0
    for line in map(str.strip, article.splitlines()):
        if len(line) >= _LEAST and size < _ARTICLE:
            found.append([sentence.strip() for sentence in sentencex.segment("en", line)])
            size += len(line)
    return found


def _joined(paragraphs: Sequence[Paragraph], mark: int) -> str:
    return "\n\n".join(" ".join(marked(sentence, mark) for sentence in paragraph) for paragraph in paragraphs)


def marked(sentence: str, mark: int) -> str:
    """`sentence` with the number before its last stop, and the quotes and brackets around that."""
    return _END.sub(f" {mark}", sentence, count=1)
