"""Requests of a megabyte and of a hundred thousand parts, and such as only a real connection carries."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import urlencode

from benchmarks.hostile.requests import Request

_JSON = {"Content-Type": "application/json"}
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_MEGABYTE = 1_000_000
_TEXTS = {
    "one word": "a" * _MEGABYTE,
    "brackets": "[" * _MEGABYTE,
    "marks that turn the direction": "a\u202e" * (_MEGABYTE // 4),
    "lines of one letter": "a\n" * 90_000,
    "too many lines": "a\n" * 150_000,
    "elements in elements": "<div>" * 150_000,
    "a number": "It cost " + "9" * _MEGABYTE,
    "empty lines": "\n" * _MEGABYTE,
    "beginnings of pictures": "![" * (_MEGABYTE // 2),
    "lines of one letter, by returns": "a\r" * 90_000,
    "definitions of links": "[a]: b\n" * 90_000,
    "two words": "of the " * (_MEGABYTE // 7),
    "letters and tabs": "a\t" * (_MEGABYTE // 2),
}


def large() -> Iterator[Request]:
    """Texts of a megabyte in every format, lists of tens of thousands of pairs."""
    for name, text in _TEXTS.items():
        for form in ("text", "html", "markdown", "srt"):
            body = json.dumps({"text": text, "format": form, "language": "en-US"}).encode()
            yield Request(f"{name}, a megabyte, as {form}", "/v1/review", body, _JSON)
        body = urlencode({"language": "en-US", "text": text}).encode()
        yield Request(f"{name}, a megabyte, for LanguageTool", "/v2/check", body, _FORM)
    for count in (20_000, 120_000):
        pairs = {"source": ["а"] * count, "target": ["a"] * count, "source_language": "ru", "target_language": "en"}
        yield Request(f"{count} pairs", "/v1/bitext", json.dumps(pairs).encode(), _JSON)


def wire() -> Iterator[Request]:
    """Headers that flood, lie about the body, or contradict each other."""
    fine = b'{"text": "Fine."}'
    yield Request("300 headers", "/v1/review", fine, {**_JSON, **{f"X-{n}": "a" for n in range(300)}})
    yield Request("a header of 100 kB", "/v1/review", fine, {**_JSON, "X": "a" * 100_000})
    yield Request("a key of 8 kB", "/v1/review", fine, {**_JSON, "Authorization": "Bearer " + "a" * 8000})
    yield Request("a line of 20 kB", "/v1/rules?family=" + "a" * 20_000, method="GET")
    for coding in ("chunked", "gzip, chunked", "chunked, identity", "xchunked"):
        headers = {**_JSON, "Transfer-Encoding": coding, "Content-Length": str(len(fine))}
        yield Request(f"{coding} and a length", "/v1/review", fine, headers)
    for length in ("-1", "+17", "0x11", "17, 17", "9" * 30):
        yield Request(f"a length of {length}", "/v1/review", fine, {**_JSON, "Content-Length": length})
    for name in ("Priority", "X-Request-ID", "X-Forwarded-For", "traceparent", "Origin", "Host", "Expect"):
        for value in ("\x7f" * 50, "é" * 50, "u=" + "9" * 4000, ",;=" * 500):
            yield Request(f"{name}: {value[:4]!r}", "/v1/review", fine, {**_JSON, name: value})
