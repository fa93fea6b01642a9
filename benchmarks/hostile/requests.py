"""Requests made to break a service that reviews text: each names what it tries. The same ones each time."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlencode

_JSON = {"Content-Type": "application/json"}
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_FORMATS = ("text", "html", "markdown", "srt", "vtt")


@dataclass(frozen=True, slots=True)
class Request:
    """One request; `name` says what it tries."""

    name: str
    path: str
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    method: str = "POST"


def texts(size: int) -> Iterator[tuple[str, str]]:
    """Hostile texts of about `size` code points, by what they try."""
    for name, unit in _REPEATED.items():
        yield name, unit * max(1, size // len(unit))
    for name, (opened, within, closed) in _NESTED.items():
        depth = max(1, size // (len(opened) + len(closed)))
        yield f"nested {name}", opened * depth + within + closed * depth
        yield f"unclosed {name}", opened * depth
    yield "one word", "a" * size
    yield "one sentence of short words", "so it is " * (size // 9)
    yield "names that are all a little alike", _alike(size)
    yield "numbers that are all different", " ".join(map(str, range(size // 6)))
    yield "every character", "".join(map(chr, range(1, min(size, 0xD800))))
    yield "one huge number", "It cost " + "9" * size + " roubles."
    yield "one huge address", "https://a.example/" + "a/" * (size // 2)
    yield "one huge tag", "<p " + 'a="b" ' * (size // 6) + ">text</p>"
    yield "one huge comment", "<!--" + "-" * size
    yield "a long line of a table", "|" + "a|" * (size // 2) + "\n|" + "-|" * (size // 2)
    yield "subtitles back in time", "1\n00:00:09,000 --> 00:00:01,000\na\n\n" * (size // 36)


_REPEATED = {
    "brackets": "[",
    "brackets in pairs": "([",
    "quotes": "“",
    "straight quotes": "'\"",
    "dashes": "—-",
    "full stops": ".",
    "spaces": " ",
    "tabs and returns": "\t\r",
    "line separators": "a\u2028",
    "zero bytes": "a\0",
    "bidirectional marks": "a\u202eb\u2066c",
    "marks without letters": "\u0301",
    "letters under many marks": "a" + "\u0301" * 30,
    "joined faces": "👩\u200d",
    "half of a flag": "🇧",
    "invisible letters": "a\u200b\u00ad",
    "letters that look alike": "pаypаl ",
    "mojibake": "Ã¢â‚¬â„¢",
    "mojibake of mojibake": "ÃƒÂ¢Ã¢â€šÂ¬",
    "character references": "&amp;",
    "references to nothing": "&#x110000;&nope;",
    "declarations": "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/hostname'>]>&b;",
    "instructions": "<?php ?>",
    "raw parts": "<![CDATA[",
    "scripts": "<script>a</script>",
    "backslashes": "\\",
    "stars": "*a_",
    "links": "[a](b)",
    "images": "![",
    "emphasis without end": "**a ",
    "headings": "#\n",
    "fences": "```\n",
    "front matter": "---\na: b\n",
    "the same sentence": "The minister said on Monday that talks were held. ",
    "the same paragraph": "The minister said on Monday that talks were held.\n\n",
    "the same caption": "The minister in Minsk. Photo: Reuters\n\n",
    "one name": "Mikalai Statkevich ",
    "one word twice": "the the ",
    "number words": "two hundred and thirty-one thousand ",
    "dates": "31.12.1999 ",
    "amounts": "$1,000,000.00 million ",
    "times": "23:59 ",
    "debris": "Subscribe to our newsletter\n",
    "calques": "in the frames of ",
    "comments to copydesk": "<!-- copydesk:ignore -->",
    "Chinese": "中",
    "Arabic": "مرحبا ",
    "Thai": "สวัสดี",
    "beyond the first plane": "𐍈",
    "not characters": "\ufffe\uffff",
}
_NESTED = {
    "div": ("<div>", "a", "</div>"),
    "bold": ("<b>", "a", "</b>"),
    "table": ("<table><tr><td>", "a", "</td></tr></table>"),
    "quotation": ("> ", "a", ""),
    "list": ("- ", "a", ""),
    "brackets": ("[", "a", "]"),
    "parentheses": ("(", "a", ")"),
    "emphasis": ("*_", "a", "_*"),
    "quotes": ("“‘", "a", "’”"),
}


def _alike(size: int) -> str:
    """Many names, each one letter from others: what compares every pair takes for ever."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    names = (f"Ka{letters[n % 26]}inou{letters[n // 26 % 26]}ki{letters[n // 676 % 26]}" for n in range(size // 12))
    return " met Mr ".join(name.title() for name in names)


def bodies() -> Iterator[tuple[str, bytes]]:
    """JSON that is none, or more than it seems."""
    deep = 100_000
    yield from (("nothing", b""), ("a null", b"null"), ("a list", b"[]"), ("a number", b"1"), ("half", b'{"text": "a'))
    yield "deep lists", b'{"text": ' + b"[" * deep + b"]" * deep + b"}"
    yield "deep objects", b'{"a":' * deep + b"1" + b"}" * deep
    yield "a deep field", b'{"text": "a", "options": ' + b'{"a":[' * 500 + b"]}" * 500 + b"}"
    yield "deep brackets in a text", json.dumps({"text": "[" * deep}).encode()
    yield "digits", b'{"text": "a", "x": ' + b"9" * 1_000_000 + b"}"
    yield "an exponent", b'{"text": 1e999999999}'
    yield "an exponent in options", b'{"text": "a", "options": {"severity": 1e400}}'
    yield "no number", b'{"text": NaN}'
    yield "endless", b'{"text": "a", "language": -Infinity}'
    yield "a key twice", b'{"text": "a", "text": "b"}'
    yield "many keys", json.dumps({f"k{n}": n for n in range(50_000)}).encode()
    yield "keys that collide", json.dumps({str(n * (2**61 - 1)): n for n in range(5_000)}).encode()
    for where in ("text", "language", "format", "path", "source"):
        yield f"a lone surrogate in {where}", b'{"text": "a", "%s": "\\ud800"}' % where.encode()
        yield f"surrogates the wrong way in {where}", b'{"text": "a", "%s": "\\udc00\\ud800"}' % where.encode()
        yield f"a zero byte in {where}", b'{"text": "a", "%s": "\\u0000"}' % where.encode()
    for kind, bad in (
        ("UTF-8", b"\xff\xfe"),
        ("overlong", b"\xc0\x80"),
        ("surrogate", b"\xed\xa0\x80"),
        ("cut", b"\xf0"),
    ):
        yield f"bytes: {kind}", b'{"text": "' + bad + b'"}'
    yield "UTF-16", '{"text": "a"}'.encode("utf-16")
    yield "a mark at the beginning", b'\xef\xbb\xbf{"text": "Fine."}'
    yield "two marks", b'\xef\xbb\xbf\xef\xbb\xbf{"text": "Fine."}'


def options() -> Iterator[tuple[str, dict[str, object]]]:
    """Options that are long, wrong, or ask for much."""
    for name in ("families", "enable", "disable", "accept"):
        yield f"{name}: many", {name: [f"word{n}" for n in range(20_000)]}
        yield f"{name}: long", {name: ["a" * 200_000]}
        yield f"{name}: empty", {name: [""]}
        yield f"{name}: of another kind", {name: {"a": 1}}
    entry = {"canonical": "Kalinouski", "variants": ["Kalinovsky"]}
    yield (
        "lexicon: many",
        {"lexicon": [{**entry, "canonical": f"Name{n}", "variants": [f"Nome{n}"]} for n in range(3_000)]},
    )
    yield (
        "lexicon: a circle",
        {"lexicon": [{"canonical": "A", "variants": ["B"]}, {"canonical": "B", "variants": ["A"]}]},
    )
    yield "lexicon: itself", {"lexicon": [{"canonical": "Minsk", "variants": ["Minsk"]}]}
    yield "lexicon: a pattern", {"lexicon": [{"canonical": "(a+)+$", "variants": ["(.*)*", "[", "\\"]}]}
    yield "lexicon: long", {"lexicon": [{"canonical": "A" * 50_000, "variants": ["B" * 50_000]}]}
    yield "glossary: a pattern", {"glossary": [{"source": "(", "targets": ["(a|a)*b"], "forbidden": ["["]}]}
    yield "glossary: many", {"glossary": [{"source": f"s{n}", "targets": [f"t{n}"]} for n in range(3_000)]}
    yield "an engine that is none", {"engine": "../../etc/passwd"}
    yield "a reader that is none", {"reader": True}
    yield "apply", {"apply": ["safe"]}


def constructed(size: int) -> Iterator[Request]:
    """Those with a hostile text, of about `size` code points."""
    for name, text in texts(size):
        for form in _FORMATS:
            said = {"text": text, "format": form, "language": "en-US"}
            yield Request(f"{name}, as {form}", "/v1/review", json.dumps(said).encode(), _JSON)
        yield Request(f"{name}, cleaned", "/v1/clean", json.dumps({"text": text, "language": "en"}).encode(), _JSON)
        pair = {"source": text, "target": text, "source_language": "ru", "target_language": "en-US"}
        yield Request(f"{name}, translated", "/v1/bitext", json.dumps(pair).encode(), _JSON)
        form_body = urlencode({"language": "auto", "text": text}).encode()
        yield Request(f"{name}, for LanguageTool", "/v2/check", form_body, _FORM)
        parts = json.dumps({"annotation": [{"markup": text[:5000]}, {"text": text}]})
        yield Request(f"{name}, annotated", "/v2/check", urlencode({"language": "en", "data": parts}).encode(), _FORM)


def envelopes() -> Iterator[Request]:
    """Requests whose fault is not in a text."""
    for name, body in bodies():
        for path in ("/v1/review", "/v1/bitext", "/v1/clean"):
            yield Request(f"{name} to {path}", path, body, _JSON)
        yield Request(f"{name} as data", "/v2/check", b"language=en&data=" + body[:300_000], _FORM)
    for name, chosen in options():
        said = {"text": "The minister met Kalinovsky in Minsk.", "language": "en-US", "options": chosen}
        yield Request(name, "/v1/review", json.dumps(said).encode(), _JSON)
    fine, bomb = b'{"text": "Fine."}', gzip.compress(b'{"text": "' + b" " * 100_000_000 + b'"}')
    for coding in ("gzip", "GZIP", "gzip, gzip", "deflate", "br", "zstd", "compress", "identity, gzip", "nonsense"):
        for path in ("/v1/review", "/v2/check"):
            yield Request(f"{coding} to {path}", path, bomb, {**_JSON, "Content-Encoding": coding})
    for kind in ("", "text/plain; charset=utf-7", "text/plain; charset=", "image/png", "a" * 5000, "text/xml", ";;;"):
        yield Request(f"content type {kind[:30]!r}", "/v1/review", fine, {"Content-Type": kind})
    for path in (
        "/v1/rules/" + "a" * 5000,
        "/v1/rules/%00",
        "/v1/rules/..%2f..%2fetc",
        "/static/..%2f..%2fapp.py",
        "//a",
    ):
        yield Request(f"path {path[:30]}", path, method="GET")
    for method in ("PUT", "DELETE", "PATCH", "TRACE", "HEAD", "OPTIONS", "CONNECT", "FOO"):
        yield Request(f"method {method}", "/v1/review", method=method)
    many = "&".join(f"a{n}=1" for n in range(1500)).encode()
    yield Request("many arguments", "/v2/check", many, _FORM)
    parts = b"--x\r\nContent-Disposition: form-data; name=a\r\n\r\n" * 2000
    yield Request("many parts", "/v2/check", parts, {"Content-Type": "multipart/form-data; boundary=x"})
    for level in ("picky", "x" * 10_000, "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16")):
        yield Request(
            f"level {level[:20]}",
            "/v2/check",
            urlencode({"language": "en", "text": "a", "level": level}).encode(),
            _FORM,
        )
    for number in ("-1", "9" * 5000, "1e9", "٣", ""):
        query = urlencode({"username": "a", "apiKey": "b", "offset": number, "limit": number})
        yield Request(f"offset {number[:20]!r}", f"/v2/words?{query}", method="GET")
