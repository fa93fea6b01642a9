"""Alarms on published news, the acceptance article, and how far the two engines agree."""

from __future__ import annotations

from collections import Counter

from benchmarks.corpora import ARTICLES, AbsentError, article_bodies, languagetool_examples, published_news, seed
from benchmarks.judged import table as judged_table
from benchmarks.marked import Score, parse, score
from benchmarks.tables import Table, number
from copydesk.grammar import GrammarSource, grammar_source
from copydesk.model import Family
from copydesk.pipeline import Desk
from copydesk.settings import load_settings

_EXAMPLES = 2500


def alarms() -> Table:
    """Alarms and false alarms by family on published text, copydesk with the embedded engine."""
    desk = Desk(grammar=grammar_source(load_settings(), "embedded"))
    return judged_table(desk, {"news": published_news(), "article bodies": article_bodies()})


def recall() -> Table:
    """Faults found in articles that were marked by hand."""
    desk = Desk(grammar=grammar_source(load_settings(), "embedded"))
    ours = Score()
    for path in sorted(ARTICLES.glob("*.marked.txt")):
        article = parse(path.read_text(encoding="utf-8"))
        ours.add(score(article, desk.review(article.text).findings))
    columns = {f"ours ({len(list(ARTICLES.glob('*.marked.txt')))} articles)": ours}
    try:
        article = parse(seed())
        columns["acceptance article"] = score(article, desk.review(article.text).findings)
    except AbsentError:
        pass
    rows = [["family", *columns]]
    rows += [
        [family, *(f"{s.found[family]:.1f} of {s.total[family]}" for s in columns.values())]
        for family in Family
        if any(s.total[family] for s in columns.values())
    ]
    rows.append(["false alarms per 1,000 words", *(number(s.alarms) for s in columns.values())])
    rows.append(["words", *(number(s.words, 0) for s in columns.values())])
    how = (
        "Our articles are invented, and were written and marked by people who had not seen the rules; three of them "
        "are clean. Rules were added after reading what was missed, so the figures show what is covered, and not what "
        "would be found in a text that nobody has seen. Embedded engine."
    )
    return Table("Marked articles", how, rows)


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
