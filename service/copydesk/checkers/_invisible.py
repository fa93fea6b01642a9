"""Characters that no reader sees: zero widths, soft hyphens, byte order marks, direction marks, controls.

Scripts that need them keep them: joiners between letters of Arabic or an Indic script and in emoji, zero-width spaces
in Thai, Khmer, Lao and Burmese, which are written without spaces, direction marks beside Hebrew or Arabic.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from copydesk.checkers._faults import Fault
from copydesk.model import Edit, Span

_SPACE = "\u200b\u2060\u180e\ufeff"  # zero-width space, word joiner, Mongolian vowel separator, byte order mark
_JOINER = "\u200c\u200d"
_SOFT_HYPHEN = "\u00ad"
_MARKS = "\u200e\u200f\u061c"
_OPENING = "\u202a\u202b\u202d\u202e\u2066\u2067\u2068"
_OVERRIDE = "\u202d\u202e"
_POP, _POP_ISOLATE = "\u202c", "\u2069"
_BIDI = _OPENING + _POP + _POP_ISOLATE
_CONTROL = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
_SUSPECT = re.compile(f"[{_SPACE}{_JOINER}{_SOFT_HYPHEN}{_MARKS}{_BIDI}{_CONTROL}]")
_SUSPECT_ASCII = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")

_ALPHABETIC = r"[A-Za-zªºÀ-ɏͰ-ԯḀ-῿]"  # Latin, Greek, Cyrillic: scripts that need no joiner
_JOINED_WORD = re.compile(
    rf"{_ALPHABETIC}[{_JOINER}]+(?={_ALPHABETIC}|\s|[.,;:!?]|$)|(?<!\S)[{_JOINER}]+(?={_ALPHABETIC})"
)
_HYPHENATED = re.compile(rf"\w*(?:{_SOFT_HYPHEN}+\w*)+")
_STRAY_SPACES = re.compile(rf"[{_SPACE}]+(?:\s*[{_SPACE}]+)*")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1800-\u18af\u3040-\u30ff\u4e00-\u9fff]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe]")
_LINE = re.compile(r"[^\r\n]+")
_C0 = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]+")
_C1 = re.compile("[\x80-\x9f]+")


def invisible(text: str) -> Iterator[Fault]:
    """The faults of `text`, in any order. One scan decides whether there is anything to look at: O(n)."""
    if not (_SUSPECT_ASCII if text.isascii() else _SUSPECT).search(text):
        return
    yield from _zero_widths(text)
    yield from _joiners(text)
    yield from _soft_hyphens(text)
    yield from _controls(text)
    for line in _LINE.finditer(text):
        if _SUSPECT.search(line.group()):
            yield from _directions(line.group(), line.start())


def _zero_widths(text: str) -> Iterator[Fault]:
    """Zero-width spaces; those that only white space parts are one fault. A mark that begins the text is no fault."""
    for run in _STRAY_SPACES.finditer(text, 1 if text[:1] == "\ufeff" else 0):
        start, end = run.span()
        if _UNSPACED.search(text[max(0, start - 1) : start] + text[end : end + 1]):
            continue
        inside = [i for i in range(start, end) if text[i] in _SPACE]
        edits = tuple(Edit(Span(i, i + 1), "") for i in inside)
        rule = "byte-order-mark" if "\ufeff" in run.group() else "zero-width-space"
        yield Fault(rule, Span(start, end), edits, _named(run.group()))


def _joiners(text: str) -> Iterator[Fault]:
    for match in _JOINED_WORD.finditer(text):
        start = match.end() - len(match.group().lstrip("".join(set(match.group()) - set(_JOINER))))
        span = Span(start, match.end())
        yield Fault("joiner-in-word", span, (Edit(span, ""),), _named(span.of(text)))


def _soft_hyphens(text: str) -> Iterator[Fault]:
    """One fault a word, however many places it may be broken at."""
    if _SOFT_HYPHEN not in text:
        return
    for match in _HYPHENATED.finditer(text):
        span = Span(*match.span())
        edits = tuple(Edit(Span(i, i + 1), "") for i in range(span.start, span.end) if text[i] == _SOFT_HYPHEN)
        yield Fault("soft-hyphen", span, edits, match.group().replace(_SOFT_HYPHEN, "·"))


def _controls(text: str) -> Iterator[Fault]:
    """C0 controls, and C1 controls: the latter are Windows-1252 punctuation that was read as Latin-1."""
    for match in _C0.finditer(text):
        span = Span(*match.span())
        apart = text[span.start - 1 : span.start].strip() and text[span.end : span.end + 1].strip()
        space = " " if apart and set(match.group()) & {"\x0b", "\x0c"} else ""
        yield Fault("control-character", span, (Edit(span, space),), _codes(match.group()))
    for match in _C1.finditer(text):
        span, meant = Span(*match.span()), _windows(match.group())
        if meant is None:
            yield Fault("control-character", span, (Edit(span, ""),), _codes(match.group()))
        else:
            yield Fault("windows-1252-character", span, (Edit(span, meant),), meant)


def _windows(controls: str) -> str | None:
    try:
        return controls.encode("latin-1").decode("windows-1252")
    except UnicodeDecodeError:
        return None


def _directions(line: str, base: int) -> Iterator[Fault]:
    """Direction controls of one line: what stays open at its end, closes nothing, or has nothing to turn.

    Boucher and Anderson, Trojan Source (2021): text that reads otherwise than it is stored. An override turns
    letters round and has no use in news; embeddings and isolates are right where Hebrew or Arabic stands in the line.
    """
    at_home = _RIGHT_TO_LEFT.search(line) is not None
    open_: list[int] = []
    for index, char in enumerate(line):
        if char in _MARKS and not at_home:
            yield _removal("stray-direction-mark", line, base, (index,))
        elif char in _OPENING:
            open_.append(index)
        elif char in (_POP, _POP_ISOLATE):
            partner = _partner(line, open_, isolate=char == _POP_ISOLATE)
            if partner is None:
                yield _removal("bidi-unbalanced", line, base, (index,))
            elif line[partner] in _OVERRIDE:
                yield _removal("bidi-override", line, base, (partner, index))
            elif not at_home:
                yield _removal("bidi-control", line, base, (partner, index))
    for index in open_:
        rule = "bidi-override" if line[index] in _OVERRIDE else "bidi-unbalanced"
        yield _removal(rule, line, base, (index,))


def _partner(line: str, open_: list[int], *, isolate: bool) -> int | None:
    """Takes from `open_` the opening that a closing control of that kind ends."""
    for position in range(len(open_) - 1, -1, -1):
        if (line[open_[position]] in "\u2066\u2067\u2068") == isolate:
            return open_.pop(position)
    return None


def _removal(rule: str, line: str, base: int, places: tuple[int, ...]) -> Fault:
    span = Span(base + places[0], base + places[-1] + 1)
    edits = tuple(Edit(Span(base + i, base + i + 1), "") for i in places)
    return Fault(rule, span, edits, _named("".join(line[i] for i in places)))


def _named(characters: str) -> str:
    names = dict.fromkeys(unicodedata.name(c, f"U+{ord(c):04X}").lower() for c in characters if not c.isspace())
    return ", ".join(names)


def _codes(characters: str) -> str:
    return ", ".join(dict.fromkeys(f"U+{ord(c):04X}" for c in characters))
