"""The command line as its user sees it."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from copydesk.cli import main

FAULTY = (
    "Rescue workers search the rubble in Chernihiv\n\n"
    "Rescue workers search the rubble in Chernihiv.\n"
    "(Photo: State Emergency Service)\n\n"
    "The head of the 😀 Commission. Commission. Talks went on.\n"
)
FIXED = FAULTY.replace("Rescue workers search the rubble in Chernihiv.\n", "")
CLEAN = "The train left the station at nine. Nobody was on the platform.\n"
QUICK = ["--engine", "none"]


def run(*args: str, text: str | bytes = "") -> Result:
    return CliRunner().invoke(main, list(args), input=text)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "an article.txt"
    path.write_text(FAULTY, encoding="utf-8", newline="")
    return path


def test_text_output(article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(article.parent)
    result = run("check", article.name, *QUICK)
    assert result.exit_code == 1
    assert result.stdout == (
        "an article.txt:3:1: error [any/captions/repeated-caption]\n"
        "    Rescue workers search the rubble in Chernihiv.\n"
        "    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
        "    The caption stands twice: “Rescue workers search the rubble in Chernihiv.”.\n"
        "    safe fix: remove “Rescue workers search the rubble in C…”\n"
        "    see an article.txt:1:1: the caption stands here too\n"
        "\n"
        "an article.txt:6:19: warning [any/seams/doubled-word-over-stop]\n"
        "    The head of the 😀 Commission. Commission. Talks went on.\n"
        "                       ^^^^^^^^^^^^^^^^^^^^^^^\n"
        "    “Commission. Commission.”: the last word of the sentence stands again as a sentence of its own.\n"
        "    unsafe fix: remove “ Commission.”\n"
        "\n"
        "an article.txt: note: no grammar engine: grammar and spelling were not checked\n"
        "2 findings in 1 of 1 text\n"
    )


def test_json_output_has_exact_offsets(article: Path) -> None:
    result = run("check", "--format", "json", "--no-cache", str(article), *QUICK)
    assert result.exit_code == 1
    (document,) = json.loads(result.stdout)["documents"]
    assert document["path"] == str(article)
    assert [(f["rule"], FAULTY[f["start"] : f["end"]], f["line"], f["column"]) for f in document["findings"]] == [
        ("any/captions/repeated-caption", "Rescue workers search the rubble in Chernihiv.", 3, 1),
        ("any/seams/doubled-word-over-stop", "Commission. Commission.", 6, 19),
    ]


def test_clean_text_exits_0() -> None:
    assert run("check", "-", *QUICK, text=CLEAN).exit_code == 0


def test_the_severity_floor_decides() -> None:
    text = "The head of the Commission. Commission. Talks went on.\n"
    assert run("check", "--severity", "error", *QUICK, text=text).exit_code == 0
    assert run("check", "--severity", "warning", *QUICK, text=text).exit_code == 1


def test_families_disabled_rules_and_accepted_words(article: Path) -> None:
    assert run("check", "--family", "names", str(article), *QUICK).exit_code == 0
    both = ["--disable", "any/captions/repeated-caption", "--accept", "Commission. Commission."]
    assert run("check", *both, str(article), *QUICK).exit_code == 0


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["--family", "caption"], "unknown family “caption”; did you mean “captions”?"),
        (["--disable", "any/captions/repeated-captions"], "did you mean “any/captions/repeated-caption”?"),
        (["--rules", "nowhere"], "nowhere:1: no such file or folder"),
        (["--language", "xx"], "unknown language “xx”"),
    ],
)
def test_wrong_options_exit_2(article: Path, args: list[str], message: str) -> None:
    result = run("check", str(article), *args, *QUICK)
    assert result.exit_code == 2
    assert message in result.stderr


def test_what_cannot_be_read_is_told_and_the_rest_goes_on(article: Path, tmp_path: Path) -> None:
    (tmp_path / "latin.txt").write_bytes(b"caf\xe9")
    result = run("check", str(tmp_path / "none.txt"), str(tmp_path / "latin.txt"), str(article), *QUICK)
    assert result.exit_code == 2
    assert f"copydesk: {tmp_path}/none.txt: No such file or directory" in result.stderr
    assert f"copydesk: {tmp_path}/latin.txt: not valid UTF-8 at byte 3: unexpected end of data" in result.stderr
    assert "2 findings in 1 of 1 text; 2 files could not be reviewed" in result.stdout


def test_a_folder_is_read_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt"):
        (tmp_path / name).write_text(CLEAN, encoding="utf-8")
    result = run("check", "--format", "json", str(tmp_path), *QUICK)
    paths = [document["path"] for document in json.loads(result.stdout)["documents"]]
    assert paths == [str(tmp_path / "a.txt"), str(tmp_path / "b.txt")]


def test_fix_shows_a_diff_and_changes_nothing(article: Path) -> None:
    result = run("fix", str(article), *QUICK)
    assert result.exit_code == 1
    assert "-Rescue workers search the rubble in Chernihiv.\n" in result.stdout
    assert "+" not in result.stdout.replace("+++", "").replace("@@ -1,6 +1,5 @@", "")
    assert article.read_text(encoding="utf-8") == FAULTY


def test_fix_writes_and_keeps_the_mode(article: Path) -> None:
    article.chmod(0o640)
    assert run("fix", "--write", str(article), *QUICK).exit_code == 0
    assert article.read_text(encoding="utf-8") == FIXED
    assert article.stat().st_mode & 0o777 == 0o640
    assert run("fix", str(article), *QUICK).exit_code == 0
    assert sorted(p.name for p in article.parent.iterdir()) == [article.name]


def test_fix_keeps_crlf_and_a_byte_order_mark(article: Path) -> None:
    article.write_bytes(b"\xef\xbb\xbf" + FAULTY.replace("\n", "\r\n").encode())
    assert run("fix", "--write", str(article), *QUICK).exit_code == 0
    assert article.read_bytes() == b"\xef\xbb\xbf" + FIXED.replace("\n", "\r\n").encode()


def test_fix_from_standard_input_to_standard_output() -> None:
    result = run("fix", "--write", "--unsafe", *QUICK, text=FAULTY)
    assert result.stdout == FIXED.replace("Commission. Commission.", "Commission.")


def test_rules_list_show_and_validate(tmp_path: Path) -> None:
    listed = run("rules", "list", "--family", "captions")
    assert [line.split()[0].removeprefix("any/captions/") for line in listed.stdout.splitlines()] == [
        "repeated-caption", "truncated-caption", "varied-caption", "contained-caption", "caption-of-two-pictures",
        "repeated-credit", "alt-repeats-caption",
    ]  # fmt: skip
    assert run("rules", "show", "any/captions/varied-caption").stdout.startswith("### any/captions/varied-caption\n")
    pack = tmp_path / "pack.yaml"
    pack.write_text(
        "- id: en/house/kick-the-can\n  kind: pattern\n  family: translation\n  severity: warning\n"
        "  message: m\n  why: The house does not kick cans.\n  match: 'kick the can'\n"
        "  bad: [{text: 'They [[kick the can]].'}]\n  good: ['They kicked the can.']\n",
        encoding="utf-8",
    )
    assert run("rules", "validate", str(pack)).stdout == "1 rules, 0 failures\n"
    assert run("check", "--rules", str(pack), *QUICK, text="They kick the can.").exit_code == 1
    pack.write_text(
        pack.read_text(encoding="utf-8").replace("[[kick the]]", "x").replace("kicked", "kick"), encoding="utf-8"
    )
    failed = run("rules", "validate", str(pack))
    assert failed.exit_code == 1
    assert failed.stdout == (
        "en/house/kick-the-can: good text 'They kick the can.' has en/house/kick-the-can on 'kick the can'\n"
        "1 rules, 1 failures\n"
    )


def test_the_real_command_with_the_real_engine() -> None:
    """The installed script, as a process: the engine's own finding with its own id, and who read the text."""
    command = Path(sys.executable).with_name("copydesk")
    done = subprocess.run(
        [command, "check", "--format", "json", "-"],
        input="On Monday he recieved a letter.",
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (1, "")
    (document,) = json.loads(done.stdout)["documents"]
    assert [(f["rule"], f["text"], f["family"]) for f in document["findings"]] == [
        ("MORFOLOGIK_RULE_EN_US", "recieved", "grammar")
    ]
    assert [engine["name"] for engine in document["engines"]] == ["embedded"]


def test_colour_only_on_a_terminal(article: Path) -> None:
    command = Path(sys.executable).with_name("copydesk")
    main_end, terminal = pty.openpty()
    with subprocess.Popen(
        [command, "check", str(article), *QUICK],
        stdout=terminal,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "TERM": "xterm"},
    ) as process:
        process.wait()
    os.close(terminal)
    assert b"\x1b[31merror\x1b[0m" in os.read(main_end, 100_000)
    os.close(main_end)
    piped = subprocess.run([command, "check", str(article), *QUICK], capture_output=True)
    assert b"\x1b" not in piped.stdout
