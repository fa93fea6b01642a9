"""Comments in the text that say what is to be left alone, through every front door."""

from __future__ import annotations

import asyncio
import json
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from copydesk.api import create_app
from copydesk.bitext.pairs import document_of
from copydesk.cli import main
from copydesk.findings.comments import unseen
from copydesk.findings.ignored import Ignored
from copydesk.findings.suppress import Filter
from copydesk.model import Family, Finding, Pair, Review, Severity
from copydesk.pipeline import Options
from copydesk.read import open_source
from copydesk.settings import load_settings
from desks import plain_desk
from patience import ENDLESS

DOUBLED = "any/seams/doubled-word-over-stop"
CAPTION = "any/captions/repeated-caption"
FAULT = "The head of the Commission. Commission. Talks went on."
OTHER = "The wheels of the machine. Machine. It stopped soon after."
CLEAN = "The train left the station at nine. Nobody was on the platform."
CAPTION_LINE = "Rescue workers search the rubble in Chernihiv"
NO_GRAMMAR = Options(Filter(families=frozenset(Family) - {Family.GRAMMAR}))


def reviewed(text: str, form: str, options: Options = NO_GRAMMAR) -> Review:
    return plain_desk().review(text, options, format=form, language="en")


def found(text: str, form: str, options: Options = NO_GRAMMAR) -> list[tuple[str, int]]:
    """The rule and the line of each finding."""
    review = reviewed(text, form, options)
    return [(f.rule, text.count("\n", 0, f.span.start) + 1) for f in review.findings]


def noted(text: str, form: str, options: Options = NO_GRAMMAR) -> list[tuple[str, str]]:
    return [(notice.code, notice.message) for notice in reviewed(text, form, options).notices]


PLAIN = "copydesk-ignore{}"
MARKED = "<!-- copydesk-ignore{} -->"


@pytest.mark.parametrize(("form", "comment"), [("text", PLAIN), ("markdown", MARKED), ("html", MARKED)])
@pytest.mark.parametrize(
    ("said", "hides"),
    [
        ("", True),
        ("-next-line", True),
        (" all", True),
        (f" {DOUBLED}", True),
        (f" {DOUBLED} -- the office is called so", True),
        (f"-next-line {CAPTION}, {DOUBLED} — so it is", True),
        (": seams -- names is no name here", True),
        (f" {CAPTION}", False),
        ("-next-line debris names", False),
        (" -- a reason, and no rule", True),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_line_below(form: str, comment: str, said: str, hides: bool, end: str) -> None:
    """Empty lines between do not count, and the line after is another's."""
    p = ("<p>", "</p>") if form == "html" else ("", "")
    lines = [CLEAN, "", comment.format(said), "", FAULT.join(p), "", OTHER.join(p)]
    assert found(end.join(lines), form) == [*([] if hides else [(DOUBLED, 5)]), (DOUBLED, 7)]


@pytest.mark.parametrize(("form", "p"), [("markdown", "{}"), ("html", "<p>{}</p>")])
def test_a_comment_beside_text_is_for_its_own_line(form: str, p: str) -> None:
    text = "\n\n".join([p.format(f"{FAULT} <!-- copydesk-ignore {DOUBLED} -->"), p.format(OTHER)])
    assert found(text, form) == [(DOUBLED, 3)]
    below = "\n\n".join([p.format(f"{FAULT} <!-- copydesk-ignore-next-line -->"), p.format(OTHER)])
    assert found(below, form) == [(DOUBLED, 1)]


@pytest.mark.parametrize(("form", "comment"), [("text", PLAIN), ("markdown", MARKED), ("html", MARKED)])
def test_a_block(form: str, comment: str) -> None:
    p = "<p>{}</p>" if form == "html" else "{}"
    parts = [OTHER, comment.format(f"-start {DOUBLED}"), FAULT, CLEAN, FAULT.replace("head", "chair"),
             comment.format("-end"), OTHER.replace("wheels", "gears")]  # fmt: skip
    text = "\n\n".join(part if "copydesk" in part else p.format(part) for part in parts)
    assert found(text, form) == [(DOUBLED, 1), (DOUBLED, 13)]
    assert noted(text, form) == []


def test_blocks_within_blocks_end_by_name() -> None:
    text = "\n\n".join([
        "copydesk-ignore-start seams", "copydesk-ignore-start debris", FAULT,
        "copydesk-ignore-end seams", OTHER, "copydesk-ignore-end",
    ])  # fmt: skip
    assert found(text, "text") == [(DOUBLED, 9)]
    assert noted(text, "text") == [("unused-ignore", "line 3: copydesk-ignore-start hides nothing of debris")]


def test_several_comments_over_one_line() -> None:
    text = f"copydesk-ignore-next-line names\ncopydesk-ignore-next-line {DOUBLED}\n{FAULT}\n"
    assert found(text, "text") == []
    assert noted(text, "text") == [("unused-ignore", "line 1: copydesk-ignore-next-line hides nothing of names")]


@pytest.mark.parametrize(
    "line",
    ["copydesk-ignore", "# copydesk-ignore seams", "// copydesk-ignore -- so", "<!-- copydesk-ignore -->",
     "<!--copydesk-ignore-->", "[copydesk-ignore]", "[copydesk-ignore: seams]  ", "\tcopydesk-ignore\t"],
)  # fmt: skip
def test_forms_of_a_line_in_plain_text(line: str) -> None:
    assert found(f"{CLEAN}\n{line}\n{FAULT}", "text") == []
    assert found(f"\ufeff{line}\r{FAULT}", "text") == []


@pytest.mark.parametrize(
    "word", ["copydesk-ignored", "xcopydesk-ignore", "We write copydesk-ignore", "copydesk-ignore_"]
)
def test_other_words_are_text(word: str) -> None:
    assert found(f"{word}\n{FAULT}", "text") == [(DOUBLED, 2)]


def test_front_matter_mdx_and_comments_over_lines() -> None:
    front = f'---\n# copydesk-ignore seams\ntitle: "{FAULT}"\ntags: [a]\n---\n\n{CLEAN}\n'
    assert found(front, "markdown") == []
    assert found(front.replace("seams", "names"), "markdown") == [(DOUBLED, 3)]
    assert found(f"{{/* copydesk-ignore */}}\n\n{FAULT}\n", "markdown") == []
    assert found(f"<!--\n  copydesk-ignore\n  {DOUBLED}\n  -- as they\n  call it\n-->\n\n{FAULT}\n", "markdown") == []


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("markdown", f"```\n<!-- copydesk-ignore -->\n```\n\n{FAULT}\n"),
        ("markdown", f"Write `<!-- copydesk-ignore -->` so.\n\n{FAULT}\n"),
        ("markdown", f"# copydesk-ignore\n\n{FAULT}\n"),
        ("html", f"<pre>&lt;!-- copydesk-ignore --></pre>\n<p>{FAULT}</p>\n"),
    ],
)
def test_what_is_shown_as_code_or_said_in_the_text_is_no_comment(form: str, text: str) -> None:
    assert [rule for rule, _ in found(text, form)].count(DOUBLED) == 1


def test_subtitles() -> None:
    text = (
        "WEBVTT\n\nNOTE copydesk-ignore-next-line\n\n00:01.000 --> 00:02.000\nThe head of the Commission. Commission.\n"
        "\n00:03.000 --> 00:04.000\nThe wheels of the machine. Machine.\n"
    )
    assert found(text, "vtt") == [(DOUBLED, 9)]


@pytest.mark.parametrize("options", [NO_GRAMMAR, Options()])
def test_a_line_for_copydesk_is_no_text(options: Options) -> None:
    """What stands around it is found as without it, and it raises no alarm of its own."""
    article = (
        f"A headline of the day\n\n{CLEAN}\n\n{FAULT}\nRescue workers search the rubble in Chernihiv.\n\n{OTHER}\n"
    )
    lines = article.split("\n")
    for at in range(len(lines)):
        comment = "copydesk-ignore-next-line bitext captions -- teh  teh readMore Share Tweet ĐŸŃ€"
        text = "\n".join([*lines[:at], comment, *lines[at:]])
        assert [rule for rule, _ in found(text, "text", options)] == [DOUBLED, DOUBLED]
        assert len(unseen(open_source(text, language="en")[0].view).text) == len(text)


@pytest.mark.parametrize(("line", "gap"), [("Subscribe to our newsletter", "\n\n"), (f"{CAPTION_LINE}.", "\n")])
def test_a_fix_does_not_take_the_comment_along(line: str, gap: str) -> None:
    """The line before it goes with the empty lines after it, and with no more."""
    kept = f"# copydesk-ignore seams -- so\n\n{FAULT}\n"
    fixed = plain_desk().correct(reviewed(f"{CAPTION_LINE}\n\n{line}{gap}{kept}", "text"), NO_GRAMMAR).text
    assert fixed == f"{CAPTION_LINE}\n\n{kept}"


@pytest.mark.parametrize(
    ("comment", "code", "message"),
    [
        ("copydesk-ignore captions", "unused-ignore", "copydesk-ignore hides nothing of captions"),
        (f"copydesk-ignore {DOUBLED} {CAPTION}", "unused-ignore", f"copydesk-ignore hides nothing of {CAPTION}"),
        ("copydesk-ignore caption", "unknown-ignore",
         "copydesk-ignore: unknown rule or family “caption”; did you mean “captions”?"),
        ("copydesk-ignore any/captions/repeated-captions", "unknown-ignore",
         f"copydesk-ignore: unknown rule “any/captions/repeated-captions”; did you mean “{CAPTION}”?"),
        ("copydesk-ignore-nextline", "unknown-ignore",
         "copydesk-ignore-nextline is unknown; did you mean “next-line”?"),
        ("copydesk-ignore-start seams", "unclosed-ignore",
         "copydesk-ignore-start has no copydesk-ignore-end: it holds to the end of the text"),
        ("copydesk-ignore-end", "unclosed-ignore", "copydesk-ignore-end has no copydesk-ignore-start before it"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_comment_is_told_with_its_line(comment: str, code: str, message: str) -> None:
    assert noted(f"{CLEAN}\n\n{comment}\n{FAULT}\n", "text") == [(code, f"line 3: {message}")]
    marked = f"{CLEAN}\n\n<!-- {comment} -->\n{FAULT}\n"
    assert noted(marked, "markdown") == [(code, f"line 3: {message}")]


@pytest.mark.parametrize(
    ("names", "options"),
    [
        ("captions", Options(Filter(families=frozenset({Family.SEAMS})))),
        ("captions", Options(Filter(severity=Severity.ERROR))),
        ("", Options()),  # the engine might have said something
        ("MORFOLOGIK_RULE_EN_US", Options()),
        ("bitext", NO_GRAMMAR),  # there is no source to hold the text against
        ("any/model/omission", NO_GRAMMAR),
    ],
)
def test_what_was_not_looked_for_is_not_called_unused(names: str, options: Options) -> None:
    assert [code for code, _ in noted(f"copydesk-ignore {names}\n{CLEAN}\n", "text", options)] in ([], ["grammar-off"])


def test_a_comment_without_use_is_told_only_once_it_has_none() -> None:
    text = f"copydesk-ignore\n{CLEAN}\n\ncopydesk-ignore\n"
    assert noted(text, "text", Options(Filter(families=frozenset({Family.SEAMS})))) == []
    everything = Options(Filter(families=None), grammar=None)
    assert noted(text, "text", everything)[0][0] == "grammar-off"


@pytest.mark.parametrize(
    "part",
    [
        "<!-- copydesk-ignore ",
        "<!--" + " " * 600,
        "copydesk-ignore" + " -" * 400 + "\n",
        "<p>Words <!-- copydesk-ignore -->\n",
        "<p>Words <!-- copydesk-ignore-start x --><!-- copydesk-ignore-start --><!-- copydesk-ignore-end y -->",
        "<p>Words <!-- copydesk-ignore-start names -->",
    ],
)
def test_any_number_of_comments_costs_no_more_than_their_length(part: str) -> None:
    """Seconds would be minutes if each comment were held against each finding, or each looked at the whole text."""
    text = part * (300_000 // len(part))
    reading, _ = open_source(f"{text}\n\nA word.", format="html", language="en")
    words = [segment.span for segment in reading.view.segments]
    findings = [Finding("any/x/y", Family.SEAMS, Severity.ERROR, span, "m") for span in words]
    began = time.process_time()
    ignored = Ignored(reading)
    ignored.without(findings)
    list(ignored.notices(plain_desk().rules, lambda _: True))
    assert time.process_time() - began < ENDLESS


ARTICLE = f"{FAULT}\n\n<!-- copydesk-ignore {DOUBLED} -->\n{OTHER}\n"


def test_the_command_line(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text(ARTICLE, encoding="utf-8")
    result = CliRunner().invoke(main, ["check", "--format", "json", "--engine", "none", str(file)])
    (document,) = json.loads(result.stdout)["documents"]
    assert [(f["rule"], f["line"]) for f in document["findings"]] == [(DOUBLED, 1)]


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app(load_settings(), plain_desk()).test_client()


def test_the_rest_service(client: FlaskClient) -> None:
    answer = client.post("/v1/review", json={"text": ARTICLE, "format": "markdown", "language": "en"}).get_json()
    assert [(f["rule"], f["line"]) for f in answer["documents"][0]["findings"]] == [(DOUBLED, 1)]
    unused = {"text": f"{CLEAN} <!-- copydesk-ignore seams -->", "format": "html", "language": "en"}
    notices = client.post("/v1/review", json=unused).get_json()["documents"][0]["notices"]
    assert [n["message"] for n in notices if n["code"] == "unused-ignore"] == [
        "line 1: copydesk-ignore hides nothing of seams"
    ]


@pytest.mark.parametrize(
    "form",
    [
        {"text": f"{FAULT}\n\ncopydesk-ignore {DOUBLED}\n{OTHER}\n"},
        {"data": {"annotation": [{"text": f"{FAULT}\n\ncopydesk-ignore seams\n"}, {"markup": "<b>"}, {"text": OTHER}]}},
        {"data": {"annotation": [
            {"markup": "<p>"}, {"text": FAULT},
            {"markup": "</p>\n<!-- copydesk-ignore seams -->\n<p>", "interpretAs": "\n\n"},
            {"text": OTHER}, {"markup": "</p>"},
        ]}},
        {"data": {"annotation": [
            {"text": f"{FAULT}\n\n"}, {"markup": "<!-- copydesk-ignore -->"}, {"text": f" {OTHER}"},
        ]}},
    ],
)  # fmt: skip
def test_the_protocol_of_languagetool(client: FlaskClient, form: dict[str, Any]) -> None:
    """In plain text, and in what a client has told apart as markup."""
    sent = {name: value if isinstance(value, str) else json.dumps(value) for name, value in form.items()}
    answer = client.post("/v2/check", data={"language": "en-US", **sent}).get_json()
    ours = [match for match in answer["matches"] if match["rule"]["id"] == DOUBLED]
    assert [match["offset"] for match in ours] in ([FAULT.index("Commission")], [FAULT.index("Commission") + 3])


def test_an_editor(tmp_path: Path) -> None:
    """What the language server's worker finds, in a text and in a message of git with its comments."""
    from copydesk.lsp.config import Config
    from copydesk.lsp.profile import Profile
    from copydesk.lsp.texts import OpenText
    from copydesk.lsp.worker import Worker

    async def review(text: OpenText) -> list[tuple[str, str]]:
        worker = Worker(load_settings())
        try:
            outcome = await worker.review(text, Profile.of(Config(engine="none"), tmp_path))
        finally:
            worker.close()
        assert outcome.problem is None
        return [(f.rule, f.span.of(text.text)) for f in outcome.findings]

    message = f"A change\n\n{FAULT}\n# copydesk-ignore seams\n{OTHER}\n"
    for form, text in (("markdown", ARTICLE), ("git-commit", message)):
        shown = asyncio.run(review(OpenText(f"file:///{form}", form, 1, text)))
        assert shown == [(DOUBLED, "Commission. Commission.")]


def test_a_corpus(tmp_path: Path) -> None:
    """Comments of plain text are no passages that stand twice, and name nobody."""
    reason = "Viktar Yarashevich of the harbour office has asked the desk to keep the line as he said it that evening"
    comment = f"copydesk-ignore-next-line seams -- {reason}"
    for name, line in (("a.txt", FAULT), ("b.txt", OTHER)):
        (tmp_path / name).write_text(f"{comment}\n{line}\n", encoding="utf-8")
    copies = CliRunner().invoke(main, ["duplicates", str(tmp_path)])
    assert (copies.exit_code, copies.stdout.splitlines()[-1][:32]) == (0, "0 copies of passages and 0 of wh")
    names = CliRunner().invoke(main, ["names", "--all", "--format", "json", str(tmp_path)])
    assert "Yarashevich" not in names.stdout
    assert [name["name"] for name in json.loads(names.stdout)["names"]] == ["Commission"]


def test_a_translation_held_against_its_source() -> None:
    """The comments of a plain text hold there too; of the source, they are no words."""
    comment = "copydesk-ignore any/bitext/number-changed -- as the ministry has corrected it"
    source = document_of(f"{comment}\nЦены выросли на 12 процентов.\nДоговор подписали в мае.\n", "ru")
    lines = ["Prices rose by 21 percent.", "The treaty was signed in May."]
    text = "\n".join([comment, *lines, "copydesk-ignore-start", ""])
    target = document_of(text, "en-US")
    found = plain_desk().compare_documents(source, target)
    assert found.findings == ((),)
    assert found.pairs == (Pair(source, target),)
    assert [(notice.code, notice.span and notice.span.of(text)) for notice in found.notices] == [
        ("unclosed-ignore", "copydesk-ignore-start")
    ]
    plain = plain_desk().compare_documents(source, document_of("\n".join(lines), "en-US"))
    assert [finding.span.of(lines[0]) for finding in plain.findings[0]] == ["21"]
