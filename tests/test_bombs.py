"""Small files and bodies that would grow when read, and XML that would read our files."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from copydesk.bitext.formats import read_bitext, read_glossary
from copydesk.cli import main
from copydesk.errors import TooLargeError, UnreadableError
from copydesk.read import open_source
from rest import make_client, problem

SECRET = "Zanzibar"  # noqa: S105 (what stands in a file of ours)
LAUGHS = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
XML = {
    "a.tmx": '<tmx version="1.4"><header srclang="ru"/><body><tu><tuv xml:lang="ru"><seg>Да &a9;</seg></tuv>'
    '<tuv xml:lang="en"><seg>Yes &a9;</seg></tuv></tu></body></tmx>',
    "a.xlf": '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="a" '
    'source-language="ru" target-language="en"><body><trans-unit id="7"><source>Да &a9;</source>'
    "<target>Yes &a9;</target></trans-unit></body></file></xliff>",
    "b.xlf": '<xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="ru" trgLang="en">'
    '<file id="f"><unit id="u"><segment id="s"><source>Да &a9;</source><target>Yes &a9;</target></segment></unit>'
    "</file></xliff>",
    "a.tbx": '<martif type="TBX"><text><body><termEntry id="1"><langSet xml:lang="ru"><tig><term>Да &a9;</term></tig>'
    '</langSet><langSet xml:lang="en"><tig><term>Yes &a9;</term></tig></langSet></termEntry></body></text></martif>',
}


def entities(kind: str, folder: Path) -> str:
    """Declarations of an entity `a9`: ten to the ninth words, or a file of ours."""
    file = folder / "ours.txt"
    file.write_text(SECRET, encoding="utf-8")
    return {
        "growing": LAUGHS,
        "long": f'<!ENTITY a9 "{"x" * 100_000}">',
        "a file": f'<!ENTITY a9 SYSTEM "{file.as_uri()}">',
        "a file of declarations": f'<!ENTITY % more SYSTEM "{file.as_uri()}"> %more; <!ENTITY a9 "x">',
    }[kind]


@pytest.mark.parametrize("kind", ["growing", "long", "a file", "a file of declarations"])
@pytest.mark.parametrize("name", XML)
def test_entities_of_a_translators_file_are_refused(name: str, kind: str, tmp_path: Path) -> None:
    pytest.importorskip("translate.storage.tmx", reason="the extra “bitext” is not installed")
    root = XML[name][1:].split()[0]
    data = f'<?xml version="1.0"?><!DOCTYPE {root} [{entities(kind, tmp_path)}]>{XML[name]}'.encode()
    with pytest.raises(UnreadableError, match=r"declares entities of its own|is not (?:TMX|XLIFF|TBX)") as told:
        read_glossary(data, name, "ru", "en") if name == "a.tbx" else read_bitext(data, name)
    assert SECRET not in str(told.value)


def test_a_document_type_without_entities_is_read() -> None:
    pytest.importorskip("translate.storage.tmx", reason="the extra “bitext” is not installed")
    data = f'<?xml version="1.0"?><!DOCTYPE tmx SYSTEM "tmx14.dtd">{XML["a.tmx"].replace(" &a9;", "")}'.encode()
    [pair] = read_bitext(data, "a.tmx").pairs
    assert (pair.source.text, pair.target.text) == ("Да", "Yes")


def word(**parts: bytes) -> bytes:
    """A Word file with something put in before `<w:body>`'s content (`body`), or before the root (`head`)."""
    docx = pytest.importorskip("docx", reason="the extra “documents” is not installed")
    plain, made = io.BytesIO(), io.BytesIO()
    document = docx.Document()
    document.add_paragraph("Hello")
    document.save(plain)
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            data = old.read(part)
            if part.filename == "word/document.xml":
                data = data.replace(b"<w:document", parts.get("head", b"") + b"<w:document", 1)
                data = data.replace(b"Hello", parts.get("text", b"Hello"))
                data = data.replace(b"<w:body>", b"<w:body>" + parts.get("body", b""))
            new.writestr(part.filename, data)
        if "picture" in parts:
            new.writestr("word/media/a.png", parts["picture"])
    return made.getvalue()


@pytest.mark.parametrize("kind", ["growing", "long", "a file", "a file of declarations"])
def test_entities_of_a_word_file_are_not_read(kind: str, tmp_path: Path) -> None:
    head = f"<!DOCTYPE w:document [{entities(kind, tmp_path)}]>".encode()
    data = word(head=head, text=b"Hello &a9;")
    if kind == "growing":
        with pytest.raises(UnreadableError, match="not a Word file"):
            open_source(data, format="docx", language="en")
        return
    assert open_source(data, format="docx", language="en")[0].view.text == "Hello "


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ({"body": b"<w:p/>" * 3_000_000}, "the Word file is over 16777216 bytes when unpacked"),
        ({"body": b"<w:p/>" * 60_000}, "the Word file has over 50000 paragraphs"),
        ({"picture": bytes(1 << 28)}, "the Word file is over 268435456 bytes when unpacked"),
    ],
    ids=["XML", "paragraphs", "a picture"],
)
def test_a_word_file_that_grows_is_refused(parts: dict[str, bytes], told: str) -> None:
    data = word(**parts)
    assert len(data) < 1_000_000
    with pytest.raises(TooLargeError, match=f"^{told}$"):
        open_source(data, format="docx", language="en")


@pytest.mark.parametrize("command", [["check", "--engine", "none", "--no-cache"], ["names"], ["duplicates"]])
def test_the_limit_of_a_text_holds_for_word_files(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also for the text of one that is small when packed."""
    data = word(body=b"<w:p><w:r><w:t>So it is said.</w:t></w:r></w:p>" * 200)
    assert len(data) < 100_000
    path = tmp_path / "a.docx"
    path.write_bytes(data)
    monkeypatch.setenv("COPYDESK_MAX_TEXT", "3004")
    run = CliRunner().invoke(main, [*command, str(path)])
    assert run.exit_code == 2
    assert "a.docx: 3005 code points; the limit is 3004 (COPYDESK_MAX_TEXT)" in run.output


def test_entities_of_a_page_stay_what_they_are() -> None:
    page = f"<!DOCTYPE html [<!ENTITY a SYSTEM 'file:///etc/hostname'> {LAUGHS}]><p>Rain &a; fell &a9;.</p>"
    reading, _ = open_source(page, format="html", language="en")
    assert "Rain &a; fell &a9;." in reading.view.text


@pytest.mark.parametrize("path", ["/v1/review", "/v1/clean", "/v1/bitext", "/v2/check"])
@pytest.mark.parametrize("coding", ["gzip", "GZIP", "x-gzip", "deflate", "br", "gzip, identity"])
def test_a_packed_body_is_refused(path: str, coding: str) -> None:
    body = gzip.compress(b'{"text": "Fine."}')
    response = make_client().post(
        path, data=body, headers={"Content-Encoding": coding}, content_type="application/json"
    )
    said = "the body must not be packed: no Content-Encoding but identity"
    assert response.status_code == 415
    assert said in response.text
    if path.startswith("/v1"):
        assert problem(response) == (415, "unsupported-media-type", [("Content-Type", said)])
