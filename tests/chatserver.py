"""A real server on this machine that speaks the OpenAI chat protocol, and answers as a test wants."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any

Reply = tuple[int, dict[str, str], bytes]


def said(*errors: Any, **changes: Any) -> Reply:
    """A chat completion that holds the errors."""
    return wrapped(json.dumps({"errors": [{**error, **changes} for error in errors]}))


def wrapped(content: Any) -> Reply:
    body = {"choices": [{"index": 0, "message": {"role": "assistant", "content": content}}]}
    return 200, {}, json.dumps(body).encode()


@dataclass
class Server:
    """Answers the n-th request (from 0) as `reply` says; keeps what it was asked."""

    reply: Callable[[int, dict[str, Any]], Reply]
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    most_at_once: int = 0
    now: int = 0
    lock: Lock = field(default_factory=Lock)
    url: str = ""

    def start(self) -> ThreadingHTTPServer:
        """Serves from now on; who starts it shuts it down."""
        httpd = ThreadingHTTPServer(("127.0.0.1", 0), self.handler())
        httpd.daemon_threads = True
        Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        self.url = f"http://127.0.0.1:{httpd.server_port}/v1"
        return httpd

    def passages(self) -> list[dict[str, Any]]:
        return [json.loads(body["messages"][1]["content"]) for body in self.asked]

    def forms(self) -> list[str]:
        return [body["response_format"]["type"] for body in self.asked]

    def handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                with server.lock:
                    index = len(server.asked)
                    server.asked.append(body)
                    server.headers.append(dict(self.headers))
                    server.paths.append(self.path)
                    server.now += 1
                    server.most_at_once = max(server.most_at_once, server.now)
                status, headers, data = server.reply(index, body)
                with server.lock:
                    server.now -= 1
                try:
                    self.send_response(status)
                    for name, value in {"Content-Length": str(len(data)), **headers}.items():
                        self.send_header(name, value)
                    self.end_headers()
                    self.wfile.write(data)
                except OSError:
                    self.close_connection = True  # who asked has gone away

            def log_message(self, *args: Any) -> None:
                """Tests are quiet."""

        return Handler
