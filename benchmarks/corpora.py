"""The texts that are measured on. They are not ours to ship: read in place, and missed aloud when absent."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

from copydesk.read.language import identify

PROJECT = Path(__file__).parent.parent
SHARED = PROJECT.parent / "shared"
ARTICLES = PROJECT / "tests" / "articles"


class AbsentError(Exception):
    """The data of a table is not on this machine."""


def rows(name: str) -> list[dict[str, Any]]:
    """The rows of a gzipped JSON lines file of the shared data. Raises AbsentError where it is not here."""
    path = SHARED / "data" / name
    if not path.exists():
        raise AbsentError(f"{name} is not here")
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def published_news() -> list[str]:
    """69 published articles, the half of Horne and Adali's collection (2017) whose ids say `Real`."""
    return [row["text"] for row in rows("cleaning/news_plain.jsonl.gz") if "/Real/" in row["id"]]


def article_bodies() -> list[str]:
    """Bodies of published pages in English, taken out of their pages by hand (scrapinghub)."""
    bodies = [row["articleBody"] for row in rows("cleaning/article_bodies.jsonl.gz")]
    told = [(body, *identify(body)) for body in bodies]
    return [body for body, language, assumed in told if language.startswith("en") and not assumed]


def every_second() -> list[str]:
    """Half of the published articles, for what is measured many times."""
    return published_news()[::2]


def languagetool_examples(most: int) -> list[str]:
    """The first `most` of LanguageTool's own good and bad sentences, in English."""
    return [row["text"] for row in rows("grammar/languagetool_examples_en.jsonl.gz")][:most]


def seed() -> str:
    """The acceptance article with its marks."""
    path = SHARED / "seed" / "article.marked.txt"
    if not path.exists():
        raise AbsentError("the acceptance article is not here")
    return path.read_text(encoding="utf-8")


def words(texts: list[str]) -> int:
    """White space separated."""
    return sum(len(text.split()) for text in texts)
