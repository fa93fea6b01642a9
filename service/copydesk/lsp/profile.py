"""What texts are checked with at one moment: settings, house forms and decisions together."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from copydesk.findings.suppress import Filter
from copydesk.lsp.config import Config
from copydesk.lsp.decisions import Decisions
from copydesk.lsp.texts import OpenText
from copydesk.names.lexicon import Entry, read_entries
from copydesk.pipeline import Options


@dataclass(frozen=True, slots=True)
class Profile:
    """`entries` are the house forms of the settings' lexicon, `packs` where its rule packs are."""

    config: Config = Config()  # noqa: RUF009 (frozen: no two profiles can change it)
    entries: tuple[Entry, ...] = ()
    packs: tuple[Path, ...] = ()
    decisions: Decisions = Decisions()  # noqa: RUF009 (frozen, too)
    stamp: str = ""  # tells settings and house forms from other ones

    @classmethod
    def of(cls, config: Config, folder: Path | None) -> Profile:
        """With the files that `config` names, relative to `folder`. Raises RuleError with file and line."""
        base = Path() if folder is None else folder
        entries = tuple(placed.entry for placed in read_entries(base / path for path in config.lexicon))
        packs = tuple(base / path for path in config.rules)
        return cls(config, entries, packs, stamp=_digest(config, entries, packs))

    @property
    def options(self) -> Options:
        """What the desk is asked for."""
        config, decided = self.config, self.decisions
        wanted = Filter(
            families=frozenset(config.families) or None,
            disabled=config.disabled_rules | frozenset(decided.disabled),
            severity=config.severity,
            accepted=config.accepted_words | frozenset(decided.accepted),
        )
        return Options(wanted, config.enabled_rules, self.entries)

    def result_id(self, text: OpenText) -> str:
        """A name for the outcome of `text`: the same for the same text under the same profile, in the same format."""
        return _digest(self.stamp, self.decisions, text.form, text.text)


def _digest(*told: object) -> str:
    return hashlib.blake2b("\0".join(map(repr, told)).encode(), digest_size=8).hexdigest()
