"""What clients ask about the service itself."""

from __future__ import annotations

from flask import Response

from copydesk.api.form import arguments
from copydesk.api.service import service
from copydesk.api.v2.asked import category_of
from copydesk.api.v2.blueprint import as_json, as_text, endpoint
from copydesk.api.v2.matches import description
from copydesk.api.v2.names import CATEGORIES, language_name, software
from copydesk.errors import InputError, UnknownNameError
from copydesk.read.language import LANGUAGES, canonical


@endpoint("/languages")
def languages() -> Response:
    """The languages that are read; which of them a grammar engine knows too depends on the engine."""
    rows = [{"name": language_name(tag), "code": tag.split("-", 1)[0], "longCode": tag} for tag in LANGUAGES]
    return as_json(sorted(rows, key=lambda row: row["name"]))


@endpoint("/info")
def info() -> Response:
    """Who answers, in which version."""
    return as_json({"software": software(commit="")})


@endpoint("/maxtextlength")
def maxtextlength() -> Response:
    """How many characters a text may have."""
    return as_text(str(service().settings.max_text))


@endpoint("/healthcheck")
def healthcheck() -> Response:
    """That the process answers; `/readyz` says more."""
    return as_text("OK")


@endpoint("/configinfo")
def configinfo() -> Response:
    """The rules that a client can switch: copydesk's own for a language. Rules of grammar engines are not listed."""
    tag = arguments().get("language")
    if not tag:
        raise InputError("'language' parameter missing")
    language = _known(tag)
    here = service()
    rules = [
        {
            "ruleId": rule.id,
            "description": description(rule.why),
            "categoryId": category_of(rule),
            "categoryName": CATEGORIES[rule.family].name,
            "locQualityIssueType": CATEGORIES[rule.family].issue_type,
        }
        for rule in here.desk.rules
        if rule.applies_to(language)
    ]
    return as_json({"software": software(), "parameter": {"maxTextLength": here.settings.max_text}, "rules": rules})


def _known(tag: str) -> str:
    try:
        return canonical(tag)
    except UnknownNameError:
        raise InputError("'language' is not a language code known to copydesk; /v2/languages lists them") from None
