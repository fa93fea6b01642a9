"""What the parts of a worker count for themselves, read off every second: the queue, the cache, engines, Redis."""

from __future__ import annotations

import threading
from collections.abc import Iterator

from flask import Flask
from prometheus_client import Counter, Gauge

from copydesk.api.admission import Admission
from copydesk.api.limits import fallen_back
from copydesk.api.metricfiles import REGISTRY
from copydesk.api.service import Service
from copydesk.grammar.sources import isolated
from copydesk.grammar.state import StateFile

_PERIOD = 1.0  # seconds


def _counter(name: str, about: str, *labels: str) -> Counter:
    return Counter(f"copydesk_{name}", about, labels, registry=REGISTRY)


# Gauges of workers that are no more are taken out of the sums (`live`).
_COUNTERS = {
    "cache hits": _counter("cache_hits", "Looks into the paragraph cache that found something"),
    "cache misses": _counter("cache_misses", "Looks into the paragraph cache that found nothing"),
    "refused": _counter("refused", "Requests that were told to come back (status 503)"),
    "killed": _counter("engine_killed", "Processes of the embedded engine that were killed past a deadline"),
    "nurseries": _counter("nursery_starts", "Nurseries that a worker had to start"),
}
_GAUGES = {
    "running": Gauge("copydesk_running", "Reviews in hand", registry=REGISTRY, multiprocess_mode="livesum"),
    "cache bytes": Gauge(
        "copydesk_cache_bytes", "What the workers' caches hold", registry=REGISTRY, multiprocess_mode="livesum"
    ),
    "redis gone": Gauge(
        "copydesk_rate_limit_fallback",
        "1 while a worker counts requests for itself, since Redis is gone",
        registry=REGISTRY,
        multiprocess_mode="livemax",
    ),
    "languagetool": Gauge(
        "copydesk_languagetool_ready",
        "1 while our own LanguageTool server is ready or none is wanted, else 0",
        registry=REGISTRY,
        multiprocess_mode="livemin",
    ),
    "languagetool starts": Gauge(
        "copydesk_languagetool_starts",
        "Times that our own LanguageTool server was started, since its host began",
        registry=REGISTRY,
        multiprocess_mode="livemax",
    ),
}
_waiting = Gauge(
    "copydesk_waiting", "Requests in the queue", ("priority",), registry=REGISTRY, multiprocess_mode="livesum"
)


class Sampler:
    """Reads off the parts of one application. Any number of threads may use it."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._lock = threading.Lock()
        self._seen: dict[str, float] = {}  # what has been counted

    def sample(self) -> None:
        """Brings the metrics of this process up to date."""
        with self._lock:
            for name, value in self._counts():
                _COUNTERS[name].inc(max(0.0, value - self._seen.get(name, 0.0)))
                self._seen[name] = value
            for name, value in self._levels():
                _GAUGES[name].set(value)
            for priority, number in self._admission.waiting.items():
                _waiting.labels(priority.value).set(number)

    def keep_on(self) -> None:
        """Samples every second, in a thread of its own, until the process ends.

        Counts from now on: what there was before the workers parted is no one's work.
        """
        self._seen = dict(self._counts())
        threading.Thread(target=self._sample_on, name="metrics", daemon=True).start()

    def _sample_on(self) -> None:
        never = threading.Event()
        while not never.wait(_PERIOD):
            self.sample()

    def _counts(self) -> Iterator[tuple[str, float]]:
        """What only grows."""
        cache, engine = self._service.desk.cache, isolated()
        if cache is not None:
            yield "cache hits", cache.hits
            yield "cache misses", cache.misses
        if engine is not None:
            yield "killed", engine.killed
            yield "nurseries", engine.started
        yield "refused", self._admission.refused

    def _levels(self) -> Iterator[tuple[str, float]]:
        """What goes up and down."""
        cache = self._service.desk.cache
        yield "running", self._admission.running
        yield "cache bytes", 0 if cache is None else cache.used
        yield "redis gone", fallen_back(self._app)
        yield from self._languagetool()

    def _languagetool(self) -> Iterator[tuple[str, float]]:
        """A server elsewhere is not asked: what it does not answer is a notice `engine-failover`."""
        settings = self._service.settings
        file = StateFile(settings.languagetool_state)
        wanted = settings.languagetool_url is None and settings.engine != "embedded"
        state = file.read() if wanted else None
        yield "languagetool", state is None or (state.ready and file.running())
        yield "languagetool starts", 0 if state is None else state.starts

    @property
    def _service(self) -> Service:
        found: Service = self._app.extensions["copydesk"]
        return found

    @property
    def _admission(self) -> Admission:
        found: Admission = self._app.extensions["copydesk.admission"]
        return found
