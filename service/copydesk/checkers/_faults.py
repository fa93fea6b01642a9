"""What the parts of the encoding checker hand to it: a place, the rule that it breaks, the edits that mend it."""

from __future__ import annotations

from dataclasses import dataclass

from copydesk.model import Edit, Span


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault; `rule` is the last part of a rule's id, `shown` what the message shows in place of the text."""

    rule: str
    span: Span
    edits: tuple[Edit, ...] = ()
    shown: str | None = None
