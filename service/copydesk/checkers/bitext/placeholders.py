"""Placeholders, variables and markup: what a program fills in or reads must survive the translation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.entities import html5

from copydesk.checkers.base import Remark, Resources
from copydesk.checkers.bitext._literal import LiteralComparison, Token
from copydesk.checkers.bitext.base import PairChecker
from copydesk.model import Pair, Span
from copydesk.packs import RuleBook

_MOST = 60  # code points of a name; longer, and the brace is not a placeholder's
# Formats of printf, Python, ICU, Java, shell, Handlebars and XML. A percent sign after a digit or before a word is a
# percentage: “5 % des” and “5% of” are none of printf's.
_PLACEHOLDER = re.compile(
    rf"\{{\{{[^{{}}\n]{{1,{_MOST}}}\}}\}}"
    rf"|[$#%]\{{[^{{}}\n]{{1,{_MOST}}}\}}"
    r"|\{[A-Za-z_0-9][\w.:!-]{0,40}\}"
    r"|%\([A-Za-z_]\w*\)[-+0#]*[\d.]*[a-zA-Z]"
    r"|(?<![\w%])%(?:\d{1,2}\$)?[-+0#]*(?:\d{1,3})?(?:\.\d+)?(?:hh?|ll?|[zjtL])?[sdiuxXofFeEgGcp@](?![\w])"
    r"|&(?P<entity>[A-Za-z][\w.-]{1,40});"
)
_CHOICE = re.compile(r"\{\s*\w+\s*,\s*(?:plural|select|selectordinal)\s*,")
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z][\w:.-]{0,40})(?P<rest>(?:\s[^<>]{0,400})?)(?P<empty>/?)>")
_ID = re.compile(r"""\b(?:id|i|x|ctype)\s*=\s*["']?([^"'\s>/]+)""")
_SIGNS = re.compile(r"[{%&<]")


class PlaceholderChecker(PairChecker):
    """Placeholders and tags that are missing, changed or added."""

    def __init__(self, rules: RuleBook, resources: Resources) -> None:
        self._placeholders = LiteralComparison(rules, "placeholder")
        self._tags = LiteralComparison(rules, "tag")

    def check(self, pair: Pair) -> Iterator[Remark]:
        """One finding for each that stands on one side only.

        ICU's plural and select say a sentence once a form, and languages have different forms: there each placeholder
        counts once.
        """
        source, target = pair.source.text, pair.target.text
        if not _SIGNS.search(source) and not _SIGNS.search(target):
            return
        given, kept = list(_placeholders(source)), list(_placeholders(target))
        if _CHOICE.search(source) or _CHOICE.search(target):
            given, kept = _once(given), _once(kept)
        yield from self._placeholders.between(given, kept, pair)
        yield from self._tags.between(_tags(source), _tags(target), pair)


def _placeholders(text: str) -> Iterator[Token]:
    for match in _PLACEHOLDER.finditer(text):
        entity = match["entity"]
        if entity is None or f"{entity};" not in html5:  # &quot; and its like are characters, and those may change
            yield Token(match[0], match[0], Span(*match.span()))


def _once(tokens: list[Token]) -> list[Token]:
    return list({token.key: token for token in tokens}.values())


def _tags(text: str) -> list[Token]:
    """Tags by name and identity: other attributes (`alt`, `title`) may be translated."""
    if "<" not in text:
        return []
    found = []
    for match in _TAG.finditer(text):
        empty = "/" if match["empty"] or match["rest"].endswith("/") else ""
        key = " ".join([match["end"] + match["name"] + empty, *_ID.findall(match["rest"])])
        found.append(Token(key, match[0], Span(*match.span())))
    return found
