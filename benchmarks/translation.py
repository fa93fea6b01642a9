"""Translations read alone: alarms on good text, DEMETR's grammar, and how well spans fall on words tagged bad."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from benchmarks.bitext.data import alarms_of, by_category, clean_demetr, clean_estimated, estimated, planted
from benchmarks.corpora import published_news, rows, words
from benchmarks.tables import Table, number
from copydesk.findings.suppress import Filter
from copydesk.grammar import grammar_source
from copydesk.model import Family, Span
from copydesk.pipeline import Desk, Options
from copydesk.settings import load_settings

Alarm = tuple[str, Span]
Reader = Callable[[Sequence[str]], list[list[Alarm]]]

_CATEGORIES = (
    "minor_id15_case", "minor_id14_word_swap", "major_id17_tense", "critical_id24_subj_removed",
    "critical_id22_verb_removed",
)  # fmt: skip
_TARGET = Options(filter=Filter(families=frozenset({Family.TRANSLATION})))


def translation_alarms() -> Table:
    """Alarms of the rules for translated English on text that is good."""
    read = _ours()
    table = [["text", "words", "alarms", "alarms per 1,000 words"]]
    for name, texts in {
        "DEMETR, clean": list(dict.fromkeys(pair.target.text for pair in clean_demetr())),
        "MLQE-PE, HTER 0": list(dict.fromkeys(pair.target.text for pair in clean_estimated())),
        "published news": published_news(),
    }.items():
        alarms = sum(map(len, read(texts)))
        table.append([name, number(words(texts), 0), str(alarms), number(1000 * alarms / words(texts), 2)])
    how = "The family `translation` alone, without a source. Every alarm on these texts counts as false."
    return Table("Rules for translated English on good text", how, table)


def translation_target() -> Table:
    """DEMETR's errors of grammar, the translation read alone."""
    readers = {"copydesk": _ours(), "LanguageTool 6.8": _languagetool()}
    groups = {name: cases for name, cases in by_category(planted()).items() if name in _CATEGORIES}
    table = [["category", "sentences", *readers]]
    cells: dict[str, list[str]] = {name: [] for name in groups}
    for read in readers.values():
        for name, cases in groups.items():
            clean = [case.clean.target.text for case in cases]
            wrong = [case.wrong.target.text for case in cases]
            new = sum(
                bool(_said(found, text) - _said(usual, before))
                for found, text, usual, before in zip(read(wrong), wrong, read(clean), clean, strict=True)
            )
            cells[name].append(number(new / len(cases), 2))
    table += [[name, str(len(groups[name])), *shares] for name, shares in cells.items()]
    good = list(dict.fromkeys(pair.target.text for pair in clean_demetr()))
    alarmed = [str(sum(map(bool, read(good)))) for read in readers.values()]
    table.append(["good sentences with an alarm", str(len(good)), *alarmed])
    how = "As above for DEMETR; copydesk by its family `translation` alone, without a source and without an engine."
    return Table("Grammar of translations, read alone", how, table)


def translation_spans() -> Table:
    """Where alarms fall: on words that people tagged bad, or beside them."""
    readers = {"copydesk": _ours(), "LanguageTool 6.8": _languagetool()}
    table = [["corpus", "reader", "spans told", "on a bad word", "bad stretches", "of them found"]]
    for corpus, cases in {"MLQE-PE ru-en": _tagged(), "Bio-MQM ru-en": _annotated()}.items():
        texts = [text for text, _ in cases]
        for name, read in readers.items():
            told = [[span for _, span in alarms] for alarms in read(texts)]
            spans, stretches = sum(map(len, told)), sum(len(bad) for _, bad in cases)
            pairs = list(zip(told, cases, strict=True))
            hits = sum(any(span.overlaps(b) for b in bad) for found, (_, bad) in pairs for span in found)
            seen = sum(any(span.overlaps(b) for span in found) for found, (_, bad) in pairs for b in bad)
            table.append([corpus, name, str(spans), _share(hits, spans), number(stretches, 0), _share(seen, stretches)])
    how = (
        "MLQE-PE (Fomicheva et al. 2022): words that the post-editor changed, neighbours together as one stretch. "
        "Bio-MQM (Zouhar et al. 2024): spans that annotators marked. A span is right where it overlaps one of them. "
        "The translations are read alone; copydesk by its family `translation`."
    )
    return Table("Spans on words tagged bad", how, table)


def _share(part: int, whole: int) -> str:
    return number(part / whole, 3) if whole else "none"


def _said(alarms: Sequence[Alarm], text: str) -> set[tuple[str, str]]:
    return {(rule, span.of(text)) for rule, span in alarms}


def _ours() -> Reader:
    desk = Desk()

    def read(texts: Sequence[str]) -> list[list[Alarm]]:
        return [[(f.rule, f.span) for f in desk.review(text, _TARGET, language="en-US").findings] for text in texts]

    return read


def _languagetool() -> Reader:
    engine = grammar_source(load_settings(), "languagetool", interactive=True)
    return lambda texts: alarms_of(engine, texts)


def _tagged() -> list[tuple[str, list[Span]]]:
    """MLQE-PE's translations with their bad stretches: the tags of words stand between those of the gaps."""
    found = []
    for row in estimated():
        tags = row["tags"].split()
        bad: list[Span] = []
        at = 0
        tokens = row["mt"].split(" ")
        if len(tags) != 2 * len(tokens) + 1:
            continue
        for token, tag in zip(tokens, tags[1::2], strict=True):
            if tag == "BAD":
                joined = bad and bad[-1].end == at - 1
                bad[-1:] = [Span(bad[-1].start, at + len(token))] if joined else [*bad[-1:], Span(at, at + len(token))]
            at += len(token) + 1
        found.append((row["mt"], bad))
    return found


def _annotated() -> list[tuple[str, list[Span]]]:
    """Bio-MQM's translations with the marks of all annotators together."""
    marks: dict[str, dict[Span, None]] = {}
    for row in rows("mt/bio_mqm_ru_en.jsonl.gz"):
        spans = marks.setdefault(row["target"], {})
        for error in row["target_errors"]:
            if error["endIndex"] > error["startIndex"] >= 0:
                spans[Span(error["startIndex"], error["endIndex"])] = None
    return [(text, list(spans)) for text, spans in marks.items()]
