"""Mojibake: UTF-8 that was read in another encoding, with the exact stretch and what it was.

The judgement is ftfy's (R. Speer, 2019, doi:10.5281/zenodo.2591652): a list of sequences that hardly ever stand in
text, and a decoding that must succeed. Only its decoding is used; quotation marks, ligatures and widths stay. Here a
line is repaired word by word, so that a right quotation mark in the line does not hinder, and so that the place is
known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import ftfy
from ftfy import ExplanationStep, TextFixerConfig
from ftfy.badness import is_bad

from copydesk.model import Edit, Span

# Mojibake is at least two characters beyond ASCII side by side, or an orphaned Ã or Â whose second half became a
# space. Pairs of quotation marks, dashes and no-break spaces are everyday: skipping them spares ftfy nearly every
# line of ordinary news.
_EVERYDAY = "“”‘’«»–—…\u00a0"
_SUSPECT = re.compile(
    rf"[^\x00-\x7f{_EVERYDAY}][^\x00-\x7f]|[{_EVERYDAY}][^\x00-\x7f{_EVERYDAY}]|[ÂÃÄÅГ] |√[ -~]|[ÃÂ]$"
)
# Russian in UTF-8 read as Windows-1251 is letters alone, which ftfy cannot tell from text by its list. Р or С before a
# character of the second half of the code page, three times over, is no word of any language in Cyrillic.
_TRAIL = "ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—\u0098™љ›њќћџ\u00a0ЎўЈ¤Ґ¦§Ё©Є«¬\u00ad®Ї°±Ііґµ¶·ё№є»јЅѕї"
_CYRILLIC = re.compile(rf"(?:[РС][{_TRAIL}]){{3}}")
_CYRILLIC_PLAN = [ExplanationStep("encode", "sloppy-windows-1251"), ExplanationStep("decode", "utf-8")]
# A word goes on after a letter whose second half, a no-break space, became a space or two: Ã for à, Å for Š.
_WORD = re.compile(r"[^ \t\r\n]+(?:(?<=[ÂÃÄÅГ])  ?[^ \t\r\n]+)*")
_SOUND = re.compile("[A-Za-z]")
_C1 = re.compile(r"[\x80-\x9f]")
_SHARED = re.compile(r"[\x00-\x9f]*")
_CONFIG = TextFixerConfig(
    unescape_html=False,
    remove_terminal_escapes=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    uncurl_quotes=False,
    fix_line_breaks=False,
    fix_surrogates=False,
    remove_control_chars=False,
    replace_lossy_sequences=False,  # what is lost cannot be repaired; U+FFFD has a rule of its own
    fix_c1_controls=False,
    normalization=None,
)
_Plan = list[ExplanationStep]


def may_hold_mojibake(line: str) -> bool:
    """Whether `line` deserves the costly look of `mojibake`."""
    return _SUSPECT.search(line) is not None


def mojibake(line: str) -> Iterator[Edit]:
    """The garbled stretches of `line` with their repair, as edits in coordinates of the line, in order.

    A repair that only one word proves must convince ftfy in the whole line as well: “DrÃ¥ber” behind a dash could be
    of two encodings.
    """
    if not (is_bad(line) or _CYRILLIC.search(line)):
        return
    words = [Span(*m.span()) for m in _WORD.finditer(line) if not m.group().isascii()]
    proven = {span: repair for span in words if (repair := _alone(span.of(line))) is not None}
    plans = [plan for _, plan in proven.values() if plan]
    repaired = {span: text for span, (text, _) in proven.items()}
    for span in words:
        if span not in repaired and (text := _by_neighbours(span.of(line), plans)) is not None:
            repaired[span] = text
    if len(repaired) == 1 and not _convinces(line):
        return
    yield from _stretches(line, repaired)


def _alone(word: str) -> tuple[str, _Plan] | None:
    """What `word` was, and the decoding that shows it, where ftfy is sure of the word by itself."""
    if _CYRILLIC.search(word) and (text := _apply(word, _CYRILLIC_PLAN)) is not None:
        return text, _CYRILLIC_PLAN
    result = ftfy.fix_encoding_and_explain(word, _CONFIG)
    plan = result.explanation or []
    if result.text == word or not _decodes(plan) or not _sound(result.text):
        return None
    return result.text, plan if plan[0].action == "encode" else []


def _convinces(line: str) -> bool:
    return _CYRILLIC.search(line) is not None or ftfy.fix_encoding(line, _CONFIG) != line


def _decodes(plan: _Plan) -> bool:
    """Whether the plan undoes a misread UTF-8; C1 controls that stand for Windows-1252 have a rule of their own."""
    return any(step.parameter in ("utf-8", "utf-8-variants", "decode_inconsistent_utf8") for step in plan)


def _sound(text: str) -> bool:
    return "\ufffd" not in text and not is_bad(_C1.sub("", text))


def _by_neighbours(word: str, plans: list[_Plan]) -> str | None:
    """`word` by the first plan of its neighbours that decodes it: “Рё” is proven by nothing else."""
    return next((text for plan in plans if (text := _apply(word, plan)) not in (None, word)), None)


def _apply(word: str, plan: _Plan) -> str | None:
    try:
        text = str(ftfy.apply_plan(word, [(step.action, step.parameter) for step in plan]))
    except UnicodeError:
        return None
    return text if _sound(text) else None


def _stretches(line: str, repaired: dict[Span, str]) -> Iterator[Edit]:
    """Wholly garbled words that follow each other become one edit; of a word with sound letters, the garbled part."""
    start, end, parts = 0, 0, ""
    for span in sorted(repaired):
        between = line[end : span.start]
        if parts and between.isspace() and not _SOUND.search(line, start, span.end):
            end, parts = span.end, f"{parts}{between}{repaired[span]}"
            continue
        if parts:
            yield _trimmed(Span(start, end), line[start:end], parts)
        start, end, parts = span.start, span.end, repaired[span]
    if parts:
        yield _trimmed(Span(start, end), line[start:end], parts)


def _trimmed(span: Span, word: str, text: str) -> Edit:
    """The edit without what both sides begin and end with."""
    head = _common(word, text)
    tail = _common(word[head:][::-1], text[head:][::-1])
    return Edit(Span(span.start + head, span.end - tail), text[head : len(text) - tail])


def _common(word: str, text: str) -> int:
    """The length of the beginning that both share, as far as it is ASCII or a control."""
    shared = _SHARED.match(word)
    most = min(shared.end() if shared else 0, len(text))
    return next((i for i in range(most) if word[i] != text[i]), most)
