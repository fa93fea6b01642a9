"""What the user has decided in the editor: kept in a file of the workspace, so that it can be shared and undone."""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from platformdirs import user_config_path
from pydantic import BaseModel, ConfigDict, ValidationError

from copydesk.errors import InputError

FILE = ".copydesk.json"
Decision = Literal["accepted", "disabled", "ignored"]


class Decisions(BaseModel):
    """Words that are right as they stand, rules that are switched off, and single findings that are left alone.

    A finding is known by its fingerprint (rule, matched text, neighbouring words): it is meant wherever it stands.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    accepted: tuple[str, ...] = ()
    disabled: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DecisionFile:
    """The file, which anybody may edit meanwhile: it is read whenever it is asked."""

    path: Path

    @classmethod
    def of(cls, folder: Path | None) -> DecisionFile:
        """The one of a workspace; without a workspace, the user's own."""
        return cls(user_config_path("copydesk") / "editor.json" if folder is None else folder / FILE)

    def read(self) -> Decisions:
        """The decisions, none where there is no file. Raises InputError with the place that is wrong."""
        try:
            return Decisions.model_validate_json(self.path.read_bytes())
        except FileNotFoundError:
            return Decisions()
        except OSError as error:
            raise InputError(f"{self.path.name}: {error.strerror or type(error).__name__}") from None
        except ValidationError as error:
            first = error.errors()[0]
            raise InputError(f"{self.path.name}: {'.'.join(map(str, first['loc']))} {first['msg']}") from None

    def add(self, kind: Decision, value: str) -> None:
        """One more decision, in order and once. The file is replaced in one step. Raises InputError."""
        told = self.read().model_dump()
        told[kind] = sorted({*told[kind], value})
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile("w", dir=self.path.parent, delete=False, encoding="utf-8") as new:
                json.dump(told, new, ensure_ascii=False, indent=2)
                new.write("\n")
            Path(new.name).chmod(0o644)  # it may be shared, unlike other temporary files
            os.replace(new.name, self.path)  # noqa: PTH105 (atomic on every platform; the name says so)
        except OSError as error:
            raise InputError(f"{self.path.name}: {error.strerror or type(error).__name__}") from None
