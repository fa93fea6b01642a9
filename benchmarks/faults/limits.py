"""What is counted and by which clock: Redis gone and back while requests are limited, the machine's clock moved."""

from __future__ import annotations

import shutil
import socket
import struct
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

import requests

from benchmarks.faults.run import Fault, Run, Scene
from benchmarks.faults.service import NotShownError, NotToBeHadError, Service, serving, until
from copydesk.store import KeyStore, Scope

_LIMIT = 40  # requests a second of one key or address
_RATE = f"{_LIMIT}/second"
_GONE = 5.0  # seconds for which Redis is gone
_BURST = 3 * _LIMIT
_HOUR, _DAY = 3_600, 86_400  # seconds
_STAYS = 3.0  # seconds for which a clock stays where it was put
_FALLBACK = "copydesk_rate_limit_fallback"
_CLOCK = Path(__file__).with_name("clock.c")
_PROBE = "/v1/rules?family=captions"  # what is limited, and costs little


class _Redis:
    """A server that goes and comes back at the same port."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self.port = 0

    @contextmanager
    def running(self, folder: Path) -> Iterator[str]:
        """A server until the end of the block, and its address. Raises NotToBeHadError."""
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.start(folder)
        try:
            yield f"redis://127.0.0.1:{self.port}/0"
        finally:
            self.kill()

    def start(self, folder: Path) -> None:
        """Returns when it answers. Raises NotToBeHadError."""
        program = shutil.which("redis-server")
        if program is None:
            raise NotToBeHadError("there is no Redis server on this machine")
        command = [program, "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        until(self._answers, "Redis answers")

    def kill(self) -> None:
        """Ends it at once."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def _answers(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port), 1).close()
        except OSError:
            return False
        return True


def redis() -> Scene:
    """Requests are counted in Redis; more are sent than the limit lets in."""
    server = _Redis()

    @contextmanager
    def place(folder: Path) -> Iterator[Service]:
        with server.running(folder) as url, serving(folder, rate_limit=_RATE, redis_url=url) as service:
            yield service

    return Scene((Fault("Redis gone and back, with rate limits", partial(_gone_and_back, server)),), place)


def _gone_and_back(server: _Redis, run: Run) -> None:
    run.strikes()
    server.kill()
    until(lambda: run.service.figure(_FALLBACK) == 1, "each worker counts for itself")
    if not _refused(run.service):
        raise NotShownError("without Redis, requests are limited too")
    time.sleep(_GONE)
    server.start(run.service.folder)
    back = time.monotonic()
    until(lambda: run.service.figure(_FALLBACK) == 0, "requests are counted in Redis again")
    run.tell(f"each worker counted for itself; {time.monotonic() - back:.1f} s after its return Redis did again")


def clock() -> Scene:
    """Keys are asked for, and requests limited."""
    return Scene((Fault("the clock a day forwards, then an hour back from the right time", _moved),), _with_a_clock)


@contextmanager
def _with_a_clock(folder: Path) -> Iterator[Service]:
    """A service whose clock is moved by a file; not the one that only goes forwards. Raises NotToBeHadError."""
    library = folder / "clock.so"
    compiler = shutil.which("cc")
    if compiler is None:
        raise NotToBeHadError("there is no C compiler for a clock that can be moved")
    subprocess.run([compiler, "-shared", "-fPIC", "-O2", "-o", str(library), str(_CLOCK)], check=True)
    _set(folder, 0)
    moved = {"LD_PRELOAD": str(library), "CLOCK_FILE": str(folder / "clock")}
    keys = KeyStore(f"sqlite:///{folder}/store.sqlite")
    _, key = keys.create("the load", {Scope.REVIEW})
    keys.close()
    with serving(folder, more=moved, require_key=True, rate_limit=_RATE) as service:
        yield replace(service, key=key)


def _moved(run: Run) -> None:
    keys = KeyStore(f"sqlite:///{run.service.folder}/store.sqlite")
    _, short = keys.create("for two hours", {Scope.REVIEW}, 2 * _HOUR)
    keys.close()
    _expect(run.service, short, "in time", 200)
    run.strikes()
    for seconds, name, status in ((_DAY, "a day on", 401), (-_HOUR, "an hour back", 200), (0, "right again", 200)):
        _set(run.service.folder, seconds)
        time.sleep(_STAYS)
        _expect(run.service, short, name, status)
        if not _refused(run.service, run.service.key):
            raise NotShownError(f"{name}: requests are limited")
        time.sleep(_STAYS)
    run.tell("a key for two hours let in, not a day on, and again; requests were limited all the time")


def _set(folder: Path, seconds: int) -> None:
    """Puts the service's clock so many seconds forwards."""
    with (folder / "clock").open("r+b" if (folder / "clock").exists() else "wb") as file:
        file.write(struct.pack("l", seconds))


def _expect(service: Service, key: str, when: str, status: int) -> None:
    """Raises NotShownError unless that is what a key is answered, once it asks no more than it may."""
    headers = {"Authorization": f"Bearer {key}"}
    address = service.url + _PROBE
    until(lambda: requests.get(address, headers=headers, timeout=60).status_code == status, f"{when}: {status}", 5)


def _refused(service: Service, key: str | None = None) -> int:
    """How many of a burst of requests are over the limit. Raises NotShownError where one is told to wait for long."""
    headers = {} if key is None else {"Authorization": f"Bearer {key}"}
    with requests.Session() as session:
        answers = [session.get(service.url + _PROBE, headers=headers, timeout=60) for _ in range(_BURST)]
    waits = [int(answer.headers["Retry-After"]) for answer in answers if answer.status_code == 429]
    if any(seconds > 2 for seconds in waits):
        raise NotShownError(f"a limit of a second has nobody wait for {max(waits)} s")
    return len(waits)
