"""The published schemas of the answers. A key too many or too few in what `render` builds is an error."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from copydesk.model import Family, Safety, Severity
from copydesk.packs import Rule


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class EditAnswer(_Closed):
    """Replace the code points from `start` to `end` by `text`."""

    start: int
    end: int
    text: str


class FixAnswer(_Closed):
    """Edits that belong together. `safe`: apply unseen; `unsafe`: probably right; `show`: a hint."""

    safety: Safety
    edits: list[EditAnswer]


class RelatedAnswer(_Closed):
    """Another place that explains the finding, in code points."""

    start: int
    end: int
    message: str


class SourceAnswer(_Closed):
    """The place in the source text that a finding on its translation is about, in code points."""

    start: int
    end: int


class FindingAnswer(_Closed):
    """One fault. Offsets and columns are Unicode code points; lines and columns count from 1."""

    rule: str
    family: Family
    severity: Severity
    start: int
    end: int
    line: int
    column: int
    text: str
    message: str
    fixes: list[FixAnswer] = Field(description="alternatives, the likeliest first")
    related: list[RelatedAnswer]
    source: SourceAnswer | None = Field(description="in the source text; null where the text was not read against one")
    fingerprint: str = Field(description="a name that survives edits elsewhere in the text")


class EngineAnswer(_Closed):
    """A grammar engine that answered."""

    name: str
    version: str


class NoticeAnswer(_Closed):
    """Something about the review itself: what could not run, what was assumed."""

    code: str
    message: str


class CorrectedAnswer(_Closed):
    """The text after the fixes that were asked for, and how many findings they answer."""

    text: str
    applied: int


class DocumentAnswer(_Closed):
    """The review of one text."""

    path: str | None
    format: str
    language: str
    findings: list[FindingAnswer]
    engines: list[EngineAnswer]
    notices: list[NoticeAnswer]
    corrected: CorrectedAnswer | None = Field(description="null where `apply` is `none`")
    annotated: str = Field(description="the text as HTML, its findings in `<mark>`")


class SummaryAnswer(_Closed):
    """Counts over all documents."""

    documents: int
    findings: int
    by_family: dict[Family, int]
    by_severity: dict[Severity, int]
    fixable: dict[Safety, int]


class Answer(_Closed):
    """The answer to a review request."""

    documents: list[DocumentAnswer]
    summary: SummaryAnswer
    version: str


class PairAnswer(_Closed):
    """The findings on one translation; offsets are into its target, `source` into its source."""

    place: str | None = Field(description="the index of the segment; null for a pair of texts")
    source_language: str
    target_language: str
    findings: list[FindingAnswer]


class BitextSummary(_Closed):
    """Counts over all pairs."""

    pairs: int
    with_findings: int
    findings: int
    by_rule: dict[str, int]
    by_severity: dict[Severity, int]


class BitextAnswer(_Closed):
    """The answer to a bilingual request: one entry a pair, in their order."""

    pairs: list[PairAnswer]
    engines: list[EngineAnswer]
    notices: list[NoticeAnswer]
    summary: BitextSummary
    version: str


class RuleSummary(_Closed):
    """One line of the list of rules; `/v1/rules/{id}` has the rest."""

    id: str
    language: str
    family: Family
    severity: Severity
    message: str

    @classmethod
    def of(cls, rule: Rule) -> dict[str, Any]:
        """The fields of `rule` that the list shows."""
        return {name: getattr(rule, name) for name in cls.model_fields}


class RuleList(_Closed):
    """The rules in force, in the order in which they were loaded."""

    rules: list[RuleSummary]
    count: int


class Alive(_Closed):
    """The process answers."""

    status: Literal["ok"]
    version: str


class Ready(_Closed):
    """Whether requests can be answered in full, and the state of each grammar engine."""

    status: Literal["ready", "not ready"]
    rules: int
    engines: dict[str, str]


class FaultAnswer(_Closed):
    """One part of the request that is wrong."""

    field: str
    message: str


class ProblemAnswer(_Closed):
    """RFC 9457 problem details."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[FaultAnswer]
