"""Traces by OpenTelemetry, an extra: a span a request, and in it one for each family and each answer of an engine.

Off unless the settings name a collector. Attributes are those of the log and of the metrics: routes, statuses, names of
families and engines; never a text, a query or an address. All else (sampling, headers of the collector, names) is as
OpenTelemetry's own variables say (`OTEL_…`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask, Response, current_app, g, has_app_context, request

from copydesk import __version__
from copydesk.api.logs import method, request_id, route
from copydesk.errors import InputError
from copydesk.settings import Settings
from copydesk.watch import Stretch, watch

if TYPE_CHECKING:
    from opentelemetry.trace import Tracer

_TRACER = "copydesk.tracer"
_NANOSECONDS = 1_000_000_000


def register(app: Flask, settings: Settings) -> None:
    """Traces the requests to `app` where the settings say where to. Raises InputError without the extra `otel`."""
    if settings.traces_url is None:
        return
    app.extensions[_TRACER] = _tracer(settings.traces_url)
    app.before_request(_begin)
    app.after_request(_end)
    app.teardown_request(_leave)
    watch(_tell)


def _tracer(url: str) -> Tracer:
    """Spans are sent in batches by a thread of each worker's own: the library starts it anew after a fork."""
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError:
        raise InputError("COPYDESK_TRACES_URL needs the extra: install copydesk[otel]", field="traces_url") from None
    resource = Resource.create({"service.name": "copydesk", "service.version": __version__})
    provider = TracerProvider(resource=resource)
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=url)))
    return provider.get_tracer("copydesk", __version__)


def _begin() -> None:
    """Opens the span of the request, within the caller's where it sent one (W3C Trace Context)."""
    from opentelemetry.trace import SpanKind
    from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

    caller = TraceContextTextMapPropagator().extract(dict(request.headers.items(lower=True)))
    tracer: Tracer = current_app.extensions[_TRACER]
    name = f"{method()} {route()}"
    g.span = tracer.start_span(name, caller, SpanKind.SERVER)
    g.span.set_attributes({"http.request.method": method(), "http.route": route(), "copydesk.request_id": request_id()})


def _end(response: Response) -> Response:
    from opentelemetry.trace import StatusCode

    g.span.set_attribute("http.response.status_code", response.status_code)
    if response.status_code >= 500:
        g.span.set_status(StatusCode.ERROR)
    return response


def _leave(_error: BaseException | None) -> None:
    if "span" in g:
        g.pop("span").end()


def _tell(stretch: Stretch) -> None:
    """A span of what is over, in that of the request, whichever thread has done it."""
    if not has_app_context() or "span" not in g:
        return
    from opentelemetry.trace import StatusCode, set_span_in_context

    tracer: Tracer = current_app.extensions[_TRACER]
    began = int(stretch.began * _NANOSECONDS)
    span = tracer.start_span(
        f"{stretch.kind} {stretch.name}",
        set_span_in_context(g.span),
        attributes={f"copydesk.{stretch.kind}": stretch.name},
        start_time=began,
    )
    if stretch.error:
        span.set_status(StatusCode.ERROR, stretch.error)
    span.end(began + int(stretch.seconds * _NANOSECONDS))
