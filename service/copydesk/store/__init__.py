"""The newsroom's memory: what users have told copydesk, in a database."""

from copydesk.store.words import Owner, WordStore

__all__ = ["Owner", "WordStore"]
