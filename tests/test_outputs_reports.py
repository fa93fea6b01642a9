"""Reports for people: GitHub's ten annotations and its summary, Markdown, the HTML page and its history."""

from __future__ import annotations

import io
import os
import re
import subprocess
from collections import Counter
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rich.console import Console

from copydesk.model import Edit as Change
from copydesk.model import Engine, Family, Fix, Notice, Review, Safety, Severity, Span
from copydesk.render.github import MOST, github
from copydesk.render.markdown import job_summary, markdown
from copydesk.render.report import html
from copydesk.render.text import print_report, text
from copydesk.repository.history import History, history
from copydesk.repository.report import Failure, HeldBack
from filed import AWKWARD_NAMES, finding, report, review
from test_outputs import command

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def many(count: int, path: str = "a.txt", **fields: object) -> Review:
    """`count` findings, one a line."""
    return review("ab\n" * count, [finding(3 * at, 3 * at + 2, **fields) for at in range(count)], path)


def told(lines: str) -> list[tuple[str, dict[str, str], str]]:
    return [command(line) for line in lines.split("\n")[:-1]]


@pytest.mark.parametrize("name", AWKWARD_NAMES)
def test_names_and_messages_come_through_the_runner(name: str) -> None:
    message = "100%, a:b::c\r\nd %0A"
    level, properties, data = told(github(report(review("ab", [finding(0, 1, message=message)], name))))[0]
    assert (level, data) == ("warning", message)
    place = {"line": "1", "endLine": "1", "col": "1", "endColumn": "2"}
    assert properties == {"file": name, **place, "title": "copydesk: A_RULE"}


def test_ten_annotations_are_told_one_by_one() -> None:
    assert [at for _, at, _ in told(github(report(many(10))))] == [
        {"file": "a.txt", "line": f"{n}", "endLine": f"{n}", "col": "1", "endColumn": "3", "title": "copydesk: A_RULE"}
        for n in range(1, 11)
    ]


def test_past_ten_the_rest_of_each_file_is_one() -> None:
    commands = told(github(report(many(8), many(1, "b.txt"), many(3, "c.txt"))))
    assert len(commands) == MOST
    assert [at["file"] for _, at, _ in commands] == ["a.txt"] * 8 + ["b.txt", "c.txt"]
    assert commands[-2][1]["title"] == "copydesk: A_RULE"
    place = {"file": "c.txt", "line": "1", "title": "copydesk: 3 findings"}
    assert commands[-1] == ("warning", place, "3 findings on lines 1, 2, 3: A_RULE (3). The job summary lists them.")


def test_past_ten_files_the_rest_is_one() -> None:
    commands = told(github(report(*(many(2, f"{n:02}.txt") for n in range(30)))))
    assert [at.get("file") for _, at, _ in commands] == [f"{n:02}.txt" for n in range(9)] + [None]
    assert commands[-1][2] == "42 more annotations in other files. The job summary lists them."


def test_each_level_has_its_own_ten() -> None:
    graver = {"error": Severity.ERROR, "warning": Severity.WARNING, "notice": Severity.SUGGESTION}
    reviews = [many(40, f"{name}.txt", severity=severity) for name, severity in graver.items()]
    levels = Counter(level for level, _, _ in told(github(report(*reviews))))
    assert levels == dict.fromkeys(graver, MOST)


def test_what_was_not_reviewed_and_notices_are_annotations() -> None:
    off = Notice("grammar-off", "no engine")
    reviews = [Review(review("a", path=name).document, (), (off,)) for name in ("a.txt", "b.txt")]
    assert told(github(report(*reviews, failures=[Failure("c.txt", "no permission")]))) == [
        ("error", {"file": "c.txt", "title": "copydesk: not reviewed"}, "no permission"),
        ("notice", {"title": "copydesk: grammar-off"}, "no engine (2 files)"),
    ]


def test_several_lines_have_no_columns_and_end_on_their_last() -> None:
    _, at, _ = told(github(report(review("a😀\r\nbc\r\nd", [finding(1, 8)]))))[0]
    assert at == {"file": "a.txt", "line": "1", "endLine": "2", "title": "copydesk: A_RULE"}


def test_markdown_is_words_and_no_markup() -> None:
    reviewed = review("|x|\n`@a`", [finding(0, 3, message="a <b> | *c* #1 &amp;\nd")], "a`|*.md")
    written = markdown(report(reviewed, held_back=HeldBack(2, 1), failures=[Failure("x_y", "no_")]))
    assert written == (
        "# copydesk\n\n"
        "1 finding in 1 of 1 text; 2 findings of the baseline not shown; 1 finding on unchanged lines not shown; "
        "1 file could not be reviewed.\n"
        "\n| family | errors | warnings | suggestions |\n| --- | ---: | ---: | ---: |\n| grammar | 0 | 1 | 0 |\n"
        "\n## Not reviewed\n\n- x\\_y: no\\_\n"
        "\n## a\\`\\|\\*.md\n\n"
        "| place | | rule | text | message |\n| --- | --- | --- | --- | --- |\n"
        "| 1:1 | warning | A\\_RULE | \\|x\\| | a \\<b\\> \\| \\*c\\* \\#1 \\&amp; d |\n"
    )


def test_the_job_summary_fits_and_counts_what_does_not() -> None:
    long = report(*(many(1000, f"{n}.txt", message="Not so. " * 30) for n in range(9)))
    summary = job_summary(long)
    rows = len(re.findall(r"^\| \d+:1 \|", summary, re.M))
    left_out = re.search(r"\n\n(\S+) more findings would not fit here\.\n$", summary)
    assert left_out is not None
    assert rows + int(left_out[1].replace(",", "")) == 9000
    assert 890_000 < len(summary.encode()) < 901_000
    short = report(many(3))
    assert job_summary(short) == markdown(short)


def test_text_is_what_a_terminal_shows() -> None:
    fix = Fix((Change(Span(4, 7), "the"),), Safety.SAFE)
    reviewed = review("cut teh rope", [finding(4, 7, fixes=(fix,))])
    reviewed = Review(reviewed.document, reviewed.findings, (Notice("n", "told"),), (Engine("embedded", "1"),))
    assert text(report(reviewed, failures=[Failure("b.txt", "no permission")])) == (
        "a.txt:1:5: warning [A_RULE]\n    cut teh rope\n        ^^^\n    Not so.\n    safe fix: “teh” → “the”\n\n"
        "a.txt: note: told\nb.txt: not reviewed: no permission\n"
        "1 finding in 1 of 1 text; 1 file could not be reviewed (engines: embedded 1)\n"
    )


def test_a_terminal_gets_the_same_words_and_nothing_to_obey() -> None:
    """Escape sequences in a text or its name must not reach the terminal."""
    evil = finding(1, 3, message="\x1b[2J\u202e", fixes=(Fix((Change(Span(1, 3), "\x1b[3J"),), Safety.SHOW),))
    whole = report(review("a\x1b[\x07b", [evil], "a\x1b[1m.txt"), failures=[Failure("\x1b[2J", "\x1b[2J")])
    out = io.StringIO()
    print_report(
        Console(file=out, force_terminal=True, color_system="truecolor", highlight=False, soft_wrap=True), whole
    )
    words = re.sub(r"\x1b\[[0-9;]*m", "", out.getvalue())
    assert words == text(whole)
    assert "\x1b" not in words
    assert words.startswith(
        "a·[1m.txt:1:2: warning [A_RULE]\n    a·[·b\n     ^^\n    ·[2J·\n    show fix: “·[” → “·[3J”\n"
    )


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Two commits, months apart, a line that is not committed, a name that is awkward and a file unknown to git."""
    (tmp_path / "été, 1.txt").write_text("one\ntwo\n", encoding="utf-8")
    commit(tmp_path, "2025-11-03T12:00:00Z", "--initial")
    (tmp_path / "été, 1.txt").write_text("one\ntwo\nthree\n", encoding="utf-8")
    commit(tmp_path, "2026-02-28T23:00:00Z")
    (tmp_path / "été, 1.txt").write_text("one\ntwo\nthree\nfour\n", encoding="utf-8")
    (tmp_path / "new.txt").write_text("five\n", encoding="utf-8")
    return tmp_path


def commit(root: Path, date: str, *first: str) -> None:
    who = {f"GIT_{role}_{what}": "x@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    environment = {**os.environ, **who, "GIT_COMMITTER_DATE": date, "GIT_AUTHOR_DATE": "2001-01-01T00:00:00Z"}
    for arguments in ([["init", "-q"]] if first else []) + [["add", "."], ["commit", "-q", "-m", "text"]]:
        subprocess.run(["git", "-C", root, *arguments], check=True, env=environment)


def test_history_by_the_months_of_lines(repository: Path) -> None:
    lines = {"été, 1.txt": Counter({1: 2, 3: 1, 4: 5}), "new.txt": Counter({1: 4})}
    months = (("2025-11", 2), ("2025-12", 0), ("2026-01", 0), ("2026-02", 1))
    assert history(repository, lines) == History(months, uncommitted=5, left_out=4, is_cut=False)


def test_history_needs_a_repository(tmp_path: Path) -> None:
    assert history(tmp_path, {"a.txt": Counter({1: 1})}) is None


def test_the_page_tells_over_time(repository: Path) -> None:
    found = [finding(0, 3), finding(8, 13), finding(14, 18), finding(19, 19)]
    page = html(report(review("one\ntwo\nthree\nfour\n", found, "été, 1.txt"), root=str(repository)))
    assert '<tr><th scope="row">2025-11</th><td class="number">1</td></tr>' in page
    assert '<tr><th scope="row">2026-02</th><td class="number">1</td></tr>' in page
    assert "2 findings on lines that are not committed yet." in page
    assert "Over time" not in html(report(review("one\n", [finding(0, 3)])))


def test_the_page_counts_and_escapes() -> None:
    grave = finding(0, 3, family=Family.ENCODING, severity=Severity.ERROR, rule="any/a/b", message="<script>")
    page = html(report(review("<b> &", [grave], "x/<i>.txt"), many(3, "y/a.txt")))
    assert "<i>" not in page
    assert "<script" not in page
    assert "<mark>&lt;b&gt;</mark> &amp;</td>" in page
    assert "&lt;script&gt;" in page
    numbers = re.findall(r'scope="row" class="name"><bdi>([^<]*)</bdi>.*?((?:<td class="number">\d+</td>)+)', page)
    rows = [(name, *map(int, re.findall(r"\d+", cells))) for name, cells in numbers]
    assert rows[:2] == [("grammar", 0, 3, 0), ("encoding", 1, 0, 0)]
    assert rows[2:4] == [("y", 0, 3, 0), ("x", 1, 0, 0)]
    assert rows[4:] == [("A_RULE", 0, 3, 0), ("any/a/b", 1, 0, 0)]


def test_a_page_has_an_end() -> None:
    page = html(report(*(many(1000, f"{n}.txt") for n in range(7))))
    assert page.count('<td class="place">') == 5000
    assert "2,000 more findings in 2 files: too many for one page." in page


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_in_a_browser(browser: Browser, repository: Path, tmp_path: Path, scheme: str) -> None:
    """It loads nothing, breaks no policy of its own, and axe finds nothing to mend."""
    from axe_playwright_python.sync_playwright import Axe

    levels = [finding(at, at + 1, severity=severity) for at, severity in enumerate(Severity)]
    fixed = finding(3, 4, fixes=(Fix((Change(Span(3, 4), "x"),), Safety.SAFE),))
    reviews = [review("one\ntwo\n", [*levels, fixed], "été, 1.txt"), many(2, "b/שלום.txt")]
    written = html(report(*reviews, root=str(repository), failures=[Failure("c.txt", "no permission")]))
    file = tmp_path / "report.html"
    file.write_text(written, encoding="utf-8")
    page = browser.new_page(color_scheme="dark" if scheme == "dark" else "light")
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    page.on("console", lambda message: loaded.append(message.text))
    page.goto(file.as_uri())
    for unfold in page.locator("details").all():
        unfold.locator("summary").click()
    assert loaded == [file.as_uri()]
    assert page.locator("mark").first.is_visible()
    assert page.locator("rect.error").first.bounding_box() is not None
    results = Axe().run(page)
    assert results.response["violations"] == [], results.generate_report()
    page.close()


def test_the_policy_covers_the_style() -> None:
    page = html(report(many(1)))
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)
    assert policy is not None
    allowed = unescape(policy[1])
    assert re.fullmatch(
        r"default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}='; base-uri 'none'; form-action 'none'", allowed
    )
    assert " style=" not in page
    assert not re.search(r"\b(?:src|href)=", page)
