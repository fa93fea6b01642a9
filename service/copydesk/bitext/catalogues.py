"""Pairs in the formats of translators, by translate-toolkit: TMX, XLIFF 1.2 and 2.x, PO; and glossaries in TBX.

The toolkit is an extra (`copydesk[bitext]`), imported when the first such file is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from copydesk.bitext.glossary import Term
from copydesk.bitext.rows import Row
from copydesk.errors import InputError, UnreadableError
from copydesk.model import Notice

_TRANSPARENT = frozenset({"mrk", "sub", "segment", "source", "target"})  # labels around words, no tags in the text
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_MISSING = "TMX, XLIFF, PO and TBX files need the extra “bitext”: pip install 'copydesk[bitext]'"


def read_tmx(data: bytes, source: str | None, target: str | None) -> tuple[list[Row], list[Notice]]:
    """The units of a translation memory: of several languages each with the source, or with `target` alone.

    Raises InputError where the toolkit is not installed, UnreadableError for what is no TMX.
    """
    store = _parsed("tmx", "tmxfile", data, "TMX")
    wanted = source or _tag(store.getsourcelanguage())
    rows = []
    for unit in store.units:
        variants = [(node.get(_LANGUAGE) or node.get("lang"), _inner(node)) for node in unit.getlanguageNodes()]
        given = next((v for v in variants if _same(v[0], wanted)), variants[0] if variants else None)
        rows += [
            Row(given[1], said, given[0] or wanted, language or target, _place(unit))
            for language, said in variants
            if given is not None and not _same(language, given[0]) and (target is None or _same(language, target))
        ]
    return rows, []


def read_xliff(data: bytes, source: str | None, target: str | None) -> tuple[list[Row], list[Notice]]:
    """The units of an XLIFF file, 1.2 or 2.x, inline tags included. Raises as `read_tmx`."""
    module, name = ("xliff2", "Xliff2File") if b"document:2." in data[:4000] else ("xliff", "Xliff1File")
    store = _parsed(module, name, data, "XLIFF")
    return _rows(store, _tag(store.getsourcelanguage()) or source, _tag(store.gettargetlanguage()) or target)


def read_po(data: bytes, source: str | None, target: str | None) -> tuple[list[Row], list[Notice]]:
    """The messages of a PO file, plural forms each on their own. Raises as `read_tmx`."""
    store = _parsed("pypo", "pofile", data, "PO")
    return _rows(store, source, _tag(store.gettargetlanguage()) or target)


def read_tbx(data: bytes, source: str, target: str) -> tuple[Term, ...]:
    """The terms of a TBX file in two languages; deprecated ones are forbidden. Raises as `read_tmx`."""
    store = _parsed("tbx", "tbxfile", data, "TBX", sourcelanguage=source, targetlanguage=target)
    found = []
    for unit in store.units:
        given = [term.text.strip() for term in unit.get_source_terms() if not term.deprecated and term.text]
        terms = [term for term in unit.get_target_terms() if term.text]
        wanted = tuple(term.text.strip() for term in terms if not term.deprecated)
        forbidden = tuple(term.text.strip() for term in terms if term.deprecated)
        found += [Term(words, wanted, forbidden) for words in given if wanted or forbidden]
    return tuple(found)


def _parsed(module: str, name: str, data: bytes, called: str, **languages: str) -> Any:
    try:
        from importlib import import_module

        store = getattr(import_module(f"translate.storage.{module}"), name)
    except ImportError:
        raise InputError(_MISSING) from None
    try:
        parsed = store.parsestring(data, **languages)
    except Exception as error:  # noqa: BLE001 (lxml's, the toolkit's own, assertions: none shares a base)
        line = getattr(error, "lineno", None)
        place = f" at line {line}" if line else ""
        raise UnreadableError(f"the file is not {called}{place}") from None
    # The toolkit expands none, as one may be a file of ours or a gigabyte: the text would lack it without a word.
    declared = getattr(getattr(parsed, "document", None), "docinfo", None)
    if declared is not None and declared.internalDTD is not None and any(declared.internalDTD.iterentities()):
        raise UnreadableError("the file declares entities of its own (<!ENTITY …>), which are not read")
    return parsed


def _rows(store: Any, source: str | None, target: str | None) -> tuple[list[Row], list[Notice]]:
    """The translated units; those that have no translation yet are counted."""
    rows, waiting = [], 0
    for unit in store.units:
        if unit.isheader() or not unit.istranslatable():
            continue
        pairs = [(given, said) for given, said in _texts(unit) if said]
        waiting += not pairs
        rows += [Row(given, said, source, target, _place(unit)) for given, said in pairs]
    notices = []
    if waiting:
        units = "1 unit has" if waiting == 1 else f"{waiting} units have"
        notices.append(Notice("not-translated", f"{units} no translation yet"))
    return rows, notices


def _texts(unit: Any) -> Iterator[tuple[str, str]]:
    """Source and target of a unit: of a message with plural forms each target with the source form of its kind."""
    if getattr(unit, "xmlelement", None) is not None:
        given, said = unit.source_dom, unit.target_dom
        yield "" if given is None else _inner(given), "" if said is None else _inner(said)
        return
    sources = getattr(unit.source, "strings", None) or [unit.source]
    targets = getattr(unit.target, "strings", None) or [unit.target]
    for index, said in enumerate(targets):
        yield str(sources[min(index, len(sources) - 1)] or ""), str(said or "")


def _inner(node: Any) -> str:
    """The text of an XML element with its inline tags. Native codes that it holds as text (TMX's `<ph>`, XLIFF's
    `<bpt>`) stand for themselves; empty and paired tags are written with their identity only."""
    parts = [node.text or ""]
    for child in node:
        if isinstance(child.tag, str):
            parts.append(_tagged(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _tagged(node: Any) -> str:
    name = node.tag.rpartition("}")[2]
    within = _inner(node)
    if name in _TRANSPARENT or name in ("seg", "tuv"):
        return within
    identity = f' id="{node.get("id")}"' if node.get("id") else ""
    if name in ("g", "pc"):
        return f"<{name}{identity}>{within}</{name}>"
    return within or f"<{name}{identity}/>"


def _place(unit: Any) -> str:
    element = getattr(unit, "xmlelement", None)
    line = unit.line_number or getattr(element, "sourceline", None)
    own = "" if element is None else element.get("tuid") or unit.getid() or ""
    own = "" if own == unit.source else own.replace("\x04", " ")  # the toolkit's mark between file and unit
    return f"{line or '?'}" + (f" (unit {own[:60]})" if own else "")


def _same(one: str | None, other: str | None) -> bool:
    """Whether two tags are of one language, in whatever variants."""
    return (one or "").lower().replace("_", "-").split("-")[0] == (other or "").lower().replace("_", "-").split("-")[0]


def _tag(language: str | None) -> str | None:
    return None if language in (None, "", "*all*") else language
