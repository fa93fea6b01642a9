"""Traces: what a collector is sent, by a service whose settings name one, and that no text is in it."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from flask.testing import FlaskClient

from copydesk.api import create_app
from copydesk.errors import InputError, UnfinishedError
from copydesk.grammar.contract import Match
from copydesk.grammar.failover import Failover
from copydesk.grammar.measured import Measured
from copydesk.model import Engine
from copydesk.pipeline import Desk
from copydesk.settings import load_settings
from rest import ask

SECRET = "Zanzibar"  # noqa: S105 (a word that must not be sent)
TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
CALLER = "00f067aa0ba902b7"


class Late:
    """An engine that never finishes."""

    info = Engine("late", "1")

    def speaks(self, language: str) -> bool:  # noqa: ARG002 (the contract's signature)
        return True

    def check(self, text: str, language: str, timeout: float) -> list[Match]:  # noqa: ARG002
        raise UnfinishedError(f"no end of {text}")


@pytest.fixture(scope="module")
def desk() -> Desk:
    return Desk(grammar=Failover(Measured(Late()), None, 5.0))


class Collector(ThreadingHTTPServer):
    """Keeps what it is sent."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.bodies: list[bytes] = []
        self.url = f"http://127.0.0.1:{self.server_port}/v1/traces"
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def spans(self) -> list[Any]:
        """All spans, in the order in which they ended."""
        from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

        sent = [ExportTraceServiceRequest.FromString(body) for body in self.bodies]
        return [
            span for part in sent for resource in part.resource_spans for s in resource.scope_spans for span in s.spans
        ]


class _Handler(BaseHTTPRequestHandler):
    server: Collector

    def do_POST(self) -> None:
        self.server.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None: ...


@pytest.fixture
def collector() -> Iterator[Collector]:
    pytest.importorskip("opentelemetry.sdk", reason="the extra “otel” is not installed")
    server = Collector()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def client(desk: Desk, collector: Collector) -> FlaskClient:
    return create_app(load_settings(traces_url=collector.url), desk).test_client()


def ended(client: FlaskClient) -> None:
    """Has the spans sent that wait for others."""
    client.application.extensions["copydesk.tracer"].span_processor.force_flush()


def attributes(span: Any) -> dict[str, Any]:
    return {pair.key: getattr(pair.value, pair.value.WhichOneof("value")) for pair in span.attributes}


def test_a_request_is_a_span_with_its_parts(client: FlaskClient, collector: Collector) -> None:
    given = {"traceparent": f"00-{TRACE}-{CALLER}-01", "X-Request-ID": "mine"}
    body = {"text": f"Talks on {SECRET} were held.", "language": "en-US"}
    response = client.post("/v1/review", json={**body, "options": {"families": ["grammar"]}}, headers=given)
    ended(client)
    assert response.status_code == 200
    engine, family, request = collector.spans()
    assert (request.name, request.parent_span_id.hex()) == ("POST /v1/review", CALLER)
    assert {span.trace_id.hex() for span in (engine, family, request)} == {TRACE}
    assert {engine.parent_span_id, family.parent_span_id} == {request.span_id}
    assert attributes(request) == {
        "http.request.method": "POST",
        "http.route": "/v1/review",
        "http.response.status_code": 200,
        "copydesk.request_id": "mine",
    }
    assert (engine.name, attributes(engine)) == ("engine late", {"copydesk.engine": "late"})
    assert (engine.status.code, engine.status.message) == (2, "UnfinishedError")
    assert (family.name, attributes(family)) == ("family grammar", {"copydesk.family": "grammar"})
    assert request.start_time_unix_nano <= family.start_time_unix_nano <= engine.start_time_unix_nano
    assert family.end_time_unix_nano <= request.end_time_unix_nano
    assert not [body for body in collector.bodies if SECRET.encode() in body]


def test_what_threads_read_for_a_request_is_in_its_span(desk: Desk, collector: Collector) -> None:
    grammar = Failover(Measured(Late()), None, 5.0, threads=2)
    client = create_app(load_settings(traces_url=collector.url), Desk(desk.rules, grammar=grammar)).test_client()
    body = {"text": "Talks were held.\n\n" * 400, "language": "en-US", "options": {"families": ["grammar"]}}
    assert client.post("/v1/review", json=body).status_code == 200
    ended(client)
    *parts, request = collector.spans()
    engines = [span for span in parts if span.name == "engine late"]
    assert len(engines) > 1
    assert {span.parent_span_id for span in parts} == {request.span_id}


def test_a_fault_is_marked_and_quotes_nothing(
    client: FlaskClient, collector: Collector, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise ValueError(SECRET)

    monkeypatch.setattr(Desk, "review", fail)
    assert ask(client, SECRET).status_code == 500
    assert client.get(f"/{SECRET}").status_code == 404
    ended(client)
    fault, missing = collector.spans()
    assert (fault.status.code, attributes(fault)["http.response.status_code"]) == (2, 500)
    assert (missing.name, missing.status.code) == ("GET unknown", 0)
    assert not [body for body in collector.bodies if SECRET.encode() in body]


def test_a_collector_that_is_gone_costs_no_request(
    desk: Desk, collector: Collector, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_TIMEOUT", "0.5")  # seconds for which the end below tries again; 10 otherwise
    collector.shutdown()
    collector.server_close()
    client = create_app(load_settings(traces_url=collector.url), desk).test_client()
    assert ask(client, "Talks were held.").status_code == 200
    client.application.extensions["copydesk.tracer"].span_processor.shutdown()


def test_without_a_collector_nothing_is_traced(desk: Desk) -> None:
    app = create_app(load_settings(), desk)
    assert ask(app.test_client(), "Talks were held.").status_code == 200
    assert "copydesk.tracer" not in app.extensions


def test_without_the_extra_the_start_says_so(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opentelemetry.sdk.trace", None)
    with pytest.raises(InputError, match=r"^COPYDESK_TRACES_URL needs the extra: install copydesk\[otel\]$"):
        create_app(load_settings(traces_url="http://127.0.0.1:4318/v1/traces"), desk)


@pytest.mark.parametrize("url", ["collector:4318", "ftp://collector/v1/traces", "http://anna:secret@collector/", ""])
def test_what_is_no_address_is_told(url: str) -> None:
    with pytest.raises(InputError, match=r"^COPYDESK_TRACES_URL: "):
        load_settings(traces_url=url)
