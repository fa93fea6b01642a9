"""The keys that programs and people get into the service with: made, exchanged, revoked, looked up.

A key is `copydesk_<id>_<secret>`. The id is no secret: it stands in the database and in logs. The secret has 256
random bits and is kept only as a SHA-256 digest. A slow hash (scrypt, Argon2) is for what people think up and others
can guess; nobody guesses 256 bits, and a slow hash would cost each request 50 ms, and let anyone spend them.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum

from sqlalchemy import BigInteger, String, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, Session, mapped_column

from copydesk.errors import InputError, UnknownNameError
from copydesk.store.database import Base, Store, told

_MARK = "copydesk"  # by which scanners for secrets know a key
_LONGEST_NAME = 100  # code points
_USED_EVERY = 60  # seconds; last use is written no more often, since each writing holds the database
_NOBODY = hashlib.sha256(b"").hexdigest()  # what a key of no known id is compared with: no key has this digest


class Scope(StrEnum):
    """What a key may do."""

    REVIEW = "review"  # send texts, see the rules
    WORDS = "words"  # read and write its own words
    METRICS = "metrics"  # read the figures of the service
    BATCH = "batch"  # none of the above: its reviews wait for those of others


@dataclass(frozen=True, slots=True)
class Key:
    """A key without its secret. Times are seconds since 1970. `line` is the same for a key and what it was exchanged
    for: what belongs to a key belongs to its line. Nobody is told it, so nobody can claim it."""

    id: str
    name: str
    scopes: frozenset[Scope]
    line: str = field(repr=False)
    created: int
    expires: int | None
    used: int | None
    revoked: int | None

    def usable(self, now: float) -> bool:
        """Whether it lets in at `now`."""
        return self.revoked is None and (self.expires is None or now < self.expires)


class ApiKey(Base):
    """A row for each key that was ever made."""

    __tablename__ = "api_keys"

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(_LONGEST_NAME))
    scopes: Mapped[str] = mapped_column(String(100))
    line: Mapped[str] = mapped_column(String(64))
    created: Mapped[int] = mapped_column(BigInteger)
    expires: Mapped[int | None] = mapped_column(BigInteger)
    used: Mapped[int | None] = mapped_column(BigInteger)
    revoked: Mapped[int | None] = mapped_column(BigInteger)

    def told(self) -> Key:
        """The row as others see it."""
        scopes = frozenset(map(Scope, self.scopes.split()))
        return Key(self.id, self.name, scopes, self.line, self.created, self.expires, self.used, self.revoked)


class KeyStore(Store):
    """All keys. Each method raises StoreError where the database cannot be used."""

    def create(self, name: str, scopes: Collection[Scope], seconds: int | None = None) -> tuple[Key, str]:
        """A new key and its text, which is told this once. `seconds` is how long it lives; None: until revoked.

        Raises InputError for a name or scopes that are none.
        """
        if not name.strip() or not name.isprintable() or len(name) > _LONGEST_NAME:
            raise InputError(f"the name of a key has 1 to {_LONGEST_NAME} characters on one line", field="name")
        if not set(scopes) - {Scope.BATCH}:
            raise InputError("a key needs a scope: review, words or metrics", field="scopes")
        with told(), Session(self._engine) as session:
            row, text = _new(name.strip(), " ".join(sorted(set(scopes))), secrets.token_hex(32), seconds)
            session.add(row)
            made = row.told()
            session.commit()
        return made, text

    def all(self) -> list[Key]:
        """All keys, the oldest first, whether they still let in or not."""
        with told(), Session(self._engine) as session:
            return [row.told() for row in session.scalars(select(ApiKey).order_by(ApiKey.created, ApiKey.id))]

    def rotate(self, id_: str, overlap: int) -> tuple[Key, str]:
        """A new key in the place of `id_`, with its name, scopes, words and length of life; and its text.

        The old one lets in for `overlap` more seconds at most. Raises UnknownNameError, and InputError for a key that
        no longer lets in.
        """
        now = int(time.time())
        with told(), Session(self._engine) as session:
            old = _row(session, id_)
            if not old.told().usable(now):
                raise InputError(f"the key {id_} is revoked or has expired; make a new one", field="id")
            seconds = None if old.expires is None else old.expires - old.created
            row, text = _new(old.name, old.scopes, old.line, seconds)
            old.expires = now + overlap if old.expires is None else min(old.expires, now + overlap)
            session.add(row)
            made = row.told()
            session.commit()
        return made, text

    def revoke(self, id_: str) -> Key:
        """The key, which lets nobody in from now on. Raises UnknownNameError."""
        with told(), Session(self._engine) as session:
            row = _row(session, id_)
            row.revoked = row.revoked or int(time.time())
            gone = row.told()
            session.commit()
        return gone

    def find(self, given: str) -> Key | None:
        """The key whose text is `given`, if it lets in now. The database is asked each time: revoking works at once.

        The comparison takes as long for a wrong secret as for a right one, and is made for unknown ids as well.
        """
        now = int(time.time())
        digest = _digest(given)
        with told(), Session(self._engine) as session:
            row = session.get(ApiKey, _id_of(given))
            same = hmac.compare_digest(digest, _NOBODY if row is None else row.digest)
            if row is None or not same:
                return None
            key = row.told()
            if not key.usable(now):
                return None
            if key.used is None or abs(now - key.used) >= _USED_EVERY:  # abs: a clock may be set back
                with suppress(SQLAlchemyError):  # a full disk must not keep good keys out
                    session.execute(update(ApiKey).where(ApiKey.id == key.id).values(used=now))
                    session.commit()
        return key


def _new(name: str, scopes: str, line: str, seconds: int | None) -> tuple[ApiKey, str]:
    now, id_ = int(time.time()), secrets.token_hex(6)
    text = f"{_MARK}_{id_}_{secrets.token_urlsafe(32)}"
    expires = None if seconds is None else now + seconds
    row = ApiKey(id=id_, digest=_digest(text), name=name, scopes=scopes, line=line, created=now, expires=expires)
    return row, text


def _row(session: Session, id_: str) -> ApiKey:
    row = session.get(ApiKey, id_)
    if row is None:
        raise UnknownNameError("key", id_, session.scalars(select(ApiKey.id)))
    return row


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _id_of(text: str) -> str:
    """The id in the text of a key; an empty one where it has none that could be."""
    mark, _, rest = text.partition("_")
    id_ = rest.partition("_")[0]
    return id_ if mark == _MARK and len(id_) <= 16 and id_.isalnum() and id_.isascii() else ""
