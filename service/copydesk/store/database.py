"""The database behind the store: SQLite in the user's own folder, or whatever SQLAlchemy can open."""

from __future__ import annotations

import errno
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, IntegrityError, OperationalError, ProgrammingError, SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase

from copydesk.errors import StoreError, StoreFullError

_BUSY = 10  # seconds that a writer waits for another one
_SQLITE_FULL = ("SQLITE_FULL", "SQLITE_IOERR_SHMSIZE", "SQLITE_IOERR_WRITE")
_DISK_FULL = "53100"  # PostgreSQL's


class Base(DeclarativeBase):
    """The tables."""


class Store:
    """What one process keeps in a database. Any number of threads may use it; each process has its own."""

    def __init__(self, address: str) -> None:
        """`address` as SQLAlchemy writes it. Opened when first asked: after the workers have parted."""
        self._address = address
        self._opening = threading.Lock()

    def close(self) -> None:
        """Closes the connections; the next question opens new ones."""
        with self._opening:
            engine = self.__dict__.pop("_opened", None)
        if engine is not None:
            engine.dispose()

    @property
    def _engine(self) -> Engine:
        with self._opening:
            return self._opened

    @cached_property
    def _opened(self) -> Engine:
        return open_database(self._address)


def open_database(address: str) -> Engine:
    """The database at `address` (as SQLAlchemy writes it), its tables made where they are not there.

    Worker processes must not share a connection, so each opens its own after the fork. What is asked of it is in no
    log (`hide_parameters`). Raises StoreError; its message
    never holds the address, which may have a password in it.
    """
    with told():
        url = make_url(address)
        if url.get_backend_name() != "sqlite":
            engine = create_engine(url, pool_pre_ping=True, hide_parameters=True)
        else:
            if url.database and url.database != ":memory:":
                Path(url.database).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            engine = create_engine(url, connect_args={"timeout": _BUSY}, hide_parameters=True)
            event.listen(engine, "connect", _let_others_read)
        try:
            Base.metadata.create_all(engine)
        except (IntegrityError, OperationalError, ProgrammingError):
            # Another worker made them between the look and the making. They are there now, or it fails again.
            Base.metadata.create_all(engine)
        return engine


@contextmanager
def told() -> Iterator[None]:
    """Faults of the database as StoreError, without what was asked of it; a full disk as StoreFullError."""
    try:
        yield
    except (SQLAlchemyError, ArgumentError, OSError, ImportError) as error:
        if _is_full(error):
            raise StoreFullError("the disk of the database of users' words is full: nothing was kept") from None
        raise StoreError(f"the database of users' words cannot be used ({type(error).__name__})") from None


def _is_full(error: Exception) -> bool:
    """Whether there is no room for what was to be written. SQLite calls it an input or output error where the file that
    its processes have in common has none."""
    if isinstance(error, OSError):
        return error.errno in (errno.ENOSPC, errno.EDQUOT)
    cause = getattr(error, "orig", None)
    return getattr(cause, "sqlite_errorname", None) in _SQLITE_FULL or getattr(cause, "sqlstate", None) == _DISK_FULL


def _let_others_read(connection: Any, _record: Any) -> None:
    """Write-ahead logging: checks read the words while another worker adds one."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.close()
