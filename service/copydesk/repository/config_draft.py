"""A first `copydesk.toml`: what was seen, what follows from it, and the other keys as comments."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from copydesk.model import Family, Severity
from copydesk.repository.config_survey import MORE_FORMATS, Survey

_NAMES = {"text": "plain text", "markdown": "Markdown", "html": "HTML", "srt": "SRT", "vtt": "WebVTT", "docx": "Word"}
_KEYS = f"""\
# Only these families. All: {", ".join(Family)}.
# families = ["names", "translation"]

# The mildest that is told: {", ".join(Severity)}.
# severity = "warning"

# Rules that are switched off, and engine rules that are switched on.
# disable = ["en/calque/in-frames-of"]
# enable = []

# Words and names that are right as they stand, with a reason for whoever comes after you.
# accept = [{{word = "Kiev", reason = "in the titles of books"}}]

# House forms of names, and rule packs of your own: files or folders.
# lexicon = ["house/names.yaml"]
# rules = ["house/rules"]

# What is known already and not told again; “copydesk baseline” writes it.
# baseline = "copydesk-baseline.json"

# Names and duplicates across files, too.
# corpus = true
"""
_SEVERITIES = """\
# How grave a rule or a whole family counts here.
# [severities]
# "en/calque/in-frames-of" = "suggestion"
# translation = "error"
"""
_OVERRIDES = """\
# What holds for some files alone; the last that fits wins, lists add up.
# [[overrides]]
# paths = ["interviews/**"]
# disable = ["any/names/variant-spelling"]
"""


def drafted(seen: Survey) -> str:
    """The file as text, with `\\n` at the end of lines."""
    blocks = ["\n".join(_seen(seen)) + "\n", *_chosen(seen), _KEYS, *_paired(seen), _SEVERITIES, _OVERRIDES]
    return "\n".join([*blocks, *_named(seen)])


def _seen(seen: Survey) -> Iterator[str]:
    yield "# What copydesk goes by in this repository; docs/configuration.md explains every key."
    yield "# Paths and globs count from the folder of this file; globs are those of .gitignore."
    yield "#"
    yield f"# Written by “copydesk init”, which saw {_counted(seen.formats.total(), 'text')} here:"
    yield f"#   formats: {_listed((_NAMES[form], count) for form, count in seen.formats.most_common())}"
    if seen.sample:
        yield f"#   languages, of {seen.sample} that it opened: {_listed(seen.languages.most_common())}"
    if seen.unreadable:
        yield f"#   could not be read: {seen.unreadable} of these"
    if seen.front_matter:
        yield (
            f"#   front matter: in {seen.front_matter} of {seen.markdown} Markdown files; titles, descriptions and"
            " captions in it are read, nothing else of it is"
        )
    if seen.left_out:
        yield f"#   generated or from elsewhere: {_listed(sorted(seen.left_out.items()))}"


def _chosen(seen: Survey) -> Iterator[str]:
    if seen.left_out:
        globs = "".join(f"  {_string(glob)},  # {_counted(n, 'text')}\n" for glob, n in sorted(seen.left_out.items()))
        yield f"# Generated, or from elsewhere.\nexclude = [\n{globs}]\n"
    else:
        yield '# Files that are not checked, beyond what .gitignore leaves out.\n# exclude = ["archive/**"]\n'
    if seen.more_formats:
        globs = ", ".join(f"{_string(glob)} = {_string(MORE_FORMATS[glob])}" for glob in sorted(seen.more_formats))
        yield f"# What their names do not tell.\nformats = {{{globs}}}\n"
    else:
        yield '# What names do not tell: text, markdown, html, srt, vtt, docx.\n# formats = {"*.njk" = "html"}\n'


def _paired(seen: Survey) -> Iterator[str]:
    if not seen.pairs:
        yield (
            "# Which texts translate which: a translation is held against its source.\n"
            '# pairs = [{target = "en/{path}", source = "ru/{path}"}]\n'
        )
        return
    rows = "".join(
        f"  {{target = {_string(pair.target.pattern)}, source = {_string(pair.source.pattern)}}},"
        f"  # {_counted(pair.shared, 'text')}\n"
        for pair in seen.pairs
    )
    yield (
        "# Texts with the same path under two languages. Taken for the source: the language with the most texts.\n"
        f"# Where it is the other way round, swap the two.\npairs = [\n{rows}]\n"
    )


def _named(seen: Survey) -> Iterator[str]:
    """Overrides for the folders and suffixes that say a language, where their texts are in it."""
    for place, language in seen.places:
        yield (
            "# So its name says, and so do the texts that were opened.\n"
            f"[[overrides]]\npaths = [{_string(place.glob)}]\nlanguage = {_string(language)}\n"
        )


def _listed(counted: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counted) or "none"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _string(value: str) -> str:
    """A basic string of TOML, whose escapes are those of JSON."""
    return json.dumps(value, ensure_ascii=False)
