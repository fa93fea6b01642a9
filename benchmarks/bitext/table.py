"""Translations against their sources: recall by category and false alarms, beside LanguageTool and pofilter; speed."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence

from benchmarks.bitext.data import Planted, by_category, clean_demetr, clean_estimated, planted
from benchmarks.bitext.peers import Alarms, Tool, languagetool, languagetool_bitext, pofilter
from benchmarks.tables import Table, number
from copydesk.model import Pair
from copydesk.pipeline import Desk

_EVERY = 10  # pairs, of which the others read one: LanguageTool takes an hour for all of them
_WARM = 20  # pairs, of which one is read before the clock starts, so that each language's dictionary is loaded

_HOW = (
    "DEMETR (Karpinska et al. 2022), ten languages into English: share of the translations with a planted error that "
    "have an alarm which the same translation without the error does not have. Below, the share of good pairs with "
    "any alarm: DEMETR's sources with the machine's and with the human's translation, and MLQE-PE's with HTER 0 "
    "(Russian into English). copydesk: the checks against the source alone. LanguageTool 6.8 reads the translations as "
    "one text of many paragraphs; bitext mode is its command line with --bitext, in which it has no Czech and no "
    "Hindi, and which ends on a target of one character, so these are left out. pofilter is translate-toolkit's "
    "StandardChecker, its critical and functional tests; those are meant for the messages of programs. copydesk reads "
    "all pairs, "
    f"the others every {_EVERY}th of each row. DEMETR's and MLQE-PE's pairs were also what thresholds were set on."
)
_HOW_FAST = (
    "Sentence pairs of DEMETR and MLQE-PE, all bilingual checks in one process. The dictionaries of the languages are "
    "loaded before; read again, the words of the pairs are remembered too, as those of a large file come to be."
)


def bitext() -> Table:
    """DEMETR by category, and alarms on good pairs."""
    tools = {
        "copydesk": _ours(),
        "LanguageTool 6.8": languagetool(),
        "LanguageTool 6.8, bitext mode": languagetool_bitext(),
        "pofilter": pofilter(),
    }
    groups = by_category(planted())
    goods = {"machine, DEMETR": clean_demetr("mt_sent"), "human, DEMETR": clean_demetr("eng_sent")}
    goods["machine, MLQE-PE, HTER 0"] = clean_estimated()
    shares: dict[str, list[str]] = {category: [] for category in groups}
    alarmed: dict[str, list[str]] = {name: [] for name in goods}
    for name, tool in tools.items():
        every = 1 if name == "copydesk" else _EVERY
        read = {category: group[::every] for category, group in groups.items()}
        good = {kind: pairs[::every] for kind, pairs in goods.items()}
        said = _said(tool, read, good)
        for category, group in read.items():
            told = sum(bool(said[_key(case.wrong)] - said[_key(case.clean)]) for case in group)
            shares[category].append(number(told / len(group), 2))
        for kind, pairs in good.items():
            told = sum(bool(said[_key(pair)]) for pair in pairs)
            alarmed[kind].append(f"{number(100 * told / len(pairs), 2)} %")
    rows = [["category", "pairs", *tools]]
    rows += [[category, str(len(groups[category])), *cells] for category, cells in shares.items()]
    rows += [[f"good: {kind}", str(len(goods[kind])), *cells] for kind, cells in alarmed.items()]
    return Table("Translations against their sources", _HOW, rows)


def bitext_speed() -> Table:
    """Pairs a second, all checks against the source, one process."""
    desk = Desk()
    good = clean_demetr() + clean_estimated()
    desk.compare(good[::_WARM])
    rest = [pair for index, pair in enumerate(good) if index % _WARM]
    rows = [["reading", "pairs", "pairs a second", "pairs a second of processor time"]]
    for reading in ("for the first time", "again"):
        wall, cpu = time.perf_counter(), time.process_time()
        desk.compare(rest)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        rows.append([reading, *(number(figure, 0) for figure in (len(rest), len(rest) / wall, len(rest) / cpu))])
    return Table("Speed of the bilingual checks", _HOW_FAST, rows)


def _key(pair: Pair) -> tuple[str, str]:
    return pair.source.text, pair.target.text


def _said(
    tool: Tool, groups: Mapping[str, Sequence[Planted]], goods: Mapping[str, Sequence[Pair]]
) -> dict[tuple[str, str], Alarms]:
    """What a tool tells of every pair, asked once for all of them: its start is dear."""
    pairs = {_key(pair): pair for group in goods.values() for pair in group}
    for case in (case for group in groups.values() for case in group):
        pairs[_key(case.clean)] = case.clean
        pairs[_key(case.wrong)] = case.wrong
    return dict(zip(pairs, tool(list(pairs.values())), strict=True))


def _ours() -> Tool:
    desk = Desk()

    def tool(pairs: Sequence[Pair]) -> list[Alarms]:
        # One by one: what only a whole file can show is not planted here, and DEMETR has each source many times.
        found = (desk.compare([pair]).findings[0] for pair in pairs)
        return [
            frozenset((f.rule, f"{f.span.of(pair.target.text)}|{f.source}") for f in findings)
            for pair, findings in zip(pairs, found, strict=True)
        ]

    return tool
