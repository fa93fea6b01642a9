"""The thread that reviews: everything is loaded in it, once, and it does one text after the other."""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from copydesk.cache import open_cache
from copydesk.errors import CopydeskError, TooLargeError
from copydesk.findings.fingerprint import fingerprints
from copydesk.grammar import grammar_source
from copydesk.lsp.commit import COMMIT, read_commit
from copydesk.lsp.profile import Profile
from copydesk.lsp.texts import OpenText
from copydesk.model import Finding, Notice, Review
from copydesk.packs import RuleBook
from copydesk.pipeline import Desk
from copydesk.repository.reviewer import source_of, terms_of
from copydesk.secondreader.contract import RULES
from copydesk.settings import Settings

log = logging.getLogger(__name__)
_MOST_DESKS = 3  # of some 200 MB each: folders of one repository may ask for different packs or engines


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is wrong with one version of a text. `names` are the findings' fingerprints; `problem` is why there is no
    review; `rules` are those in force, `language` is the text's."""

    text: OpenText
    result_id: str
    findings: tuple[Finding, ...] = ()
    names: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()
    problem: str | None = None
    rules: RuleBook = RuleBook(())  # noqa: RUF009 (immutable)
    language: str = "en"


class Worker:
    """One thread, since checking holds the interpreter's lock and two texts at once would take twice as long each.

    What waits for it can be cancelled. What it has begun runs out, and nobody sees its outcome; its paragraphs are
    known from then on, so that the next version does not pay for them again.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._pool = ThreadPoolExecutor(1, "copydesk-review")
        self._desks: dict[tuple[str, tuple[Path, ...]], Desk] = {}

    async def review(self, text: OpenText, profile: Profile) -> Outcome:
        """The outcome for `text`. Never raises for what is in the text or the settings: that is its `problem`."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, self._outcome, text, profile)

    def close(self) -> None:
        """Drops what waits."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _outcome(self, text: OpenText, profile: Profile) -> Outcome:
        empty = Outcome(text, profile.result_id(text))
        form = profile.form(text)
        if form is None:
            return empty
        try:
            desk = self._desk_for(profile)
            review = self._reviewed(desk, text, form, profile)
        except CopydeskError as error:
            return replace(empty, problem=str(error))
        except Exception as error:  # noqa: BLE001 (a boundary: whatever went wrong is told, without the text)
            log.error("a review failed: %s", type(error).__name__)
            return replace(empty, problem=f"the check failed ({type(error).__name__})")
        named = zip(review.findings, fingerprints(review.findings, text.text), strict=True)
        hidden = profile.house.known.union(profile.decisions.ignored)
        kept = [(finding, name) for finding, name in named if name not in hidden]
        return replace(
            empty,
            findings=tuple(finding for finding, _ in kept),
            names=tuple(name for _, name in kept),
            notices=(*_unknown(profile, desk.rules), *review.notices),
            rules=desk.rules,
            language=review.document.language,
        )

    def _desk_for(self, profile: Profile) -> Desk:
        """The desk with the packs and the engine that the settings ask for. Raises RuleError, EngineError."""
        engine, packs = wanted = (profile.config.engine, profile.packs)
        if wanted not in self._desks:
            while len(self._desks) >= _MOST_DESKS:
                del self._desks[next(iter(self._desks))]
            cache = open_cache(self._settings)
            grammar = (
                None if engine == "none" else grammar_source(self._settings, engine, interactive=True, cache=cache)
            )
            self._desks[wanted] = Desk.with_rules(packs, grammar=grammar, cache=cache)
        return self._desks[wanted]

    def _reviewed(self, desk: Desk, text: OpenText, form: str, profile: Profile) -> Review:
        if len(text.text) > self._settings.max_text:
            raise TooLargeError(f"{len(text.text)} code points; the limit is {self._settings.max_text}")
        language, house = profile.config.language, profile.house
        source = None if house.source is None else source_of(house.source)
        options = replace(profile.options, source=source, glossary=terms_of(house.glossary, source, language))
        if form != COMMIT:
            return desk.review(text.text, options, format=form, language=language)
        reading, notices = read_commit(text.text, language, None)
        review = desk.check(reading, options)
        return replace(review, notices=(*notices, *review.notices))


def _unknown(profile: Profile, rules: RuleBook) -> tuple[Notice, ...]:
    """Rules of ours that the settings switch off and that do not exist: a slip there would go unnoticed for ever."""
    told = []
    for rule in sorted(profile.config.disabled_rules):
        if "/" in rule and rule not in RULES:
            try:
                rules[rule]
            except CopydeskError as error:
                told.append(Notice("unknown-rule", f"copydesk.disabledRules: {error}"))
    return tuple(told)
