"""Which of a dictionary's alarms are kept: slips, not names, terms or dialect. With the real engine."""

from __future__ import annotations

import pytest

from copydesk.model import Family
from desks import desk_with_grammar


def found(text: str, family: Family = Family.GRAMMAR) -> list[str]:
    review = desk_with_grammar().review(text, language="en-US")
    return [f.span.of(text) for f in review.findings if f.family is family]


SLIPS = [
    ("They read hte paper.", "hte"),
    ("He recieved a letter.", "recieved"),
    ("The goverment fell.", "goverment"),
    ("The adminstrator left.", "adminstrator"),
    ("It was on Wenesday.", "Wenesday"),
    ("The war began in Febuary.", "Febuary"),
    ("Martha Roby, Represenative of Alabama, left.", "Represenative"),
    ("Then Presidnet Macron left.", "Presidnet"),
    ("He lives in Ukrane now.", "Ukrane"),
    ("She came from Rusia.", "Rusia"),
    ("They were near Germnay.", "Germnay"),
    ("He spoke to the Europen Union.", "Europen"),
    ("An Isreali officer came.", "Isreali"),
    ("Inthe end it fell.", "Inthe"),
]
NAMES = [
    "The sister plant in Oberlinden works again.",
    "She is a lawyer from Opole in the south.",
    "In Talap, the shops were closed.",
    "The road to Kol’chugino was closed near Mykhaylo-Laryne.",
    "He said that he would go to Turnberry and play golf.",
    "She read it on CNNMoney in Hillaryland, and bought a McMansion.",
    "Christopher A. Coons met Shirin R. Tahir-Kheli.",
    "More Hrabáneks are waiting. They met Hrabánek, and Hrabánek left.",
    "The Hrabánek report names Hrabánek and Šimůnek’s aide.",
]


@pytest.mark.parametrize(("text", "slip"), SLIPS)
def test_slips_are_kept(text: str, slip: str) -> None:
    """A typing error stays one, with a capital too, and after a preposition as a place has."""
    assert found(text) == [slip]


@pytest.mark.parametrize("text", NAMES)
def test_names_are_silent(text: str) -> None:
    """Places, runs, initials, plurals, joined words: unknown to a dictionary and right."""
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Two medals at national olympiads cost 15 tetri and a fuze.",
        "“Chavin awa, dinna touch ma cup,” he said. “Ye learn a boy tae gut,” she said. “Fit wye, ye’re oot wi it.”",
        "The cards read “dottore molto famoso,” or “very famous doctor,” he said.",
    ],
)
def test_terms_and_dialect_are_silent(text: str) -> None:
    """Real words that dictionaries lack, quotations in dialect and in other languages."""
    assert found(text) == []


def test_a_hurried_quotation_is_no_dialect() -> None:
    """Three slips in one quotation are slips: their letters are only in another order."""
    assert found("“I recieved teh letter adn left,” he said.") == ["recieved", "teh", "adn"]


def test_a_misspelt_name_is_a_matter_of_names() -> None:
    """A slip in a name that the text uses is reported once, as a name, also in a run and as a possessive."""
    text = "Volodymyr Zelensky came. Aides of Zelensky left. {} Later Zelensky met Zelensky’s aides."
    for slip in ("They saw Zelenksy there.", "They saw Volodymyr Zelenksy.", "They saw Zelenksy’s men."):
        assert found(text.format(slip), Family.NAMES) == ["Zelenksy"]
        assert found(text.format(slip)) == []
