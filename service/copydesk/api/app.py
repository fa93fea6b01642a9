"""The application factory."""

from __future__ import annotations

import logging

from apiflask import APIFlask
from flask import Response
from werkzeug.middleware.proxy_fix import ProxyFix

from copydesk import __version__
from copydesk.api import (
    admission,
    bitext,
    clean,
    docs,
    health,
    keys,
    limits,
    logs,
    metrics,
    page,
    problems,
    review,
    rules,
    traces,
    v2,
)
from copydesk.api.service import Service
from copydesk.pipeline import Desk
from copydesk.settings import Settings

log = logging.getLogger(__name__)

_BYTES_A_CHARACTER = 12  # a character beyond the first plane as two JSON escapes: 😀
_BYTES_BESIDE = 1 << 20  # for everything in a request but its text: a lexicon, lists of words
_POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


def create_app(settings: Settings, desk: Desk) -> APIFlask:
    """The REST service over `desk`. Nothing is loaded here: make the desk, and fork, before or after."""
    app = APIFlask("copydesk.api", title="copydesk", version=__version__, docs_path=None, json_errors=False)
    app.config["MAX_CONTENT_LENGTH"] = settings.max_text * _BYTES_A_CHARACTER + _BYTES_BESIDE
    app.config["INFO"] = {"description": "Reviews scraped, machine-translated and hurried news text."}
    app.config["AUTO_SERVERS"] = False
    app.json.sort_keys = False  # type: ignore[attr-defined] # of the default provider, which this is
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.extensions["copydesk"] = Service(settings, desk)
    app.spec_processor(docs.complete)
    app.add_template_filter(docs.ticks)
    problems.register(app)
    logs.register(app)
    metrics.register(app)
    traces.register(app, settings)
    keys.register(app, settings)
    limits.register(app, settings)
    app.before_request(keys.admit)
    admission.register(app, settings)
    for views in (review.views, bitext.views, clean.views, rules.views, health.views, docs.views, page.views, v2.views):
        app.register_blueprint(views)
    app.after_request(_harden)
    if settings.trusted_proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.trusted_proxies, x_proto=0)  # type: ignore[method-assign]
    return app


def _harden(response: Response) -> Response:
    """Nothing of an answer runs, is framed, is guessed at, or stays in a cache on the way."""
    response.headers.setdefault("Content-Security-Policy", _POLICY)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers.setdefault("Cache-Control", "no-store")
    return response
