"""Mojibake: UTF-8 that was read in another encoding, with the exact stretch and what it was.

The judgement is ftfy's (R. Speer, 2019, doi:10.5281/zenodo.2591652): a list of sequences that hardly ever stand in
text, and a decoding that must succeed. Only its decoding is used; quotation marks, ligatures and widths stay. Here a
line is repaired word by word, so that a right quotation mark in the line does not hinder, and so that the place is
known. Where ftfy decodes the whole line and the words together give something else, the line's decoding stands: it
knows which spaces were no-break spaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import ftfy
from ftfy import ExplanationStep, TextFixerConfig
from ftfy.badness import is_bad
from rapidfuzz.distance import Levenshtein

from copydesk.model import Edit, Span

# Mojibake is at least two characters beyond ASCII side by side, or an orphaned Ã or Â whose second half became a
# space. Pairs of quotation marks, dashes and no-break spaces are everyday: skipping them spares ftfy nearly every
# line of ordinary news.
_EVERYDAY = "“”‘’«»–—…\u00a0"
_SUSPECT = re.compile(  # begins with one class, so that the search skips ASCII fast
    rf"[^\x00-\x7f](?:(?<![{_EVERYDAY}])[^\x00-\x7f]|(?<=[{_EVERYDAY}])[^\x00-\x7f{_EVERYDAY}]|"
    r"(?<=[ÂÃÄÅГ]) |(?<=√)[ -~]|(?<=[ÃÂ])$)"
)
# Russian in UTF-8 read as Windows-1251 is letters alone, which ftfy cannot tell from text by its list. Р or С before a
# character of the second half of the code page, three times over, is no word of any language in Cyrillic.
_TRAIL = "ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—\u0098™љ›њќћџ\u00a0ЎўЈ¤Ґ¦§Ё©Є«¬\u00ad®Ї°±Ііґµ¶·ё№є»јЅѕї"
_CYRILLIC = re.compile(rf"(?:[РС][{_TRAIL}]){{3}}")
_CYRILLIC_PLAN = [ExplanationStep("encode", "sloppy-windows-1251"), ExplanationStep("decode", "utf-8")]
# A word goes on after a letter whose second half, a no-break space, became a space or two: Ã for à, Å for Š.
_WORD = re.compile(r"[^ \t\r\n]+(?:(?<=[ÂÃÄÅГ])  ?[^ \t\r\n]+)*")
_SOUND = re.compile("[A-Za-z]")
_MARK = re.compile("[“”‘’]")
_C1 = re.compile(r"[\x80-\x9f]")
_CONFIG = TextFixerConfig(
    unescape_html=False,
    remove_terminal_escapes=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    uncurl_quotes=False,
    fix_line_breaks=False,
    fix_surrogates=False,
    remove_control_chars=False,
    replace_lossy_sequences=False,  # only where nothing else decodes the word: see `_LOSSY`
    fix_c1_controls=False,
    normalization=None,
)
_LOSSY = _CONFIG._replace(replace_lossy_sequences=True)  # U+FFFD for a letter of which a byte is missing
_LONGEST_ALIGNED = 5_000  # code points; aligning a line with its decoding is quadratic
_Plan = list[ExplanationStep]


def may_hold_mojibake(line: str) -> bool:
    """Whether `line` deserves the costly look of `mojibake`."""
    return _SUSPECT.search(line) is not None


def mojibake(line: str) -> Iterator[Edit]:
    """The garbled stretches of `line` with their repair, as edits in coordinates of the line, in order.

    A letter of which a byte is missing becomes U+FFFD in the repair.
    """
    if not (is_bad(line) or _CYRILLIC.search(line)):
        return
    edits = list(_by_words(line))
    whole = _whole(line)
    yield from edits if whole is None or whole == _applied(line, edits) else _aligned(line, whole, 0)


def _by_words(line: str) -> Iterator[Edit]:
    """A repair that only one word proves must convince ftfy in the whole line as well: “DrÃ¥ber” behind a dash could
    be of two encodings."""
    words = [Span(*m.span()) for m in _WORD.finditer(line) if not m.group().isascii()]
    proven = {span: repair for span in words if (repair := _alone(span.of(line))) is not None}
    plans = [list(plan) for plan in dict.fromkeys(tuple(plan) for _, plan in proven.values() if plan)]
    repaired = {span: text for span, (text, _) in proven.items()}
    for span in words:
        if span not in repaired and (text := _by_neighbours(span.of(line), plans)) is not None:
            repaired[span] = text
    if len(repaired) == 1 and not _convinces(line):
        return
    yield from _stretches(line, repaired)


def _whole(line: str) -> str | None:
    """What a line was, where one decoding fits all of it."""
    if len(line) > _LONGEST_ALIGNED:
        return None
    result = ftfy.fix_encoding_and_explain(line, _LOSSY)
    plan = result.explanation or []
    fits = result.text != line and _decodes(plan) and plan[0].action == "encode"
    return result.text if fits else None


def _alone(word: str) -> tuple[str, _Plan] | None:
    """What `word` was, and the decoding that shows it, where ftfy is sure of the word by itself."""
    if _CYRILLIC.search(word) and (text := _apply(word, _CYRILLIC_PLAN)) is not None:
        return text, _CYRILLIC_PLAN
    for config in (_CONFIG, _LOSSY):
        result = ftfy.fix_encoding_and_explain(word, config)
        plan = result.explanation or []
        if result.text != word and _decodes(plan) and _sound(result.text.replace("\ufffd", "")):
            return result.text, plan if plan[0].action == "encode" and "\ufffd" not in result.text else []
    return None


def _convinces(line: str) -> bool:
    return _CYRILLIC.search(line) is not None or ftfy.fix_encoding(line, _LOSSY) != line


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
    start, end, parts, sound = 0, 0, list[str](), True
    for span in sorted(repaired):
        between, also_sound = line[end : span.start], _SOUND.search(span.of(line)) is not None
        if parts and between.isspace() and not sound and not also_sound:
            end = span.end
            parts += [between, repaired[span]]
            continue
        if parts:
            yield from _aligned(line[start:end], "".join(parts), start)
        start, end, parts, sound = span.start, span.end, [repaired[span]], also_sound
    if parts:
        yield from _aligned(line[start:end], "".join(parts), start)


def _applied(line: str, edits: list[Edit]) -> str:
    parts, at = [], 0
    for edit in edits:
        parts += [line[at : edit.span.start], edit.text]
        at = edit.span.end
    return "".join([*parts, line[at:]])


def _aligned(garbled: str, sound: str, base: int) -> Iterator[Edit]:
    """The edits that make `sound` of `garbled`, which begins at `base`; what ASCII letters part stays apart."""
    if len(garbled) > _LONGEST_ALIGNED:
        yield Edit(Span(base, base + len(garbled)), sound)
        return
    spans: list[list[int]] = []
    for step in Levenshtein.opcodes(garbled.replace("\ufffd", "\0"), sound):  # one that stays is part of the fault
        if step.tag == "equal":
            continue
        between = garbled[spans[-1][1] : step.src_start] if spans else ""
        if spans and (not between or not _SOUND.search(between)) and not _MARK.search(between):
            spans[-1][1], spans[-1][3] = step.src_end, step.dest_end
        else:
            spans.append([step.src_start, step.src_end, step.dest_start, step.dest_end])
    for start, end, first, last in spans:
        if first == last and end < len(garbled) and not garbled[end].isascii():
            end, last = end + 1, last + 1  # nothing is garbled into more: “Â£” was “£”, and not nothing
        yield Edit(Span(base + start, base + end), sound[first:last])
