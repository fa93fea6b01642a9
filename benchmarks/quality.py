"""Alarms on published news, the acceptance article, and how far the two engines agree."""

from __future__ import annotations

import sys
from collections import Counter

from benchmarks.corpora import SHARED, AbsentError, languagetool_examples, published_news, seed, words
from benchmarks.tables import Table, number
from copydesk.grammar import GrammarSource, grammar_source
from copydesk.model import Family
from copydesk.pipeline import Desk
from copydesk.settings import load_settings

_EXAMPLES = 2500


def alarms() -> Table:
    """Alarms by family on published news, copydesk with the embedded engine."""
    texts = published_news()
    desk = Desk(grammar=grammar_source(load_settings(), "embedded"))
    count = Counter(f.family for text in texts for f in desk.review(text, language="en-US").findings)
    total = words(texts)
    rows = [["family", "alarms", "per 1,000 words"]]
    rows += [[family, str(count[family]), number(1000 * count[family] / total, 2)] for family in Family]
    rows.append(["all", str(count.total()), number(1000 * count.total() / total, 2)])
    how = f"69 published articles, {total:,} words; findings of captions, duplicates and debris there are mostly real."
    return Table("Alarms on published news", how, rows)


def recall() -> Table:
    """The marked articles: the acceptance article, and our own."""
    sys.path.insert(0, str(SHARED))
    try:
        import score  # type: ignore[import-not-found]
    except ImportError:
        raise AbsentError("the scorer is not here") from None
    desk = Desk(grammar=grammar_source(load_settings(), "embedded"))
    rows = [["article", "faults found", "with the right family", "false alarms", "words"]]
    for name, marked in {"acceptance article": seed()}.items():
        text, gold, groups = score.parse(marked)
        found = [
            {"rule": f.rule, "family": f.family, "start": f.span.start, "end": f.span.end}
            for f in desk.review(text).findings
        ]
        hit, total, agree, noise, _ = score.score(found, text, gold, groups)
        every = sum(total.values())
        rows.append([
            name,
            f"{sum(hit.values()):.1f} of {every}",
            f"{sum(agree.values()):.1f} of {every}",
            str(len(noise)),
            str(len(text.split())),
        ])  # fmt: skip
    return Table("Marked articles", "Scored by the acceptance scorer, embedded engine.", rows)


def agreement() -> Table:
    """Both engines on the same sentences, whatever copydesk's profile makes of it."""
    sentences = languagetool_examples(_EXAMPLES)
    settings = load_settings()
    embedded = _found(grammar_source(settings, "embedded"), sentences)
    server = _found(grammar_source(settings, "languagetool", interactive=True), sentences)
    both = sum((embedded & server).values())
    rows = [
        ["findings", "count"],
        ["LanguageTool 6.8", str(server.total())],
        ["embedded engine", str(embedded.total())],
        ["the same rule at the same place", str(both)],
        [
            "share of LanguageTool's that the embedded engine has",
            number(100 * both / max(1, server.total())) + " %",
        ],
        [
            "share of the embedded engine's that LanguageTool has",
            number(100 * both / max(1, embedded.total())) + " %",
        ],
    ]
    how = f"The first {len(sentences):,} of LanguageTool's own example sentences, one by one."
    return Table("Agreement of the two engines", how, rows)


def _found(source: GrammarSource, sentences: list[str]) -> Counter[tuple[int, str, int, int]]:
    return Counter(
        (i, m.rule, m.span.start, m.span.end)
        for i, sentence in enumerate(sentences)
        for m in source.check(sentence, "en-US").matches
    )
