"""Subtitles: a sentence over several cues is one, and times are never touched."""

from __future__ import annotations

import time

import pytest

from copydesk.errors import UnreadableError
from copydesk.pipeline import SAFE, UNSAFE
from desks import plain_desk
from patience import ENDLESS
from test_html import lines, page

DESK = plain_desk()
SRT = """1
00:00:01,000 --> 00:00:02,000
The talks were held in the

2
00:00:02,000 --> 00:00:03,000
frames of <i>a joint</i>
project.

3
00:00:04,000 --> 00:00:05,000
- Who said so?
- Nobody.

4
00:00:06,000 --> 00:00:07,000
[door slams]
"""
VTT = "WEBVTT\n\nNOTE not read\n\n" + SRT.replace(",000", ".000").replace("joint", "R&amp;D")


def test_cues_are_joined_to_sentences() -> None:
    assert lines(page(SRT, "srt")) == [
        ("paragraph", "The talks were held in the frames of a joint project."),
        ("paragraph", "- Who said so?"),
        ("paragraph", "- Nobody."),
        ("paragraph", "[door slams]"),
    ]
    assert lines(page(VTT, "vtt"))[0] == ("paragraph", "The talks were held in the frames of a R&D project.")


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(("source", "format"), [(SRT, "srt"), (VTT, "vtt")])
def test_a_correction_over_two_cues_leaves_the_times(source: str, format: str, end: str) -> None:  # noqa: A002
    source = source.replace("\n", end)
    review = DESK.review(source, format=format, language="en-US")
    [finding] = review.findings
    assert finding.span.of(source).startswith("in the")
    assert finding.span.of(source).endswith("frames of")
    assert DESK.correct(review, levels=SAFE).text == source
    fixed = source.replace("in the", "as part").replace("frames of", " of")
    assert DESK.correct(review, levels=UNSAFE).text == fixed


def test_a_cue_has_empty_lines_and_arrows_and_no_number() -> None:
    source = "00:00:01,000 --> 00:00:02,000\nOne goes --> on.\n\nTwo.\n\n\n00:00:03,000-->00:00:04.5 X1:7\n3:2 --> 2"
    with pytest.raises(UnreadableError, match="no subtitle of SubRip at line 8"):
        page(source, "srt")
    assert lines(page(f"{source} is less.".replace("3:2", "3"), "srt")) == [
        ("paragraph", "One goes --> on."),
        ("paragraph", "Two."),
        ("paragraph", "3 --> 2 is less."),
    ]


def test_endless_numbers_and_gaps_cost_no_more_than_their_length() -> None:
    began = time.process_time()
    for text in ("It cost " + "9" * 100_000, ("9 " * 20 + " " * 50) * 1000, "\n" * 100_000):
        page(f"{SRT}{text}", "srt")
    assert time.process_time() - began < ENDLESS


def test_what_is_no_subtitle_is_told() -> None:
    with pytest.raises(UnreadableError, match="no subtitle of SubRip at line 1"):
        page(f"nothing\n\n{SRT}", "srt")
    with pytest.raises(UnreadableError, match="no subtitle of SubRip at line 20"):
        page(f"{SRT.rstrip()}\n\n5\n00:00:08 --> soon\nWell.\n", "srt")
    with pytest.raises(UnreadableError, match="not WebVTT: its first line must be WEBVTT"):
        page("Hello", "vtt")
