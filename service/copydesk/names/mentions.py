"""Where a document names someone or something: runs of capitalised words, with particles, initials and titles.

One pass of one regular expression; no dictionary. A capital at the beginning of a sentence, after a quotation mark or
in a headline proves nothing, so such words are weak: names only where something else in the document says so.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from copydesk.cache import Cache, recalled
from copydesk.limits import heed_time
from copydesk.model import PROSE, Document, Segment, SegmentKind, Span
from copydesk.names.words import (
    ARTICLES,
    CALENDAR,
    DOMAINS,
    FUNCTION_WORDS,
    JOINTS,
    PARTICLES,
    SHORTENERS,
    TITLES,
    TITLES_WITH_STOP,
)

_UPPER = "".join(c for c in map(chr, range(0x250)) if c.isupper()) + "".join(
    c for c in map(chr, range(0x370, 0x530)) if c.isupper()
)
_LETTER = r"[^\W\d_]"
_JOINT = rf"[-‐‑](?:(?:{'|'.join(sorted(JOINTS))})[-‐‑]){{0,2}}"  # Rostov-on-Don, Saint-Germain-en-Laye
_WORD = rf"[{_UPPER}](?:{_LETTER}|['’ʼ‘`´](?={_LETTER}))*(?:{_JOINT}[{_UPPER}](?:{_LETTER}|['’ʼ](?={_LETTER}))*)*"
_INITIAL = rf"[{_UPPER}]\.(?:-?[{_UPPER}]\.)*(?=[ \u00a0]?[{_UPPER}])"
_TOKEN = rf"(?:(?:{'|'.join(sorted(TITLES_WITH_STOP))})\.|{_INITIAL}|{_WORD})"
_PARTICLE = rf"(?:(?:{'|'.join(sorted(PARTICLES))})[ \u00a0]){{0,3}}"  # Ursula von der Leyen
_ARTICLE = rf"(?:(?:{'|'.join(sorted(ARTICLES))})[-‐‑])?"  # Bashar al-Assad
_GAP = rf"(?:[ \u00a0]{{1,2}}{_PARTICLE}{_ARTICLE}|(?<=\.))"
_RUN = re.compile(rf"(?<![\w@#]){_TOKEN}(?:{_GAP}{_TOKEN})*")
_TOKENS = re.compile(_TOKEN)
_POSSESSIVE = re.compile(r"['’ʼ‘`´][sS]$")
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}|`[^`\n]{1,200}`"
    rf"|(?<![\w-])[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{0,4}}\.(?:(?:{'|'.join(sorted(DOMAINS))})\b|"
    rf"(?:{'|'.join(sorted(SHORTENERS))})/)\S*"
)
_LINE = re.compile(r"[^\n]+")
_ADDRESS_SIGNS = (
    *("://", "www.", "@", "`"),
    *(f".{domain}" for domain in sorted(DOMAINS)),
    *(f".{domain}/" for domain in sorted(SHORTENERS)),
)
_OPENING = frozenset("“”„«‘\"'([{—–:-*•…/")
_DASHES = frozenset("-‐‑–—")
_LONG_WORD = re.compile(rf"(?<!\w){_LETTER}{{4,}}")
_HEADLINE_LEAST = 3  # words of four letters; a shorter line in Title Case may be a name and nothing else
_NEVER_NAMES = FUNCTION_WORDS | TITLES
_TITLE_CASE = 0.7  # share of a headline's longer words with a capital from which capitals mean nothing


class Word(NamedTuple):
    """One word of a name, without a possessive ending. `weak`: its capital may be the sentence's or the headline's.

    A named tuple because a text has thousands: it is made in a third of the time of a frozen dataclass.
    """

    text: str
    start: int
    weak: bool
    possessive: bool

    @property
    def span(self) -> Span:
        """Where the word stands, in code points of the document."""
        return Span(self.start, self.start + len(self.text))

    @property
    def is_initial(self) -> bool:
        """Whether it is an initial or several: `S.`, `A.G.`."""
        return self.text.endswith(".")


class Mention(NamedTuple):
    """One run of name words. `titled`: a title (President, Dr., Col.) stands right before it."""

    words: tuple[Word, ...]
    titled: bool


def mentions_of(document: Document, cache: Cache | None = None) -> Iterator[Mention]:
    """Every run of capitalised words in the prose of `document` that could be a name, in the order of the text.

    Web and e-mail addresses, handles and hashtags, code and markup are left out. Linear in the text. Each segment is
    read by itself, so that `cache` can remember what it has.
    """
    for segment, found in _by_segment(document, cache):
        yield from (_moved(mention, segment.span.start) for mention in found)


def names_of(document: Document, cache: Cache | None = None) -> frozenset[str]:
    """The word forms that `document` itself uses as names, so that a dictionary's alarm on them means nothing.

    A form counts when its capital is not the sentence's and it occurs twice, has a possessive ending, a title before
    it, or another name word beside it. One bare capital is no name, nor is a misspelt weekday, month or title.
    """
    seen: dict[str, int] = {}
    proven: set[str] = set()
    for mention in chain.from_iterable(found for _, found in _by_segment(document, cache)):
        beside = len(mention.words) > 1 or mention.titled
        for index, word in enumerate(mention.words):
            if word.is_initial:
                continue
            if not word.weak:
                seen[word.text] = seen.get(word.text, 0) + 1
            if (beside and (not word.weak or index == 0)) or (word.possessive and not word.weak):
                proven.add(word.text)
    proven.update(text for text, times in seen.items() if times > 1)
    return frozenset(text for text in proven if not is_misspelt_calendar(text))


def _by_segment(document: Document, cache: Cache | None) -> Iterator[tuple[Segment, tuple[Mention, ...]]]:
    """The mentions of each segment of prose, in coordinates of the segment."""
    same = f"mentions {document.language} {document.format}"
    for segment in document.segments:
        heed_time()
        if segment.kind in PROSE:
            said = segment.span.of(document.text)
            parts = (same, segment.language, segment.kind.value, said)
            yield segment, recalled(cache, parts, partial(_read, said, segment, document))


def _read(said: str, segment: Segment, document: Document) -> tuple[Mention, ...]:
    """The mentions of a segment whose text is `said`, in coordinates of the segment."""
    by = segment.span.start
    first = bisect_left(document.sentences, by, key=_start)
    last = bisect_left(document.sentences, segment.span.end, key=_start)
    starts = frozenset(sentence.start - by for sentence in document.sentences[first:last])
    addresses = _addresses(said)
    headline = _is_title_case(said, segment.kind)
    return tuple(
        mention
        for match in _RUN.finditer(said)
        if match.group().lower() not in FUNCTION_WORDS  # most capitals are these
        and not (addresses and _within(addresses, match.start()))
        for mention in _mentions(said, match, starts, headline)
    )


def _moved(mention: Mention, by: int) -> Mention:
    words = tuple(Word(text, start + by, weak, possessive) for text, start, weak, possessive in mention.words)
    return Mention(words, mention.titled)


def _start(span: Span) -> int:
    return span.start


def _mentions(text: str, run: re.Match[str], starts: frozenset[int], headline: bool) -> Iterator[Mention]:
    """The mentions in one run: function words and titles part it, and so does a possessive ending."""
    words: list[Word] = []
    titled = False
    for token in _TOKENS.finditer(text, run.start(), run.end()):
        form = token.group()
        bare = form if form.isalpha() else _POSSESSIVE.sub("", form)
        folded = bare.lower().rstrip(".")
        if folded in _NEVER_NAMES:
            if words:
                yield Mention(tuple(words), titled)
            words, titled = [], folded in TITLES
            continue
        weak = headline or (token.start() == run.start() and may_begin(text, token.start(), starts))
        words.append(Word(bare, token.start(), weak, bare != form))
        if bare != form:
            yield Mention(tuple(words), titled)
            words, titled = [], False
    if words and not all(word.is_initial for word in words):
        yield Mention(tuple(words), titled)


def may_begin(text: str, at: int, starts: frozenset[int]) -> bool:
    """Whether a sentence may begin at `at`: there, after its opening quotation mark, or after a colon or dash."""
    if at in starts:
        return True
    before = at - 1
    if before > 0 and text[before] in _DASHES and text[before - 1].isalnum():
        return False  # al-Assad, the Minsk–Moscow line
    while before >= 0 and text[before] in " \u00a0\t":
        before -= 1
    return before < 0 or text[before] in _OPENING or text[before] in ".!?\r\n"


def _is_title_case(line: str, kind: SegmentKind) -> bool:
    """Whether capitals in a segment mean nothing: a headline in Title Case, or a line in capitals."""
    if kind is not SegmentKind.TITLE:
        return False
    longer = _LONG_WORD.findall(line)
    if len(longer) < _HEADLINE_LEAST:
        return line.isupper()
    capitals = sum(word[0].isupper() for word in longer)
    return bool(capitals >= _TITLE_CASE * len(longer))


def _addresses(text: str) -> tuple[list[int], list[int]] | None:
    """Starts and ends of the web and e-mail addresses of the text. Only lines with a sign of one are searched: the
    pattern tries every word, and would take as long as all mentions."""
    if not any(sign in text for sign in _ADDRESS_SIGNS):
        return None
    spans = [
        match.span()
        for line in _LINE.finditer(text)
        if any(sign in line.group() for sign in _ADDRESS_SIGNS)
        for match in _ADDRESS.finditer(text, *line.span())
    ]
    return [start for start, _ in spans], [end for _, end in spans]


def _within(addresses: tuple[Sequence[int], Sequence[int]], at: int) -> bool:
    index = bisect_right(addresses[0], at) - 1
    return index >= 0 and at < addresses[1][index]


def is_misspelt_calendar(text: str) -> bool:
    """Whether `text` is one slip of the pen away from a weekday, month or title: Wenesday, Febuary, Presidnet."""
    folded = text.lower()
    if len(folded) < 6 or folded in CALENDAR:
        return False
    near: object = process.extractOne(folded, CALENDAR, scorer=OSA.distance, score_cutoff=1)
    return near is not None
