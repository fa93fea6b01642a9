"""What things are called in LanguageTool's protocol."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale

import copydesk
from copydesk.model import Family

_PROTOCOL = 1  # the version that clients compare


@dataclass(frozen=True, slots=True)
class Category:
    """A family as clients see it: a name, and its kind of issue in ITS 2.0, by which they choose a colour."""

    name: str
    issue_type: str


CATEGORIES = {
    Family.GRAMMAR: Category("Grammar", "grammar"),
    Family.NAMES: Category("Names", "inconsistent-entities"),
    Family.CAPTIONS: Category("Captions", "duplication"),
    Family.DUPLICATES: Category("Duplicates", "duplication"),
    Family.DEBRIS: Category("Debris of web pages", "addition"),
    Family.ENCODING: Category("Damaged characters", "characters"),
    Family.SEAMS: Category("Seams", "formatting"),
    Family.TRANSLATION: Category("Translation", "mistranslation"),
    Family.BITEXT: Category("Source and translation", "mistranslation"),
}


def software(**more: Any) -> dict[str, Any]:
    """The section that says who answers."""
    return {
        "name": "copydesk",
        "version": copydesk.__version__,
        "buildDate": _installed(),
        "apiVersion": _PROTOCOL,
        "premium": False,
        "premiumHint": "",
        "status": "",
        **more,
    }


@cache
def language_name(tag: str) -> str:
    """A language's name in English: `English (United Kingdom)`."""
    english = Locale("en")
    base, _, region = tag.partition("-")
    name = english.languages.get(base, base)
    return f"{name} ({english.territories.get(region, region)})" if region else str(name)


@cache
def _installed() -> str:
    """When this copydesk was installed: the protocol asks for the date of a build."""
    at = Path(copydesk.__file__).stat().st_mtime
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M:%S +0000")
