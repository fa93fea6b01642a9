"""What a hostile network sends, to a real service: smuggled requests, keys and texts that must get nowhere."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from copydesk.api.problems import TITLES
from copydesk.errors import CopydeskError
from copydesk.store import KeyStore, Scope
from patience import PATIENCE
from rest import make_client
from test_serve import SERVE

SECRET = "Zanzibar"  # noqa: S105 (a word that must get nowhere)
QUIET = 0.5  # seconds after which a connection that says nothing has nothing more to say


class Served(NamedTuple):
    """A running service that asks for keys, a key to it, and the file of its log."""

    process: subprocess.Popen[bytes]
    address: tuple[str, int]
    key: str
    log: Path
    folder: Path


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("served")
    log, store = folder / "log", f"sqlite:///{folder}/store.sqlite"
    keys = KeyStore(store)
    _, key = keys.create("anna", {Scope.REVIEW, Scope.WORDS})
    keys.close()
    settings = {"COPYDESK_RUN_DIR": str(folder / "run"), "COPYDESK_STORE": store, "COPYDESK_REQUIRE_KEY": "true"}
    environment = {**os.environ, **settings, "PYTHONUNBUFFERED": "1"}
    with log.open("wb") as output:
        command = [*SERVE, "--port", "0", "--workers", "1"]
        process = subprocess.Popen(command, env=environment, stdout=output, stderr=subprocess.STDOUT)
    try:
        yield Served(process, ("127.0.0.1", port_of(log, process)), key, log, folder)
    finally:
        process.kill()
        process.wait(timeout=PATIENCE)


def port_of(log: Path, process: subprocess.Popen[bytes]) -> int:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        if found := re.search(r" at http://127\.0\.0\.1:(\d+) ", log.read_text(encoding="utf-8")):
            return int(found[1])
        time.sleep(0.05)
    said = log.read_text(encoding="utf-8")
    if "embedded" in said:
        pytest.skip(said)  # no wheel of the engine for this machine
    raise AssertionError(said)


def exchange(served: Served, sent: bytes) -> list[int]:
    """The statuses of all answers on one connection, up to its end or its silence."""
    with socket.create_connection(served.address, timeout=PATIENCE) as connection:
        connection.sendall(sent)
        received = b""
        while True:
            connection.settimeout(QUIET if b"\r\n\r\n" in received else PATIENCE)
            try:
                part = connection.recv(65536)
            except (TimeoutError, ConnectionResetError):
                break
            if not part:
                break
            received += part
    return [int(status) for status in re.findall(rb"^HTTP/1\.[01] (\d{3})", received, re.MULTILINE)]


HIDDEN = b"GET /v1/rules/hidden HTTP/1.1\r\nHost: a\r\n\r\n"
SMUGGLED = {
    "a length and chunks": b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "chunks and a length": b"Transfer-Encoding: chunked\r\nContent-Length: 60\r\n\r\n0\r\n\r\n",
    "two lengths": b"Content-Length: 0\r\nContent-Length: 44\r\n\r\n",
    "one length twice": b"Content-Length: 0\r\nContent-Length: 0\r\n\r\n",
    "a list of lengths": b"Content-Length: 0, 44\r\n\r\n",
    "a length with a sign": b"Content-Length: +0\r\n\r\n",
    "a length below nothing": b"Content-Length: -1\r\n\r\n",
    "a length in sixteens": b"Content-Length: 0x0\r\n\r\n",
    "a length in other digits": "Content-Length: ٠\r\n\r\n".encode(),
    "a space before the colon": b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
    "a coding that is none": b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "chunks not last": b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
    "chunks twice": b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "a control character before the coding": b"Transfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n",
    "a folded header": b"X: a\r\n Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "a return in a header": b"X: a\rTransfer-Encoding: chunked\r\n\r\n",
    "a zero byte in a header": b"X: a\0\r\n\r\n",
}
CHUNKS = {
    "a size in words": b"five\r\nFine.\r\n0\r\n\r\n",
    "a size below nothing": b"-5\r\nFine.\r\n0\r\n\r\n",
    "a size with its sign": b"0x5\r\nFine.\r\n0\r\n\r\n",
    "no end of a chunk": b"5\r\nFine.0\r\n\r\n",
    "a size and then more of it": b"5\r\nFine. and more\r\n0\r\n\r\n",
}


@pytest.mark.parametrize("name", SMUGGLED)
def test_no_request_hides_in_another(served: Served, name: str) -> None:
    """A request whose end two readers may see at two places is refused, and nothing after it is read."""
    sent = b"POST /livez HTTP/1.1\r\nHost: a\r\n" + SMUGGLED[name] + HIDDEN
    assert exchange(served, sent) in ([400], [501])


@pytest.mark.parametrize("name", CHUNKS)
def test_no_request_hides_in_odd_chunks(served: Served, name: str) -> None:
    head = (
        b"POST /v1/review?language=en HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n"
    )
    head += f"Authorization: Bearer {served.key}\r\n\r\n".encode()
    assert exchange(served, head + CHUNKS[name] + HIDDEN) == [400]
    assert exchange(served, head + b"5\r\nFine.\r\n0\r\n\r\n" + HIDDEN) == [200, 401]


def test_the_log_holds_no_hidden_request_no_text_and_no_key(served: Served) -> None:
    """Nor does anything that the service writes. The last test of the service: it ends it."""
    wrong = served.key[:-3] + "abc"
    for key, status in ((served.key, 200), (wrong, 401)):
        for body in (f"language=en&text={SECRET}&username=anna&apiKey={key}", f"language={SECRET}&text=a&apiKey={key}"):
            head = f"POST /v2/check HTTP/1.1\r\nHost: a\r\nContent-Length: {len(body)}\r\n\r\n{body}"
            expected = 400 if status == 200 and f"language={SECRET}" in body else status
            assert exchange(served, head.encode()) == [expected]
        query = f"GET /v2/check?language=en&text={SECRET}&apiKey={key} HTTP/1.1\r\nHost: a\r\n\r\n"
        assert exchange(served, query.encode()) == [status]
    served.process.send_signal(signal.SIGTERM)
    served.process.wait(timeout=PATIENCE)
    assert "/v2/check" in served.log.read_text(encoding="utf-8")
    written = [path for path in served.folder.rglob("*") if path.is_file()]
    assert {"log", "store.sqlite"} <= {path.name for path in written}
    for path in written:
        content = path.read_bytes()
        for private in (SECRET, served.key, wrong, served.key[22:]):
            assert private.encode() not in content, path.name


def test_every_answer_says_what_a_browser_must_not_do() -> None:
    client = make_client()
    for path in ("/", "/docs", "/livez", "/v1/rules", "/v2/info", "/nowhere", "/v2/nowhere", "/static/page/page.css"):
        with client.get(path) as response:
            policy = response.headers["Content-Security-Policy"]
            assert policy.startswith("default-src 'none'; ")
            assert "frame-ancestors 'none'" in policy
            assert "unsafe" not in policy
            assert response.headers["X-Content-Type-Options"] == "nosniff"
            assert response.headers["Referrer-Policy"] == "no-referrer"
            assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
            assert "Access-Control-Allow-Origin" not in response.headers
            assert "Set-Cookie" not in response.headers


def kinds(error: type[CopydeskError]) -> Iterator[type[CopydeskError]]:
    yield error
    for kind in error.__subclasses__():
        yield from kinds(kind)


def test_every_error_can_be_told() -> None:
    of_files = {"bad-config"}  # of the command line alone
    assert {kind.code for kind in kinds(CopydeskError)} - of_files <= set(TITLES)
