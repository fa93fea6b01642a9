"""Grammar by the real embedded engine: what stays, what is dropped, and how a text is cut for it."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.errors import EngineError
from copydesk.findings.suppress import Filter
from copydesk.grammar.embedded import EmbeddedEngine
from copydesk.grammar.pieces import MOST_POINTS, pieces
from copydesk.grammar.profile import Setting, shipped_profile
from copydesk.model import Family, Span
from copydesk.pipeline import Options
from desks import desk_with_grammar, embedded

TREES = ("Ash", "Birch", "Cedar", "Elm", "Fir", "Gum", "Hazel", "Ivy", "Juniper", "Larch", "Maple", "Oak", "Pine")
GRAMMAR = Options(filter=Filter(families=frozenset({Family.GRAMMAR})))


def alarms(text: str, language: str = "en-US", options: Options = GRAMMAR) -> list[tuple[str, str]]:
    review = desk_with_grammar().review(text, options, language=language)
    return [(f.rule, f.span.of(text)) for f in review.findings]


def test_errors_stay() -> None:
    text = "On Wenesday hte 😀 minister recieved a letter. He have answered it. She can heard him."
    assert alarms(text) == [
        ("MORFOLOGIK_RULE_EN_US", "Wenesday"),
        ("MORFOLOGIK_RULE_EN_US", "hte"),
        ("MORFOLOGIK_RULE_EN_US", "recieved"),
        ("HE_VERB_AGR", "have"),
        ("MD_BASEFORM", "heard"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "President Siarhei Radkevich met Maksim Znak. Radkevich’s office said so.",
        "Wałęsa spoke in Gdańsk. Later Wałęsa left, and so did Jarosław Kaczyński.",
        "Alexander Lukashenko and Sviatlana Tsikhanouskaya have not met since.",
        "Aleś Bialiatski’s colleagues waited. Bialiatski was not there.",
    ],
)
def test_names_are_no_spelling_errors(text: str) -> None:
    assert alarms(text) == []


def test_a_title_does_not_hide_a_misspelt_one() -> None:
    assert alarms("The Represenative met Presidnet Macron.") == [
        ("MORFOLOGIK_RULE_EN_US", "Represenative"),
        ("MORFOLOGIK_RULE_EN_US", "Presidnet"),
    ]


def test_each_paragraph_of_a_long_quotation_may_open_it() -> None:
    text = (
        "“We waited for the whole night,” she said. “Nobody came to the bridge.\n\n"
        "“In the morning we went home and slept until noon.\n\n"
        "“That is all that I know about the matter,” she said."
    )
    assert alarms(text) == []


def test_a_mark_that_is_really_missing_is_told() -> None:
    assert alarms("“We waited for the whole night, she said. Nobody came.") == [("EN_UNPAIRED_QUOTES", "“")]


def test_a_british_article_is_not_told_so_word_by_word() -> None:
    text = (
        "The labour minister travelled to the centre of Leeds to honour the organisers. The programme, he said, had "
        "been analysed and criticised, and its colour changed to grey. But the defence of it was recieved with humour."
    )
    assert alarms(text, "en-GB") == [("MORFOLOGIK_RULE_EN_US", "recieved")]
    assert [f.span.of(text) for f in desk_with_grammar().review(text, GRAMMAR).findings] == ["recieved"]


def test_a_rule_that_is_off_can_be_switched_on() -> None:
    text = "The minister should withdraw and the deputy should be our candidate."
    assert alarms(text) == []
    enabled = Options(filter=GRAMMAR.filter, enabled=frozenset({"COMMA_COMPOUND_SENTENCE_2"}))
    assert alarms(text, options=enabled) == [("COMMA_COMPOUND_SENTENCE_2", " and")]


PROFILE = [(setting, text) for setting in shipped_profile().settings for text in setting.good]


@pytest.mark.parametrize(("setting", "text"), PROFILE)
def test_what_the_profile_calls_good_is_an_alarm_of_the_engine_alone(setting: Setting, text: str) -> None:
    raised = [m.rule for m in embedded().check(text, "en-US").matches]
    named = [rule.removesuffix("*") for rule in setting.rules]
    assert raised if setting.categories else any(rule.startswith(tuple(named)) for rule in raised)
    assert alarms(text) == []


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("de-DE", "Der Minister hatt die Stadt besucht.", "hatt"),
        ("fr", "Le ministre a visiter la ville hier.", "a visiter"),
        ("ru-RU", "Министр посетил горрод вчера вечером.", "горрод"),
        ("uk-UA", "Міністр відвідав мистоо вчора ввечері.", "мистоо"),
        ("pl-PL", "Minister odwiedził miastoo wczoraj wieczorem.", "miastoo"),
        ("es", "El ministro visitó la ciudadd ayer.", "ciudadd"),
        ("be-BY", "Міністр наведаў горадд учора ўвечары.", "горадд"),
    ],
)
def test_other_languages_load_on_first_use(language: str, text: str, found: str) -> None:
    assert found in [word for _, word in alarms(text, language)]


def test_digits_inside_a_word_are_kept_from_the_engine() -> None:
    """The engine spends 11 s on suggestions for one such word; what stands beside it is read as ever."""
    matches = EmbeddedEngine().check("The my6sense mp3player are a an hoax.", "en-US", 20)
    assert [(m.rule, m.span) for m in matches] == [("DT_DT", Span(27, 31))]


def test_a_language_without_data_is_told() -> None:
    with pytest.raises(EngineError, match="embedded has no data for ja-JP"):
        embedded().check("これは文です。", "ja-JP")
    with pytest.raises(EngineError, match=re.escape("install copydesk[languages]")):
        EmbeddedEngine(preload=()).check("これは文です。", "ja-JP", 1)


@given(
    st.lists(st.sampled_from(["word ", "A sentence. ", "\n\n", "((((", "😀", "x" * 900, "Ünï ", "\r\n"]), max_size=60)
)
def test_pieces_cover_every_letter_and_are_bounded(parts: list[str]) -> None:
    text = "".join(parts)
    cut = pieces(text)
    assert all(0 < len(piece) <= MOST_POINTS for piece in cut)
    assert all(a.end <= b.start for a, b in pairwise(cut))
    letters = [i for i, c in enumerate(text) if c.isalpha()]
    covered = {i for piece in cut for i in range(piece.start, piece.end)}
    assert covered.issuperset(letters)


@pytest.mark.parametrize("text", ["(" * 100_000, "a" * 1_000_000, "word " * 200_000, "\n" * 100_000, ""])
def test_no_input_makes_a_piece_large(text: str) -> None:
    assert all(len(piece) <= MOST_POINTS for piece in pieces(text))


def test_paragraphs_stay_whole() -> None:
    paragraph = "A sentence of some length stands here for the test. " * 30 + "\n\n"
    text = paragraph * 5
    cut = [piece.of(text) for piece in pieces(text)]
    assert "".join(cut) == text
    assert set(cut) <= {paragraph, paragraph * 2}


def test_a_change_leaves_the_pieces_elsewhere_as_they_were() -> None:
    """Few pieces beside the one that a word is typed into are others, though all after it has moved."""
    paragraphs = [
        f"{word} {n} stands first in a paragraph. {'It goes on for a while. ' * 12}\n\n"
        for n in range(4)
        for word in TREES
    ]
    text = "".join(paragraphs)
    before = {piece.of(text) for piece in pieces(text)}
    assert len(before) > 12
    for index in range(len(paragraphs)):
        changed = paragraphs.copy()
        changed[index] = changed[index].replace("on for", "on and on for", 1)
        after = {piece.of("".join(changed)) for piece in pieces("".join(changed))}
        assert 1 <= len(after - before) <= 4
