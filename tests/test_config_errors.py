"""What is wrong with a configuration is told with its line and the nearest name that there is."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from copydesk.cli import main
from copydesk.errors import ConfigError
from copydesk.repository.config import load_config

FAULTS = {
    'severity = "error"\nfamlies = ["names"]': "2: unknown key “famlies”; did you mean “families”?",
    "quux = 1": "1: unknown key “quux”",
    '\n[severites]\ntranslation = "error"': "2: unknown key “severites”; did you mean “severities”?",
    'accept = [\n  "a",\n  {word = "b",\n   }\n]': "3: not TOML: invalid initial character for a key part",
    'accept = [\n  "a",\n  {word = "b", why = "c"},\n]': "3: accept: unknown key “why”",
    'accept = [\n  "a",\n  {wrd = "b"},\n]': "3: accept: unknown key “wrd”; did you mean “word”?",
    'accept = [\n  "a",\n  "",\n]': "3: accept.word: should not be empty",
    'accept = [\n{reason = "c"}]': "2: accept: the key “word” is missing",
    '[[overrides]]\npaths = ["a"]\n[[overrides]]\npaths = ["b"]\nlangage = "en"': (
        "5: overrides: unknown key “langage”; did you mean “language”?"
    ),
    '[[overrides]]\npaths = ["a"]\nexclude = ["b"]': (
        "3: overrides: unknown key “exclude”; it belongs at the top of the file"
    ),
    '[[overrides]]\npaths = ["a"]\n\n[[overrides]]\nlanguage = "en"': "4: overrides: the key “paths” is missing",
    'paths = ["a"]': "1: unknown key “paths”; it belongs in [[overrides]]",
    'families = [\n  "names",\n  "nams",\n]': "3: families: unknown family “nams”; did you mean “names”?",
    'families = "names"': "1: families: should be a list",
    '\n[overrides]\npaths = ["a"]': "2: [overrides] is one table; a list of them is written [[overrides]]",
    "families = []": "1: families: should name at least one",
    'severity = "warn"': "1: severity: unknown severity “warn”; did you mean “warning”?",
    "severity = 1": "1: severity: Input should be 'error', 'warning' or 'suggestion'",
    'language = "en-UKK"': "1: language: unknown language “en-UKK”; did you mean “en-US”?",
    '\nengine = "embeded"': "2: engine: unknown engine “embeded”; did you mean “embedded”?",
    'formats = {"*.njk" = "htm"}': "1: formats.*.njk: unknown format “htm”; did you mean “html”?",
    '[formats]\n"*.njk" = "html"\n"#x" = "text"': "3: formats.#x: the glob “#x” matches no file",
    'exclude = [\n  "a",\n  "!",\n]': "3: exclude: Invalid git pattern: '!'",
    'corpus = "yes"': "1: corpus: should be true or false",
    "lexicon = [1]": "1: lexicon: should be a string",
    'rules = ["none"]': "1: rules: no such file or folder: none",
    '[[overrides]]\npaths = ["a"]\nlexicon = [\n"there.yaml",\n"none.yaml"]': (
        "5: overrides.lexicon: no such file or folder: none.yaml"
    ),
    'glossary = "none.csv"': "1: glossary: no such file or folder: none.csv",
    'disable = [\n  "en/calque/in-frame-of",\n]': (
        "2: disable: unknown rule “en/calque/in-frame-of”; did you mean “en/calque/in-frames-of”?"
    ),
    'disable = ["OXFORD_SPELLING", "grammar"]': "1: disable: unknown rule “grammar”",
    'enable = ["any/model/addition", "any/model/adition"]': (
        "1: enable: unknown rule “any/model/adition”; did you mean “any/model/addition”?"
    ),
    'enable = ["A_B"]\ndisable = ["A_B"]': "1: the rule “A_B” is both in “disable” and in “enable”",
    '[severities]\ngrammar = "error"\nOXFORD_SPELLING = "error"\ngramar = "error"': (
        "4: severities: unknown rule or family “gramar”; did you mean “grammar”?"
    ),
    '[severities]\n"en/calque/in-frames-off" = "error"': (
        "2: severities: unknown rule or family “en/calque/in-frames-off”; did you mean “en/calque/in-frames-of”?"
    ),
    '[severities]\ngrammar = "fatal"': "2: severities.grammar: unknown severity “fatal”",
    'severities = ["grammar"]': "1: severities: should be a table",
    '[[pairs]]\ntarget = "en/{path}"\nsource = "ru/{name}"': "1: pairs: “source” has {name}, which “target” has not",
    'pairs = [\n{target = "en/a.md", source = "ru/a.md"}]': "2: pairs: “target” needs a part such as {path}, each once",
    '[[pairs]]\ntarget = "en/{}"\nsource = "ru"': "1: pairs: “{}” is no name: write “en/{path}.md”",
    '[[pairs]]\ntarget = "en/{path}"\nsorce = "ru/{path}"': "3: pairs: unknown key “sorce”; did you mean “source”?",
}


@pytest.mark.parametrize(("text", "message"), FAULTS.items())
def test_a_fault_has_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, message: str) -> None:
    monkeypatch.chdir(tmp_path)
    Path("there.yaml").touch()
    Path("copydesk.toml").write_text(f"{text}\n", encoding="utf-8")
    with pytest.raises(ConfigError) as raised:
        load_config(Path("copydesk.toml"))
    assert str(raised.value) == f"copydesk.toml:{message}"
    assert raised.value.line == int(message.split(":")[0])


def test_a_table_of_a_project_has_the_lines_of_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = '[project]\nname = "x"\n\n[tool.copydesk]\nseverity = "error"\n\n[[tool.copydesk.overrides]]\npath = ["a"]\n'
    Path("pyproject.toml").write_text(text, encoding="utf-8")
    result = CliRunner().invoke(main, ["config", "a.md"])
    expected = "copydesk: pyproject.toml:8: overrides: unknown key “path”; did you mean “paths”?\n"
    assert (result.exit_code, result.output) == (2, expected)


def test_rules_of_the_users_own_packs_are_known(tmp_path: Path) -> None:
    (tmp_path / "house").mkdir()
    (tmp_path / "house" / "words.yaml").write_text("- id: en/house/utilise\n", encoding="utf-8")
    file = tmp_path / "copydesk.toml"
    file.write_text('rules = ["house"]\ndisable = ["en/house/utilise"]\n', encoding="utf-8")
    config = load_config(file).of(tmp_path / "a.md")
    assert (config.packs, config.disabled) == ((tmp_path / "house",), frozenset({"en/house/utilise"}))
    file.write_text('rules = ["house"]\ndisable = ["en/house/utilize"]\n', encoding="utf-8")
    with pytest.raises(ConfigError, match=r"unknown rule “en/house/utilize”; did you mean “en/house/utilise”\?"):
        load_config(file)
