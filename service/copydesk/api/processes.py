"""gunicorn's main process and its workers, with what the service asks of them beyond gunicorn."""

from __future__ import annotations

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
    """A worker whose threads do not wait for ever for a client."""

    def handle(self, conn: Any) -> Any:
        """Reads one request from `conn` and answers it, in a thread."""
        PATIENCE.begin(conn.sock, self.app.settings.request_seconds)
        try:
            return super().handle(conn)
        finally:
            PATIENCE.end()

    def notify(self) -> None:
        """Tells the main process that this one lives; each second."""
        super().notify()
        PATIENCE.end_late()
