"""The names of a source sentence, as far as its script and language show them, and which of its words names may be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from copydesk.checkers.bitext._exonyms import Exonyms
from copydesk.checkers.bitext._places import exonyms
from copydesk.checkers.bitext._vocabulary import has_dictionary, is_common, is_proper, knows
from copydesk.model import Document, Span
from copydesk.names.mentions import may_begin

CASED = frozenset(
    ["ru", "uk", "be", "bg", "sr", "mk", "pl", "cs", "sk", "fr", "es", "it", "pt", "nl", "ro", "hr", "sl", "en"]
)
"""A capital within a sentence is a name's."""
LATIN = frozenset(["de", "pl", "cs", "sk", "fr", "es", "it", "pt", "nl", "ro", "hr", "sl", "en"])
"""Written in the letters of English, so that a name looks much the same."""
WIDE = frozenset(["zh", "ja"])
"""Written without spaces."""
_WORD = re.compile(r"[\u0900-\u0963\u0970-\u097f]+|[^\W\d_]+")
_LATIN = re.compile(r"(?<![A-Za-z\d./@-])(?![IVXLC]+\b)[A-Z][A-Za-z]{2,}(?![A-Za-z\d./@-])")
_KANA = re.compile(r"[\u30a1-\u30fc]{3,}")
# The characters that Chinese writes foreign sounds with; three and more of them are a foreign name.
_SOUNDS = (
    "阿埃艾爱安奥巴贝本比宾波博伯布查达戴丹德迪登邓杜顿多俄厄恩尔法菲费芬弗福盖戈格古哈汉赫胡霍吉基加贾杰卡凯坎康科克肯库拉莱赖"
    "兰劳勒雷蕾里利莉林琳卢鲁伦罗洛马玛迈曼梅蒙米密莫默穆纳娜南内尼涅宁纽诺努欧帕潘佩皮普齐奇契乔切琼萨塞桑瑟森沙莎申圣什史舒斯"
    "松苏索塔泰坦汤特腾提蒂廷图托瓦万威维韦温文沃乌武西希夏谢辛休许雅亚扬耶伊因尤约泽扎詹珍茨朱兹佐隆热匹兹堡娅喀哥墨缅甸桂帖丝黛"
)
FOREIGN = re.compile(rf"[{_SOUNDS}·]{{2,}}")
"""A foreign name in Chinese, or a part of one."""
_FOREIGN_NAME = re.compile(rf"[{_SOUNDS}·]{{4,}}")
_LATIN_LETTERS = re.compile(r"[A-Z\u00c0-\u017f]+")
_ORDINAL = re.compile(r"[IVXLCХ]+")  # XX wieku
_AT_START = frozenset((0,))
_SHORTEST = 4  # letters; shorter names are alike to too much
_PLURAL = "en"  # Einstellung, which English knows too, is no name
_PART = 4  # letters of a German word that ends another
# Slavic adjectives with a capital are parts of longer names, of which the translation has the meaning.
_ADJECTIVE = re.compile(r"(?:[ыио]й|[ое](?:го|му|м)|ая|ую|ые|ых|ым|их|им|[ei]go|emu|ych|ich|ą|ého|ém|ých)$")


class SourceName(NamedTuple):
    """Where a name may stand, and whether its absence from the translation alone is a fault."""

    span: Span
    is_sure: bool


def names_of(source: Document, places: Exonyms) -> Iterator[SourceName]:
    """What may be a name in `source`: a few are missed; of those that are sure, few are none."""
    language = source.language.split("-", 1)[0]
    if language in WIDE:
        for span, _ in places.within(source.text):
            if not _is_inside(span, source.text):
                yield SourceName(span, True)
        foreign = _KANA if language == "ja" else _FOREIGN_NAME
        yield from (SourceName(Span(*match.span()), False) for match in foreign.finditer(source.text))
    elif language in CASED or language in {"de", "hi"}:
        yield from _spaced(source.text, language, places)
    if language in WIDE or language in {"ru", "uk", "be", "bg", "hi"}:
        yield from (SourceName(Span(*match.span()), True) for match in _LATIN.finditer(source.text))


@lru_cache(maxsize=65536)
def may_be_name(language: str, word: str) -> bool:
    """Whether a name of the target may be `word`, of the source as written, by likeness of sound alone."""
    if language in WIDE or not has_dictionary(language):
        return True
    return not word[0].islower() and not (language in {"de", "hi"} and is_common(language, word))


def _is_inside(span: Span, text: str) -> bool:
    """Whether a place may be a part of a longer foreign name: 法罗, the Faroes, in 布法罗."""
    return any(FOREIGN.fullmatch(text[at : at + 2]) for at in (span.start - 1, span.end - 1) if at >= 0)


def _spaced(text: str, language: str, places: Exonyms) -> Iterator[SourceName]:
    for match in _WORD.finditer(text):
        name = match[0]
        if name[0].islower() or (match.start() and text[match.start() - 1] in ".@/-_’'"):
            continue
        if text.startswith("-", match.end()):
            continue  # Санкт-Петербург, Римско-
        if len(name) > 1 and name.isupper():
            if _LATIN_LETTERS.fullmatch(name) and not _ORDINAL.fullmatch(name):
                yield SourceName(Span(*match.span()), False)
            continue
        if len(name) < _SHORTEST or (name[0].isupper() and not name.istitle()):
            continue
        is_place = bool(places.of_other(name))
        begins = language != "hi" and may_begin(text, match.start(), _AT_START)
        if _is_name(language, name, is_place):
            is_sure = not (begins and not is_proper("en", name)) and not _ADJECTIVE.search(name)
            yield SourceName(Span(*match.span()), is_sure and (language != "hi" or is_place))


@lru_cache(maxsize=65536)
def _is_name(language: str, word: str, is_place: bool) -> bool:
    if is_place and (not is_common(language, word) or exonyms().of_other(word)):
        return True
    if not has_dictionary(language) or is_common(language, word):
        return False
    if language == "de":  # compounds are in no dictionary, their last parts are; English knows some names
        if is_proper("en", word) and not knows(language, word + _PLURAL):
            return True
        return not any(knows(language, word[at:]) for at in range(len(word) - _PART + 1))
    return True
