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

CHECKER = EncodingChecker(load_packs([shipped_rules() / "encoding"]), Resources(shipped_lexicon()))
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


def findings(text: str, language: str | None = "en-US") -> list[Finding]:
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


# Typography and shaping that each of these languages needs, as its publishers write it.
RIGHT = [
    ("fr", "«\u00a0Le mot\u00a0», a dit Mme\u00a0Dupont\u202f: «\u202fvraiment\u202f?\u202f» Il a payé cela."),
    ("fr", "Le prix est de 12\u202f000\u00a0€, soit 3\u00a0% de plus."),
    ("de-DE", "„Das ist z.\u202fB. schön“, sagte Dr.\u00a0Müller, „und ‚gut‘ dazu.“ Es kostet 5\u00a0Euro."),
    ("pl-PL", "„Tak”, powiedział w\u00a0Łodzi i\u00a0dodał: «nie». W\u00a02015\u00a0r. było inaczej."),
    ("cs", "„Řekl: ‚ano‘,“ uvedl v\u00a0Praze prof.\u00a0Novák. Bylo to 5.\u00a0května – k\u00a0večeru."),
    ("ru-RU", "«Да», — сказал он в\u00a0Москве. За́мок и замо́к, № 5, с\u00a0А.\u00a0С.\u00a0Пушкиным."),
    ("uk-UA", "«Так», — сказав він у\u00a0Києві. Об’єднання, п’ять, 5\u00a0°C."),
    ("be-BY", "«Так», — сказаў ён у\u00a0Мінску. Аб’ект, сям’я, ґанак."),
    ("fa", "می\u200cخواهم کتاب\u200cها را به خانه\u200cام ببرم\u200f. \u200eWHO\u200f گفت «نه»."),
    ("ar", "قال الوزير: «نعم»\u200f (UN\u200e) محمد ﷺ، \u2067abc\u2069 ١٢٪."),
    (None, "שָׁלוֹם עֲלֵיכֶם\u200f! אמר \u200eNATO\u200f ב־5 במאי. צה״ל"),
    (None, "क\u094d\u200dष और श\u094d\u200cर, ज़रूर क़लम पढ़ना।"),
    (None, "ক\u09cd\u200cষ র\u200d\u09cdয বাংলা ভাষা য\u09bc।"),
    (None, "അവന\u0d4d\u200d പറഞ്ഞു."),
    (None, "Thủ tướng nói: “Việt Nam đã sẵn sàng”, hôm thứ Hai ở Đà Nẵng."),
    (None, "대통령은 “그렇다”고 말했다. ㅋㅋㅋ 한국어 ㄱㄴㄷ"),
    (None, "나\u110b\u1161\u11f0 ᄒᆞᆫ 옛말"[1:]),  # a syllable of old Korean has no precomposed form
    ("ja-JP", "第３回\u3000ＮＡＴＯ会議（東京）。「はい」と　首相。ｶﾀｶﾅ"),
    ("zh-CN", "他说：“是的”，２０２０年。\u3000\u3000新段落（完）！"),
    (None, "นายก\u200bรัฐมนตรี\u200bกล่าวว่า น้ำท่วม"),
    ("km-KH", "ភាសា\u200bខ្មែរ\u200bល្អ"),
    ("el-GR", "«Ναι», είπε ο\u00a0πρωθυπουργός· «όχι». ᾄδειν ἀρχή"),
    ("tr", "“Evet” dedi, İstanbul’da ışıklar söndü; kâğıt %5."),
    ("lt-LT", "„Taip“, – pasakė jis. Ąžuolas žydi."),
    ("ro-RO", "„Da”, a spus el. Știință și țară."),
    (None, "„Já,“ sagði Þórður um ævi sína."),
    ("en-US", "👨\u200d👩\u200d👧 ❤\ufe0f 🏳\ufe0f\u200d🌈 👩🏽\u200d🚀 1\ufe0f\u20e3 🇺🇦"),
    ("en-US", "England 🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f won."),
    ("en-GB", "“Yes,” she said – 3 May 2019 – from 5\u20136 pm at 10\u202f%, pp.\u00a04–5, ½ of №\u00a05™."),
    ("en-GB", "It is by J.\u00a0R.\u00a0R. Tolkien, says Mr\u00a0Smith."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), RIGHT)
def test_the_typography_of_a_language_is_silent(language: str | None, text: str) -> None:
    assert [(f.rule, f.span.of(text)) for f in findings(text, language)] == []


@pytest.mark.parametrize(
    ("written", "rule", "faulty", "meant"),
    [
        ("Be\u0301la Barto\u0301k, 1\u0301", "decomposed-letter", ["e\u0301", "o\u0301"], "Béla Bartók, 1\u0301"),
        ("Vie\u0302\u0323t", "decomposed-letter", ["e\u0302\u0323"], "Việt"),
        ("и\u0306од", "decomposed-letter", ["и\u0306"], "йод"),
        ("\u1112\u1161\u11ab\u1100\u116e\u11a8", "decomposed-letter", ["\u1112\u1161\u11ab\u1100\u116e\u11a8"], "한국"),
        ("o\ufb03ce", "ligature", ["\ufb03"], "office"),
        ("ＮＡＴＯ met", "full-width", ["ＮＡＴＯ"], "NATO met"),
        ("ⓝⓔⓦⓢ today", "styled-letters", ["ⓝⓔⓦⓢ"], "news today"),
        ("the\u00a0\u00a0man in\u2009the house", "odd-space", ["\u00a0\u00a0", "\u2009"], "the man in the house"),
        ("\u00a0\u00a0The man.", "odd-space", ["\u00a0\u00a0"], "The man."),
        ("One.\u2029Two.\u2028", "line-separator", ["\u2029", "\u2028"], "One.\nTwo."),
        ("a\u3164b\u2064c", "invisible-character", ["\u3164", "\u2064"], "abc"),
        ("\uf099 Tweet", "private-use-character", ["\uf099"], " Tweet"),
        ("It?s Ukraine?s, and we?ll see", "question-mark-for-apostrophe", ["It?s", "Ukraine?s", "we?ll"],
         "It’s Ukraine’s, and we’ll see"),
        ("The Fran?ois family", "question-mark-for-letter", ["Fran?ois"], "The Fran?ois family"),
        ("He wrote ????? ??? ?????? and left", "question-marks-for-words", ["????? ??? ??????"],
         "He wrote ????? ??? ?????? and left"),
    ],
)  # fmt: skip
def test_the_exact_place_and_the_exact_text(written: str, rule: str, faulty: list[str], meant: str) -> None:
    found = findings(written)
    assert [(f.rule, f.span.of(written)) for f in found] == [(f"any/encoding/{rule}", part) for part in faulty]
    assert mended(written) == meant


@pytest.mark.parametrize(
    "text",
    [
        "See https://example.org/page?id=5&s=a?t and page?s=1, what?!",
        "Why??? What?? Really?yes, no. Who knows?",
        "The score was ?-? and then 3?4.",
    ],
)
def test_question_marks_that_ask(text: str) -> None:
    assert [f.rule for f in findings(text)] == []


def test_quotes_of_one_document_are_one_finding_in_the_style_of_most() -> None:
    text = '„Ja“, sagte er. „Nein“, sagte sie. "Doch", sagte er, „nie“.'
    (found,) = findings(text, "de-DE")
    assert (found.rule, found.span.of(text), found.span.start) == ("any/encoding/mixed-quotes", '"', 35)
    assert mended(text) == "„Ja“, sagte er. „Nein“, sagte sie. „Doch“, sagte er, „nie“."


@pytest.mark.parametrize(
    "text",
    [
        '"A," he said. “B,” she said.',  # no style has the upper hand
        '“A” and “B” on a 5" screen with <b class="x">C</b>.'.replace("<b", "").replace("</b>", ""),
        "KYIV (Reuters) - He went — alone — to the door — again.",
        "He went -- alone -- home. She stayed -- there -- too — always.",
    ],
)
def test_styles_that_are_not_mixed(text: str) -> None:
    assert [f.rule for f in findings(text)] == []


def test_lossy_mojibake_shows_what_is_lost() -> None:
    text = "Europa, Asia, Ă\ufffdfrica, AmĂ©rica Central y OceanĂ\xada"
    assert [f.rule.rsplit("/")[-1] for f in findings(text)] == ["lossy-mojibake", "mojibake", "mojibake"]
    assert mended(text) == "Europa, Asia, \ufffdfrica, América Central y Oceanía"


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


def test_right_quotes_stay_when_mojibake_is_mended() -> None:
    text = "“The first cafÃ©” – it’s ‘open’"
    assert mended(text) == "“The first café” – it’s ‘open’"


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
    document, _ = read("A &amp; B<br>C gov\u00adern\u00a0ment", language="en-US")
    html = type(document)(document.text, document.segments, document.sentences, "en-US", format="html")
    assert list(CHECKER.check(html)) == []


def test_tags_at_the_edges_leave_no_empty_line() -> None:
    assert mended("One.\n<div>\nTwo.<br/>") == "One.\nTwo."


@pytest.mark.skipif(not DATA.exists(), reason="the shared data is not beside this checkout")
def test_cases_of_ftfy() -> None:
    """The rules that decode repair every case that ftfy repairs, exactly, and leave its negative cases alone."""
    decoding = ("mojibake", "lossy-mojibake", "windows-1252-character", "lost-character")
    wanted = {f"any/encoding/{rule}" for rule in decoding}
    for name in ("in-the-wild", "synthetic", "negative"):
        for case in json.loads((DATA / f"ftfy_{name}.json").read_text(encoding="utf-8")):
            text = case["original"]
            while before := [f for f in findings(text) if f.rule in wanted and f.fixes]:
                text = correct(text, before, frozenset({Safety.SAFE})).text
            if case["expect"] == "pass":
                assert text in (case.get("fixed-encoding"), case["fixed"]), case["label"]


def test_the_family_is_its_own() -> None:
    assert {f.family for f in findings("cafÃ© &amp; W\u0430gner\u200b.")} == {Family.ENCODING}
