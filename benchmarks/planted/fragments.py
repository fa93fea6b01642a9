"""Plants fragments: sentences without their verb, their object or their end."""

from __future__ import annotations

import re
from random import Random

from benchmarks.planted.planters import Planted, Planter, replaced
from copydesk.model import Family, Span

_STOP = re.compile(r"(?<=[a-z]{3}[.]) (?=[A-Z][a-z]* [a-z])")
_ENDS = (
    "was told to the",
    "came after a",
    "was sent between",
    "had been taken from their",
    "was read because",
    "was short and",
)
_PEOPLE = (
    "Latvian Foreign Minister Ilze Kalvane.", "Deputy Governor Pavel Hruska.", "Prime Minister Tomas Varga.",
    "Defense Secretary Alan Whitcombe.", "Opposition leader Nadia Ferro.", "General Viktor Samoylov.",
    "German Chancellor Karl Lindemann.", "Professor Helen Marsh.", "Head of the committee Oleg Tarasov.",
)  # fmt: skip
_SOURCELESS = (
    "The figures were published by .", "According to , the talks will go on.", "This was reported by .",
    "More can be learned from , officials said.", "The decision was announced by , the ministry added.",
)  # fmt: skip
_NO_PREDICATE = (
    "The head of the regional administration, who took office in the spring.",
    "The new law on the protection of rivers and lakes.",
    "A spokesman for the company that runs the line.",
)


def _person(text: str, random: Random) -> Planted | None:
    """A title and a name, alone between two sentences."""
    return _alone(text, random, random.choice(_PEOPLE))


def _no_predicate(text: str, random: Random) -> Planted | None:
    """A subject without a predicate, between two sentences."""
    return _alone(text, random, random.choice(_NO_PREDICATE))


def _no_object(text: str, random: Random) -> Planted | None:
    """The name of the source was a link, and is gone."""
    made = _alone(text, random, random.choice(_SOURCELESS))
    if made is None:
        return None
    hole = re.compile(r"(?:by|from|to) (?=[.,])").search(made.text, made.spans[0].start)
    return Planted(made.text, (Span(hole.start(), hole.end() + 1),), ()) if hole else None


def _no_end(text: str, random: Random) -> Planted | None:
    """The sentence stops after a word that another must follow."""
    place = _outside_quotations(text, random)
    if place is None:
        return None
    end = random.choice(_ENDS)
    planted = f"{text[: place.end()]}The message {end}. {text[place.end() :]}"
    stop = place.end() + len("The message ") + len(end)
    return Planted(planted, (Span(stop - len(end.split()[-1]), stop + 1),), ())


def _outside_quotations(text: str, random: Random) -> re.Match[str] | None:
    """A place between two sentences of a paragraph without quotation marks: what is spoken may be a fragment."""
    places = [
        place
        for place in _STOP.finditer(text)
        if not set('"“”') & set(text[text.rfind("\n", 0, place.start()) + 1 :].split("\n", 1)[0])
    ]
    return random.choice(places) if places else None


def _alone(text: str, random: Random, sentence: str) -> Planted | None:
    place = _outside_quotations(text, random)
    if place is None:
        return None
    made = replaced(text, place.end(), place.end(), sentence + " ")
    return Planted(made.text, (Span(place.end(), place.end() + len(sentence)),), ())


FRAGMENT_PLANTERS = (
    Planter("name as a sentence", Family.SEAMS, _person),
    Planter("subject without predicate", Family.SEAMS, _no_predicate),
    Planter("object missing", Family.SEAMS, _no_object),
    Planter("sentence without its end", Family.SEAMS, _no_end),
)
