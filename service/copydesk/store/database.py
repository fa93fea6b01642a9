"""The database behind the store: SQLite in the user's own folder, or whatever SQLAlchemy can open."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase

from copydesk.errors import StoreError

_BUSY = 10  # seconds that a writer waits for another one


class Base(DeclarativeBase):
    """The tables."""


def open_database(address: str) -> Engine:
    """The database at `address` (as SQLAlchemy writes it), its tables made where they are not there.

    Worker processes must not share a connection, so each opens its own after the fork. Raises StoreError; its message
    never holds the address, which may have a password in it.
    """
    with told():
        url = make_url(address)
        if url.get_backend_name() != "sqlite":
            engine = create_engine(url, pool_pre_ping=True)
        else:
            if url.database and url.database != ":memory:":
                Path(url.database).parent.mkdir(parents=True, exist_ok=True)
            engine = create_engine(url, connect_args={"timeout": _BUSY})
            event.listen(engine, "connect", _let_others_read)
        Base.metadata.create_all(engine)
        return engine


@contextmanager
def told() -> Iterator[None]:
    """Faults of the database as StoreError, without what was asked of it."""
    try:
        yield
    except (SQLAlchemyError, ArgumentError, OSError, ImportError) as error:
        raise StoreError(f"the database of users' words cannot be used ({type(error).__name__})") from None


def _let_others_read(connection: Any, _record: Any) -> None:
    """Write-ahead logging: checks read the words while another worker adds one."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.close()
