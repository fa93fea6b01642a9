"""What docs/configuration.md shows is what happens."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from copydesk.cli import main
from copydesk.repository.config_schema import Layer, Override, Root

PAGE = (Path(__file__).parent.parent / "docs" / "configuration.md").read_text(encoding="utf-8")


def test_the_example_is_read_as_the_page_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for folder in ("house/rules", "content/ru/interviews"):
        (tmp_path / folder).mkdir(parents=True)
    for name in ("house/names.yaml", "house/terms.csv", "content/ru/interviews/a.md"):
        (tmp_path / name).touch()
    example = re.search(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    output = re.search(r"^    \$ copydesk (config .*)\n((?:    .*\n)+)", PAGE, re.MULTILINE)
    assert example is not None
    assert output is not None
    (tmp_path / "copydesk.toml").write_text(example[1], encoding="utf-8")
    result = CliRunner().invoke(main, output[1].split())
    assert result.output == re.sub("^    ", "", output[2], flags=re.MULTILINE)


def test_every_key_is_explained() -> None:
    assert sorted(re.findall(r"^\| `\[*(\w+)\]*`", PAGE, re.MULTILINE)) == sorted(Root.model_fields)
    assert set(Override.model_fields) - set(Layer.model_fields) == {"paths", "format"}
