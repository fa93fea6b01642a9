"""Extractors of a page's text. They keep or drop a block; none edits what it keeps. Those not installed are absent."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from typing import Any

from benchmarks.captions.pages import every_line

Extract = Callable[[str], str]
_LANGUAGES = ("English", "German", "Spanish", "French")  # those of most of the pages; justext needs their stop words


def extractors() -> Iterator[tuple[str, Extract | None]]:
    """Each from a page's HTML to its text; None where not installed."""
    yield "trafilatura", _trafilatura()
    yield "resiliparse, main content with alt texts", _resiliparse()
    yield "justext", _justext()
    yield "readability-lxml, alt texts kept", _readability()


def _module(name: str) -> Any | None:
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def _trafilatura() -> Extract | None:
    module = _module("trafilatura")
    return module and (lambda html: module.extract(html) or "")


def _resiliparse() -> Extract | None:
    module = _module("resiliparse.extract.html2text")
    return module and (lambda html: str(module.extract_plain_text(html, main_content=True, alt_texts=True)))


def _justext() -> Extract | None:
    module = _module("justext")
    if module is None:
        return None
    stops = frozenset[str]().union(*(module.get_stoplist(language) for language in _LANGUAGES))

    def extract(html: str) -> str:
        paragraphs = module.justext(html.encode(), stops, encoding="utf-8")
        return "\n\n".join(paragraph.text for paragraph in paragraphs if not paragraph.is_boilerplate)

    return extract


def _readability() -> Extract | None:
    module = _module("readability")
    return module and (lambda html: every_line(module.Document(html).summary()))
