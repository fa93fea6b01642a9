"""What a number in digits may mean, whatever the marks of its locale."""

from __future__ import annotations

import re

_SPACES = re.compile(r"[ \u00a0\u2009\u202f'’]")
_GROUPS = re.compile(r"\d{1,3}(?:([.,，٬])\d{3})(?:\1\d{3})*")
_INDIAN = re.compile(r"\d{1,2}(?:,\d{2})+,\d{3}")
_MARKS = ".,，．٫٬"


def readings_of(digits: str) -> tuple[float, ...]:
    """The values of a number in decimal digits of any script, the likelier first; empty for what is no number.

    `1.234` and `1,234` are both a thousand and a fraction: machine translation, and journalists abroad, keep the marks
    of the other locale. That costs a miss where one is taken for the other. `12.05.1938` has none: it is a date.
    """
    text = _SPACES.sub("", digits)
    marks = [c for c in text if c in _MARKS]
    if not marks:
        return (float(text),)
    whole = "".join(c for c in text if c not in _MARKS)
    last = max(text.rfind(mark) for mark in marks)
    if len(marks) == 1:
        fraction = _fraction(text, last)
        return (float(whole), fraction) if _GROUPS.fullmatch(text) and text[0] != "0" else (fraction,)
    if _INDIAN.fullmatch(text) or _GROUPS.fullmatch(text):
        return (float(whole),)
    if text[last] not in text[:last] and _GROUPS.fullmatch(text[:last]):
        return (_fraction(text, last),)
    return ()


def _fraction(text: str, last: int) -> float:
    """The value with the mark at `last` for the decimal one."""
    before = "".join(c for c in text[:last] if c not in _MARKS)
    return float(f"{int(before)}.{''.join(str(int(c)) for c in text[last + 1 :])}")
