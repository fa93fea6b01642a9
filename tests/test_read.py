"""Reading plain text: segments, sentences, language."""

from __future__ import annotations

import pytest
import sentencex
from hypothesis import given
from hypothesis import strategies as st

from copydesk.errors import EncodingError, InputError, UnknownNameError
from copydesk.model import Notice, Span
from copydesk.read import decode, read

ARTICLE = """Storm closes three ports on the northern coast

Two ferries wait off the harbour of Gdynia
(Photo: Agencja Wyborcza)

Ships waited off the coast on Sunday. Nobody was hurt, the harbour master said.

- The first ferry sails at noon.
- The second one at six.
"""


def test_kinds_of_segments() -> None:
    document, _ = read(ARTICLE, language="en-GB")
    assert [(s.kind.value, s.span.of(ARTICLE)) for s in document.segments] == [
        ("title", "Storm closes three ports on the northern coast"),
        ("caption", "Two ferries wait off the harbour of Gdynia"),
        ("credit", "(Photo: Agencja Wyborcza)"),
        ("paragraph", "Ships waited off the coast on Sunday. Nobody was hurt, the harbour master said."),
        ("list item", "- The first ferry sails at noon."),
        ("list item", "- The second one at six."),
    ]


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    text = (
        "The delegation left the building after an hour and told the\r\n"
        "reporters who had been waiting outside since the morning that\r\n"
        "there would be no statement."
    )
    document, _ = read(text, language="en")
    assert [s.span.of(text) for s in document.segments] == [text]


@pytest.mark.parametrize(
    "line",
    [
        "(Photo courtesy of the regiment)", "Photo: Reuters", "Image credit: Jane Doe", "© AFP 2022", "Foto: dpa",
        "Crédit photo : Marie Durand", "Fuente: EFE", "Fot. Jan Kowalski / PAP", "Фото: ТАСС", "Джерело: Укрінформ",
        "Getty Images", "AP Photo/Jan Novak", "Bild: Imago",
    ],
)  # fmt: skip
def test_credits(line: str) -> None:
    document, _ = read(f"A market in the old town\n{line}\n", language="en")
    assert [s.kind.value for s in document.segments] == ["caption", "credit"]


@pytest.mark.parametrize(
    "line",
    ["Photo shops in the city are closing one after another.", "The source of the river was never found."],
)
def test_sentences_that_only_begin_like_credits(line: str) -> None:
    document, _ = read(line, language="en")
    assert [s.kind.value for s in document.segments] == ["paragraph"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The minister travelled to the centre of Leeds to honour the programme's organisers.", "en-GB"),
        ("The minister traveled to the center of Boston to honor the program's organizers.", "en-US"),
        ("The train left the station at nine and nobody was on the platform.", "en-US"),
        ("Der Minister reiste am Montag in die Hauptstadt, um das Programm vorzustellen.", "de-DE"),
        ("Министр приехал в столицу в понедельник, чтобы представить программу.", "ru-RU"),
        ("Міністр приїхав до столиці в понеділок, щоб представити програму.", "uk-UA"),
        ("Minister przyjechał w poniedziałek do stolicy, aby przedstawić program.", "pl-PL"),
        ("Le ministre est arrivé lundi dans la capitale pour présenter le programme.", "fr"),
        ("El ministro llegó el lunes a la capital para presentar el programa.", "es"),
    ],
)
def test_language_is_identified(text: str, language: str) -> None:
    document, notices = read(text)
    assert (document.language, notices) == (language, ())


def test_an_unknown_language_is_assumed_and_said() -> None:
    document, notices = read("12 34 56")
    assert document.language == "en-US"
    assert notices == (Notice("language-assumed", "the language could not be told with confidence; reviewed as en-US"),)


@given(st.text(max_size=400))
def test_segments_and_sentences_hold_for_any_text(text: str) -> None:
    document, _ = read(text, language="en")
    assert document.text == text
    edges = [p for s in document.segments for p in (s.span.start, s.span.end)]
    assert edges == sorted(edges)
    assert all(s.span.of(text).strip() == s.span.of(text) != "" for s in document.segments)
    assert all(any(s.span.contains(x) for s in document.segments) for x in document.sentences)
    covered = "".join(s.span.of(text) for s in document.segments)
    assert sorted("".join(covered.split())) == sorted("".join(text.replace("\ufeff", "").split())) or "\ufeff" in text


def test_what_cannot_be_read_is_told() -> None:
    with pytest.raises(EncodingError, match="not valid UTF-8 at byte 3"):
        decode(b"abc\xff")
    with pytest.raises(InputError, match="lone surrogate at code point 1"):
        read("a\ud800")
    with pytest.raises(UnknownNameError, match="unknown language “enn”"):
        read("a", language="enn")
    with pytest.raises(UnknownNameError, match="unknown format “txt”; did you mean “text”"):
        read("a", format="txt")


def test_sentences_of_a_long_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library, which is quadratic in some of them, never sees more than five thousand code points of it."""
    shown: list[int] = []
    library = sentencex.get_sentence_boundaries

    def told(language: str, text: str) -> object:
        shown.append(len(text))
        return library(language, text)

    monkeypatch.setattr(sentencex, "get_sentence_boundaries", told)
    sentence = "The minister came home at night. "
    document, _ = read(sentence * 1000, language="en")
    assert document.sentences == tuple(Span(33 * n, 33 * n + 32) for n in range(1000))
    marks, _ = read("![" * 20_000, language="en")
    assert "".join(span.of(marks.text) for span in marks.sentences) == marks.text
    assert max(shown) == 5_000
