"""What only shows when texts are held against each other: names in several spellings, passages that stand twice.

The findings are at the later text, by name, or at the spelling that is not the one to keep:

- any/corpus/copied-text: most words of a text stand in an earlier one;
- any/corpus/repeated-passage: a passage of eight words and more does;
- any/corpus/name-spelling: a name that most of the texts spell otherwise, or that the lexicon does.

Every text is read twice and none is kept; in one process, at some 500 kB/s.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import re2

from copydesk.copies.corpus import CopyCorpus, Place
from copydesk.findings.ignored import Ignored
from copydesk.findings.project import project
from copydesk.findings.suppress import concerning
from copydesk.model import Family, Finding, Review, Severity, Span
from copydesk.names.corpus import COMPARABLE, Corpus, named_in
from copydesk.names.grouping import Name, Role, grouped
from copydesk.names.lexicon import load_lexicon, shipped_lexicon
from copydesk.offsets import Offsets
from copydesk.read import Reading, is_writable, open_source
from copydesk.repository.report import COPIED, REPEATED, SPELLING
from copydesk.repository.reviewer import wanted
from copydesk.repository.run import Reviewed


@dataclass(frozen=True, slots=True)
class _Told:
    """A fault of one text. `at` is the beginning of its passage, or the words of a name; None: the text as a whole."""

    rule: str
    at: Place | str | None
    message: str

    def findings(self, reading: Reading, places: dict[tuple[int, int], Span]) -> Iterator[Finding]:
        """It as a finding on the view; `places` are the passages of the view by line and column in the source."""
        family = Family.NAMES if self.rule == SPELLING else Family.DUPLICATES
        span: Span | None
        if isinstance(self.at, Place):
            span = places.get((self.at.line, self.at.column))
        elif self.at is None:
            span = next(iter(places.values()), None)
        else:
            span = _first(self.at, reading.view.text)
        if span is not None:
            yield Finding(self.rule, family, Severity.WARNING, span, self.message)


def across(reviewed: Sequence[Reviewed]) -> tuple[Review, ...]:
    """The reviews with what shows in the texts together, in the order given. Raises RuleError for a lexicon."""
    house = dict.fromkeys(path for one in reviewed for path in one.task.config.lexicon)
    lexicon = shipped_lexicon().stacked(load_lexicon(house).entries)
    told: defaultdict[str, list[_Told]] = defaultdict(list)
    copies, names = CopyCorpus(), defaultdict[str, Corpus](Corpus)
    for one in reviewed:
        reading = Ignored(_reading(one)).reading  # a comment to us is no passage, and names nobody
        copies.add(one.task.name, reading)
        spoken = reading.view.language.split("-", 1)[0]
        if spoken in COMPARABLE:
            names[spoken].add(one.task.name, named_in(reading.view, lexicon))
    _tell_copies(copies, told)
    for spoken in sorted(names):
        _tell_names(grouped(names[spoken].spellings(), lexicon), told)
    return tuple(_with(one, told[one.task.name]) if one.task.name in told else one.review for one in reviewed)


def _tell_copies(copies: CopyCorpus, told: defaultdict[str, list[_Told]]) -> None:
    for text in copies.text_copies:
        message = f"{text.share:.0%} of the words of this text stand in {text.first} too."
        told[text.source].append(_Told(COPIED, None, message))
    for passage in copies.repeated():
        for copy in passage.copies:
            first = f"{passage.first.source}:{passage.first.line}"
            how = "" if copy.score >= 100 else f" ({copy.likeness}, {copy.score:.0f}% alike)"
            if (copy.place.source, copy.place.line) != (passage.first.source, passage.first.line):
                told[copy.place.source].append(_Told(REPEATED, copy.place, f"This passage stands in {first} too{how}."))


def _tell_names(names: Iterable[Name], told: defaultdict[str, list[_Told]]) -> None:
    for name in names:
        for listed in name.spellings:
            if listed.role in (Role.VARIANT, Role.MISSPELLING):
                spelt = listed.spelling
                kept = next((other.spelling.files for other in name.spellings if other.role is Role.KEEP), 0)
                texts = f"{kept} of the texts" if kept else "the lexicon"
                message = f"“{spelt.text}”: {texts} spell it “{name.text}”, {spelt.files} so."
                for file in spelt.first_files:
                    told[file].append(_Told(SPELLING, spelt.text, message))


def _with(one: Reviewed, told: Sequence[_Told]) -> Review:
    """The review with the findings of `told` that are wanted, and that do not say again what it says already."""
    review, ignored = one.review, Ignored(_reading(one))
    reading = ignored.reading
    places = _passages(reading)
    found = [finding for fault in told for finding in fault.findings(reading, places)]
    left = ignored.without(concerning(found, reading.view))
    new = project(list(wanted(one.task.config).apply(left, reading.view.text)), reading)
    more = [f for f in new if not any(f.family is o.family and f.span.overlaps(o.span) for o in review.findings)]
    return replace(review, findings=tuple(sorted([*review.findings, *more], key=lambda f: (f.span, f.rule))))


def _reading(one: Reviewed) -> Reading:
    document = one.review.document
    content = document.text if is_writable(document.format) else one.task.data
    reading, _ = open_source(content, format=document.format, language=document.language, source=document.source)
    return reading


def _passages(reading: Reading) -> dict[tuple[int, int], Span]:
    """Each segment of the view by the line and column at which it begins in the source."""
    offsets = Offsets(reading.document.text)
    if reading.projection is None:
        return {offsets.line_column(one.span.start): one.span for one in reading.view.segments}
    return {offsets.line_column(block.source.start): block.segment.span for block in reading.projection.blocks}


def _first(words: str, text: str) -> Span | None:
    """The first place where `words` stand whole in `text`."""
    found = re2.search(rf"(?:^|[^\pL\pN])({re2.escape(words)})(?:[^\pL\pN]|$)", text)
    return Span(*found.span(1)) if found else None
