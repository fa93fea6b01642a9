"""Installs LanguageTool's jars, whole or not at all."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import zipfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import quote

import requests

from copydesk.errors import EngineError
from copydesk.grammar.jars import VERSION, Jar, checksum, jars

Progress = Callable[[int], None]
"""Told of every part that has come, in bytes."""

_MAIN_CLASS = "org.languagetool.server.HTTPServer"
_DOWNLOADS = 8  # at a time: 264 MB came in 15 s, against 66 s one after the other
_TRIES = 3
_MANIFEST_LINE = 72  # bytes at most, by the JAR file specification


def folder(home: Path) -> Path:
    """Where LanguageTool lies below `home`; the name is the one that language-tool-python looks for."""
    return home / f"LanguageTool-{VERSION}"


def installed(home: Path) -> bool:
    """Whether LanguageTool is there; the folder appears only when it is whole."""
    return (folder(home) / "languagetool-server.jar").is_file()


def install(home: Path, progress: Progress | None = None, wanted: Sequence[Jar] | None = None) -> Path:
    """Puts LanguageTool (or the jars `wanted`) below `home` and returns its folder; does nothing when there.

    Jars come from the user's own Maven repository where it has them, else from Maven's central one, by jgo;
    each is held to its checksum. What an interrupted run has downloaded, the next one uses. Raises
    EngineError when a jar cannot be had, and OSError when it cannot be stored.
    """
    with _alone(home):
        if not installed(home):
            downloads, building = home / ".downloads", home / ".building"
            shutil.rmtree(building, ignore_errors=True)
            (building / "jars").mkdir(parents=True)
            names = _collect(wanted or jars(), downloads, building / "jars", progress or (lambda _: None))
            _write_starter(building / "languagetool-server.jar", names)
            building.replace(folder(home))
            shutil.rmtree(downloads, ignore_errors=True)
    return folder(home)


@contextlib.contextmanager
def _alone(home: Path) -> Iterator[None]:
    """One installation at a time; a second one waits, and then finds the first one's work."""
    home.mkdir(parents=True, exist_ok=True)
    with (home / ".lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _collect(wanted: Sequence[Jar], downloads: Path, into: Path, progress: Progress) -> list[str]:
    """Brings every jar `into` the folder; returns their file names. Raises EngineError."""
    from jgo.maven import MavenContext, PythonResolver

    @contextlib.contextmanager
    def follow(_name: str, _size: int) -> Iterator[Progress]:
        yield progress

    context = MavenContext(repo_cache=downloads, resolver=PythonResolver(progress_callback=follow))
    own = MavenContext()
    pool = ThreadPoolExecutor(_DOWNLOADS)
    try:
        return list(pool.map(lambda jar: _bring(jar, own, context, into, progress), wanted))
    finally:
        pool.shutdown(cancel_futures=True)


def _bring(jar: Jar, own: Any, context: Any, into: Path, progress: Progress) -> str:
    path: Path = _artifact(own, jar).cached_path
    if _is(jar, path):
        progress(jar.size)
    else:
        path = _download(jar, _artifact(context, jar), progress)
    try:
        os.link(path, into / path.name)
    except OSError:  # another file system
        shutil.copyfile(path, into / path.name)
    return path.name


def _download(jar: Jar, artifact: Any, progress: Progress) -> Path:
    """The jar among the downloads. jgo only warns of a wrong checksum, and keeps half a file; not so here."""
    path: Path = artifact.cached_path
    if _is(jar, path):
        progress(jar.size)
        return path
    reason = ""
    for _ in range(_TRIES):
        path.unlink(missing_ok=True)
        try:
            artifact.resolve()
        except requests.RequestException as error:
            reason = f"Maven's repository cannot be reached ({type(error).__name__})"
        except RuntimeError:
            reason = "Maven's repository does not have it"
        else:
            if _is(jar, path):
                return path
            reason = "its checksum is not the one that copydesk knows"
    path.unlink(missing_ok=True)
    raise EngineError(f"cannot install LanguageTool {VERSION}: {jar.coordinates}: {reason}")


def _artifact(context: Any, jar: Jar) -> Any:
    group, name, version, *classifier = jar.coordinates.split(":")
    return context.project(group, name).at_version(version).artifact(*classifier)


def _is(jar: Jar, path: Path) -> bool:
    return path.is_file() and path.stat().st_size == jar.size and checksum(path) == jar.sha256


def _write_starter(path: Path, names: Sequence[str]) -> None:
    """A jar that holds no class and names the others, because language-tool-python starts one jar."""
    class_path = " ".join(quote(f"jars/{name}") for name in sorted(names))
    lines = ("Manifest-Version: 1.0", f"Main-Class: {_MAIN_CLASS}", f"Class-Path: {class_path}")
    with zipfile.ZipFile(path, "w") as jar:
        jar.writestr("META-INF/MANIFEST.MF", "".join(_wrap(line) for line in lines) + "\n")


def _wrap(line: str) -> str:
    """A header in lines of 72 bytes at most; each further one starts with a space. `line` is ASCII."""
    first, rest = line[:_MANIFEST_LINE], line[_MANIFEST_LINE:]
    width = _MANIFEST_LINE - 1
    return "\n ".join([first, *(rest[at : at + width] for at in range(0, len(rest), width))]) + "\n"
