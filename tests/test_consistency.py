"""Two ways of writing one thing in one text: when it is told, where, and what the fix makes of it."""

from __future__ import annotations

import pytest

from copydesk.checkers._narration import Use, mixture
from copydesk.checkers._variants import settled, spelt
from copydesk.findings.correct import correct
from copydesk.findings.suppress import Filter
from copydesk.model import Family, Finding, Safety, Severity, Span
from copydesk.pipeline import UNSAFE, Desk, Options

PREFIX = "en/consistency/"
ONLY = Options(filter=Filter(families=frozenset({Family.TRANSLATION})))


def found(desk: Desk, text: str, **how: str) -> list[Finding]:
    findings = desk.review(text, ONLY, language=how.get("language", "en-US"), format=how.get("format", "text")).findings
    return [finding for finding in findings if finding.rule.startswith(PREFIX)]


def only(desk: Desk, text: str, **how: str) -> Finding:
    [finding] = found(desk, text, **how)
    return finding


def fixed(desk: Desk, text: str) -> str:
    return correct(text, found(desk, text), UNSAFE).text


def test_one_finding_stands_for_all_strays(desk: Desk) -> None:
    text = "🌍 An email came, and an email went. Emails are read.\n\nMore email and email. An e-mail, E-mails too."
    finding = only(desk, text)
    assert (finding.rule, finding.severity) == (f"{PREFIX}word-form", Severity.SUGGESTION)
    assert finding.span == Span(79, 85)
    assert finding.message == "“e-mail” is written “email” elsewhere in this text (5 places)."
    assert [(r.span.of(text), r.message) for r in finding.related] == [
        ("email", "“email” first stands here"),
        ("E-mail", "“E-mail” stands here"),
    ]
    [fix] = finding.fixes
    assert fix.safety is Safety.UNSAFE
    assert correct(text, [finding], UNSAFE).text.endswith("More email and email. An email, Emails too.")


def test_many_strays_are_all_changed_and_eight_are_told(desk: Desk) -> None:
    text = "The adviser left. " * 24 + "An advisor came. " * 12
    finding = only(desk, text)
    assert len(finding.related) == 1 + 8
    assert len(finding.fixes[0].edits) == 12
    assert "advisor" not in correct(text, [finding], UNSAFE).text


@pytest.mark.parametrize(("habit", "strays", "told"), [(1, 1, False), (2, 1, True), (3, 2, False), (4, 2, True)])
def test_a_habit_is_twice_as_frequent(habit: int, strays: int, told: bool) -> None:
    uses = [Use("a", Span(n, n + 1)) for n in range(habit)] + [Use("b", Span(n, n + 1)) for n in range(50, 50 + strays)]
    mixed = mixture(uses, 2)
    assert (mixed is not None) is told
    if mixed is not None:
        assert [use.span.start for use in mixed.strays] == [*range(50, 50 + strays)]


def test_what_others_say_and_name_is_left_alone(desk: Desk) -> None:
    habit = "The colour of the harbour was grey. "
    for other in (
        "“The color is gray,” he said, “and the center too.",
        "He called it ‘a gray area of labor’ in May.",
        "The Center for Labor at Pearl Harbor closed.",
        "See https://example.org/color/center for more.",
    ):
        assert found(desk, habit + other) == []
    assert only(desk, habit + "The color is new.").span == Span(40, 45)


def test_headings_menus_and_code_are_left_alone(desk: Desk) -> None:
    text = "# Rents up 4%, wages 5%\n\nRents rose by 4 percent and wages by 5 percent.\n\n    tax = 6%\n"
    assert found(desk, text, format="markdown") == []
    assert (
        only(desk, text + "\nPrices rose by 6%.\n", format="markdown").span.of(text + "\nPrices rose by 6%.\n") == "%"
    )


def test_other_languages_are_left_alone(desk: Desk) -> None:
    text = "Die E-Mail kam. Email, email, e-mail, email, email."
    assert found(desk, text, language="de-DE") == []
    assert only(desk, text, language="en-GB").span.of(text) == "e-mail"


@pytest.mark.parametrize(
    ("text", "styles"),
    [
        ("colour organized", {"British"}),
        ("colour organized recognise", {"British", "American"}),
        ("color organized", {"American"}),
        ("organised organized", {"British", "American"}),
        ("program meter license check story analyses", set()),
        ("metres licence cheque", {"British"}),
        ("Color self-organized color-blind colorize", set()),
    ],
)
def test_spellings(text: str, styles: set[str]) -> None:
    assert {use.style for use in settled(spelt(text))} == styles


def test_the_majority_decides_which_english(desk: Desk) -> None:
    british = "The neighbour’s favourite theatre was cancelled; its labour center organises tours."
    assert fixed(desk, british) == british.replace("center", "centre")
    american = "The neighbor’s favorite theater was canceled; its labour center organizes tours by tyre."
    assert fixed(desk, american) == american.replace("labour", "labor").replace("tyre", "tire")


@pytest.mark.parametrize(
    ("text", "after"),
    [
        (
            "He came at 5pm and left at 6pm. She came at 7 p.m. and left.",
            "He came at 5pm and left at 6pm. She came at 7pm and left.",
        ),
        ("He came at 5pm and left at 6pm. She came at 7 p.m.", "He came at 5pm and left at 6pm. She came at 7pm."),
        (
            "From 5 p.m. to 6 p.m. on Monday, then 7pm. So it was.",
            "From 5 p.m. to 6 p.m. on Monday, then 7 p.m. So it was.",
        ),
        ("The UN sent UN cars to the U.N.\nNobody came.", "The UN sent UN cars to the UN.\nNobody came."),
        ("It fell by 4% and 5%, then by 6 per cent.", "It fell by 4% and 5%, then by 6%."),
        (
            "On March 5, 2021, and on March 6 he came. On 7 March 2022, she did.",
            "On March 5, 2021, and on March 6 he came. On March 7, 2022, she did.",
        ),
        (
            "It cost 5 million and 6.5 million. They paid 7,000,000,000 more.",
            "It cost 5 million and 6.5 million. They paid 7 billion more.",
        ),
    ],
)
def test_fixes(desk: Desk, text: str, after: str) -> None:
    assert fixed(desk, text) == after
    assert found(desk, after) == []


@pytest.mark.parametrize(
    ("text", "stray"),
    [
        ("He came at 5pm and left at 6pm. She came at 7 p.m. Monday was over.", "p.m."),
        ("On 5 March and 6 March he came. On March 7, 2022, she did.", "March 7, 2022"),
        ("The UN sent UN cars. The U.N. Security Council met.", "U.N."),
        ("It began at 17:00 and ended at 18:30. At 9 p.m. all was quiet.", "9 p.m."),
    ],
)
def test_no_fix_where_it_cannot_be_told(desk: Desk, text: str, stray: str) -> None:
    finding = only(desk, text)
    assert finding.span.of(text).strip() == stray
    assert finding.fixes == ()


@pytest.mark.parametrize(
    "text",
    [
        "On March 5 and March 6 he spoke of 9 May and of 11 September.",
        "He paid US$5 million. The U.S. army and a U.S. ship came.",
        "The US army and a US ship came to U.S. Steel.",
        "It costs 5 million, 6 million and 7,250,000 euros.",
        "He left at 5 p.m. and 6 p.m. (17:00 and 18:00 GMT).",
        "He left at 5 p.m. and 6 p.m., by 17:00 UTC at the latest, after 1:17:30 hours.",
    ],
)
def test_styles_that_are_no_mixture(desk: Desk, text: str) -> None:
    assert found(desk, text) == []


def test_a_name_of_a_body_that_is_explained_is_left_alone(desk: Desk) -> None:
    gap = " Much was said before that vote, and much was left unsaid by all sides."
    text = f"The Constitutional Court met.{gap} The Constitution Court’s judges left."
    finding = only(desk, text)
    assert finding.rule == f"{PREFIX}name-of-body"
    assert finding.span.of(text) == "Constitution Court"
    assert "Constitution Court" not in fixed(desk, text)
    assert found(desk, "The Constitutional Court (in some papers Constitution Court) met.") == []
    assert found(desk, f"The Security Council met.{gap} The National Safety Council did not.") == []


def test_an_apostrophe_of_either_shape(desk: Desk) -> None:
    gap = " Much was said before that vote, and much was left unsaid by all sides."
    text = f"The Donetsk People's Republic closed the road.{gap} The Donetsk Popular Republic opened it."
    assert only(desk, text).span.of(text) == "Donetsk Popular Republic"


def test_tense_drift_is_told_once(desk: Desk) -> None:
    past = "He said so. She added that it was late. Petrov warned of rain. She stressed it."
    paragraph = f"{past} He notes that nobody came. She says why."
    text = f"{paragraph}\n\n{paragraph}"
    finding = only(desk, text)
    assert finding.span == Span(paragraph.index("notes"), paragraph.index("notes") + 5)
    assert correct(text, [finding], UNSAFE).text == f"{past} He noted that nobody came. She said why.\n\n{paragraph}"


def test_one_present_among_the_past_is_a_manner(desk: Desk) -> None:
    assert (
        found(desk, "He said so. She added that it was late. Petrov warned of rain. He notes that nobody came.") == []
    )


def test_a_feature_in_the_present_is_left_alone(desk: Desk) -> None:
    assert found(desk, "He says so. She adds that it is late. Petrov warns of rain. He noted it last year.") == []
    assert found(desk, "He said so. She added it. “He says nothing.” The law states it. It says so.") == []
