"""Bilingual files: pairs with the place of each, and what cannot be read told with its line."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from copydesk.bitext.formats import read_bitext, read_glossary
from copydesk.bitext.glossary import Term
from copydesk.bitext.rows import Bitext, Fault
from copydesk.cli import main
from copydesk.errors import EncodingError, InputError, UnknownNameError, UnreadableError

TMX = """<?xml version="1.0" encoding="utf-8"?>
<tmx version="1.4"><header srclang="ru" segtype="sentence" adminlang="en" datatype="plaintext" o-tmf="x"
creationtool="x" creationtoolversion="1"/><body>
<tu tuid="a1"><tuv xml:lang="ru"><seg>Да <bpt i="1">&lt;b&gt;</bpt>два<ept i="1">&lt;/b&gt;</ept></seg></tuv>
<tuv xml:lang="en-GB"><seg>Yes two</seg></tuv><tuv xml:lang="de"><seg>Ja zwei</seg></tuv></tu>
</body></tmx>"""
XLIFF_1 = """<?xml version="1.0"?><xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
<file original="a.txt" source-language="ru" target-language="en-US" datatype="plaintext"><body>
<trans-unit id="7"><source>Да <x id="1"/> <g id="2">нет</g></source><target>Yes <g id="2">no</g></target></trans-unit>
<trans-unit id="8"><source>Нет</source></trans-unit>
</body></file></xliff>"""
XLIFF_2 = """<?xml version="1.0"?><xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="ru"
trgLang="en">
<file id="f1"><unit id="u1"><segment id="s1"><source>Да <ph id="1"/></source><target>Yes</target></segment>
<segment id="s2"><source>Два</source><target>Two</target></segment></unit></file></xliff>"""
PO = """msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\nLanguage: en\\n"

msgid "Да, %s"
msgstr "Yes, %s"

msgid "Нет"
msgstr ""

msgid "%d файл"
msgid_plural "%d файлов"
msgstr[0] "%d file"
msgstr[1] "%d files"
"""
TBX = """<?xml version="1.0"?><martif type="TBX"><text><body><termEntry id="1">
<langSet xml:lang="ru"><tig><term>Беларусь</term></tig></langSet>
<langSet xml:lang="en"><tig><term>Belarus</term></tig>
<tig><term>Belorussia</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></tig></langSet>
</termEntry></body></text></martif>"""
needs_toolkit = pytest.mark.usefixtures("toolkit")


@pytest.fixture(scope="module")
def toolkit() -> None:
    pytest.importorskip("translate.storage.tmx", reason="the extra “bitext” is not installed")


def told(found: Bitext) -> list[tuple[str | None, str, str, str, str]]:
    return [(p.target.source, p.source.language, p.source.text, p.target.language, p.target.text) for p in found.pairs]


def test_jsonl_goes_on_after_a_line_that_cannot_be_read() -> None:
    lines = [
        '\ufeff{"source": "Да", "target": "Yes", "source_language": "ru", "target_language": "en-GB", "id": 7}',
        "{bad",
        "",
        "[1]",
        '{"source": "Да"}',
        '{"source": "Да", "target": "\\ud800"}',
        '{"source": "Да", "target": "Yes", "target_language": 1}',
        '{"source": "Нет", "target": "No", "source_language": "not a tag"}',
        '{"source": "Нет", "target": "No"}',
    ]
    found = read_bitext("\r\n".join(lines).encode(), "a.jsonl", source_language="uk", target_language="en")
    assert told(found) == [("a.jsonl:1", "ru-RU", "Да", "en-GB", "Yes"), ("a.jsonl:9", "uk-UA", "Нет", "en-US", "No")]
    assert [(fault.place, fault.message.split(":")[0]) for fault in found.faults] == [
        ("a.jsonl:2", "not valid JSON"),
        ("a.jsonl:4", "not a JSON object"),
        ("a.jsonl:5", "“source” and “target” must be there and be text"),
        ("a.jsonl:6", "a lone surrogate is not text"),
        ("a.jsonl:7", "a language must be text"),
        ("a.jsonl:8", "unknown language “not a tag”"),
    ]


def test_tsv_with_and_without_names_of_columns() -> None:
    found = read_bitext(
        "Да\tYes\nодин\nНет\tNo\tbe\ten-GB\n".encode(), "a.tsv", source_language="ru", target_language="en"
    )
    assert told(found) == [("a.tsv:1", "ru-RU", "Да", "en-US", "Yes"), ("a.tsv:3", "be-BY", "Нет", "en-GB", "No")]
    assert found.faults == (Fault("a.tsv:2", "1 columns; source and target are needed"),)
    named = read_bitext(
        "Target\tid\tSource\nYes\t1\tДа\n".encode(), "b.tsv", source_language="ru", target_language="en"
    )
    assert told(named) == [("b.tsv:2", "ru-RU", "Да", "en-US", "Yes")]


def test_csv_fields_may_go_over_lines() -> None:
    found = read_bitext(
        'source,target\n"Да, ""да""\nда",Yes\nНет,No\n'.encode(), "a.csv", source_language="ru", target_language="en"
    )
    assert told(found) == [
        ("a.csv:3", "ru-RU", 'Да, "да"\nда', "en-US", "Yes"),
        ("a.csv:4", "ru-RU", "Нет", "en-US", "No"),
    ]


def test_languages_that_nobody_tells_are_identified() -> None:
    rows = [{"source": "Министр прибыл в аэропорт в понедельник утром.", "target": "The minister arrived on Monday."}]
    found = read_bitext(json.dumps(rows[0]).encode(), "a.jsonl")
    assert (found.pairs[0].source.language, found.pairs[0].target.language, found.notices) == ("ru-RU", "en-US", ())
    [notice] = read_bitext(b'{"source": "1", "target": "The minister arrived on Monday."}', "a.jsonl").notices
    assert (notice.code, notice.message[:26]) == ("language-assumed", "the language of the source")


@needs_toolkit
def test_tmx_takes_each_translation_or_the_language_asked_for() -> None:
    both = [
        ("a.tmx:4 (unit a1)", "ru-RU", "Да <b>два</b>", "en-GB", "Yes two"),
        ("a.tmx:4 (unit a1)", "ru-RU", "Да <b>два</b>", "de-DE", "Ja zwei"),
    ]
    assert told(read_bitext(TMX.encode(), "a.tmx")) == both
    assert told(read_bitext(TMX.encode(), "a.tmx", target_language="de")) == both[1:]


@needs_toolkit
def test_xliff_keeps_inline_tags_and_tells_what_is_not_translated() -> None:
    found = read_bitext(XLIFF_1.encode(), "a.xlf")
    assert told(found) == [
        ("a.xlf:3 (unit a.txt 7)", "ru-RU", 'Да <x id="1"/> <g id="2">нет</g>', "en-US", 'Yes <g id="2">no</g>')
    ]
    assert [(n.code, n.message) for n in found.notices] == [("not-translated", "1 unit has no translation yet")]
    assert told(read_bitext(XLIFF_2.encode(), "b.xliff")) == [
        ("b.xliff:3 (unit u1::s1)", "ru-RU", 'Да <ph id="1"/>', "en-US", "Yes"),
        ("b.xliff:4 (unit u1::s2)", "ru-RU", "Два", "en-US", "Two"),
    ]


@needs_toolkit
def test_po_has_each_plural_form_with_its_source() -> None:
    found = read_bitext(PO.encode(), "a.po", source_language="ru")
    assert told(found) == [
        ("a.po:4", "ru-RU", "Да, %s", "en-US", "Yes, %s"),
        ("a.po:10", "ru-RU", "%d файл", "en-US", "%d file"),
        ("a.po:10", "ru-RU", "%d файлов", "en-US", "%d files"),
    ]
    assert [n.message for n in found.notices] == ["1 unit has no translation yet"]


@needs_toolkit
@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.tmx", b"<tmx", "the file is not TMX at line 1"),
        ("a.tmx", b"<a/>", "the file is not TMX"),
        ("a.xlf", b"words", "the file is not XLIFF at line 1"),
        ("a.po", b"words", "the file is not PO"),
    ],
)
def test_what_is_not_in_its_format(name: str, data: bytes, message: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_bitext(data, name)
    assert str(caught.value) == message


def test_without_the_toolkit_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "translate.storage.tmx", None)
    with pytest.raises(InputError) as caught:
        read_bitext(TMX.encode(), "a.tmx")
    assert "pip install 'copydesk[bitext]'" in str(caught.value)


def test_a_name_that_tells_no_format_and_bytes_that_are_no_text() -> None:
    with pytest.raises(UnknownNameError):
        read_bitext(b"", "a.doc")
    with pytest.raises(EncodingError):
        read_bitext(b"\xff", "a.jsonl")


def test_a_glossary_in_csv() -> None:
    text = "source,target,forbidden\nБеларусь,Belarus,Belorussia|Byelorussia\n,,irregardless\n\nрежим,rule | regime\n"
    assert read_glossary(text.encode(), "g.csv", "ru", "en") == (
        Term("Беларусь", ("Belarus",), ("Belorussia", "Byelorussia")),
        Term("", (), ("irregardless",)),
        Term("режим", ("rule", "regime"), ()),
    )
    with pytest.raises(InputError, match=r"g\.csv:2: a term needs"):
        read_glossary(b"a,b\nc,\n", "g.csv", "ru", "en")


@needs_toolkit
def test_a_glossary_in_tbx() -> None:
    assert read_glossary(TBX.encode(), "g.tbx", "ru", "en") == (Term("Беларусь", ("Belarus",), ("Belorussia",)),)


def run(tmp_path: Path, text: str, *arguments: str, name: str = "a.jsonl") -> tuple[int, str, str]:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    result = CliRunner().invoke(main, ["bitext", str(path), "--from", "ru", "--to", "en-US", *arguments])
    return result.exit_code, result.stdout.replace(str(tmp_path), "."), result.stderr.replace(str(tmp_path), ".")


def test_the_command_prints_places_on_both_sides(tmp_path: Path) -> None:
    text = '{"source": "Пишите: a@b.example", "target": "Write to us"}\n{"source": "Да.", "target": "Yes."}\n'
    code, out, err = run(tmp_path, text)
    assert (code, err) == (1, "")
    assert out == (
        "./a.jsonl:1: warning [any/bitext/link-missing]\n"
        "    ru-RU: Пишите: a@b.example\n"
        "    en-US: Write to us⟨⟩\n"
        "    The address “a@b.example” of the source is missing.\n"
        "\n"
        "1 finding in 2 pairs\n"
    )


def test_the_command_in_json_with_a_glossary_and_a_bad_line(tmp_path: Path) -> None:
    glossary = tmp_path / "g.csv"
    glossary.write_text("Беларусь,Belarus,Belorussia\n", encoding="utf-8")
    text = '{bad\n{"source": "Беларусь закрыла границу.", "target": "Belorussia has closed the border."}\n'
    code, out, err = run(tmp_path, text, "--glossary", str(glossary), "--format", "json")
    assert code == 2
    assert err.startswith("copydesk: ./a.jsonl:1: not valid JSON")
    [pair] = json.loads(out)["pairs"]
    [finding] = pair["findings"]
    assert (pair["place"], finding["rule"], finding["start"], finding["end"], finding["source"]) == (
        "./a.jsonl:2",
        "any/bitext/forbidden-term",
        0,
        10,
        {"start": 0, "end": 8},
    )


def test_the_command_is_content_with_good_translations(tmp_path: Path) -> None:
    code, out, err = run(tmp_path, "Да.\tYes.\n", name="a.tsv")
    assert (code, out, err) == (0, "0 findings in 1 pair\n", "")


def test_the_command_leaves_out_a_rule_and_knows_those_that_are_none(tmp_path: Path) -> None:
    text = '{"source": "Пишите: a@b.example", "target": "Write to us"}'
    assert run(tmp_path, text, "--disable", "any/bitext/link-missing")[0] == 0
    code, _, err = run(tmp_path, text, "--disable", "any/bitext/link-mising")
    assert code == 2
    assert "did you mean “any/bitext/link-missing”?" in err
