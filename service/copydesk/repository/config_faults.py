"""What is wrong with a configuration, in the words of who wrote it."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ValidationError

from copydesk.errors import nearest
from copydesk.repository.config_schema import Accepted, Override, Pairing, Root

_TABLES: dict[str, type[BaseModel]] = {"overrides": Override, "pairs": Pairing, "accept": Accepted}
_SHOULD = {
    "tuple_type": "should be a list",
    "dict_type": "should be a table",
    "model_type": "should be a table",
    "model_attributes_type": "should be a table",
    "string_type": "should be a string",
    "path_type": "should be a string",
    "bool_type": "should be true or false",
    "string_too_short": "should not be empty",
    "too_short": "should name at least one",
}


def leading(error: ValidationError) -> Any:
    """The fault that is told: a misspelt key is often a missing one too, and then its spelling is what helps."""
    faults = error.errors()
    return next((fault for fault in faults if fault["type"] == "extra_forbidden"), faults[0])


def described(fault: Any) -> str:
    """A fault as pydantic tells it, with the dotted name of its key and the nearest key that there is."""
    named = [part for part in fault["loc"] if isinstance(part, str) and part != "[key]"]
    if fault["type"] == "extra_forbidden":
        return _at(named[:-1], f"unknown key “{named[-1]}”{_instead(named)}")
    if fault["type"] == "missing":
        return _at(named[:-1], f"the key “{named[-1]}” is missing")
    if fault["type"] == "tuple_type" and named[-1] in _TABLES and isinstance(fault["input"], dict):
        return f"[{named[-1]}] is one table; a list of them is written [[{named[-1]}]]"
    return _at(named, _SHOULD.get(fault["type"], fault["msg"].removeprefix("Value error, ")))


def _at(named: list[str], message: str) -> str:
    return f"{'.'.join(named)}: {message}" if named else message


def _instead(named: list[str]) -> str:
    """Where the key belongs, if only not here; else the nearest."""
    *parents, name = named
    table = _TABLES.get(parents[-1], Root) if parents else Root
    if table is Override and name in Root.model_fields:
        return "; it belongs at the top of the file"
    if table is Root and name in Override.model_fields:
        return "; it belongs in [[overrides]]"
    return nearest(name, table.model_fields)
