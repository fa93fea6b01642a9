"""Spaces other than the space: no-break spaces where nothing has to be held together, quads, separators of lines.

A no-break space is right beside digits, signs, dashes, initials and abbreviations, within French quotation marks and
before French punctuation, and after short words in Czech, Polish and Russian. Thin and narrow spaces are right beside
digits and marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from copydesk.checkers._faults import Fault
from copydesk.model import Edit, Span

_HELD = "\u00a0"
_THIN = "\u2006\u2007\u2009\u200a\u202f"
_QUAD = "\u1680\u2000-\u2005\u2008\u205f\u3000"
_EXOTIC = f"{_HELD}{_THIN}{_QUAD}"
_SUSPECT = re.compile(f"[{_EXOTIC}\u2028\u2029]")
# A blank run is tried from its first blank only: from each of them, a long one would cost its square.
_RUN = re.compile(f"(?<![ \\t])[ \\t]*+[{_EXOTIC}][ \\t{_EXOTIC}]*")
_SEPARATOR = re.compile(r"(?<![ \t])[ \t]*+[\u2028\u2029]+[ \t]*")
_BETWEEN_WORDS = re.compile(f"[A-Za-z.,;:!?’'”\"»)…][{_EXOTIC}][A-Za-z“‘\"'(]")
_LONG_WORDS = re.compile(f"[a-zß-ÿа-яё-џ]{{4}}[{_HELD}{_THIN}][a-zß-ÿа-яё-џ]{{4}}")
# What English binds to the next word: an initial, an abbreviation, a title, a part of a book.
_BINDING = re.compile(
    r"(?:\b[A-Za-z]\.|\b(?:[A-Z][a-z]{0,3}|vs|no|p|pp|cf|ca|vol|fig)\.|\b(?:Mr|Mrs|Ms|Dr|St|No|Mt|Art|[A-Z]))$"
)
_EAST_ASIAN = re.compile("[\u3001-\u30ff\u3400-\u9fff\uac00-\ud7af\uff01-\uff60]")
_FRENCH = "«»‹›:;!?%€"
_REACH = 8  # code points before a space in which a binding word is looked for


def may_hold_spaces(text: str) -> bool:
    """Whether `text` deserves the look of `spaces`."""
    return _SUSPECT.search(text) is not None


def spaces(line: str, language: str) -> Iterator[Fault]:
    """The faults of `line`, which is one whole line without its end, in its coordinates."""
    if not _SUSPECT.search(line):
        return
    unspaced = "\u3000" in line and _EAST_ASIAN.search(line) is not None
    for match in _RUN.finditer(line):
        if unspaced and "\u3000" in match.group():
            continue
        if (meant := _meant(line, match, language)) is not None:
            span = Span(*match.span())
            yield Fault("odd-space", span, (Edit(span, meant),), _named(match.group()))
    for match in _SEPARATOR.finditer(line):
        span = Span(*match.span())
        inside = span.start > 0 and span.end < len(line)
        yield Fault("line-separator", span, (Edit(span, "\n" if inside else ""),), _named(match.group()))


def _meant(line: str, match: re.Match[str], language: str) -> str | None:
    """What should stand in place of a run of spaces; None where it is right as it is."""
    run, start, end = match.group(), match.start(), match.end()
    if start == 0 or end == len(line):
        return ""
    if len(run) > 1:
        return _HELD if _HELD in run and (line[start - 1] in _FRENCH or line[end] in _FRENCH) else " "
    if run not in _HELD + _THIN:
        return " "
    if not language.startswith("en"):
        return " " if _LONG_WORDS.fullmatch(line, max(0, start - 4), end + 4) else None
    between = _BETWEEN_WORDS.fullmatch(line, start - 1, end + 1)
    return " " if between and not _BINDING.search(line[max(0, start - _REACH) : start]) else None


def _named(run: str) -> str:
    return ", ".join(dict.fromkeys(f"U+{ord(c):04X}" for c in run if c not in " \t"))
