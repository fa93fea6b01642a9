"""Numbers in Chinese characters, alone and mixed with digits: 三, 二十五, 二〇二〇, 9.1万, 1万1000, 2億3000万."""

from __future__ import annotations

import re

_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2, "兩": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "萬": 10**4, "億": 10**8, "亿": 10**8, "兆": 10**12}
CHARACTERS = "".join((*_DIGITS, *_TENS, *_MYRIADS))
NUMBER = rf"(?:(?:\d+(?:[,，]\d{{3}})*(?:[.．]\d+)?)?[{CHARACTERS}]+)+\d*"
FRACTION = rf"(?P<below>\d+|[{CHARACTERS}]+)分[之の](?P<above>\d+|[{CHARACTERS}]+)"
_PIECE = re.compile(r"\d[\d,，]*(?:[.．]\d+)?|.")

# What numbers count. Before anything else a numeral may be part of a name or a phrase: 九州, 三井, 十分, 万一.
_COUNTED = re.compile(
    r"(?:多|余|餘)?[年月日号號個个人名位天岁歳所カヵか家件次回倍届間间本枚台週周小種种項项座条條割円元美歐欧%％]"
)


def value_of(text: str) -> float:
    """The value of what `NUMBER` matches."""
    total, section = 0.0, 0.0
    number: float | None = None
    for piece in _PIECE.findall(text):
        if piece in _MYRIADS:
            before = section + (number or 0)
            total = total * _MYRIADS[piece] if total and not before else total + (before or 1) * _MYRIADS[piece]
            section, number = 0.0, None
        elif piece in _TENS:
            section += (1 if number is None else number) * _TENS[piece]
            number = None
        elif piece in _DIGITS:
            number = 10 * (number or 0) + _DIGITS[piece]
        else:
            number = float(piece.replace(",", "").replace("，", "").replace("．", "."))
    return round(total + section + (number or 0), 4)


def is_loose(text: str, start: int, end: int) -> bool:
    """Whether the numeral at `start..end` of `text` may well be something else than a count."""
    if text[start : start + 1].isdecimal():
        return False
    return (end - start == 1 and text[start] in "一十百千万萬億亿兆") or not _COUNTED.match(text, end)
