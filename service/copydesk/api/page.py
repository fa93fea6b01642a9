"""The page at `/`: a text, its findings at their places, and what a person decides about them."""

from __future__ import annotations

from apiflask import APIBlueprint
from flask import Response, make_response, render_template

from copydesk import __version__
from copydesk.model import Family

views = APIBlueprint("page", __name__, enable_openapi=False)
LANGUAGES = {
    "en-US": "English (US)",
    "en-GB": "English (UK)",
    "be": "Belarusian",
    "fr": "French",
    "de-DE": "German",
    "pl-PL": "Polish",
    "ru-RU": "Russian",
    "es": "Spanish",
    "uk-UA": "Ukrainian",
}
FAMILIES = {
    Family.NAMES: "one person or place in two spellings",
    Family.CAPTIONS: "a caption that stands twice",
    Family.DUPLICATES: "paragraphs and sentences that stand twice",
    Family.DEBRIS: "newsletters, players and buttons that were scraped along",
    Family.ENCODING: "garbled, invisible and look-alike characters",
    Family.SEAMS: "places where something was cut or joined",
    Family.TRANSLATION: "calques and false friends, word for word",
    Family.BITEXT: "what differs from the source text",
    Family.GRAMMAR: "grammar and spelling",
}
FORMATS = {"text": "Plain text", "markdown": "Markdown", "html": "HTML", "srt": "SubRip", "vtt": "WebVTT"}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


@views.get("/")
def page() -> Response:
    """The page, whose scripts ask `/v1/review`. It may run what the service itself serves, and nothing else."""
    choices = {"families": FAMILIES, "languages": LANGUAGES, "formats": FORMATS}
    html = render_template("page.html", version=__version__, **choices)
    response = make_response(html)
    response.headers["Content-Security-Policy"] = _POLICY
    return response
