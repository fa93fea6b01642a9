"""A PostgreSQL server of one's own, for tests of the store: in a folder that goes, at a socket of its own."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from patience import PATIENCE

_DEBIAN = Path("/usr/lib/postgresql")  # which has its programs out of the way


@contextmanager
def postgres() -> Iterator[str]:
    """The address of an empty database, as SQLAlchemy writes it. Skips where the server or its driver is absent."""
    pytest.importorskip("psycopg", reason="the extra “postgres” is not installed")
    found = shutil.which("initdb") or next(map(str, sorted(_DEBIAN.glob("*/bin/initdb"), reverse=True)), None)
    if found is None:
        pytest.skip("no PostgreSQL server on this machine")
    programs = Path(found).resolve().parent
    user = _user()
    # Not pytest's own folder: the server runs as another user where we are root, and must be able to get there.
    folder = Path(tempfile.mkdtemp(prefix="copydesk-pg-"))
    data = folder / "data"
    if user is not None:
        shutil.chown(folder, user)

    def run(program: str, *arguments: str) -> None:
        command = [str(programs / program), *arguments]
        done = subprocess.run(
            command, user=user, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, timeout=PATIENCE
        )
        assert done.returncode == 0, program

    try:
        run("initdb", "--pgdata", str(data), "--username", "desk", "--auth", "trust", "--encoding", "UTF8", "--no-sync")
        options = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off"
        run("pg_ctl", "start", "--wait", "--pgdata", str(data), "--log", str(folder / "log"), "--options", options)
        try:
            yield f"postgresql+psycopg://desk@/postgres?host={folder}"
        finally:
            run("pg_ctl", "stop", "--mode", "immediate", "--pgdata", str(data))
    finally:
        shutil.rmtree(folder)


def _user() -> str | None:
    """Who runs the server: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"
