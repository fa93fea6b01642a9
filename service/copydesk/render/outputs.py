"""The forms in which the outcome of a run can be written, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from copydesk.render.checkstyle import checkstyle
from copydesk.render.github import github
from copydesk.render.gitlab import gitlab
from copydesk.render.json import json_lines, json_report
from copydesk.render.junit import junit
from copydesk.render.markdown import markdown
from copydesk.render.rdjson import rdjson, rdjsonl
from copydesk.render.report import html
from copydesk.render.sarif import sarif
from copydesk.render.text import text
from copydesk.repository.report import Report

OUTPUTS: Mapping[str, Callable[[Report], str]] = MappingProxyType(
    {
        "text": text,
        "json": json_report,
        "jsonl": json_lines,
        "github": github,
        "sarif": sarif,
        "gitlab": gitlab,
        "junit": junit,
        "checkstyle": checkstyle,
        "rdjson": rdjson,
        "rdjsonl": rdjsonl,
        "markdown": markdown,
        "html": html,
    }
)
"""Each gives the whole output, ended by a line end, for a file in UTF-8; all of the same report, byte for byte."""
