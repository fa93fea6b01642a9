"""Words that a seam doubled over a stop, or joined."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from copydesk.model import Document, Edit, Finding, Fix, Safety, Span
from copydesk.packs import Rule

_SMALL = "a-zà-öø-ÿа-яёіїєґў"
# Both begin at the stop, which is rarer than words, and look back from there.
_STOP_AND_WORD = re.compile(r"\.\s+(\w{3,40})(?=\.)")
_STOP_AND_GOING_ON = re.compile(r"\. (\w{4,40})(?=,? )")
_AFTER_A_WORD = re.compile(r"\S ")
_DOUBLED_REST = re.compile(r"\s+\w+\.+(?:\s*[.…]+)*(?![\"”’»!?.])")  # what is spoken may be said twice
_RESUMED = re.compile(rf"(?<=[{_SMALL},] )(?:([{_SMALL}]{{4,40}})\. \1(?=,? )|(\w{{4,40}})\. \2(?=, [{_SMALL}]))")
_WORD = re.compile(r"\w+")
_JOINED = re.compile(
    r"(?<![\w@#/.-])([A-ZА-ЯЁІЇЄҐЎ][^\W\d_A-ZА-ЯЁІЇЄҐЎ]{3,})([A-ZА-ЯЁІЇЄҐЎ][^\W\d_A-ZА-ЯЁІЇЄҐЎ]{3,})(?= )"
)
_FEW = 8  # joined words whose halves are looked for one by one, before all words of the text are counted


def doubled(document: Document, rule: Rule) -> Iterator[Finding]:
    """The last word of a sentence again as a sentence, with the dots that the cut left."""
    text = document.text
    for match in _STOP_AND_WORD.finditer(text):
        stop, start = match.start() + 1, match.start() - len(match[1])
        if text[start : stop - 1].casefold() != match[1].casefold() or not _AFTER_A_WORD.match(text, max(0, start - 2)):
            continue
        rest = _DOUBLED_REST.match(text, stop)
        if rest is not None and "\n" not in rest.group():
            span = Span(start, rest.end())
            fix = Fix((Edit(Span(stop, rest.end()), ""),), Safety.UNSAFE)
            yield rule.finding(span, span.of(text), (fix,))


def resumed(document: Document, rule: Rule) -> Iterator[Finding]:
    """A sentence that stops, and goes on with the same word."""
    text = document.text
    for stop in _STOP_AND_GOING_ON.finditer(text):
        match = _RESUMED.match(text, max(0, stop.start() - len(stop[1])))
        if match is None:
            continue
        span = Span(*match.span())
        fix = Fix((Edit(Span(match.end(match.lastindex or 0), span.end), ""),), Safety.UNSAFE)
        yield rule.finding(span, span.of(text), (fix,))


def joined(document: Document, rule: Rule) -> Iterator[Finding]:
    """Two capitalised words in one, each of which the text has alone, while it has the two together only here."""
    text = document.text
    matches = list(_JOINED.finditer(text))
    if len(matches) <= _FEW:
        matches = [match for match in matches if text.count(match[1]) > 1 and text.count(match[2]) > 1]
    known = Counter(_WORD.findall(text)) if matches else Counter()
    for match in matches:
        left, right = match.groups()
        if known[left] and known[right] and known[match.group()] == 1:
            fix = Fix((Edit(Span(match.end(1), match.end(1)), " "),), Safety.UNSAFE)
            yield rule.finding(Span(*match.span()), match.group(), (fix,))
