"""Subtitles to a view: what is said, a sentence over several cues as one. Numbers and times are never touched."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from importlib.util import find_spec

from copydesk.errors import InputError, UnreadableError
from copydesk.limits import heed_time
from copydesk.model import Notice, SegmentKind, Span
from copydesk.read.draft import Draft
from copydesk.read.escapes import html_text, one_line
from copydesk.read.projection import Escape, Reading

_MARKS = re.compile(r"<[^<>\n]*>|\{\\[^{}\n]*\}")  # <i>, <v Speaker>, {\an8}
_LINE = re.compile(r"[^\r\n]+")
_ENDED = re.compile(r"[.!?…][\"'”’»)\]]*\s*\Z")
_SPEAKER = re.compile(r"\s*(?:[-–—]\s|>>)")
_SOUND = re.compile(r"\s*(?:[\[(♪#].*[\])♪#])\s*\Z", re.DOTALL)  # [door slams], ♪ la la ♪
_LONGEST = 1000  # code points; automatic captions have no stops at all
_TIMES = re.compile(r"[^\r\n]*-->[^\r\n]*(?:\r\n|\r|\n|\Z)")
_BLANK = re.compile(r"(?:\r\n|\r|\n)[ \t]*(?:\r\n|\r|\n)|\Z")
_WHOLE_LINE = re.compile(r"(?P<line>[^\r\n]*)(?:\r\n|\r|\n|\Z)")
_NUMBER = re.compile(r"[ \t]*-?[0-9]{1,9}(?:\.[0-9]{0,9})?[ \t]*\Z")
_TIME = r"[0-9]{1,9}[,.:，．。：][0-9]{1,9}[,.:，．。：][0-9]{1,9}(?:[,.:，．。：][0-9]{0,9})?"
_MEANT = re.compile(r"[ \t]*[0-9]+[,.:，．。：].*-->")  # to be times; an arrow between words is text
_BETWEEN = re.compile(rf"[ \t]*{_TIME} {{0,9}}-[ -] {{0,9}}> {{0,9}}{_TIME}")
_EXTRA = "subtitles need the extra “documents”: pip install 'copydesk[documents]'"


def read_srt(source: str, language: str | None, name: str | None) -> tuple[Reading, tuple[Notice, ...]]:
    """The reading of SubRip subtitles. Raises UnreadableError with the line at which they stop being so.

    Read by ourselves: the library `srt` finds cues by one expression over the whole text, which is cubic in the length
    of a number (a number of 2,000 digits took it two minutes).
    """
    return _read(source, _numbered(source), one_line, "srt", language, name)


def read_vtt(source: str, language: str | None, name: str | None) -> tuple[Reading, tuple[Notice, ...]]:
    """The reading of WebVTT subtitles. Raises UnreadableError for what is not WebVTT."""
    if find_spec("webvtt") is None:
        raise InputError(_EXTRA)
    import webvtt

    try:
        webvtt.from_string(source)
    except (webvtt.errors.MalformedFileError, webvtt.errors.MalformedCaptionError):
        raise UnreadableError("not WebVTT: its first line must be WEBVTT", field="text") from None
    return _read(source, _cues(source), html_text, "vtt", language, name)


def _numbered(source: str) -> Iterator[Span]:
    """The text of each cue of SubRip: from the line after its times to the number of the next cue, or its times.

    Empty lines may stand in it. Raises UnreadableError for a text without times, for one that does not begin with a
    cue, and for times that are none.
    """
    begun, before = None, Span(0, 0)  # where the text of the cue begins; the line before
    for number, match in enumerate(_WHOLE_LINE.finditer(source, int(source.startswith("\ufeff"))), 1):
        line = match["line"]
        if _MEANT.match(line):
            if not _BETWEEN.match(line):
                raise UnreadableError(f"no subtitle of SubRip at line {number}", field="text")
            head = before.start if _NUMBER.match(before.of(source)) else match.start()
            if begun is not None:
                yield Span(begun, max(begun, head))
            elif source[:head].strip("\ufeff \t\r\n"):
                break
            begun = match.end()
        before = Span(*match.span("line"))
    else:
        if begun is not None:
            yield Span(begun, len(source))
        if begun is not None or not source.strip("\ufeff \t\r\n"):
            return
    raise UnreadableError("no subtitle of SubRip at line 1", field="text")


def _cues(source: str) -> Iterator[Span]:
    """The text of each cue of WebVTT: from the line after its times to the next empty line."""
    at = 0
    while (times := _TIMES.search(source, at)) is not None:
        heed_time()
        if source[times.end() : times.end() + 1] in ("\r", "\n", ""):
            at = times.end()
            if at == len(source):
                return
            continue
        end = _BLANK.search(source, times.end())
        at = end.start() if end else len(source)
        yield Span(times.end(), at)


def _read(
    source: str,
    cues: Iterable[Span],
    escape: Escape,
    form: str,
    language: str | None,
    name: str | None,
) -> tuple[Reading, tuple[Notice, ...]]:
    """The cues, joined while they go on with a sentence. Where one ends and the next begins, the view has a space."""
    draft = Draft(source)
    before = ""
    for cue in cues:
        heed_time()
        for match in _LINE.finditer(source, cue.start, cue.end):
            line = _MARKS.sub("", match.group())
            block = draft.block
            fresh = _ENDED.search(before) or _SPEAKER.match(line) or _SOUND.match(line) or _SOUND.match(before)
            if block is None or fresh or block.end - block.start > _LONGEST:
                draft.begin(SegmentKind.PARAGRAPH, None, escape, Span(0, 0))
            elif block.runs:
                at = block.runs[-1].source_end
                draft.space(at, match.start() if match.start() > cue.start else at)
            _line(draft, Span(*match.span()), _MARKS.finditer(source, *match.span()))
            before = line
    return draft.reading(form, language, None, name)


def _line(draft: Draft, line: Span, marks: Iterator[re.Match[str]]) -> None:
    at = line.start
    for mark in marks:
        draft.fold(at, mark.start(), closed=True)
        at = mark.end()
    draft.fold(at, line.end, closed=True)
