"""The jars that LanguageTool consists of, by coordinates, size and checksum: those in `languagetool.jars`.

Resolving them anew takes 500 requests one after the other, and Maven's own checksums come from where the jars
come from. A list that ships with copydesk makes the installation four times as fast, the same everywhere and
safe to fetch. `python -m copydesk.grammar.jars` writes it anew, with jgo, for the version below.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

VERSION = "6.8"
_ROOTS = (f"org.languagetool:languagetool-server:{VERSION}", f"org.languagetool:language-all:{VERSION}")
_LIST = Path(__file__).with_name("languagetool.jars")


@dataclass(frozen=True, slots=True, order=True)
class Jar:
    """One jar. `coordinates` are group, artifact, version and, in some, classifier, joined by colons."""

    coordinates: str
    size: int  # bytes
    sha256: str


def jars() -> tuple[Jar, ...]:
    """The jars of the version that copydesk runs, in the order of their coordinates."""
    rows = (line.split() for line in _LIST.read_text(encoding="utf-8").splitlines())
    return tuple(Jar(coordinates, int(size), sha256) for coordinates, size, sha256 in rows)


def checksum(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def resolve() -> tuple[Jar, ...]:
    """The jars as Maven's repository has them now; downloads those that the user's own repository lacks."""
    from jgo.maven import MavenContext

    context = MavenContext()
    roots, others = context.resolver.resolve([context.create_dependency(root) for root in _ROOTS])
    found = []
    for artifact in (d.artifact for d in (*roots, *others) if d.scope in (None, "compile", "runtime")):
        path = artifact.resolve()
        parts = (artifact.groupId, artifact.artifactId, artifact.version, artifact.classifier)
        found.append(Jar(":".join(filter(None, parts)), path.stat().st_size, checksum(path)))
    return tuple(sorted(found))


if __name__ == "__main__":
    _LIST.write_text("".join(f"{j.coordinates} {j.size} {j.sha256}\n" for j in resolve()), encoding="utf-8")
