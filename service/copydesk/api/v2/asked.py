"""What a request to check asks for, read as LanguageTool's server reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from copydesk.api.keys import key_of_request
from copydesk.api.service import service
from copydesk.api.v2.annotated import Part, parts_of
from copydesk.errors import InputError, TooLargeError
from copydesk.model import Family
from copydesk.packs import Rule, RuleBook
from copydesk.read.language import canonical_or_none
from copydesk.store import Owner, Scope

AUTO = "auto"
_LEVELS = (
    *("default", "picky", "academic", "clarity", "professional", "creative", "customer", "jobapp", "objective"),
    "elegant",
)
_YES = frozenset({"true", "yes"})


@dataclass(frozen=True, slots=True)
class Choice:
    """Rules and categories by id, switched on and off; `only`: nothing but what is switched on."""

    rules: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    no_rules: frozenset[str] = frozenset()
    no_categories: frozenset[str] = frozenset()
    only: bool = False

    def wants(self, rule: str, category: str) -> bool:
        """Whether findings of `rule` are asked for. A rule's own switch wins over its category's."""
        if rule in self.no_rules or rule in self.rules:
            return rule not in self.no_rules
        return category not in self.no_categories and (not self.only or category in self.categories)

    def names(self, rule: str, category: str) -> bool:
        """Whether `rule` is switched on by name, or its category is."""
        return rule in self.rules or category in self.categories

    def unwanted(self, book: RuleBook) -> frozenset[str]:
        """The rules of copydesk's own that are not asked for, and all rules that are switched off."""
        return self.no_rules | {rule.id for rule in book if not self.wants(rule.id, category_of(rule))}


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """A text and how to check it. `language` None: to be identified, as the first of `variants` that fits."""

    parts: tuple[Part, ...]
    language: str | None
    variants: tuple[str, ...]
    mother_tongue: str | None
    picky: bool
    choice: Choice
    source: str | None
    source_language: str | None
    owner: Owner | None
    dictionaries: tuple[str, ...]


def category_id(family: Family) -> str:
    """The category that findings of a family have in LanguageTool's protocol."""
    return f"COPYDESK_{family.upper()}"


def category_of(rule: Rule) -> str:
    """The category of one of copydesk's own rules."""
    return category_id(rule.family)


def read_check(given: Mapping[str, str], most: int) -> CheckRequest:
    """The arguments of a check; unknown ones are ignored. `most`: code points that a text may have.

    Raises InputError, in LanguageTool's words where clients show them, and TooLargeError.
    """
    parts = parts_of(given)
    length = sum(len(part.read) for part in parts)
    source = given.get("sourceText") or None
    if max(length, len(source or "")) > most:
        told = f"(it's {max(length, len(source or ''))} characters)"
        raise TooLargeError(f"Your text exceeds the limit of {most} characters {told}. Please submit a shorter text.")
    level = given.get("level", "default").lower()
    if level not in _LEVELS:
        raise InputError(f"Unknown value for parameter 'level'. Valid values: {', '.join(_LEVELS)}")
    language = _language(given)
    mother_tongue = given.get("motherTongue")
    return CheckRequest(
        parts=parts,
        language=language,
        variants=_variants(given, language),
        mother_tongue=_known(mother_tongue) if mother_tongue else None,
        picky=level == "picky",
        choice=_choice(given),
        source=source,
        source_language=given.get("sourceLanguage") or None,
        owner=owner_of(given),
        dictionaries=tuple(listed(given, "dicts")),
    )


def owner_of(given: Mapping[str, str]) -> Owner | None:
    """Whose words are meant: those of a name and a key; None where either lacks.

    Where the service asks for keys of its own, words belong to these, under whatever names (also none).
    """
    user, key = given.get("username"), given.get("apiKey")
    if service().settings.require_key:
        own = key_of_request()
        return Owner(user or "", own.line) if own is not None and Scope.WORDS in own.scopes else None
    return Owner(user, key) if user and key else None


def listed(given: Mapping[str, str], name: str) -> list[str]:
    """An argument that is a list, separated by commas."""
    return [part.strip() for part in given.get(name, "").split(",") if part.strip()]


def _language(given: Mapping[str, str]) -> str | None:
    tag = given.get("language")
    if not tag:
        raise InputError(
            "Missing 'language' parameter, e.g. 'language=en-US' for American English or 'language=fr' for French"
        )
    return None if tag == AUTO else _known(tag)


def _known(tag: str) -> str:
    found = canonical_or_none(tag)
    if found is None:
        shown = tag.encode("utf-8", "backslashreplace").decode()[:20]
        raise InputError(f"'{shown}' is not a language code known to copydesk; /v2/languages lists them")
    return found


def _variants(given: Mapping[str, str], language: str | None) -> tuple[str, ...]:
    wanted = listed(given, "preferredVariants")
    if wanted and language is not None:
        raise InputError("You specified 'preferredVariants' but you didn't specify 'language=auto'")
    if any("-" not in tag for tag in wanted):
        raise InputError("Invalid format for 'preferredVariants', expected a dash as in 'en-GB'")
    return tuple(map(_known, wanted))


def _choice(given: Mapping[str, str]) -> Choice:
    names = ("enabledRules", "enabledCategories", "disabledRules", "disabledCategories")
    on, categories, off, no_categories = (frozenset(listed(given, name)) for name in names)
    only = given.get("enabledOnly", "").lower() in _YES
    if only and (off or no_categories):
        raise InputError("You cannot specify disabled rules or categories using enabledOnly=true")
    if only and not (on or categories):
        raise InputError("You must specify enabled rules or categories when using enabledOnly=true")
    return Choice(on, categories, off, no_categories, only)
