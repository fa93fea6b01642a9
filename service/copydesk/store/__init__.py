"""The newsroom's memory: what users have told copydesk, and who may ask it, in a database."""

from copydesk.store.keys import Key, KeyStore, Scope
from copydesk.store.words import Owner, WordStore

__all__ = ["Key", "KeyStore", "Owner", "Scope", "WordStore"]
