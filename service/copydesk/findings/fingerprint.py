"""A name for a finding that survives edits elsewhere in the text."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable

from copydesk.model import Finding

_WORD = re.compile(r"\w+")
_CONTEXT = 60  # code points searched on each side for neighbouring words
_NEIGHBOURS = 3  # words on each side


def fingerprints(findings: Iterable[Finding], text: str) -> list[str]:
    """A 16-digit hexadecimal name for each finding, from rule, matched text and neighbouring words; no offsets.

    Findings that are alike in all three are told apart by their order.
    """
    seen: Counter[str] = Counter()
    names = []
    for finding in findings:
        start, end = finding.span.start, finding.span.end
        before = _WORD.findall(text[max(0, start - _CONTEXT) : start])[-_NEIGHBOURS:]
        after = _WORD.findall(text[end : end + _CONTEXT])[:_NEIGHBOURS]
        matched = " ".join(finding.span.of(text).split())
        key = "\x1f".join([finding.rule, matched, *before, "\x1e", *after])
        seen[key] += 1
        names.append(hashlib.sha256(f"{key}\x1d{seen[key]}".encode()).hexdigest()[:16])
    return names
