"""What texts are checked with at one moment: settings, house forms and decisions together."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from copydesk.findings.suppress import Filter
from copydesk.lsp.commit import COMMIT
from copydesk.lsp.config import Config
from copydesk.lsp.decisions import Decisions
from copydesk.lsp.house import House, house_of
from copydesk.lsp.texts import OpenText
from copydesk.names.lexicon import Entry, read_entries
from copydesk.pipeline import Options
from copydesk.read import is_writable


@dataclass(frozen=True, slots=True)
class Profile:
    """`entries` are the house forms of the settings' lexicon, `packs` where its rule packs are.

    The profile of one text (`at`) has what the repository's configuration says of it beneath the settings.
    """

    config: Config = Config()  # noqa: RUF009 (frozen: no two profiles can change it)
    entries: tuple[Entry, ...] = ()
    packs: tuple[Path, ...] = ()
    decisions: Decisions = Decisions()  # noqa: RUF009 (frozen, too)
    house: House = House()  # noqa: RUF009 (frozen, too)
    stamp: str = ""  # tells settings and house forms from other ones

    @classmethod
    def of(cls, config: Config, folder: Path | None) -> Profile:
        """With the files that `config` names, relative to `folder`. Raises RuleError with file and line."""
        base = Path() if folder is None else folder
        entries = tuple(placed.entry for placed in read_entries(base / path for path in config.lexicon))
        packs = tuple(base / path for path in config.rules)
        return cls(config, entries, packs, stamp=_digest(config, entries, packs))

    def at(self, text: OpenText) -> Profile:
        """The profile for `text`. Raises ConfigError, RuleError for a configuration that cannot be used."""
        house = house_of(text.uri)
        if house == House():
            return self
        config, packs = self.config.over(house.says), (*house.says.packs, *self.packs)
        entries = (*house.entries, *self.entries)
        stamp = _digest(self.stamp, house.says, house.stamp, house.left_out)
        return Profile(config, entries, packs, self.decisions, house, stamp)

    def form(self, text: OpenText) -> str | None:
        """What `text` is written in, as `OpenText.form`; the repository knows better than an editor."""
        told = self.house.says.format
        if text.form == COMMIT:
            return COMMIT
        if self.house.left_out or (told is not None and not is_writable(told)):
            return None
        return told or text.form

    @property
    def options(self) -> Options:
        """What the desk is asked for."""
        config, decided = self.config, self.decisions
        wanted = Filter(
            families=frozenset(config.families) or None,
            disabled=config.disabled_rules | frozenset(decided.disabled),
            severity=config.severity,
            accepted=config.accepted_words | frozenset(decided.accepted),
            severities=self.house.says.severities,
        )
        return Options(wanted, config.enabled_rules, self.entries)

    def result_id(self, text: OpenText) -> str:
        """A name for the outcome of `text`: the same for the same text under the same profile, in the same format."""
        return _digest(self.stamp, self.decisions, self.form(text), text.text)


def _digest(*told: object) -> str:
    return hashlib.blake2b("\0".join(map(repr, told)).encode(), digest_size=8).hexdigest()
