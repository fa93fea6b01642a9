"""Repeated captions: which line is marked, what is left after the fix, and what stays untouched."""

from __future__ import annotations

import pytest
from benchmarks.captions.table import measure
from benchmarks.corpora import AbsentError

from copydesk.findings.suppress import Filter
from copydesk.model import Family, Severity
from copydesk.pipeline import UNSAFE, Desk, Options
from copydesk.read.credits import credit_at_end, is_credit

BODY = "The line had been closed for two years, and shops along it lost a third of their custom.\n"
TRAM = "A tram on the rebuilt bridge in Kaunas"
REBUILT = "A tram on the re-built bridge in Kaunas"
ASKED = Options(filter=Filter(families=frozenset({Family.CAPTIONS, Family.DUPLICATES})))


def found(desk: Desk, text: str, written: str = "text") -> list[tuple[str, str]]:
    """The rule's last part and the marked text of each finding."""
    review = desk.review(text, ASKED, format=written, language="en-US")
    return [(f.rule.rsplit("/", 1)[1], f.span.of(text)) for f in review.findings]


def cleaned(desk: Desk, text: str, written: str = "text") -> str:
    """The text after safe and unsafe fixes."""
    return desk.correct(desk.review(text, ASKED, format=written, language="en-US"), ASKED, UNSAFE).text


@pytest.mark.parametrize(
    ("rule", "marked", "text", "left"),
    [
        ("repeated-caption", f"{TRAM}.", f"{TRAM}\n{TRAM}.\n\n{BODY}", f"{TRAM}\n\n{BODY}"),
        ("repeated-caption", TRAM, f"{TRAM}\n\n{TRAM} Photo: BNS\n\n{BODY}", f"{TRAM}\n\nPhoto: BNS\n\n{BODY}"),
        ("repeated-caption", TRAM, f"{TRAM}\n2\n{TRAM}\n\n{BODY}", f"{TRAM}\n2\n\n{BODY}"),
        ("repeated-caption", f"{TRAM}.", f"A-tram-on-the-rebuilt-bridge-in-Kaunas.jpg\n\n{TRAM}.\n\n{BODY}", None),
        ("repeated-caption", "Windpark Baltic", f"Windpark Baltic\n\nWindpark Baltic\n\n{BODY}", None),
        ("truncated-caption", "A tram on the rebuilt bri…", f"A tram on the rebuilt bri…\n\n{TRAM}\n\n{BODY}", None),
        (
            "truncated-caption",
            "Petras Jonas Gražys:",
            f'Petras Jonas Gražys:\n\nPetras Jonas Gražys: "No tram"\n\n{BODY}',
            None,
        ),
        ("contained-caption", f"Image: {TRAM}", f"Image: {TRAM}\n\n{TRAM}\n\n{BODY}", f"{TRAM}\n\n{BODY}"),
        ("varied-caption", f"{TRAM[:-2]}es", f"{TRAM}\n\n{TRAM[:-2]}es\n\n{BODY}", f"{TRAM}\n\n{BODY}"),
        ("varied-caption", REBUILT, f"{TRAM}\n\n{REBUILT}\n\n{BODY}", f"{TRAM}\n\n{BODY}"),
        ("repeated-credit", "Photo: BNS", f"{TRAM}\nPhoto: BNS\nPhoto: BNS\n\n{BODY}", f"{TRAM}\nPhoto: BNS\n\n{BODY}"),
        (
            "caption-of-two-pictures",
            TRAM,
            f"{TRAM}\nPhoto: BNS\n\n{BODY}\n{TRAM}\nPhoto: BNS\n",
            f"{TRAM}\nPhoto: BNS\n\n{BODY}\nPhoto: BNS\n",
        ),
    ],
)
def test_a_repeated_caption(desk: Desk, rule: str, marked: str, text: str, left: str | None) -> None:
    source = f"Trams return\n\n{text}"
    assert found(desk, source) == [(rule, marked)]
    if left is not None:
        assert cleaned(desk, source) == f"Trams return\n\n{left}"


@pytest.mark.parametrize(
    "text",
    [
        f"{TRAM} on 1 March\n\n{TRAM} on 2 March\n",
        f"{TRAM}\nPhoto: BNS\n\nA bus on the rebuilt bridge in Kaunas\nPhoto: BNS\n",
        "Alexander Petrov at the opening of the exhibition\n\nAlexandra Petrova at the opening of the exhibition\n",
        "Jan Novák\nFormer deputy minister of transport\nEva Malá\nFormer deputy minister of transport\n",
        "What we know so far\n\nHere is what we know so far.\n",
        "1. The old depot near the river\n2. The old depot near the river\n",
        "Nobody shall cross before the tram has\n\nHe wrote: “Nobody shall cross before the tram has”\n",
    ],
)
def test_what_differs_stays(desk: Desk, text: str) -> None:
    assert found(desk, f"Trams return\n\n{text}\n{BODY}") == []


def test_two_families_never_take_both_copies(desk: Desk) -> None:
    caption = "Passengers wait in the rain for the first tram over the rebuilt bridge in Kaunas on Monday morning."
    text = f"Trams return\n\n{caption}\n\n{caption} © Jonas Petraitis\n\n{BODY}"
    assert cleaned(desk, text).count(caption) == 1


@pytest.mark.parametrize(
    ("written", "text", "left"),
    [
        ("html", f'<figure><img alt="{TRAM}"><figcaption>{TRAM}.</figcaption></figure>', 'alt=""'),
        ("html", f'<figure><img alt="Image: {TRAM}"><figcaption>{TRAM}</figcaption></figure>', 'alt=""'),
        ("html", f'<figure><img alt="{TRAM} (VIDEO)"><figcaption>{TRAM}</figcaption></figure>', 'alt=""'),
        ("html", f'<img alt="{TRAM}. Photo: Ann Reed"><figcaption>{TRAM}</figcaption><p>Photo: Ann Reed</p>', 'alt=""'),
        ("html", f'<img alt="{TRAM}"><h2>{TRAM}.Ann Reed/dpa</h2>', 'alt=""'),
        ("html", f'<figure><img alt="{TRAM} at night"><figcaption>{TRAM}</figcaption></figure>', "at night"),
        ("markdown", f"![{TRAM}](tram.jpg)\n\n{TRAM}\n", "![](tram.jpg)"),
    ],
)
def test_an_alt_text_is_emptied_as_a_suggestion(desk: Desk, written: str, text: str, left: str) -> None:
    findings = desk.review(text, ASKED, format=written, language="en-US").findings
    assert {f.severity for f in findings} <= {Severity.SUGGESTION}
    corrected = cleaned(desk, text, written)
    assert left in corrected
    assert corrected.count(TRAM) == (2 if left == "at night" else 1)


@pytest.mark.parametrize(
    ("alt", "caption"),
    [
        ("Tram on bridge", "Tram on re&shy;built bridge"),
        ("Re&shy;built bridge in Kaunas", "Rebuilt bridge in Kaunas"),
        ("The ", 'The "King" of the bridge'),
    ],
)
def test_an_alt_text_that_says_less(desk: Desk, alt: str, caption: str) -> None:
    source = f'<figure><img alt="{alt}"><figcaption>{caption}</figcaption></figure>'
    findings = desk.review(source, ASKED, format="html", language="en-US").findings
    assert [(f.rule, f.span.of(source), f.related[0].span.of(source)) for f in findings] == [
        ("any/captions/alt-repeats-caption", alt.strip(), caption)
    ]


@pytest.mark.parametrize(
    ("caption", "credit"),
    [
        ("A tram in Kaunas.", " Photo by David Dyer"),
        ("A tram in Kaunas", " (AP Photo/Jan Novak)"),
        ("Eine Straßenbahn in Kaunas.", " © DPA Images | Jan Novak"),
        ("Eine Straßenbahn in Kaunas", " (Bild: Jan Novak)"),
        ("Un tramway à Kaunas.", " JEAN NOVAK / AFP"),
        ("Un tramway à Kaunas", " • Crédits : Getty"),
        ("Un tranvía en Kaunas.", " EFE"),
        ("Un tranvía en Kaunas", " Foto: Ricardo Correa"),
        ("Tramwaj w Kownie.", " Fot. Jan Nowak / Agencja Gazeta"),
        ("Трамвай в Каунасе.", " Фото ТАСС"),
        ("Трамвай у Каунасі", " (Фото: УНІАН)"),
    ],
)
def test_a_credit_at_the_end(caption: str, credit: str) -> None:
    assert credit_at_end(caption + credit) == len(caption)
    assert credit_at_end(caption) == len(caption)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Fot. Jan Nowak", True),
        ("Автор фото: Іван Франко", True),
        ("Источник фото: РИА Новости", True),
        ("Foto de archivo: EFE", True),
        ("Crédit photo : Jean Novak", True),
        ("WikiLeaks founder Julian Assange (AFP)", False),
        ("Bild vom Sonntag", False),
    ],
)
def test_a_credit_line(line: str, expected: bool) -> None:
    assert is_credit(line) is expected


def test_labelled_pairs(desk: Desk) -> None:
    """Recall and precision on real pages."""
    try:
        measured = measure(desk, "resiliparse's text")
    except AbsentError as missing:
        pytest.skip(str(missing))
    assert sum(measured.total.values()) >= 200
    assert measured.recall >= 0.97
    assert measured.precision >= 0.97
