"""Words of the source that stayed in the target."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copydesk.checkers.base import Remark, Resources
from copydesk.checkers.bitext._vocabulary import has_dictionary, is_common, knows, stem
from copydesk.checkers.bitext.base import PairChecker
from copydesk.model import Document, Pair, Span
from copydesk.packs import RuleBook

# Languages in Latin letters, into which a letter of another script is no translation.
_LATIN = frozenset(
    {
        "en", "de", "fr", "es", "it", "pl", "cs", "sk", "pt", "nl", "sv", "da", "nb", "no", "fi", "et",
        "lv", "lt", "hu", "ro", "sl", "hr", "tr", "sq", "ca", "gl", "eu", "id", "ms", "vi",
    }
)  # fmt: skip
_LETTERS = r"[\u0370-\u1dff\u2c00-\u2dff\u3041-\ud7ff\uf900-\ufaff]"  # Greek to Georgian, Indic, East Asian
_FOREIGN = re.compile(rf"{_LETTERS}+(?:[ ’'-]{_LETTERS}+)*")
_WORD = re.compile(r"(?<![.@/\w])[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_SHORTEST = 2
_SYMBOL = re.compile(r"[\u0370-\u052f]")  # one letter, Greek or Cyrillic: α, 3650р
_ASIDE = re.compile(r"[(\[“„«\"]\s*$")
# A German noun and not a name: an article, a possessive or an adjective before it in the source …
_NOUN_BEFORE = re.compile(
    r"\b(?:[Dd](?:er|ie|as|en|em|es)|[Ee]in\w{0,2}|[ivz](?:m|um|ur|om)|beim|am|ans|ins|(?:kein|sein|ihr|unser)\w{0,2}|[a-zäöüß]\w+(?:e|en|er|es|em)(?<!te)(?<!ten)(?<!de))\s$"
)  # … and not a verb


class MixedChecker(PairChecker):
    """Target words that stand in the source too and that the target's language does not have, or in its letters."""

    def __init__(self, rules: RuleBook, resources: Resources) -> None:
        self._rule = rules["any/bitext/source-words"]

    def check(self, pair: Pair) -> Iterator[Remark]:
        """One finding for each word, or for words that follow each other."""
        start = end = -1
        for span in self._words(pair):
            if start >= 0 and not pair.target.text[end : span.start].strip():
                end = span.end
                continue
            if start >= 0:
                yield self._finding(pair, Span(start, end))
            start, end = span.start, span.end
        if start >= 0:
            yield self._finding(pair, Span(start, end))

    def _finding(self, pair: Pair, span: Span) -> Remark:
        word = span.of(pair.target.text)
        at = pair.source.text.find(stem(word))
        if at < 0:
            at = pair.source.text.lower().find(stem(word).lower())
        place = Span(at, at + len(stem(word))) if at >= 0 else None
        return self._rule.pair_finding(span, place, word)

    def _words(self, pair: Pair) -> Iterator[Span]:
        if pair.target.language.split("-", 1)[0] in _LATIN and not pair.target.text.isascii():
            yield from _foreign(pair)
        if pair.source.language.split("-", 1)[0] in _LATIN and has_dictionary(pair.target.language):
            yield from _copied(pair)


def _foreign(pair: Pair) -> Iterator[Span]:
    """Words in another script, except the original that is given in brackets or quotes."""
    text = pair.target.text
    for match in _FOREIGN.finditer(text):
        if not _SYMBOL.fullmatch(match[0]) and not _ASIDE.search(text[: match.start()]):
            yield Span(*match.span())


def _copied(pair: Pair) -> Iterator[Span]:
    """Words of the source that the target's language does not have; names, which have a capital, stay."""
    source, target = pair.source, pair.target
    own = frozenset(_WORD.findall(source.text))
    own |= {part for word in own if "'" in word or "’" in word for part in re.split("['’]", word)}
    for match in _WORD.finditer(target.text):
        word = stem(match[0])
        if len(word) < _SHORTEST or word.isupper() or not (word in own or word.lower() in own):
            continue
        if word[0].islower():
            if not knows(target.language, word):
                yield Span(*match.span())
        elif not knows(target.language, word) and (
            _lost_capital(word, own, source) or (_is_german_noun(word, pair) and not _begins_name(match, pair))
        ):
            yield Span(*match.span())


def _lost_capital(word: str, own: frozenset[str], source: Document) -> bool:
    """Whether the source writes `word` small, or could have, at its beginning: then it is no name."""
    if word.lower() in own:
        return not has_dictionary(source.language) or knows(source.language, word)
    follows = source.text[len(word) :].lstrip()[:1]  # Franco A., where Polish has franco too
    return source.text.startswith(word) and is_common(source.language, word) and not follows.isupper()


def _begins_name(match: re.Match[str], pair: Pair) -> bool:
    """Whether the next word is a name that follows it in the source too: am U-Bahnhof Aidenbachstraße."""
    after = _WORD.match(pair.target.text, match.end() + 1)
    if after is None or not after[0][0].isupper() or knows(pair.target.language, after[0]):
        return False
    return f"{match[0]} {after[0]}" in pair.source.text


def _is_german_noun(word: str, pair: Pair) -> bool:
    """Whether a capital is German spelling: the dictionary has the word, and it stands in the source like a noun."""
    if not pair.source.language.startswith("de") or not knows("de", word):
        return False
    at = pair.source.text.find(word)
    return at > 0 and _NOUN_BEFORE.search(pair.source.text[:at]) is not None
