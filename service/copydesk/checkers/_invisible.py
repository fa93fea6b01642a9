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
_ISOLATES = "\u2066\u2067\u2068"
_OVERRIDE = "\u202d\u202e"
_POP, _POP_ISOLATE = "\u202c", "\u2069"
_BIDI = _OPENING + _POP + _POP_ISOLATE
_CONTROL = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
# Fillers, shapers and annotations that no typesetter puts into news, and the letters of tags outside of a flag.
_FILLERS = "\u034f\u115f\u1160\u2061-\u2064\u206a-\u206f\u3164\uffa0\ufff9-\ufffb"
_HIDDEN = re.compile(f"[{_FILLERS}]+|(?<![\U0001f3f4\U000e0020-\U000e007f])[\U000e0001\U000e0020-\U000e007f]+")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]+")
_SUSPECT_ASCII = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")

_ALPHABETIC = r"[A-Za-zªºÀ-ɏͰ-ԯḀ-῿]"  # Latin, Greek, Cyrillic: scripts that need no joiner
_JOINED_WORD = re.compile(
    rf"{_ALPHABETIC}[{_JOINER}]+(?={_ALPHABETIC}|\s|[.,;:!?]|$)|(?<!\S)[{_JOINER}]+(?={_ALPHABETIC})"
)
_FROM_SOFT_HYPHEN = re.compile(rf"{_SOFT_HYPHEN}[\w{_SOFT_HYPHEN}]*")
_STRAY_SPACES = re.compile(rf"[{_SPACE}]+(?:\s*[{_SPACE}]+)*")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1800-\u18af\u3040-\u30ff\u4e00-\u9fff]")
_SHAPED = re.compile("[\u0590-\u05ff\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe]")
_LINE = re.compile(r"[^\r\n]+")
_C0 = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]+")
_C1 = re.compile("[\x80-\x9f]+")


def invisible(text: str) -> Iterator[Fault]:
    """The faults of `text`, in any order. Its set of characters decides what is looked for: O(n)."""
    if text.isascii() and not _SUSPECT_ASCII.search(text):
        return
    characters = "".join(set(text))
    for suspects, part in _PARTS:
        if suspects.search(characters):
            yield from part(text)


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
    for match in _FROM_SOFT_HYPHEN.finditer(text):
        start = match.start()
        while start > 0 and (text[start - 1].isalnum() or text[start - 1] == "_"):
            start -= 1
        span = Span(start, match.end())
        edits = tuple(Edit(Span(i, i + 1), "") for i in range(span.start, span.end) if text[i] == _SOFT_HYPHEN)
        yield Fault("soft-hyphen", span, edits, span.of(text).replace(_SOFT_HYPHEN, "·"))


def _hidden(text: str) -> Iterator[Fault]:
    """Hangul fillers stand among old Korean letters and joiners of marks beside Hebrew: there they stay."""
    for match in _HIDDEN.finditer(text):
        span = Span(*match.span())
        if not _SHAPED.search(text[max(0, span.start - 1) : span.start] + text[span.end : span.end + 1]):
            yield Fault("invisible-character", span, (Edit(span, ""),), _named(match.group()))
    for match in _PRIVATE.finditer(text):
        span = Span(*match.span())
        yield Fault("private-use-character", span, (Edit(span, ""),), _codes(match.group()))


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


def _all_directions(text: str) -> Iterator[Fault]:
    for line in _LINE.finditer(text):
        if _DIRECTED.search(line.group()):
            yield from _directions(line.group(), line.start())


def _directions(line: str, base: int) -> Iterator[Fault]:
    """Direction controls of one line: what stays open at its end, closes nothing, or has nothing to turn.

    Boucher and Anderson, Trojan Source (2021): text that reads otherwise than it is stored. An override turns
    letters round and has no use in news; embeddings and isolates are right where Hebrew or Arabic stands in the line.
    """
    at_home = _RIGHT_TO_LEFT.search(line) is not None
    open_: dict[bool, list[int]] = {False: [], True: []}  # embeddings and overrides; isolates
    for index, char in enumerate(line):
        if char in _MARKS and not at_home:
            yield _removal("stray-direction-mark", line, base, (index,))
        elif char in _OPENING:
            open_[char in _ISOLATES].append(index)
        elif char in (_POP, _POP_ISOLATE):
            partners = open_[char == _POP_ISOLATE]
            partner = partners.pop() if partners else None
            if partner is None:
                yield _removal("bidi-unbalanced", line, base, (index,))
            elif line[partner] in _OVERRIDE:
                yield _removal("bidi-override", line, base, (partner, index))
            elif not at_home:
                yield _removal("bidi-control", line, base, (partner, index))
    for index in sorted((*open_[False], *open_[True])):
        rule = "bidi-override" if line[index] in _OVERRIDE else "bidi-unbalanced"
        yield _removal(rule, line, base, (index,))


def _removal(rule: str, line: str, base: int, places: tuple[int, ...]) -> Fault:
    span = Span(base + places[0], base + places[-1] + 1)
    edits = tuple(Edit(Span(base + i, base + i + 1), "") for i in places)
    return Fault(rule, span, edits, _named("".join(line[i] for i in places)))


def _named(characters: str) -> str:
    names = dict.fromkeys(unicodedata.name(c, f"U+{ord(c):04X}").lower() for c in characters if not c.isspace())
    return ", ".join(names)


def _codes(characters: str) -> str:
    return ", ".join(dict.fromkeys(f"U+{ord(c):04X}" for c in characters))


_DIRECTED = re.compile(f"[{_MARKS}{_BIDI}]")
_PARTS = (
    (re.compile(f"[{_SPACE}]"), _zero_widths),
    (re.compile(f"[{_JOINER}]"), _joiners),
    (re.compile(_SOFT_HYPHEN), _soft_hyphens),
    (re.compile(f"[{_CONTROL}]"), _controls),
    (re.compile(f"{_PRIVATE.pattern}|[{_FILLERS}\U000e0001-\U000e007f]"), _hidden),
    (_DIRECTED, _all_directions),
)
