"""ftfy's own cases: what copydesk and ftfy repair, and that both leave the negative ones alone."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import ftfy
from ftfy import TextFixerConfig

from benchmarks.corpora import SHARED, AbsentError
from benchmarks.tables import Table
from copydesk.findings.suppress import Filter
from copydesk.model import Family
from copydesk.pipeline import Desk, Options

_FILES = ("in-the-wild", "synthetic", "negative")
_DECODING = ("mojibake", "lossy-mojibake", "windows-1252-character", "lost-character")
_OUTCOMES = ("exact", "wrong", "missed")


def encoding() -> Table:
    """A row a file and a reader. `exact`: the text is one of the case's expected texts; `missed`: it is as it was."""
    desk = Desk()
    everything = Options(filter=Filter(families=frozenset({Family.ENCODING})))
    others = frozenset(rule.id for rule in desk.rules.of(Family.ENCODING) if rule.id.split("/")[-1] not in _DECODING)
    decoding = Options(filter=Filter(families=frozenset({Family.ENCODING}), disabled=others))
    rows = [["cases", "read by", *_OUTCOMES]]
    for name in _FILES:
        cases = _cases(name)
        counts: dict[str, Counter[str]] = {
            reader: Counter() for reader in ("copydesk, decoding rules", "copydesk", "ftfy")
        }
        for case in cases:
            text = case["original"]
            counts["copydesk, decoding rules"][_outcome(case, _mended(desk, text, decoding))] += 1
            counts["copydesk"][_outcome(case, _mended(desk, text, everything))] += 1
            counts["ftfy"][_outcome(case, ftfy.fix_encoding(text, TextFixerConfig(uncurl_quotes=False)))] += 1
        for reader, count in counts.items():
            rows.append([f"{name} ({len(cases)})", reader, *(str(count[outcome]) for outcome in _OUTCOMES)])
    how = (
        f"The cases of ftfy {ftfy.__version__} that it expects to pass. Compared is the whole text after every safe "
        "fix with what ftfy's authors expect, either of its encoding alone or after all of ftfy's fixes; in a negative "
        "case, exact means untouched. ftfy ran with `fix_encoding` and `uncurl_quotes` off. The decoding rules are "
        f"{', '.join(_DECODING)}. The whole family changes more: a full-width comma "
        "becomes a comma and a space, two controls that ftfy's authors call intentional go, and so does the Cyrillic "
        "letter in “SENSЕ”."
    )
    return Table("Mojibake: ftfy's cases", how, rows)


def _cases(name: str) -> list[dict[str, Any]]:
    path = SHARED / "data" / "cleaning" / f"ftfy_{name}.json"
    if not path.exists():
        raise AbsentError(f"{path.name} is not here")
    return [case for case in json.loads(path.read_text(encoding="utf-8")) if case["expect"] == "pass"]


def _mended(desk: Desk, text: str, options: Options) -> str:
    return desk.correct(desk.review(text, options, language="en-US"), options).text


def _outcome(case: dict[str, Any], text: str) -> str:
    if text in (case.get("fixed-encoding"), case["fixed"]):
        return "exact"
    return "missed" if text == case["original"] else "wrong"
