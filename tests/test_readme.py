"""What README shows is what happens."""

from __future__ import annotations

import json
import re
from pathlib import Path

from copydesk.pipeline import UNSAFE
from copydesk.render.json import answer
from desks import plain_desk

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
DESK = plain_desk()


def quoted(heading: str) -> str:
    """The block quote after `heading` as text: its lines joined where they were wrapped."""
    block = re.search(rf"{re.escape(heading)}\n\n((?:>.*\n)+)", README)
    assert block is not None
    lines = [line.removeprefix(">").strip() for line in block[1].splitlines()]
    paragraphs = re.split(r"\n\n", "\n".join(lines))
    return "\n\n".join(p if len(p) < 110 else " ".join(p.split("\n")) for p in paragraphs)


def test_before_and_after() -> None:
    review = DESK.review(quoted("Before:"))
    assert DESK.correct(review, levels=UNSAFE).text.strip() == quoted("After `copydesk fix --unsafe`:")


def test_the_request_and_its_answer() -> None:
    sent = re.search(r"-d '(\{.*\})'", README)
    shown = re.search(r"```json\n(.*?)```", README, re.S)
    assert sent is not None
    assert shown is not None
    told = json.loads(shown[1])
    review = DESK.review(json.loads(sent[1])["text"])
    assert answer([review])["documents"][0]["findings"] == told["documents"][0]["findings"]
    assert DESK.correct(review).text == told["documents"][0]["corrected"]["text"]
