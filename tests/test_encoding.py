"""Encoding faults: exact places, exact repairs, and silence on clean text of every script."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.checkers import Resources
from copydesk.checkers.encoding import EncodingChecker
from copydesk.findings.correct import correct
from copydesk.model import Family, Finding, Safety
from copydesk.names.lexicon import shipped_lexicon
from copydesk.packs import load_packs, shipped_rules
from copydesk.read import read

CHECKER = EncodingChecker(load_packs([shipped_rules()]), Resources(shipped_lexicon()))
DATA = Path(__file__).parents[2] / "shared" / "data" / "cleaning"
ALL = frozenset(Safety)

CLEAN = [
    "The café on Île de la Cité – “closed for good”, it’s said… costs 5 €.",
    "Größe, Straße und Öl: „Das ist schön“, sagte er.",
    "L’épisode 8 où l’œuvre naît : « très bien ».",
    "Zażółć gęślą jaźń – „tak”, powiedział Łukasz.",
    "Příliš žluťoučký kůň úpěl ďábelské ódy.",
    "Şişli’de yağmur yağıyor, İstanbul’da güneş var.",
    "Съешь ещё этих мягких французских булок — «да», сказал он.",
    "Чуєш їх, доцю, га? Кумедна ж ти, прощайся без ґольфів!",
    "У рудога вераб’я ў сховішчы пад фатэлем ляжаць нейкія гаючыя зёлкі.",
    "Η γρήγορη αλεπού πηδάει πάνω από τον τεμπέλη σκύλο· «ναι».",
    "השועל המהיר קפץ מעל הכלב.",
    "الثعلب البني السريع يقفز فوق الكلب.",
    "می‌خواهم به خانه بروم.",
    "क्षत्रिय और श्री‍राम गाँव गए।",
    "สวัสดี​ครับ ยินดีต้อนรับ",
    "我能吞下玻璃而不伤身体。「是的」",
    "いろはにほへと ちりぬるを。",
    "다람쥐 헌 쳇바퀴에 타고파.",
    "Tiếng Việt: Táº isn’t here, nhưng chữ Việt thì đẹp.",
    "A family 👨‍👩‍👧 and a flag 🏴‍☠️ ❤️.",
]  # fmt: skip


def findings(text: str, language: str = "en-US") -> list[Finding]:
    document, _ = read(text, language=language)
    return [remark for remark in CHECKER.check(document) if isinstance(remark, Finding)]


def mended(text: str, levels: frozenset[Safety] = ALL) -> str:
    return correct(text, findings(text), levels).text


@pytest.mark.parametrize("text", CLEAN)
def test_clean_text_of_every_script_is_silent(text: str) -> None:
    assert findings(text) == []


@given(st.lists(st.sampled_from(CLEAN), max_size=4), st.sampled_from(["\n", "\r\n", "\n\n"]))
def test_clean_texts_together_are_silent(lines: list[str], end: str) -> None:
    assert findings(end.join(lines)) == []


@pytest.mark.parametrize("encoding", ["cp1251", "cp1252", "latin-1"])
@pytest.mark.parametrize("text", ["Сегодня она была там и тут", "Déjà été à l’élève", "Größe über Öl – schön"])
def test_mojibake_is_undone(text: str, encoding: str) -> None:
    """What the bytes of UTF-8 become in another table is turned back, where the table has all of them."""
    try:
        garbled = text.encode().decode(encoding)
    except UnicodeDecodeError:
        pytest.skip("the table lacks a byte")
    assert mended(garbled, frozenset({Safety.SAFE})) == text


def test_mojibake_has_the_exact_place() -> None:
    text = "He said: “the cafÃ© is ‘closed’.”\nNext line."
    (found,) = findings(text)
    assert (found.rule, found.span.of(text)) == ("any/encoding/mojibake", "Ã©")


def test_right_quotes_and_ligatures_stay() -> None:
    text = "“The ﬁrst cafÃ©” – it’s ‘open’"
    assert mended(text) == "“The ﬁrst café” – it’s ‘open’"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Лукaшенко", "Лукашенко"),  # Latin a
        ("Wаgner", "Wagner"),  # Cyrillic а
        ("XХ", "XX"),  # a Roman numeral with a Cyrillic Х
        ("Київ і Укpaїна", "Київ і Україна"),
        ("Αthens", "Athens"),  # Greek Α
        ("ПАСЕ", "ПАСЕ"),
    ],
)
def test_look_alikes(written: str, meant: str) -> None:
    assert mended(written) == meant


@pytest.mark.parametrize(
    "text", ["HTML-страница", "iPhone’ы", "PRщик", "SMSки", "КаZантип", "kΩ и ΔT", "TNFα", "А-4 и Wi-Fi", "10 µm"]
)
def test_words_that_mix_alphabets_on_purpose(text: str) -> None:
    assert findings(text, "ru-RU") == []


def test_a_byte_order_mark_may_begin_a_text() -> None:
    assert findings("\ufeffA text.") == []
    (found,) = findings("\ufeffA \ufefftext.")
    assert (found.rule, found.span.start) == ("any/encoding/byte-order-mark", 3)


def test_bidi_controls_that_do_not_close_are_errors() -> None:
    rules = [f.rule for f in findings("a \u202e b\n\u2066 c \u2069 d \u202c")]
    assert sorted(rules) == [
        "any/encoding/bidi-control",
        "any/encoding/bidi-override",
        "any/encoding/bidi-unbalanced",
    ]


def test_markup_is_no_fault_where_it_is_the_format() -> None:
    document, _ = read("A &amp; B<br>C", language="en-US")
    html = type(document)(document.text, document.segments, document.sentences, "en-US", format="html")
    assert list(CHECKER.check(html)) == []


def test_tags_at_the_edges_leave_no_empty_line() -> None:
    assert mended("One.\n<div>\nTwo.<br/>") == "One.\nTwo."


@pytest.mark.skipif(not DATA.exists(), reason="the shared data is not beside this checkout")
def test_cases_of_ftfy() -> None:
    """Mojibake is not seen in ftfy's negative cases, and at least 80 of its 100 positive ones are turned right."""
    for case in json.loads((DATA / "ftfy_negative.json").read_text()):
        assert not [f for f in findings(case["original"]) if f.rule == "any/encoding/mojibake"], case["label"]
    right = total = 0
    for name in ("in-the-wild", "synthetic"):
        for case in json.loads((DATA / f"ftfy_{name}.json").read_text()):
            if case["expect"] == "pass":
                total += 1
                right += mended(case["original"]) == case.get("fixed-encoding", case["fixed"])
    assert right >= 0.8 * total


def test_the_family_is_its_own() -> None:
    assert {f.family for f in findings("cafÃ© &amp; W\u0430gner\u200b.")} == {Family.ENCODING}
