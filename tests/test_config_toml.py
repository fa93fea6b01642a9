"""The line of every value in a TOML file, and what is no TOML."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from copydesk.errors import ConfigError
from copydesk.repository.config_toml import Location, lines_of, read_toml

TEXT = """\
# '[[a]]' is no header here
plain = 1
"quoted # key"."a.b" . 'c "d"' = "# no comment"
text = \"\"\"
[x]
y = 1
\"\"\"
list = [ # a comment
  1, 'two', # [3]
  {inline = {"very deep" = true}, dotted.key = 5},

  [6,
   7],
]
"\\u00e9" = '''
[[overrides]]'''

[ tool . "copy desk" ]
here = 1979-05-27

[[overrides]]
paths = []
[overrides.severities]
"en/calque/x" = "error"
[[overrides.parts]]
one = 1
[[overrides.parts]]
two = 2
[overrides.parts.below]
three = 3
[[overrides]]
last.'one'.x = 1
last.two = 2
"""
LINES: dict[Location, int] = {
    ("plain",): 2,
    ("quoted # key",): 3,
    ("quoted # key", "a.b"): 3,
    ("quoted # key", "a.b", 'c "d"'): 3,
    ("text",): 4,
    ("list",): 8,
    ("list", 0): 9,
    ("list", 1): 9,
    ("list", 2): 10,
    ("list", 2, "inline"): 10,
    ("list", 2, "inline", "very deep"): 10,
    ("list", 2, "dotted"): 10,
    ("list", 2, "dotted", "key"): 10,
    ("list", 3): 12,
    ("list", 3, 0): 12,
    ("list", 3, 1): 13,
    ("é",): 15,
    ("tool",): 18,
    ("tool", "copy desk"): 18,
    ("tool", "copy desk", "here"): 19,
    ("overrides",): 21,
    ("overrides", 0): 21,
    ("overrides", 0, "paths"): 22,
    ("overrides", 0, "severities"): 23,
    ("overrides", 0, "severities", "en/calque/x"): 24,
    ("overrides", 0, "parts"): 25,
    ("overrides", 0, "parts", 0): 25,
    ("overrides", 0, "parts", 0, "one"): 26,
    ("overrides", 0, "parts", 1): 27,
    ("overrides", 0, "parts", 1, "two"): 28,
    ("overrides", 0, "parts", 1, "below"): 29,
    ("overrides", 0, "parts", 1, "below", "three"): 30,
    ("overrides", 1): 31,
    ("overrides", 1, "last"): 32,
    ("overrides", 1, "last", "one"): 32,
    ("overrides", 1, "last", "one", "x"): 32,
    ("overrides", 1, "last", "two"): 33,
}


def located(value: Any, at: Location = ()) -> Iterator[Location]:
    yield at
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        yield from located(child, (*at, key))


@pytest.mark.parametrize("text", [TEXT, TEXT.replace("\n", "\r\n")], ids=["LF", "CRLF"])
def test_every_place_of_the_data_has_its_line(text: str) -> None:
    assert lines_of(text) == {(): 1, **LINES}
    assert set(lines_of(text)) == set(located(tomllib.loads(text)))


def test_a_byte_order_mark_and_the_nearest_place(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(b"\xef\xbb\xbfa = 1\n[b]\nc = [\n2]\n")
    toml = read_toml(path)
    assert toml.data == {"a": 1, "b": {"c": [2]}}
    assert [toml.line(at) for at in (("a",), ("b", "c", 0), ("b", "c", 5, "x"), ("b", "x"), ("x",))] == [1, 4, 3, 2, 1]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"a = 1\nb =\n", "a.toml:2: not TOML: invalid value"),
        (b"a = 1\n[b\nc = 1\n", "a.toml:2: not TOML: expected ']' at the end of a table declaration"),
        (b"a = 1\n\na = 2\n", "a.toml:3: not TOML: cannot overwrite a value"),
        (b"a = 1\nb = '''\n\n", "a.toml:3: not TOML: expected \"'''\""),
        (b"a = '\xff'\n", "a.toml:1: not valid UTF-8 at byte 5"),
    ],
)
def test_what_is_no_toml(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes, message: str) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.toml").write_bytes(data)
    with pytest.raises(ConfigError) as raised:
        read_toml(tmp_path / "a.toml")
    assert str(raised.value) == message


def test_a_file_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ConfigError) as raised:
        read_toml(tmp_path / "a.toml")
    assert str(raised.value) == "a.toml:1: No such file or directory"
