"""One frozen settings object, from the environment (`COPYDESK_…`) and the flags of the command line."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Any, Literal

from platformdirs import user_cache_path, user_data_path
from pydantic import Field, SecretStr, StringConstraints, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from copydesk.errors import InputError
from copydesk.limits import Limits

EngineChoice = Literal["auto", "embedded", "languagetool"]
# No path: a browser tells only scheme, host and port of whose page it is.
Origin = Annotated[str, StringConstraints(pattern=r"^(?:\*|[a-z][a-z0-9+.-]*://(?:\*|[^\s/*]+))$")]
_RATE = r"[1-9][0-9]*/(?:second|minute|hour|day)"
_RATES = rf"^{_RATE}(?:;{_RATE})*$"
_PREFIX = "COPYDESK_"


class Settings(BaseSettings):
    """What may differ between installations; everything else is fixed. Each field is `COPYDESK_<FIELD>`."""

    model_config = SettingsConfigDict(env_prefix=_PREFIX, frozen=True, extra="forbid")

    engine: EngineChoice = "auto"
    languagetool_url: str | None = Field(default=None, pattern=r"^https?://[^\s,]+(?:\s*,\s*https?://[^\s,]+)*$")
    """A LanguageTool server that somebody else runs, up to and with `/v2`, or several, separated by commas, of which
    the first that answers is asked; none: our own, in `run_dir`."""
    languagetool_home: Path = Field(default_factory=lambda: user_cache_path("copydesk") / "languagetool")
    languagetool_deadline: float = Field(default=20.0, gt=0)
    """Seconds that LanguageTool may take for each 100,000 code points of a text that are begun."""
    languagetool_memory: str = Field(default="2g", pattern=r"^[1-9][0-9]*[mg]$")
    """The most that our own server may have for its data (Java's `-Xmx`): English takes 0.7 GB, eight languages 1.2."""
    run_dir: Path = Field(default_factory=lambda: user_cache_path("copydesk") / "run")
    """Holds what running processes know of each other. In the user's own folder, never in a shared one, since
    whoever can write here is sent the texts."""
    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=0, le=65535)
    workers: int = Field(default_factory=lambda: os.cpu_count() or 1, ge=1)
    threads: int = Field(default=4, ge=1)
    """Reviews that a worker has in hand at once."""
    queue: int = Field(default=64, ge=0)
    """Requests that wait in each worker until it has a thread for them; more are told to come back (status 503)."""
    queue_seconds: float = Field(default=30.0, gt=0)
    """Seconds for which they wait at most."""
    request_seconds: float = Field(default=30.0, gt=0)
    """Seconds in which a request must have come in, and its answer have been taken."""
    max_text: int = Field(default=2_000_000, ge=1)
    """Code points of one text; longer ones are refused."""
    max_segments: int = Field(default=100_000, ge=1)
    """Lines, elements or sentences of one text, or pairs of one request; more are refused."""
    max_findings: int = Field(default=5_000, ge=1)
    """Findings of one answer; the first are told."""
    review_deadline: float = Field(default=60.0, gt=0)
    """Seconds in which a review is answered; it ends three before, or 25 % of fewer, with what has been found."""
    piece_seconds: float = Field(default=10.0, gt=0)
    """Seconds of processor time that the embedded engine may take for one piece of a text (4,000 code points)."""
    pattern_seconds: float = Field(default=20.0, gt=0)
    """Seconds of processor time that all pattern rules together may take for one review."""
    cache_bytes: int = Field(default=64_000_000, ge=0)
    """What a process may remember of paragraphs that it has checked, in memory only; 0 switches it off. A hundred
    kilobytes of news take about one megabyte."""
    rules: Annotated[tuple[Path, ...], NoDecode] = ()
    """The user's own rule packs; in the environment separated as in PATH."""
    store: str = Field(default_factory=lambda: f"sqlite:///{user_data_path('copydesk') / 'store.sqlite'}", min_length=1)
    """The database of users' own words and of keys, as SQLAlchemy writes its address."""
    allow_origin: Annotated[tuple[Origin, ...], NoDecode] = ()
    """Whose pages may ask `/v2` from a browser, in the environment separated by commas: sites, programs and extensions
    (`app://obsidian.md`, `moz-extension://*` for every one of a kind), or `*` for all; none: only the service's own."""

    require_key: bool = False
    """Whether reviews, words and figures are only for who has a key; `copydesk keys create` makes one."""
    rate_limit: str | None = Field(default=None, pattern=_RATES)
    """Requests of one key, or of one address where no key is needed: `120/minute`, `10/second;2000/hour`."""
    guess_limit: str = Field(default="20/minute", pattern=_RATES)
    """Wrong keys from one address; what has a right one is let in all the same."""
    redis_url: SecretStr | None = None
    """Where requests are counted for all workers and machines, `redis://…`; none: each worker counts what it sees."""
    trusted_proxies: int = Field(default=0, ge=0)
    """Proxies in front that each add to `X-Forwarded-For`; with too many, callers can say who they are."""

    traces_url: str | None = Field(default=None, pattern=r"^https?://[^\s@]+$")
    """Where traces are sent, by OTLP over HTTP (`http://collector:4318/v1/traces`); none: there are no traces."""

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
    def limits(self) -> Limits:
        """What one review of the service may cost."""
        return Limits(self.max_segments, self.max_findings, self.pattern_seconds)

    @property
    def languagetool_urls(self) -> tuple[str, ...]:
        """The servers of `languagetool_url`, the preferred one first."""
        return tuple(url.strip() for url in (self.languagetool_url or "").split(",") if url.strip())

    @property
    def languagetool_state(self) -> Path:
        """Where the process that owns our LanguageTool server says how it is."""
        return self.run_dir / "languagetool.json"

    @field_validator("rules", mode="before")
    @classmethod
    def _paths(cls, value: object) -> object:
        return tuple(part for part in value.split(os.pathsep) if part) if isinstance(value, str) else value

    @field_validator("allow_origin", mode="before")
    @classmethod
    def _origins(cls, value: object) -> object:
        return tuple(filter(None, map(str.strip, value.split(",")))) if isinstance(value, str) else value


def load_settings(env_file: Path | None = None, /, **flags: Any) -> Settings:
    """The settings of this process; `flags` that are not None win over the environment, and that over `env_file`.

    Raises InputError that names the first setting at fault.
    """
    try:
        given = {name: value for name, value in flags.items() if value is not None}
        return Settings(_env_file=env_file, **given)  # type: ignore[call-arg] # pydantic-settings takes it
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]) if first["loc"] else "settings"
        shown = _PREFIX + name.upper() if name in Settings.model_fields else name.upper()  # a file may have any name
        raise InputError(f"{shown}: {first['msg']}", field=name) from None
