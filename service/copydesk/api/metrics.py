"""`/metrics`: what the service did and how it is, for Prometheus, summed over its workers.

Labels have few values, and none is a user's word: routes by their template, rules by the ids of our own packs. Ids of
an engine's rules are many, and some are made of the word that they correct (`EN_SIMPLE_REPLACE_…`): those are cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from apiflask import APIBlueprint
from flask import Flask, Response, current_app, g
from prometheus_client import CONTENT_TYPE_LATEST, Counter, Gauge, Histogram

from copydesk import __version__
from copydesk.api.logs import method, route, seconds
from copydesk.api.metricfiles import REGISTRY, bury, exposition, prepare
from copydesk.api.sampled import Sampler
from copydesk.api.service import service
from copydesk.model import Finding, Notice
from copydesk.secondreader.contract import RULES
from copydesk.watch import Stretch, watch

views = APIBlueprint("metrics", __name__, enable_openapi=False)
OTHER = "other"
_MOST_ENGINE_RULES = 300  # a process; all further ones are `other`. English has 200 in a year of news
_ENGINE_RULE = re.compile(r"[A-Z][A-Z0-9_]{2,60}", re.ASCII)
_MADE_OF_A_WORD = re.compile(r"(_REPLACE|_COMPOUNDS|_COHERENCY|_REPEATEDWORDS|_IN_CONTEXT)_.*")
_SAMPLER = "copydesk.sampler"
_REQUEST_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120)  # seconds
_PART_BUCKETS = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 60)

_requests = Histogram(
    "copydesk_request_seconds",
    "From the head of a request to its answer, time in the queue included",
    ("method", "route", "status"),
    buckets=_REQUEST_BUCKETS,
    registry=REGISTRY,
)
_in_progress = Gauge(
    "copydesk_requests_in_progress", "Requests in hand or in the queue", registry=REGISTRY, multiprocess_mode="livesum"
)
_families = Histogram(
    "copydesk_family_seconds",
    "What all checks of one family took for one text",
    ("family",),
    buckets=_PART_BUCKETS,
    registry=REGISTRY,
)
_engines = Histogram(
    "copydesk_engine_seconds",
    "What a grammar engine took for a piece of a text that was not remembered; error is empty where it answered",
    ("engine", "error"),
    buckets=_PART_BUCKETS,
    registry=REGISTRY,
)
_findings = Counter("copydesk_findings", "Findings told", ("family", "rule"), registry=REGISTRY)
_notices = Counter(
    "copydesk_notices", "Notices told: failover, deadline, failed checkers …", ("code",), registry=REGISTRY
)
_workers = Gauge("copydesk_workers", "Worker processes", registry=REGISTRY, multiprocess_mode="livesum")
_info = Gauge("copydesk_info", "Always 1", ("version",), registry=REGISTRY, multiprocess_mode="livemax")
_engine_rules: set[str] = set()


@views.get("/metrics")
def metrics() -> Response:
    """The figures of all workers in Prometheus' text format."""
    sampler: Sampler = current_app.extensions[_SAMPLER]
    sampler.sample()
    return Response(exposition(), content_type=CONTENT_TYPE_LATEST)


def register(app: Flask) -> None:
    """Measures the requests to `app`, after `logs`, and what they are made of."""
    app.extensions[_SAMPLER] = Sampler(app)
    app.before_request(_begin)
    app.after_request(_end)
    app.teardown_request(_leave)
    app.register_blueprint(views)


def count(findings: Iterable[Finding], notices: Iterable[Notice]) -> None:
    """Counts what an answer tells."""
    for finding in findings:
        _findings.labels(finding.family.value, _rule(finding.rule)).inc()
    for notice in notices:
        _notices.labels(notice.code).inc()


def worker_began(worker: Any) -> None:
    """gunicorn's hook in a new worker: from now on it says every second how it is."""
    prepare(worker.pid)
    _workers.set(1)
    _info.labels(__version__).set(1)
    worker.wsgi.extensions[_SAMPLER].keep_on()


def worker_ended(_arbiter: Any, worker: Any) -> None:
    """gunicorn's hook in the main process: what the worker was goes, what it did stays."""
    bury(worker.pid)


def _rule(rule: str) -> str:
    """The label for a rule's id."""
    if rule in RULES or rule in service().desk.rules:
        return rule
    cut = _MADE_OF_A_WORD.sub(r"\1", rule)
    if cut not in _engine_rules:
        if not _ENGINE_RULE.fullmatch(cut) or len(_engine_rules) >= _MOST_ENGINE_RULES:
            return OTHER
        _engine_rules.add(cut)
    return cut


def _time(stretch: Stretch) -> None:
    if stretch.kind == "family":
        _families.labels(stretch.name).observe(stretch.seconds)
    else:
        _engines.labels(stretch.name, stretch.error).observe(stretch.seconds)


def _begin() -> None:
    watch(_time)  # from the first request on: what the main process reads to warm up is no one's text
    g.measured = True
    _in_progress.inc()


def _end(response: Response) -> Response:
    _requests.labels(method(), route(), response.status_code).observe(seconds())
    return response


def _leave(_error: BaseException | None) -> None:
    if g.pop("measured", False):
        _in_progress.dec()
