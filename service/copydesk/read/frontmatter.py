"""What a Markdown file holds that is not Markdown: front matter, and the imports and components of MDX."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copydesk.model import SegmentKind, Span
from copydesk.read.escapes import double_quoted, yaml_bare, yaml_single
from copydesk.read.projection import Escape

_FRONT = re.compile(r"\ufeff?(---|\+\+\+)[ \t]*\n(?:(?!\1[ \t]*(?:\n|\Z)).*\n)*?\1[ \t]*(?:\n|\Z)")
_VALUE = re.compile(
    r"^[ \t]*(?:- )?[\"']?(title|description|summary|subtitle|excerpt|caption|alt)[\"']?[ \t]*[:=][ \t]*"
    r"(?:\"([^\"\\\n]+)\"|'([^'\n]+)'|([^\s\"'|>&*!{\[#%@`][^\n]*?))[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
_COMMENT = re.compile(r"\s#")
_KINDS = {"alt": SegmentKind.ALT_TEXT, "caption": SegmentKind.CAPTION}
# MDX: a statement of JavaScript up to the next empty line; a component's tag on lines of its own; a comment.
_FOREIGN = re.compile(
    r"^(?:import[ \t]+(?:[^\n]*[ \t]from[ \t]+)?['\"][^\n]*|import[ \t]+\{[^{}]*\}[ \t]+from[ \t]+['\"][^\n]*"
    r"|export[ \t]+(?:const|let|var|default|function|class|async|\{)(?:[^\n]*\n)(?:[^\n]*\S[^\n]*\n)*"
    r"|</?[A-Z][\w.]*(?:\s(?:[^<>{}\"']|\"[^\"\n]*\"|'[^'\n]*'|\{[^\n]*?\}(?=[\s/>]))*)?/?>[ \t]*$"
    r"|\{/\*(?:[^*]|\*(?!/))*\*/\}[ \t]*$)",
    re.MULTILINE,
)


def front_matter(text: str) -> Span | None:
    """The block of YAML or TOML that opens the text, its fences included."""
    match = _FRONT.match(text)
    return None if match is None else Span(*match.span())


def prose_of(text: str, front: Span) -> Iterator[tuple[SegmentKind, Span, Escape]]:
    """The values of a front matter that are prose, if they are plain strings: kind, place, and how to write there."""
    toml = text.startswith(("+++", "\ufeff+++"))
    for match in _VALUE.finditer(text, front.start, front.end):
        kind = _KINDS.get(match.group(1).lower(), SegmentKind.TITLE)
        if match.group(2):
            yield kind, Span(*match.span(2)), double_quoted
        elif match.group(3) and not toml:
            yield kind, Span(*match.span(3)), yaml_single
        elif match.group(4) and not toml:
            comment = _COMMENT.search(match.group(4))
            end = match.start(4) + comment.start() if comment else match.end(4)
            yield kind, Span(match.start(4), end), yaml_bare


def foreign(text: str) -> Iterator[Span]:
    """The stretches that are MDX and no Markdown."""
    if not any(sign in text for sign in ("import", "export", "{/*", "/>", "</")):
        return
    for match in _FOREIGN.finditer(text):
        yield Span(*match.span())
