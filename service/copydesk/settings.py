"""One frozen settings object, from the environment (`COPYDESK_…`) and the flags of the command line."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Any, Literal

from platformdirs import user_cache_path, user_data_path
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from copydesk.errors import InputError

EngineChoice = Literal["auto", "embedded", "languagetool"]
_PREFIX = "COPYDESK_"


class Settings(BaseSettings):
    """What may differ between installations; everything else is fixed. Each field is `COPYDESK_<FIELD>`."""

    model_config = SettingsConfigDict(env_prefix=_PREFIX, frozen=True, extra="forbid")

    engine: EngineChoice = "auto"
    languagetool_url: str | None = Field(default=None, pattern=r"^https?://[^\s]+$")
    """A LanguageTool server that somebody else runs, up to and with `/v2`; none: our own, in `run_dir`."""
    languagetool_home: Path = Field(default_factory=lambda: user_cache_path("copydesk") / "languagetool")
    languagetool_deadline: float = Field(default=20.0, gt=0)
    """Seconds that LanguageTool may take for each 100,000 code points of a text that are begun."""
    run_dir: Path = Field(default_factory=lambda: user_cache_path("copydesk") / "run")
    """Holds what running processes know of each other. In the user's own folder, never in a shared one, since
    whoever can write here is sent the texts."""
    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=0, le=65535)
    workers: int = Field(default_factory=lambda: os.cpu_count() or 1, ge=1)
    threads: int = Field(default=4, ge=1)
    max_text: int = Field(default=2_000_000, ge=1)
    """Code points of one text; longer ones are refused."""
    cache_bytes: int = Field(default=64_000_000, ge=0)
    """What a process may remember of paragraphs that it has checked, in memory only; 0 switches it off. A hundred
    kilobytes of news take about one megabyte."""
    rules: Annotated[tuple[Path, ...], NoDecode] = ()
    """The user's own rule packs; in the environment separated as in PATH."""
    store: str = Field(default_factory=lambda: f"sqlite:///{user_data_path('copydesk') / 'store.sqlite'}", min_length=1)
    """The database of users' own words, as SQLAlchemy writes its address."""
    allow_origin: str | None = Field(default=None, pattern=r"^(?:\*|https?://[^\s/]+)$")
    """A site whose pages may ask `/v2` from a browser, or `*` for any; none: only the service's own pages."""

    reader_url: str | None = Field(default=None, pattern=r"^https?://[^\s@]+$")
    """A server that speaks the OpenAI chat protocol, up to and with `/v1`: the second reader of who asks for one."""
    reader_model: str | None = Field(default=None, min_length=1)
    reader_key: SecretStr | None = None
    reader_deadline: float = Field(default=60.0, gt=0)
    """Seconds that the second reader may take for a whole review."""
    reader_timeout: float = Field(default=30.0, gt=0)
    """Seconds that it may take for one passage."""
    reader_passages: int = Field(default=200, ge=1)
    """Passages that it is sent for one review."""
    reader_characters: int = Field(default=60_000, ge=1)
    """Code points that it is sent for one review."""
    reader_requests: int = Field(default=4, ge=1)
    """Requests that a process has open at once."""

    @property
    def languagetool_state(self) -> Path:
        """Where the process that owns our LanguageTool server says how it is."""
        return self.run_dir / "languagetool.json"

    @field_validator("rules", mode="before")
    @classmethod
    def _paths(cls, value: object) -> object:
        return tuple(part for part in value.split(os.pathsep) if part) if isinstance(value, str) else value


def load_settings(**flags: Any) -> Settings:
    """The settings of this process; `flags` that are not None win over the environment.

    Raises InputError that names the first setting at fault.
    """
    try:
        return Settings(**{name: value for name, value in flags.items() if value is not None})
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]) if first["loc"] else "settings"
        raise InputError(f"{_PREFIX}{name.upper()}: {first['msg']}", field=name) from None
