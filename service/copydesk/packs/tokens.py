"""What a rule of kind `tokens` or `syntax` may say of a word: spaCy's token patterns, read from a pack.

The pack is checked here, without spaCy, so that a misspelt attribute stops the load with file and line also where the
parser is not installed. The attributes and their meaning are those of spaCy's Matcher (spacy.io/api/matcher), plus
`AS`, which names the word for `covers`, `replace` and the message.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator

from copydesk.errors import nearest

NAME = "AS"
_FLAGS = {
    "IS_ALPHA", "IS_ASCII", "IS_DIGIT", "IS_LOWER", "IS_UPPER", "IS_TITLE", "IS_PUNCT", "IS_SPACE", "IS_QUOTE",
    "IS_LEFT_PUNCT", "IS_RIGHT_PUNCT", "IS_SENT_START", "IS_STOP", "IS_CURRENCY", "IS_BRACKET", "LIKE_NUM",
    "LIKE_URL", "LIKE_EMAIL", "SPACY",
}  # fmt: skip
_TEXTS = {"ORTH", "TEXT", "LOWER", "LEMMA", "POS", "TAG", "DEP", "MORPH", "SHAPE", "PREFIX", "SUFFIX", "NORM"}
_ATTRIBUTES = _FLAGS | _TEXTS | {"LENGTH", "OP", NAME}
_PREDICATES = {"IN", "NOT_IN", "REGEX", "IS_SUBSET", "IS_SUPERSET", "INTERSECTS", "==", "!=", ">=", "<=", ">", "<"}
_REPEATS = {"!", "?", "*", "+"}
_OPERATORS = {
    "<", ">", "<<", ">>", ".", ".*", ";", ";*", "$+", "$-", "$++", "$--", ">+", ">-", ">++", ">--", "<+", "<-",
    "<++", "<--",
}  # fmt: skip
_NODE_KEYS = {"LEFT_ID", "REL_OP", "RIGHT_ID", "RIGHT_ATTRS"}


def _word(value: Any) -> dict[str, Any]:
    """One word's pattern with its scalars converted: a pack's scalars are all strings. Raises ValueError."""
    if not isinstance(value, Mapping):
        raise ValueError("a word is a mapping of attributes")
    if unknown := [key for key in value if key not in _ATTRIBUTES]:
        raise ValueError(f"unknown attribute “{unknown[0]}”{nearest(unknown[0], _ATTRIBUTES)}")
    return {key: _value(key, said) for key, said in value.items()}


def _value(key: str, said: Any) -> Any:
    if key in _FLAGS:
        if said not in ("true", "false"):
            raise ValueError(f"{key} is true or false")
        return said == "true"
    if key == "OP" and said not in _REPEATS:
        raise ValueError(f"OP is one of {' '.join(sorted(_REPEATS))}")
    if not isinstance(said, Mapping):
        return int(said) if key == "LENGTH" else said
    if unknown := [predicate for predicate in said if predicate not in _PREDICATES]:
        raise ValueError(f"unknown predicate “{unknown[0]}”{nearest(unknown[0], _PREDICATES)}")
    if "REGEX" in said:
        _compiles(said["REGEX"])
    return {predicate: int(n) for predicate, n in said.items()} if key == "LENGTH" else dict(said)


def _compiles(regex: str) -> None:
    """A word's own pattern is Python's: it sees one word, never more."""
    try:
        re.compile(regex)
    except re.error as error:
        raise ValueError(f"the pattern {regex!r} does not compile: {error}") from None


def _words(value: Any) -> Any:
    return tuple(_word(word) for word in value)


def _nodes(value: Any) -> Any:
    """The nodes of a dependency pattern; the first stands alone, each other one hangs on one before it."""
    known: list[str] = []
    nodes = []
    for node in value:
        if unknown := set(node) - _NODE_KEYS:
            raise ValueError(f"unknown key “{min(unknown)}”{nearest(min(unknown), _NODE_KEYS)}")
        if "RIGHT_ID" not in node or "RIGHT_ATTRS" not in node:
            raise ValueError("a node needs RIGHT_ID and RIGHT_ATTRS")
        if known and node.get("LEFT_ID") not in known:
            raise ValueError(f"LEFT_ID of “{node['RIGHT_ID']}” must be a node before it")
        if known and node.get("REL_OP") not in _OPERATORS:
            raise ValueError(f"REL_OP of “{node['RIGHT_ID']}” is one of {' '.join(sorted(_OPERATORS))}")
        known.append(node["RIGHT_ID"])
        nodes.append({**node, "RIGHT_ATTRS": _word(node["RIGHT_ATTRS"])})
    return tuple(nodes)


Tokens = Annotated[tuple[dict[str, Any], ...], BeforeValidator(_words)]
Nodes = Annotated[tuple[dict[str, Any], ...], BeforeValidator(_nodes)]


def names_of(tokens: Iterable[Mapping[str, Any]], nodes: Iterable[Mapping[str, Any]]) -> set[str]:
    """The names that a pattern gives to words."""
    return {word[NAME] for word in tokens if NAME in word} | {node["RIGHT_ID"] for node in nodes}
