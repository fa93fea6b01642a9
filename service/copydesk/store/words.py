"""The words that a user has said are right, apart for each user and key."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import Select, String, delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from copydesk.errors import InputError, StoreError
from copydesk.store.database import Base, Store, told

DEFAULT = "default"  # the dictionary of words that are added to none by name
_MOST = 20_000  # words of one owner: more is no dictionary of a person's, and each check reads them all
_LONGEST = 200  # code points
_TRIES = 3  # at adding words that another worker adds too


@dataclass(frozen=True, slots=True)
class Owner:
    """Who a dictionary belongs to. The same name with another key is somebody else: no key, no words."""

    user: str
    key: str

    @property
    def digest(self) -> str:
        """What the database knows the owner by; the key itself is not kept."""
        return hashlib.sha256(f"{len(self.user)}:{self.user}{self.key}".encode()).hexdigest()


class Word(Base):
    """One word of one dictionary of one owner."""

    __tablename__ = "words"

    owner: Mapped[str] = mapped_column(String(64), primary_key=True)
    dictionary: Mapped[str] = mapped_column(String(_LONGEST), primary_key=True)
    word: Mapped[str] = mapped_column(String(_LONGEST), primary_key=True)


class WordStore(Store):
    """The words of all users."""

    def words(
        self, owner: Owner, dictionaries: Collection[str] = (), offset: int = 0, limit: int | None = None
    ) -> list[str]:
        """Words in the order of their code points, of all dictionaries unless some are named. Raises StoreError."""
        with told(), Session(self._engine) as session:
            found = set(session.scalars(_of(select(Word.word), owner, dictionaries)))
        return sorted(found)[offset : None if limit is None else offset + limit]

    def add(self, owner: Owner, words: Iterable[str], dictionary: str = DEFAULT) -> bool:
        """Adds `words`; whether one of them was new. Raises InputError for what is no word, and StoreError."""
        wanted, name = _checked(words), _checked([dictionary])[0]
        with told(), Session(self._engine) as session:
            for _ in range(_TRIES):
                held = session.scalar(select(func.count()).select_from(Word).where(Word.owner == owner.digest)) or 0
                new = set(wanted) - set(session.scalars(_of(select(Word.word), owner, [name])))
                if held + len(new) > _MOST:
                    raise InputError(f"a user may have {_MOST} words", field="word")
                session.add_all(Word(owner=owner.digest, dictionary=name, word=word) for word in sorted(new))
                try:
                    session.commit()
                except IntegrityError:  # another worker added one of them at this moment
                    session.rollback()
                    continue
                return bool(new)
            raise StoreError("the database of users' words is too busy")

    def delete(self, owner: Owner, words: Iterable[str], dictionary: str = DEFAULT) -> bool:
        """Deletes `words` from a dictionary; whether one of them was there. Raises InputError and StoreError."""
        wanted = _checked(words)
        with told(), Session(self._engine) as session:
            there = _of(select(Word.word), owner, [dictionary]).where(Word.word.in_(wanted))
            found = list(session.scalars(there))
            mine = (Word.owner == owner.digest, Word.dictionary == dictionary, Word.word.in_(found))
            session.execute(delete(Word).where(*mine))
            session.commit()
            return bool(found)


def _of(query: Select[str], owner: Owner, dictionaries: Collection[str]) -> Select[str]:
    query = query.where(Word.owner == owner.digest)
    return query.where(Word.dictionary.in_(dictionaries)) if dictionaries else query


def _checked(words: Iterable[str]) -> list[str]:
    """`words`, each once. Raises InputError for none, too many, and for what is no word."""
    found = list(dict.fromkeys(word.strip() for word in words))
    if not found or any(not word or len(word) > _LONGEST or not word.isprintable() for word in found):
        raise InputError(f"a word has 1 to {_LONGEST} characters on one line", field="word")
    if len(found) > _MOST:
        raise InputError(f"a user may have {_MOST} words", field="word")
    return found
