"""The requests of the load tables, as clients write them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from benchmarks.load.clients import Ask

_LANGUAGE = "en-US"
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_JSON = {"Content-Type": "application/json"}
_BATCH = {"Priority": "u=5"}


def check(address: str, text: str) -> Ask:
    """A text for LanguageTool's protocol, at an address up to and with `/v2`."""
    return Ask(f"{address}/check", urlencode({"text": text, "language": _LANGUAGE}).encode(), _FORM)


def review(url: str, text: str, engine: str | None = None, *, batch: bool = False) -> Ask:
    """A text for `/v1/review`; without `engine`, by the service's own choice. A `batch` lets others go first."""
    options = {} if engine is None else {"engine": engine}
    body = {"text": text, "language": _LANGUAGE, "options": options}
    return Ask(f"{url}/v1/review", _json(body), {**_JSON, **(_BATCH if batch else {})})


def clean(url: str, text: str) -> Ask:
    """A text for `/v1/clean`."""
    return Ask(f"{url}/v1/clean", _json({"text": text, "language": _LANGUAGE}), _JSON)


def bitext(url: str, source: Sequence[str], target: Sequence[str]) -> Ask:
    """Russian sentences and their translations for `/v1/bitext`."""
    body = {"source": source, "target": target, "source_language": "ru", "target_language": _LANGUAGE}
    return Ask(f"{url}/v1/bitext", _json(body), _JSON)


def _json(body: Mapping[str, object]) -> bytes:
    return json.dumps(body, ensure_ascii=False).encode()
