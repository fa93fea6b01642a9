"""Reviews one file after the other, with a desk for each set of rules, lexicons and engine, which takes seconds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from copydesk.bitext.glossary import Term
from copydesk.cache import Cache, open_cache
from copydesk.errors import CopydeskError, TooLargeError
from copydesk.findings.suppress import Filter
from copydesk.grammar import GrammarSource, grammar_source
from copydesk.model import Document, Review
from copydesk.names.lexicon import load_lexicon, shipped_lexicon
from copydesk.packs import RuleBook, load_packs, shipped_rules
from copydesk.pipeline import Desk, Options
from copydesk.read import is_writable, open_source, read
from copydesk.repository.cache import Entry
from copydesk.repository.config import FileConfig
from copydesk.repository.task import Companion, Outcome, Task, engine_of
from copydesk.repository.write import text_of
from copydesk.secondreader import SecondReader, second_reader
from copydesk.settings import Settings
from copydesk.syntax import english_parser

_ANY = "und"
_Kind = tuple[tuple[Path, ...], tuple[Path, ...], str]


class Reviewer:
    """What a process reviews with. Everything is loaded once, at the first file that needs it, or by `load`."""

    def __init__(self, settings: Settings, *, remember: bool = True, reader: bool = False) -> None:
        """`remember`: paragraphs that stand in several files are checked once; `reader`: with the second reader.

        Raises InputError where a second reader is asked for and none is configured.
        """
        self._settings = settings
        self._cache: Cache | None = open_cache(settings) if remember else None
        self._reader: SecondReader | None = second_reader(settings) if reader else None
        self._desks: dict[_Kind, Desk] = {}
        self._rules: dict[tuple[Path, ...], RuleBook] = {}
        self._engines: dict[str, GrammarSource] = {}

    def load(self, configs: Iterable[FileConfig], *, parser: bool = False) -> None:
        """Loads what files with these configurations need, before the process forks; the `parser` too, if it is there.

        Raises RuleError, and EngineError for a named engine that is not there.
        """
        for config in configs:
            self.desk(config)
        if parser and english_parser().installed:
            english_parser().parse(["Now."])

    def desk(self, config: FileConfig) -> Desk:
        """The desk for files that `config` applies to. Raises RuleError, EngineError."""
        kind = (config.packs, config.lexicon, engine_of(config))
        if kind not in self._desks:
            lexicon = shipped_lexicon()
            if config.lexicon:
                lexicon = lexicon.stacked(load_lexicon(config.lexicon).entries)
            if config.packs not in self._rules:
                self._rules[config.packs] = load_packs([shipped_rules(), *config.packs])
            self._desks[kind] = Desk(self._rules[config.packs], lexicon, self._grammar(kind[2]), self._cache)
        return self._desks[kind]

    def of(self, given: tuple[Task, Entry | None]) -> Outcome:
        """`outcome` of what comes through a pipe."""
        return self.outcome(*given)

    def outcome(self, task: Task, known: Entry | None = None) -> Outcome:
        """What comes of `task`; `known` is what an earlier run has found in it. What fails is in the outcome."""
        try:
            options = self.options(task)
            text = self._text(task) if is_writable(task.format) else ""
            review = self.review(task, options) if known is None else known.review(text, task.name)
            fixed = self.desk(task.config).correct(review, options, task.levels).text if task.levels else None
            return Outcome(_entry(review), fixed, known=known is not None)
        except CopydeskError as error:
            return Outcome(failure=str(error))
        except Exception as error:  # noqa: BLE001 (a fault of ours in one file must not keep the others unchecked)
            return Outcome(failure=f"internal error: {type(error).__name__}")  # its message might quote the text

    def review(self, task: Task, options: Options) -> Review:
        """The review of the text of `task`. Raises InputError, EngineError."""
        desk, language = self.desk(task.config), task.config.language
        if is_writable(task.format):
            return desk.review(self._text(task), options, format=task.format, language=language, source=task.name)
        reading, notices = open_source(task.data, format=task.format, language=language, source=task.name)
        self._admit(reading.view.text)
        found = desk.check(reading, options)
        return replace(found, notices=(*notices, *found.notices))

    def _text(self, task: Task) -> str:
        text = text_of(task.data)
        self._admit(text)
        return text

    def _admit(self, text: str) -> None:
        """Raises TooLargeError for a text that is over the limit."""
        limit = self._settings.max_text
        if len(text) > limit:
            raise TooLargeError(f"{len(text)} code points; the limit is {limit} (COPYDESK_MAX_TEXT)")

    def options(self, task: Task) -> Options:
        """What is asked of the desk for `task`. Raises InputError for a source or glossary that cannot be read."""
        config = task.config
        source = None if task.source is None else source_of(task.source)
        terms = terms_of(task.glossary, source, config.language)
        return Options(wanted(config), config.enabled, source=source, glossary=terms, reader=self._reader)

    def _grammar(self, engine: str) -> GrammarSource | None:
        if engine == "none":
            return None
        if engine not in self._engines:
            self._engines[engine] = grammar_source(self._settings, engine, interactive=True, cache=self._cache)
        return self._engines[engine]


def wanted(config: FileConfig) -> Filter:
    """Which findings `config` wants, and how grave they count."""
    return Filter(
        families=config.families,
        disabled=config.disabled,
        severity=config.severity,
        accepted=config.accepted,
        severities=config.severities,
    )


def _entry(review: Review) -> Entry:
    document = review.document
    text = None if is_writable(document.format) else document.text
    return Entry(document.language, document.format, review.findings, review.notices, review.engines, text)


def source_of(companion: Companion) -> Document:
    """The text that another translates. Raises InputError where it is none."""
    content = text_of(companion.data) if is_writable(companion.format) else companion.data
    document, _ = read(content, format=companion.format, language=companion.language, source=companion.name)
    return document


def terms_of(glossary: Companion | None, source: Document | None, language: str | None) -> tuple[Term, ...]:
    """The terms of a `glossary` for a translation into `language`, if there is one. Raises InputError."""
    if glossary is None:
        return ()
    from copydesk.bitext.formats import read_glossary  # here: few texts have one

    return read_glossary(glossary.data, glossary.name, source.language if source else _ANY, language or _ANY)
