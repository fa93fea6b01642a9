"""Alarms on published text, each read by a person: which of them are real faults of the page.

Published articles were scraped too, so “Play Video2:14” in one is debris and no false alarm. The verdicts are in
`judged.tsv`, by a hash of article, family and matched text, so that nothing of the publishers' is in the project. An
alarm without a verdict counts as false until somebody has read it: `python -m benchmarks.judged` prints those.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from benchmarks.corpora import article_bodies, published_news, words
from benchmarks.tables import Table, number
from copydesk.model import Family, Finding
from copydesk.pipeline import Desk, Options

VERDICTS = Path(__file__).parent / "judged.tsv"
CLEANING = (Family.CAPTIONS, Family.DUPLICATES, Family.DEBRIS, Family.ENCODING, Family.SEAMS)
_CONTEXT = 70  # code points shown on either side


def key(text: str, finding: Finding) -> str:
    """What a verdict is filed under: the article, the family and the matched text, hashed."""
    said = "\0".join((text, finding.family, finding.span.of(text)))
    return hashlib.sha256(said.encode()).hexdigest()[:16]


@cache
def verdicts() -> dict[str, str]:
    """`real` or `false` by key."""
    lines = VERDICTS.read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t")[:2] for line in lines if line and not line.startswith("#"))


def false_alarms(text: str, findings: Iterable[Finding]) -> list[Finding]:
    """The findings on a published text that nobody has judged to be real."""
    return [f for f in findings if verdicts().get(key(text, f)) != "real"]


def table(desk: Desk, texts: dict[str, list[str]]) -> Table:
    """Alarms and false alarms of each family on published texts, by the title of the collection."""
    rows = [["family", *(f"{title}: {what}" for title in texts for what in ("alarms", "false", "per 1,000 words"))]]
    counted = {title: _count(desk, collection) for title, collection in texts.items()}
    for name, families in (*((f.value, (f,)) for f in Family), ("cleaning", CLEANING), ("all", tuple(Family))):
        row = [name]
        for title, (alarms, false) in counted.items():
            wrong = sum(false[f] for f in families)
            per_thousand = number(1000 * wrong / words(texts[title]), 2)
            row += [str(sum(alarms[f] for f in families)), str(wrong), per_thousand]
        rows.append(row)
    sizes = "; ".join(f"{title}: {len(t)} texts, {words(t):,} words" for title, t in texts.items())
    how = (
        f"{sizes}. An alarm is false unless a person has read it and found a real fault of the page (debris, a "
        "paragraph printed twice …); grammar alarms were not judged and all count as false."
    )
    return Table("False alarms on published text", how, rows)


def _count(desk: Desk, texts: list[str]) -> tuple[Counter[Family], Counter[Family]]:
    alarms: Counter[Family] = Counter()
    false: Counter[Family] = Counter()
    for text in texts:
        findings = desk.review(text, language="en-US").findings
        alarms.update(f.family for f in findings)
        false.update(f.family for f in false_alarms(text, findings))
    return alarms, false


def _unread() -> Iterator[str]:
    desk = Desk()
    for text in (*published_news(), *article_bodies()):
        for finding in desk.review(text, Options(), language="en-US").findings:
            if key(text, finding) not in verdicts():
                at = finding.span
                before, after = text[max(0, at.start - _CONTEXT) : at.start], text[at.end : at.end + _CONTEXT]
                shown = " ".join(f"{before}[[{at.of(text)}]]{after}".split())
                yield f"{key(text, finding)}\t{finding.rule}\t{shown}\n"


if __name__ == "__main__":
    import sys

    sys.stdout.writelines(_unread())
