"""What a worker of the service does beyond gunicorn's, as far as it shows without a server."""

from __future__ import annotations

from collections import deque
from types import SimpleNamespace

from copydesk.api.processes import Worker


def test_at_the_end_connections_that_sent_nothing_go_like_those_that_wait_for_more() -> None:
    worker = Worker.__new__(Worker)
    worker.keepalived_conns = deque([SimpleNamespace(timeout=75.0)])
    worker.pending_conns = deque([SimpleNamespace(timeout=1.0), SimpleNamespace(timeout=75.0)])
    worker._cap_keepalive(2.0)
    assert [conn.timeout for conn in worker.keepalived_conns] == [2.0]
    assert [conn.timeout for conn in worker.pending_conns] == [1.0, 2.0]
