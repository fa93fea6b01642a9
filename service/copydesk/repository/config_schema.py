"""What a configuration file may say: one model a table, and the checks that need no other file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, model_validator

from copydesk.errors import UnknownNameError
from copydesk.model import Family, Severity
from copydesk.read import FORMATS
from copydesk.read.language import canonical
from copydesk.repository.config_globs import as_glob, fields_of

ENGINES = ("auto", "embedded", "languagetool", "none")
Engine = Literal["auto", "embedded", "languagetool", "none"]


def _one_of(kind: str, names: Iterable[str]) -> BeforeValidator:
    """Offers the nearest of `names` for a name that is none of them."""
    known = tuple(map(str, names))

    def check(value: object) -> object:
        if isinstance(value, str) and value not in known:
            raise ValueError(str(UnknownNameError(kind, value, known)))
        return value

    return BeforeValidator(check)


def _as_value_error(check: Callable[[str], str]) -> AfterValidator:
    """`check`, whose UnknownNameError becomes the fault of the field that is validated."""

    def checked(value: str) -> str:
        try:
            return check(value)
        except UnknownNameError as error:
            raise ValueError(str(error)) from None

    return AfterValidator(checked)


def _as_table(value: object) -> object:
    return {"word": value} if isinstance(value, str) else value


FamilyName = Annotated[Family, _one_of("family", Family)]
SeverityName = Annotated[Severity, _one_of("severity", Severity)]
FormatName = Annotated[str, _one_of("format", FORMATS)]
EngineName = Annotated[Engine, _one_of("engine", ENGINES)]
LanguageTag = Annotated[str, _as_value_error(canonical)]
Glob = Annotated[str, AfterValidator(as_glob)]
Globs = tuple[Glob, ...]


class Accepted(BaseModel):
    """A word or name that is right as it stands, and why; a string is the word alone."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    word: str = Field(min_length=1)
    reason: str | None = None


class Pairing(BaseModel):
    """Which text each text of a kind translates: what stands for `{name}` in `target` stands for it in `source`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    target: str
    source: str
    glossary: Path | None = None

    @model_validator(mode="after")
    def _same_fields(self) -> Self:
        targets, sources = fields_of(self.target), fields_of(self.source)
        if not targets or len(set(targets)) != len(targets):
            raise ValueError("“target” needs a part such as {path}, each once")
        if unknown := set(sources) - set(targets):
            raise ValueError(f"“source” has {{{min(unknown)}}}, which “target” has not")
        return self


class Layer(BaseModel):
    """What the whole file and each override may say. None and empty: not said here."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    families: tuple[FamilyName, ...] | None = Field(default=None, min_length=1)
    disable: tuple[str, ...] = ()
    enable: tuple[str, ...] = ()
    severity: SeverityName | None = None
    severities: dict[str, SeverityName] = Field(default_factory=dict)
    accept: tuple[Annotated[Accepted, BeforeValidator(_as_table)], ...] = ()
    language: LanguageTag | None = None
    lexicon: tuple[Path, ...] = ()
    rules: tuple[Path, ...] = ()
    engine: EngineName | None = None
    glossary: Path | None = None

    @model_validator(mode="after")
    def _once(self) -> Self:
        if both := set(self.disable) & set(self.enable):
            raise ValueError(f"the rule “{min(both)}” is both in “disable” and in “enable”")
        return self


class Override(Layer):
    """What holds for the files of `paths` alone."""

    paths: Globs = Field(min_length=1)
    format: FormatName | None = None


class Root(Layer):
    """The whole file."""

    formats: dict[Glob, FormatName] = Field(default_factory=dict)
    include: Globs = ()
    exclude: Globs = ()
    baseline: Path | None = None
    corpus: StrictBool = False
    cache: StrictBool = True
    pairs: tuple[Pairing, ...] = ()
    overrides: tuple[Override, ...] = ()
