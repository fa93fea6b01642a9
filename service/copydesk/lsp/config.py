"""What the editor's settings may say, in their section `copydesk`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator
from pydantic.alias_generators import to_camel

from copydesk.errors import InputError
from copydesk.model import Family, Severity
from copydesk.read.language import canonical
from copydesk.repository.config import FileConfig

SECTION = "copydesk"


def _none_if_auto(value: object) -> object:
    return None if value in ("", "auto") else value


class Config(BaseModel):
    """One value of the section. Names are written in camelCase there, as editors do; names that are not here are an
    editor's own (where the server is, how much to trace) and are left to it."""

    model_config = ConfigDict(frozen=True, extra="ignore", alias_generator=to_camel)

    families: tuple[Family, ...] = ()
    """The families that are wanted; none: all."""
    disabled_rules: frozenset[str] = frozenset()
    enabled_rules: frozenset[str] = frozenset()
    """Rules of the grammar engine that are off by default."""
    accepted_words: frozenset[str] = frozenset()
    severity: Severity = Severity.SUGGESTION
    """The mildest that is shown."""
    language: Annotated[str | None, BeforeValidator(_none_if_auto)] = None
    """A BCP 47 tag; `auto`, or none: told from the text."""
    lexicon: tuple[Path, ...] = ()
    """House forms of names: YAML files, or folders of them; relative to the workspace."""
    rules: tuple[Path, ...] = ()
    """Rule packs, likewise."""
    engine: Literal["auto", "embedded", "languagetool", "none"] = "auto"
    delay: int = Field(default=300, ge=0, le=10_000)
    """Milliseconds without a change after which a text is checked."""
    whole_workspace: bool = False
    """Whether the files that are not open are checked too, where the editor asks for them."""
    rule_link: str | None = Field(default=None, pattern=r"^[a-z]+://\S*\{rule\}\S*$")
    """Where a house keeps its page of a rule: a URL with `{rule}` in it."""

    def over(self, house: FileConfig) -> Config:
        """These settings on top of what the repository says of a file: lists add up; else what is set here wins."""
        families = tuple(sorted(house.families or ()))
        return self.model_copy(
            update={
                "families": self.families or families,
                "disabled_rules": (house.disabled | self.disabled_rules) - self.enabled_rules,
                "enabled_rules": (house.enabled | self.enabled_rules) - self.disabled_rules,
                "accepted_words": house.accepted | self.accepted_words,
                "severity": house.severity if self.severity is Severity.SUGGESTION else self.severity,
                "language": self.language or house.language,
                "engine": house.engine if self.engine == "auto" else self.engine,
            }
        )

    @field_validator("language")
    @classmethod
    def _known(cls, value: str | None) -> str | None:
        return None if value is None else canonical(value)


def parse_config(section: object) -> Config:
    """The settings that `section` tells; null is what is not set. Raises InputError that names the first at fault."""
    if section is None:
        return Config()
    if not isinstance(section, Mapping):
        raise InputError("the settings are not an object", field=SECTION)
    told: dict[str, Any] = {name: value for name, value in section.items() if value is not None}
    try:
        return Config.model_validate(told)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join([SECTION, *map(str, first["loc"])])
        raise InputError(f"{field}: {first['msg']}", field=field) from None
    except InputError as error:
        raise InputError(f"{SECTION}.{error.field}: {error}", field=error.field) from None
