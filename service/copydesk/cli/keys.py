"""`copydesk keys`: who may ask the service."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import click

from copydesk.settings import load_settings
from copydesk.store import Key, KeyStore, Scope

_DAY = 24 * 60 * 60  # seconds
_MOST_DAYS = 36_500
_HEADINGS = ("ID", "NAME", "SCOPES", "CREATED", "USED", "EXPIRES", "STATE")


@click.group()
def keys() -> None:
    """Keys of the service: who may send texts, with COPYDESK_REQUIRE_KEY=true.

    They are kept in the database of COPYDESK_STORE; what is done here holds for running services at once.
    """


@keys.command()
@click.argument("name")
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    type=click.Choice([scope.value for scope in Scope]),
    default=[Scope.REVIEW.value, Scope.WORDS.value],
    show_default=True,
    help="What the key may do; several times for several. With “batch”, its reviews wait for those of others.",
)
@click.option("--days", type=click.IntRange(1, _MOST_DAYS), help="How long the key lives.  [default: until revoked]")
def create(name: str, scopes: tuple[str, ...], days: int | None) -> None:
    """Make a key; NAME says whose it is. It is printed once, and not kept."""
    with _store() as store:
        made, text = store.create(name, frozenset(map(Scope, scopes)), None if days is None else days * _DAY)
    click.echo(text)
    click.echo(f"copydesk: key {made.id} for “{made.name}”; this is the only time that it is shown", err=True)


@keys.command("list")
def list_keys() -> None:
    """List all keys, with their scopes, when they were last used, and whether they still let in."""
    with _store() as store:
        rows = [_HEADINGS, *map(_row, store.all())]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADINGS))]
    for row in rows:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


@keys.command()
@click.argument("id_", metavar="ID")
@click.option(
    "--overlap",
    type=click.IntRange(0, _MOST_DAYS),
    default=7,
    show_default=True,
    help="Days that the old key lets in beside the new one; 0 ends it at once.",
)
def rotate(id_: str, overlap: int) -> None:
    """Make a new key in the place of ID, with its scopes and words. It is printed once, and not kept."""
    with _store() as store:
        made, text = store.rotate(id_, overlap * _DAY)
    click.echo(text)
    click.echo(f"copydesk: key {made.id} in the place of {id_}; this is the only time that it is shown", err=True)


@keys.command()
@click.argument("id_", metavar="ID")
def revoke(id_: str) -> None:
    """End the key ID at once. Its words stay."""
    with _store() as store:
        gone = store.revoke(id_)
    click.echo(f"key {gone.id} for “{gone.name}” is revoked")


@contextmanager
def _store() -> Iterator[KeyStore]:
    store = KeyStore(load_settings().store)
    try:
        yield store
    finally:
        store.close()


def _row(key: Key) -> tuple[str, ...]:
    scopes = ",".join(sorted(key.scopes))
    expires = "never" if key.expires is None else _day(key.expires)
    return key.id, key.name, scopes, _day(key.created), _day(key.used), expires, _state(key)


def _state(key: Key) -> str:
    if key.revoked is not None:
        return f"revoked {_day(key.revoked)}"
    return "good" if key.usable(time.time()) else "expired"


def _day(seconds: int | None) -> str:
    """A day of UTC as `2026-01-31`."""
    return "never" if seconds is None else datetime.fromtimestamp(seconds, UTC).date().isoformat()
