"""Whole articles: findings to the exact span, and the quality floors.

`make articles` writes the expected findings anew; read the difference before you commit it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from benchmarks.corpora import AbsentError, published_news, seed, words
from benchmarks.judged import false_alarms
from benchmarks.marked import Marked, Score, parse, score

from copydesk.model import Family, Review
from desks import desk_with_grammar

FOLDER = Path(__file__).parent / "articles"
ARTICLES = sorted(FOLDER.glob("*.marked.txt"))
FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text(encoding="utf-8"))


@cache
def read(path: Path) -> tuple[Marked, Review]:
    article = parse(path.read_text(encoding="utf-8"))
    return article, desk_with_grammar().review(article.text)


def rows(review: Review) -> Iterator[str]:
    text = review.document.text
    for f in review.findings:
        yield f"{f.span.start}\t{f.span.end}\t{f.rule}\t{f.span.of(text)!r}"


def expected_path(path: Path) -> Path:
    return path.with_name(path.name.replace(".marked.txt", ".expected.tsv"))


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.name.split(".")[0])
def test_the_findings_are_exactly_these(path: Path) -> None:
    _, review = read(path)
    assert list(rows(review)) == expected_path(path).read_text(encoding="utf-8").splitlines()


def check_floors(result: Score, floors: dict[str, float]) -> None:
    for family in Family:
        assert result.recall(family) >= floors.get(family, 0), (family, result.missed)
    assert result.alarms <= floors["false_alarms"], [(f.rule, f.span) for f in result.false]


def test_quality_on_our_articles_does_not_fall() -> None:
    total = Score()
    for path in ARTICLES:
        article, review = read(path)
        total.add(score(article, review.findings))
    check_floors(total, FLOORS["articles"])


def test_quality_on_the_acceptance_article_does_not_fall() -> None:
    try:
        article = parse(seed())
    except AbsentError as missing:
        pytest.skip(str(missing))
    check_floors(score(article, desk_with_grammar().review(article.text).findings), FLOORS["acceptance"])


def test_false_alarms_on_published_news_do_not_rise() -> None:
    try:
        texts = published_news()
    except AbsentError as missing:
        pytest.skip(str(missing))
    reviews = [(text, desk_with_grammar().review(text, language="en-US").findings) for text in texts]
    found = [f.family for text, findings in reviews for f in false_alarms(text, findings)]
    total = words(texts)
    for family, most in FLOORS["news"].items():
        count = len(found) if family == "all" else found.count(Family(family))
        assert 1000 * count / total <= most, family


if __name__ == "__main__":
    for article_path in ARTICLES:
        _, outcome = read(article_path)
        expected_path(article_path).write_text("".join(f"{row}\n" for row in rows(outcome)), encoding="utf-8")
