"""Letters in another form than text has: decomposed, ligatures of a font, full width, mathematical alphabets.

Unicode calls them canonically or compatibly equivalent to plain letters (UAX #15); searching, sorting and
spell-checking do not. Only what Unicode itself maps is changed, and only where no script or typography needs the form:
Hebrew points, Indic nuktas, old Korean syllables, Russian stress marks, full width among Chinese and Japanese, “™”,
“½” and “№” are left alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from copydesk.checkers._faults import Fault
from copydesk.model import Edit, Span

_FORMS = re.compile(
    "[\u0300-\u036f\u1100-\u11ff\u3099\u309a\u212a\u212b\u24b6-\u24e9\ufb00-\ufb06\ufb50-\ufbb1\ufbd3-\ufd3d"
    "\ufe70-\ufefc\uff01-\uff5e\U0001d400-\U0001d7ff]"
)
# A letter with marks that follow it, a kana with its sound mark, a syllable of modern Korean in its parts.
_CLUSTER = re.compile(
    "[A-Za-zÀ-ɏͰ-ԯḀ-῿][\u0300-\u036f]+|[\u3041-\u30fe][\u3099\u309a]|[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?+(?![\u1160-\u11ff])"
)
_LIGATURE = re.compile("[\ufb00-\ufb06]")
_SIGN = re.compile(r"[\u212a\u212b](?=[a-zà-ÿ])")  # the signs of kelvin and ångström as first letters of words
_WIDE = re.compile("[\uff01-\uff5e]+")
_EAST_ASIAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
# One letter of a mathematical alphabet is a formula; two and more are somebody's bold or italics. The alphabets have
# holes that older letter-like symbols fill.
_STYLED_LETTER = "[\U0001d400-\U0001d7ff\u210a-\u2113\u211b-\u211d\u2128\u212c-\u2134]"
_STYLED = re.compile(f"{_STYLED_LETTER}{{2,}}(?: {_STYLED_LETTER}+)*|[\u24b6-\u24e9]{{2,}}(?: [\u24b6-\u24e9]+)*")
_PRESENTED = re.compile("[\ufe70-\ufefc\ufb50-\ufbb1\ufbd3-\ufd3d]{2,}(?: [\ufe70-\ufefc\ufb50-\ufbb1\ufbd3-\ufd3d]+)*")
_SPACED_AFTER = ",.;:!?"


def may_hold_forms(text: str) -> bool:
    """Whether `text` deserves the look of `forms`."""
    return _FORMS.search(text) is not None


def forms(line: str) -> Iterator[Fault]:
    """The faults of `line`, in its coordinates."""
    if not may_hold_forms(line):
        return
    yield from _decomposed(line)
    for rule, pattern in (
        ("ligature", _LIGATURE),
        ("letter-like-sign", _SIGN),
        ("styled-letters", _STYLED),
        ("presentation-form", _PRESENTED),
    ):
        for match in pattern.finditer(line):
            yield _plain(rule, match)
    if not _EAST_ASIAN.search(line):
        for match in _WIDE.finditer(line):
            yield _narrow(line, match)


def _decomposed(line: str) -> Iterator[Fault]:
    """One fault a word, from its first decomposed letter to its last."""
    edits: list[Edit] = []
    for match in _CLUSTER.finditer(line):
        composed = unicodedata.normalize("NFC", match.group())
        if len(composed) == len(match.group()):
            continue
        if edits and not _one_word(line[edits[-1].span.end : match.start()]):
            yield _word(line, edits)
            edits = []
        edits.append(Edit(Span(*match.span()), composed))
    if edits:
        yield _word(line, edits)


def _one_word(between: str) -> bool:
    return not between or between.isalpha()


def _word(line: str, edits: list[Edit]) -> Fault:
    span = Span(edits[0].span.start, edits[-1].span.end)
    return Fault("decomposed-letter", span, tuple(edits), unicodedata.normalize("NFC", span.of(line)))


def _plain(rule: str, match: re.Match[str]) -> Fault:
    span = Span(*match.span())
    return Fault(rule, span, (Edit(span, unicodedata.normalize("NFKC", match.group())),))


def _narrow(line: str, match: re.Match[str]) -> Fault:
    """A full-width mark holds its own space; the plain mark before a word needs one."""
    plain = _plain("full-width", match)
    meant = plain.edits[0].text
    needs_space = meant[-1] in _SPACED_AFTER and line[match.end() : match.end() + 1].isalpha()
    return Fault(plain.rule, plain.span, (Edit(plain.span, f"{meant} " if needs_space else meant),))
