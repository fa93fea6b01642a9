"""New text as a source can hold it: escaped, so that it is read as text and never as markup."""

from __future__ import annotations

import re

_SPECIAL = re.compile(r"[\\`*\[\]<~]|(?<![^\W_])_|_(?![^\W_])|&(?=#|\w+;)|!(?=\[)")
_AT_LINE_START = re.compile(r"^(?:[#>+=|-]|\d{1,9}(?=[.)]))")
_LINE_START = re.compile(r"[\s>]*(?:(?:[-*+]|\d{1,9}[.)])\s+)*")
_YAML_UNSAFE = re.compile(r":(?:\s|$)|\s#|^[\s\-?:,\[\]{}#&*!|>'\"%@`]|\s$")


def plain(text: str, _before: str) -> str | None:
    """As it is."""
    return text


def one_line(text: str, _before: str) -> str | None:
    """As it is, for a format in which a line break means something."""
    return None if "\n" in text or "\r" in text else text


def html_text(text: str, _before: str) -> str | None:
    """For the content of an element; None for a line break, which would be read as a space."""
    if "\n" in text or "\r" in text:
        return None
    return text.replace("&", "&amp;").replace("<", "&lt;")


def html_quoted(text: str, before: str) -> str | None:
    """For the value of an attribute in quotation marks of either kind."""
    escaped = html_text(text, before)
    return escaped and escaped.replace('"', "&quot;").replace("'", "&#39;")


def html_bare(text: str, before: str) -> str | None:
    """For the value of an attribute without quotation marks."""
    escaped = html_quoted(text, before)
    return escaped and re.sub(r"[\s=>`]", lambda mark: f"&#{ord(mark.group())};", escaped)


def markdown(text: str, before: str) -> str | None:
    """For a paragraph: a backslash before what would be markup. None for a line break."""
    if "\n" in text or "\r" in text:
        return None
    text = _SPECIAL.sub(r"\\\g<0>", text)
    if not _LINE_START.fullmatch(before):
        return text
    return re.sub(r"^(\d{1,9})(?=[.)])", r"\1\\", text) if text[:1].isdigit() else _AT_LINE_START.sub(r"\\\g<0>", text)


def markdown_cell(text: str, before: str) -> str | None:
    """For a cell of a table, which a bar would end."""
    escaped = markdown(text, before)
    return escaped and escaped.replace("|", "\\|")


def markdown_title(text: str, before: str) -> str | None:
    """For the title of a link or picture, in quotation marks or brackets."""
    escaped = markdown(text, before)
    return escaped and re.sub(r"[\"'()]", r"\\\g<0>", escaped)


def double_quoted(text: str, _before: str) -> str | None:
    """For a string of YAML or TOML in double quotation marks."""
    if "\n" in text or "\r" in text:
        return None
    return text.replace("\\", "\\\\").replace('"', '\\"')


def yaml_single(text: str, _before: str) -> str | None:
    """For a string of YAML in single quotation marks."""
    return None if "\n" in text or "\r" in text else text.replace("'", "''")


def yaml_bare(text: str, _before: str) -> str | None:
    """For a string of YAML without quotation marks; None for what YAML would take for its own."""
    return None if "\n" in text or "\r" in text or _YAML_UNSAFE.search(text) else text
