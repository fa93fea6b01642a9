"""gunicorn's main process and its workers, with what the service asks of them beyond gunicorn."""

from __future__ import annotations

import select
from typing import Any

from gunicorn.arbiter import Arbiter
from gunicorn.workers.gthread import ThreadWorker

from copydesk.api.patience import PATIENCE


class Main(Arbiter):  # type: ignore[misc] # gunicorn has no types
    """The main process. It reads the configuration again when it is sent SIGHUP."""

    def reload(self) -> None:
        """Puts new workers in the place of the old ones, which end what they began; none of it if the new
        configuration is no good."""
        if self.app.prepare():
            super().reload()
            self.app.reloaded()

    def manage_workers(self) -> None:
        """Looks after the processes; each second."""
        super().manage_workers()
        self.app.attend()


class Worker(ThreadWorker):  # type: ignore[misc] # gunicorn has no types
    """A worker whose threads do not wait for ever for a client, and whose end cuts nobody's connection."""

    def set_accept_enabled(self, enabled: bool) -> None:
        """Begins or ends to take connections.

        The last that it takes are those that the kernel has made for it already; then it lets go of the socket, so that
        who comes after the end of the service is refused at once. gunicorn would leave both to wait until its last
        request is answered, and then cut them.
        """
        super().set_accept_enabled(enabled)
        if enabled or self.alive:
            return
        for listener in self.sockets:
            while select.select([listener], [], [], 0)[0]:
                self.accept(listener)
            listener.close()
        self.sockets.clear()

    def handle(self, conn: Any) -> Any:
        """Reads one request from `conn` and answers it, in a thread."""
        PATIENCE.begin(conn.sock, self.app.settings.request_seconds)
        try:
            return super().handle(conn)
        finally:
            PATIENCE.end()

    def _cap_keepalive(self, deadline: float) -> None:
        """At the end of the service, connections that were opened for later go by `deadline`, too.

        gunicorn closes those alone that have had a request; a browser opens some before it has one.
        """
        super()._cap_keepalive(deadline)
        for conn in self.pending_conns:
            conn.timeout = min(conn.timeout, deadline)

    def notify(self) -> None:
        """Tells the main process that this one lives; each second."""
        super().notify()
        PATIENCE.end_late()
