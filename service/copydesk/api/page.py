"""The page at `/`: a text, its findings at their places, and what a person decides about them."""

from __future__ import annotations

from urllib.parse import urlsplit

from apiflask import APIBlueprint
from flask import Response, make_response, render_template

from copydesk import __version__
from copydesk.api.service import service
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
SOURCE_LANGUAGES = {
    "ar": "Arabic",
    "be": "Belarusian",
    "bg": "Bulgarian",
    "zh": "Chinese",
    "cs": "Czech",
    "en": "English",
    "fr": "French",
    "de": "German",
    "it": "Italian",
    "lt": "Lithuanian",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sk": "Slovak",
    "es": "Spanish",
    "tr": "Turkish",
    "uk": "Ukrainian",
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
    choices = {"families": FAMILIES, "languages": LANGUAGES, "formats": FORMATS, "source_languages": SOURCE_LANGUAGES}
    html = render_template(
        "page.html", version=__version__, reader=_reader(), needs_key=service().settings.require_key, **choices
    )
    response = make_response(html)
    response.headers["Content-Security-Policy"] = _POLICY
    return response


def _reader() -> dict[str, str] | None:
    """Where the second reader is and what its model is called; None where the service has none."""
    settings = service().settings
    if settings.reader_url is None or settings.reader_model is None:
        return None
    return {"host": urlsplit(settings.reader_url).netloc, "model": settings.reader_model}
