"""Conversions of positions: the identity there and back, for any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.errors import OffsetError
from copydesk.offsets import Offsets

AWKWARD = st.sampled_from(
    [
        "😀",
        "👩‍👩‍👧",
        "e\u0301",
        "\u0000",
        "\r\n",
        "\r",
        "\n",
        "שלום",
        "مرحبا",
        "\u202e",
        "\ufeff",
        "Ж",
        "漢",
        "𝔘",
        "a",
        " ",
    ]
)
TEXTS = st.one_of(st.text(max_size=600), st.lists(AWKWARD, max_size=600).map("".join))


@given(TEXTS)
def test_every_point_there_and_back(text: str) -> None:
    offsets = Offsets(text)
    for point in range(len(text) + 1):
        assert offsets.from_utf16(offsets.utf16(point)) == point
        assert offsets.from_utf8(offsets.utf8(point)) == point
        assert offsets.from_line_column(*offsets.line_column(point)) == point


@given(TEXTS)
def test_units_are_those_of_the_encodings(text: str) -> None:
    offsets = Offsets(text)
    for point in range(0, len(text) + 1, 7):
        assert offsets.utf16(point) == len(text[:point].encode("utf-16-le")) // 2
        assert offsets.utf8(point) == len(text[:point].encode("utf-8"))


@given(TEXTS)
def test_line_text_is_the_line(text: str) -> None:
    offsets = Offsets(text)
    last, _ = offsets.line_column(len(text))
    expected = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert [offsets.line_text(line) for line in range(1, last + 1)] == expected


def test_an_emoji_counts_one_two_and_four() -> None:
    offsets = Offsets("a😀b")
    assert (offsets.utf16(2), offsets.utf8(2), offsets.line_column(2)) == (3, 5, (1, 3))


def test_a_crlf_is_one_line_end() -> None:
    offsets = Offsets("ab\r\nc")
    assert [offsets.line_column(p) for p in range(6)] == [(1, 1), (1, 2), (1, 3), (1, 4), (2, 1), (2, 2)]


@pytest.mark.parametrize(
    ("call", "value", "message"),
    [
        ("utf16", 4, "code point 4 is outside a text of 3"),
        ("utf8", -1, "code point -1 is outside a text of 3"),
        ("from_utf16", 2, "position 2 is inside a character of utf-16-le"),
        ("from_utf8", 3, "position 3 is inside a character of utf-8"),
        ("from_utf8", 99, "position 99 is outside a text of 6 utf-8 units"),
        ("line_column", 9, "code point 9 is outside a text of 3"),
    ],
)
def test_positions_that_do_not_exist(call: str, value: int, message: str) -> None:
    with pytest.raises(OffsetError) as error:
        getattr(Offsets("a😀b"), call)(value)
    assert str(error.value) == message


@pytest.mark.parametrize(("line", "column"), [(0, 1), (3, 1), (1, 0), (1, 4), (2, 3)])
def test_places_that_do_not_exist(line: int, column: int) -> None:
    with pytest.raises(OffsetError):
        Offsets("ab\nc").from_line_column(line, column)
