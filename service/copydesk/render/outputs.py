"""The forms in which the outcome of a run can be written, by name."""

from __future__ import annotations

from importlib import import_module

from copydesk.repository.report import Report

_MODULES = {  # by name: the module and what in it writes the form
    "text": "text:text",
    "json": "json:json_report",
    "jsonl": "json:json_lines",
    "github": "github:github",
    "sarif": "sarif:sarif",
    "gitlab": "gitlab:gitlab",
    "junit": "junit:junit",
    "checkstyle": "checkstyle:checkstyle",
    "rdjson": "rdjson:rdjson",
    "rdjsonl": "rdjson:rdjsonl",
    "markdown": "markdown:markdown",
    "html": "report:html",
}
OUTPUTS = tuple(_MODULES)
"""The names of the forms."""


def written(form: str, report: Report) -> str:
    """`report` in a form: the whole output, ended by a line end, for a file in UTF-8; of the same report always the
    same, byte for byte."""
    module, name = _MODULES[form].split(":")  # imported here: a run writes one of them, and all take 0.1 s
    told: str = getattr(import_module(f"copydesk.render.{module}"), name)(report)
    return told
