"""What the flags of a command over texts say, and how they win over the configuration."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps
from pathlib import Path
from typing import Any

import click

from copydesk.cli.common import accept_option, disable_option
from copydesk.findings.suppress import parse_families
from copydesk.model import Family, Severity
from copydesk.read import FORMATS
from copydesk.read.language import canonical
from copydesk.repository.config import FileConfig
from copydesk.repository.config_rules import KnownRules
from copydesk.repository.config_schema import ENGINES

_OPTIONS = (
    click.option("--language", help="BCP 47 tag, such as en-GB; identified when not given."),
    click.option("--family", "families", multiple=True, metavar="NAME", help=f"Only these: {', '.join(Family)}."),
    disable_option,
    click.option("--enable", multiple=True, metavar="RULE", help="An engine's rule that is off by default."),
    accept_option,
    click.option(
        "--severity",
        type=click.Choice([severity.value for severity in Severity]),
        help="Leave out what is milder.  [default: suggestion]",
    ),
    click.option(
        "--rules",
        "packs",
        multiple=True,
        type=click.Path(path_type=Path),
        help="A rule pack of your own, file or folder.",
    ),
    click.option(
        "--engine",
        type=click.Choice(ENGINES),
        help="The grammar engine; a named one must answer.  [default: auto]",
    ),
    click.option(
        "--as",
        "form",
        type=click.Choice(FORMATS),
        help="What the texts are written in; without it, what their names tell (.md, .html, .srt …), else text.",
    ),
)


@dataclass(frozen=True, slots=True)
class Flags:
    """What was said on the command line; None and empty: not said."""

    language: str | None = None
    families: frozenset[Family] | None = None
    disable: frozenset[str] = frozenset()
    enable: frozenset[str] = frozenset()
    accept: frozenset[str] = frozenset()
    severity: Severity | None = None
    packs: tuple[Path, ...] = ()
    engine: str | None = None
    form: str | None = None

    def over(self, config: FileConfig) -> FileConfig:
        """`config` where nothing was said; a value that was said replaces its, lists add to it.

        A rule that `--disable` names is out whatever the configuration says, and one that `--enable` names is in.
        """
        return replace(
            config,
            language=self.language or config.language,
            families=config.families if self.families is None else self.families,
            disabled=(config.disabled - self.enable) | self.disable,
            enabled=(config.enabled - self.disable) | self.enable,
            accepted=config.accepted | self.accept,
            severity=self.severity or config.severity,
            packs=config.packs + self.packs,
            engine=self.engine or config.engine,
            format=self.form or config.format,
        )


def text_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say how texts are reviewed; the command gets them as `flags`.

    Raises UnknownNameError, with the nearest, for a family, a language or a rule of ours that does not exist.
    """

    @wraps(command)
    def asked(
        language: str | None,
        families: tuple[str, ...],
        disable: tuple[str, ...],
        enable: tuple[str, ...],
        accept: tuple[str, ...],
        severity: str | None,
        packs: tuple[Path, ...],
        engine: str | None,
        form: str | None,
        **own: Any,
    ) -> Any:
        known = KnownRules(packs)
        for rule in disable:
            if "/" in rule:
                known.require(rule)
        flags = Flags(
            language=None if language is None else canonical(language),
            families=parse_families(families) if families else None,
            disable=frozenset(disable),
            enable=frozenset(enable),
            accept=frozenset(accept),
            severity=None if severity is None else Severity(severity),
            packs=packs,
            engine=engine,
            form=form,
        )
        return command(flags=flags, **own)

    for option in reversed(_OPTIONS):
        asked = option(asked)
    return asked
