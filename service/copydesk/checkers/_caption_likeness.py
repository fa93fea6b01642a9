"""Whether two lines are one caption: the same words, cut off, one within the other, or spelt apart."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from copydesk.checkers._caption_line import Line
from copydesk.model import Segment, Span
from copydesk.names.lexicon import Lexicon
from copydesk.names.similarity import same_name

_QUOTES = tuple("\"'“„«‘”")
_REMARK = re.compile(r"\s*[(\[][^()\[\]]{1,30}[)\]]\s*$")  # “(VIDEO)”
_BYLINE = re.compile(r"[.!?](?:[A-ZÀ-Þ][\w’'-]+ ){1,3}?[A-ZÀ-Þ][\w’'-]+/\w+$")  # “… in a clinic.Ann Reed/dpa”
FEWEST_WORDS = 4  # “Oh, no” may stand twice in a text
_MOST_WORDS = 30  # a longer line, or one of several sentences, is a paragraph
_FEWEST_IN_ALL_BUT_ONE = 6  # a caption that lost a word must be told from another caption by what is left
_FEWEST_LETTERS = 7  # of a label of two or three words
_FEWEST_IN_ONE_WORD = 4  # letters
_FEWEST_BEFORE_CUT = 2  # whole words before the one at an ellipsis or a quotation mark
_LEAD = 6  # words of “Article image for:”, “This might interest you:”
_SURELY_THE_SAME = 8  # words in a row that no two captions share by chance
_MOST_AROUND = 40  # words of the line around them; a longer one is a paragraph with its pull quote beside it
_NEARLY_ALL = 0.7  # “What we know so far” stands in “Here is what we know so far” too
_ALIKE = 80  # rapidfuzz ratio at which two words are one word spelt twice
_OVERLAP = 0.4  # share of the shorter line's words below which no other comparison can succeed


def worth_comparing(a: Line, b: Line) -> bool:
    """Whether two lines share a beginning or enough words to be compared with care; cheap."""
    if not a.text or not b.text:
        return False
    fewer = min(len(a.rough), len(b.rough))
    return a.head == b.head or len(a.rough & b.rough) >= max(2, _OVERLAP * fewer)


def is_caption(line: Line) -> bool:
    """Whether the line is as long as captions are, and one sentence."""
    return FEWEST_WORDS <= line.size <= _MOST_WORDS and line.sentences <= 1


def is_label(line: Line) -> bool:
    """Whether a line of fewer than four words can be a picture's title: “Jacket Meerwind Süd/Ost”, no “Oh, no.”"""
    letters = sum(len(word) for word in line.words if word.isalpha())
    fewest = _FEWEST_LETTERS if line.size > 1 else _FEWEST_IN_ONE_WORD
    return (
        1 <= line.size < FEWEST_WORDS
        and letters >= fewest
        and not line.forms[0][0].islower()
        and line.said.rstrip(" ,;:/|–—-")[-1:].isalnum()
    )


def is_cut_from(short: Line, long: Line) -> bool:
    """Whether `short`, of one sentence, is the beginning of `long`, cut with an ellipsis or in the middle of a word."""
    if not short.words or len(short.words) > len(long.words) or short.sentences > 1:
        return False
    *whole, last = short.words
    there = long.words[len(whole)]
    if not there.startswith(last) or long.words[: len(whole)] != tuple(whole):
        return False
    if short.is_cut or long.text[long.end(len(short.words)) - long.span.start :].lstrip(" :,")[:1] == '"':
        return len(whole) >= _FEWEST_BEFORE_CUT  # a straight quote ended the attribute
    return last != there and len(last) >= 2 and len(whole) >= FEWEST_WORDS


def is_broken_off(alt: Line, caption: Line) -> bool:
    """Whether an attribute ended at a straight quote in it: `alt="The "King" is here"` says “The ”."""
    count = len(alt.words)
    if alt.text != alt.said or not 0 < count < len(caption.words) or caption.words[:count] != alt.words:
        return False
    return caption.text[caption.end(count) - caption.span.start :].lstrip(" ")[:1] == '"'


def is_before_remark(caption: Line, alt: Line, lexicon: Lexicon) -> bool:
    """Whether `alt` is `caption`, perhaps spelt apart, and a remark in brackets on what kind of thing it is."""
    remark = _REMARK.search(alt.text)
    if remark is None or len(caption.words) < FEWEST_WORDS:
        return False
    said = alt.text[: remark.start()]
    bare = Line(said, Segment(alt.kind, Span(0, len(said)), ""), leads=False)
    return bare.words == caption.words or same_but_for_spelling(bare, caption, lexicon)


def is_before_byline(alt: Line, caption: Line) -> bool:
    """Whether the line is the alt text, and behind its stop, without a space, who took the picture for whom."""
    rest = caption.text[caption.end(len(alt.words)) - caption.span.start :]
    return caption.words[: len(alt.words)] == alt.words and _BYLINE.match(rest) is not None


def lacks_a_word(alt: Line, caption: Line) -> bool:
    """Whether `alt` is `caption` without one of its words."""
    if not 3 <= len(alt.words) == len(caption.words) - 1:
        return False
    at = next((i for i, word in enumerate(alt.words) if caption.words[i] != word), len(alt.words))
    return caption.words[at + 1 :] == alt.words[at:]


def place_in(short: Line, long: Line) -> int | None:
    """The word of `long` at which all words of `short` begin in a row; None where they do not."""
    count = len(short.words)
    for at in range(len(long.words) - count + 1):
        if long.words[at : at + count] == short.words:
            return at
    return None


def is_led(line: Line, words: int, text: str) -> bool:
    """Whether the first `words` words are a label with a colon or a dash behind: “Article image for:”."""
    between = text[line.end(words) : line.start(words)]
    return words <= _LEAD and any(mark in between for mark in ":–—-|")


def is_trail(line: Line, words: int, text: str) -> bool:
    """Whether the first `words` words are a trail of sections: “Home » Society » …”; that is debris."""
    return any(mark in text[line.span.start : line.start(words)] for mark in "»›→>")


def is_quoted(short: Line, long: Line, word: int, text: str) -> bool:
    """Whether `long` quotes `short` from its word number `word` on: a paragraph may quote the post shown beside it."""
    start = long.start(word)
    return text[max(long.span.start, start - 1) : start] in _QUOTES and short.text[:1] not in _QUOTES


def nearly_all(short: Line, long: Line) -> bool:
    """Whether the long line adds so little that it is no sentence about the short one."""
    if short.size >= _SURELY_THE_SAME and len(long.words) <= _MOST_AROUND:
        return True
    return short.size >= _FEWEST_IN_ALL_BUT_ONE and len(short.words) >= _NEARLY_ALL * len(long.words)


def follows_cut(short: Line, long: Line, text: str) -> bool:
    """Whether the short line stops where the long one goes on with its sentence: half way or later, or so far on that
    no headline would say the same. The document's own headline may well be the beginning of its lead.
    """
    after = text[long.end(len(short.words)) :][:2]
    if after[:1] not in (" ", ",") or not short.said[-1:].isalnum():
        return False
    if after[1:2].islower() and is_caption(long) and 2 * len(short.words) >= len(long.words):
        return True
    return after[1:2].isalnum() and short.size >= _SURELY_THE_SAME and not short.leads


def same_but_for_spelling(a: Line, b: Line, lexicon: Lexicon) -> bool:
    """Whether two lines differ in at most one word in six, and there only in spelling, or in one small word that one
    of them lost.

    Different numbers, and different words, are different captions: “Kyiv on 1 March”, “Kyiv on 2 March”.
    """
    if "".join(a.words) == "".join(b.words):  # “photo-call”, “photocall”
        return True
    if len(a.words) != len(b.words):
        return _lost_a_word(*sorted((a.words, b.words), key=len))
    apart = [(x, y) for x, y in zip(a.forms, b.forms, strict=True) if x.casefold() != y.casefold()]
    return len(apart) <= max(1, len(a.words) // 6) and all(_spelt_apart(x, y, lexicon) for x, y in apart)


def _lost_a_word(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    if len(long) - len(short) != 1 or len(short) < _FEWEST_IN_ALL_BUT_ONE:
        return False
    at = next((i for i, word in enumerate(short) if long[i] != word), len(short))
    return long[at].isalpha() and len(long[at]) <= 3 and long[at + 1 :] == short[at:]


def _spelt_apart(x: str, y: str, lexicon: Lexicon) -> bool:
    """One word or name in two spellings; Alexander and Alexandra are two people."""
    if not (x.isalpha() and y.isalpha()):
        return False
    if x[0].isupper() and y[0].isupper() and min(len(x), len(y)) >= 4 and same_name(x, y, lexicon):
        return True
    if x.casefold().rstrip("aeioy") == y.casefold().rstrip("aeioy"):
        return False
    short, long = sorted((x.casefold(), y.casefold()), key=len)
    if len(short) >= 3 and long.startswith(short) and len(long) - len(short) == 1:
        return True
    return min(len(x), len(y)) >= 5 and fuzz.ratio(short, long) >= _ALIKE
