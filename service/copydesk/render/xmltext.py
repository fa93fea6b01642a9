"""XML for programs: any text as a legal attribute or content, and a tree as a document."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element, SubElement, indent, tostring

_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, production 2


def legal(text: str) -> str:
    """`text` with U+FFFD for the characters that XML cannot hold in any spelling: most controls, lone surrogates."""
    return _ILLEGAL.sub("\ufffd", text)


def under(parent: Element, tag: str, attributes: Mapping[str, object], text: str | None = None) -> Element:
    """A new last child of `parent`."""
    child = SubElement(parent, tag, {name: legal(str(value)) for name, value in attributes.items()})
    child.text = None if text is None else legal(text)
    return child


def document(root: Element) -> str:
    """The document, indented, in UTF-8 by its declaration."""
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'
