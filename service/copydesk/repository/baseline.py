"""What is known already: the faults of a repository on the day it adopted copydesk, which do not block new work.

A fault is known by its fingerprint in its file, so that other edits and moved lines change nothing; one that stands
twice is known twice. Where a file is gone, its faults are known wherever they turn up: it was renamed or split.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from copydesk.errors import InputError
from copydesk.findings.fingerprint import fingerprints
from copydesk.model import Review
from copydesk.repository.report import Report
from copydesk.repository.write import reason, write_whole

FILE = "copydesk-baseline.json"

Known = Mapping[str, Mapping[str, str]]
"""By the path of a file, as reports have it: the fingerprints of its faults, each with its rule for who reads it."""


class _Written(BaseModel):
    """The file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: Literal[1]
    files: dict[str, dict[str, str]]


class Baseline:
    """`root` is the folder from which the paths in `known` count."""

    def __init__(self, known: Known, root: Path) -> None:
        self.known, self._root = known, root

    @classmethod
    def read(cls, path: Path, root: Path) -> Baseline:
        """The one in a file. Raises InputError where it cannot be read or is none, with the place that is wrong."""
        try:
            text = path.read_bytes().decode("utf-8", "surrogateescape")
            return cls(_Written.model_validate(json.loads(text)).files, root)
        except FileNotFoundError:
            raise InputError(f"{path}: there is no baseline yet; “copydesk baseline” makes one") from None
        except OSError as error:
            raise InputError(f"{path}: {reason(error)}") from None
        except json.JSONDecodeError as error:
            raise InputError(f"{path}:{error.lineno}: {error.msg}; “copydesk baseline” makes it anew") from None
        except ValidationError as error:
            first = error.errors()[0]
            raise InputError(f"{path}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from None

    @classmethod
    def of(cls, report: Report, before: Baseline | None = None) -> Baseline:
        """All that `report` tells, and what `before` knows of files that are there and not in it."""
        root = Path(report.root)
        known: dict[str, Mapping[str, str]] = {}
        if before is not None:
            reviewed = {review.document.source for review in report.reviews}
            known = {
                path: names for path, names in before.known.items() if path not in reviewed and (root / path).exists()
            }
        for review in report.reviews:
            if review.findings and review.document.source is not None:
                names = fingerprints(review.findings, review.document.text)
                known[review.document.source] = dict(zip(names, (f.rule for f in review.findings), strict=True))
        return cls(known, root)

    def __len__(self) -> int:
        return sum(map(len, self.known.values()))

    def names_for(self, source: str) -> frozenset[str]:
        """The fingerprints that are known in the file of that path."""
        return frozenset(self.known.get(source, ())) | frozenset(self._gone)

    def without(self, review: Review) -> tuple[Review, int]:
        """`review` without what is known, and how many that are. It must have all findings of its text: those that are
        alike are told apart by their order."""
        known = self.names_for(review.document.source or "")
        if not known:
            return review, 0
        named = zip(review.findings, fingerprints(review.findings, review.document.text), strict=True)
        kept = tuple(finding for finding, name in named if name not in known)
        return replace(review, findings=kept), len(review.findings) - len(kept)

    def write(self, path: Path) -> None:
        """Writes it in one step: a fault a line, in an order that a change elsewhere does not change.

        Raises InputError.
        """
        files = {name: dict(sorted(faults.items())) for name, faults in sorted(self.known.items())}
        told = json.dumps({"version": 1, "files": files}, ensure_ascii=False, indent=1)
        write_whole(path, f"{told}\n".encode("utf-8", "surrogateescape"))

    @cached_property
    def _gone(self) -> Mapping[str, str]:
        """What is known of files that are not there any more."""
        gone = (names for path, names in self.known.items() if not (self._root / path).exists())
        return {name: rule for names in gone for name, rule in names.items()}
