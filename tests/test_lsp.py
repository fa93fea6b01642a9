"""The language server, driven by a client over its real standard input and output."""

from __future__ import annotations

import asyncio
import json
import subprocess
import threading
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("pytest_lsp", reason="the extra “lsp” is not installed")

from lsprotocol import types

from copydesk.lsp.config import Config
from copydesk.lsp.positions import Places
from copydesk.lsp.profile import Profile
from copydesk.lsp.session import Session, Superseded
from copydesk.lsp.texts import OpenText
from copydesk.lsp.worker import Outcome, Worker
from copydesk.model import Span
from copydesk.settings import load_settings
from editor import COMMAND, OPTIONS, Editor, applied, editing, edits_of, offset, place
from patience import PATIENCE

FRAMES = "en/calque/in-frames-of"
TEXT = (
    "😀 שלום: the talks were held in the frames of a project.\r\n"
    "The chairman lo\u200bst 🏁 his way and held in the frames of it.\r\n"
)
NAMES = (
    "President Alexander Lukashenko spoke in Minsk. Later Lukashenka left, and Lukashenka’s guards followed Lukashenko."
)


def codes(diagnostics: list[types.Diagnostic]) -> list[object]:
    return [diagnostic.code for diagnostic in diagnostics]


def ranges(diagnostics: list[types.Diagnostic]) -> list[tuple[int, int, int, int]]:
    return [(d.range.start.line, d.range.start.character, d.range.end.line, d.range.end.character) for d in diagnostics]


async def pulled(
    editor: Editor, uri: str, known: str | None = None
) -> types.RelatedFullDocumentDiagnosticReport | types.RelatedUnchangedDocumentDiagnosticReport:
    params = types.DocumentDiagnosticParams(types.TextDocumentIdentifier(uri), previous_result_id=known)
    return await asyncio.wait_for(editor.client.text_document_diagnostic_async(params), PATIENCE)


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("encodings", "expected"),
    [
        ([], [(0, 29, 0, 45), (1, 15, 1, 16), (1, 39, 1, 55)]),
        (["utf-8", "utf-16"], [(0, 35, 0, 51), (1, 15, 1, 18), (1, 43, 1, 59)]),
        (["utf-7", "utf-32"], [(0, 28, 0, 44), (1, 15, 1, 16), (1, 38, 1, 54)]),
    ],
    ids=["utf-16", "utf-8", "utf-32"],
)
async def test_ranges_and_fixes_in_each_encoding(
    tmp_path: Path, encodings: list[str], expected: list[tuple[int, int, int, int]]
) -> None:
    """Before the faults stand an emoji, right-to-left letters and CRLF."""
    async with editing(tmp_path, encodings=encodings) as editor:
        uri = editor.open("a.txt", TEXT)
        told = await editor.take()
        assert (told.uri, told.version) == (uri, 1)
        assert codes(list(told.diagnostics)) == [FRAMES, "any/encoding/zero-width-space", FRAMES]
        assert ranges(list(told.diagnostics)) == expected
        encoding = ("utf-16" if not encodings else encodings[0]).replace("utf-7", "utf-32")
        last = told.diagnostics[-1].range
        fix = (await editor.actions(uri, last))[0]
        assert fix.title == "Change to “as part of”"
        assert fix.is_preferred
        assert applied(TEXT, edits_of(fix), encoding) == TEXT.replace("in the frames of it", "as part of it")
        (safe,) = await editor.actions(uri, last, only=["source.fixAll"])
        assert (safe.title, safe.kind) == ("Fix all that is safe (1)", "source.fixAll.copydesk")
        assert applied(TEXT, edits_of(safe), encoding) == TEXT.replace("\u200b", "")


@pytest.mark.asyncio
async def test_changes_come_in_parts_and_lines_end_only_where_the_protocol_says(tmp_path: Path) -> None:
    """U+0085, U+2028 and the form feed end lines for Python and for no editor."""
    text = "One\x85two\u2028three\x0c😀four.\r\nIt was held in a row."
    async with editing(tmp_path) as editor:
        uri = editor.open("a.txt", text)
        first = await editor.take()
        editor.change(
            uri,
            2,
            types.TextDocumentContentChangePartial(place(1, 12, 1, 12), "the frames of a project, in "),
            types.TextDocumentContentChangePartial(place(1, 12, 1, 12), "in "),
            types.TextDocumentContentChangePartial(place(0, 16, 0, 20), "five, 😀"),
            types.TextDocumentContentChangePartial(place(7, 0, 9, 9), " They left."),
        )
        told = await editor.take()
        assert FRAMES not in codes(list(first.diagnostics))
        assert told.version == 2
        found = [d for d in told.diagnostics if d.code == FRAMES]
        assert ranges(found) == [(1, 12, 1, 28)]
        now = "One\x85two\u2028three\x0c😀five, 😀.\r\nIt was held in the frames of a project, in in a row. They left."
        fix = (await editor.actions(uri, found[0].range))[0]
        assert applied(now, edits_of(fix)) == now.replace("in the frames of", "as part of")


@pytest.mark.asyncio
async def test_a_check_that_the_text_has_overtaken_is_never_shown(tmp_path: Path) -> None:
    async with editing(tmp_path) as editor:
        uri = editor.open("a.txt", NAMES * 200)
        for version in range(2, 30):
            whole = types.TextDocumentContentChangeWholeDocument(f"{'x' * version} was held in the frames of it.")
            editor.change(uri, version, whole)
        told = await editor.take()
        assert told.version == 29
        assert ranges(list(told.diagnostics)) == [(0, 39, 0, 55)]
        editor.change(uri, 30, types.TextDocumentContentChangeWholeDocument("Yes."))
        assert list((await editor.take()).diagnostics) == []
        editor.client.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri)))
        assert list((await editor.take()).diagnostics) == []
        assert [told.version for told in editor.published] == [29, 30, None]


@pytest.mark.asyncio
async def test_what_is_shown_of_a_fault(tmp_path: Path) -> None:
    async with editing(tmp_path, ruleLink="https://desk.example/rules/{rule}") as editor:
        uri = editor.open("a.txt", NAMES)
        first, second = (await editor.take()).diagnostics
        assert ranges([first, second]) == [(0, 53, 0, 63), (0, 74, 0, 84)]
        assert (first.source, first.code, first.severity) == (
            "copydesk",
            "any/names/variant-spelling",
            types.DiagnosticSeverity.Warning,
        )
        assert first.message == "“Lukashenka” is written “Lukashenko” elsewhere in this text."
        page = "https://desk.example/rules/any/names/variant-spelling"
        assert first.code_description == types.CodeDescription(page)
        related = [(r.message, r.location.uri, r.location.range) for r in first.related_information or ()]
        assert related == [
            ("“Lukashenko” first stands here", uri, place(0, 20, 0, 30)),
            ("“Lukashenka” stands here", uri, place(0, 74, 0, 84)),
        ]
        params = types.HoverParams(types.TextDocumentIdentifier(uri), types.Position(0, 55))
        hover = await editor.client.text_document_hover_async(params)
        assert hover is not None
        assert isinstance(hover.contents, types.MarkupContent)
        message, why, rule = hover.contents.value.split("\n\n")
        assert message == f"**{first.message}**"
        assert why.startswith("One person or place under two spellings reads as two.")
        assert rule == f"names: [`any/names/variant-spelling`]({page})"
        assert hover.range == first.range
        nowhere = types.HoverParams(types.TextDocumentIdentifier(uri), types.Position(0, 5))
        assert await editor.client.text_document_hover_async(nowhere) is None


@pytest.mark.asyncio
async def test_words_are_accepted_places_ignored_and_rules_switched_off(tmp_path: Path) -> None:
    async with editing(tmp_path) as editor:
        names = editor.open("a.txt", NAMES)
        accept, *_ = [
            action
            for action in await editor.actions(names, (await editor.take()).diagnostics[1].range)
            if action.command and action.command.command == "copydesk.acceptWord"
        ]
        assert accept.title == "Accept “Lukashenka” as right"
        await editor.run(accept)
        assert list((await editor.take()).diagnostics) == []
        text = "It was held in the frames of it. He left in the frames of the plan."
        uri = editor.open("b.txt", text)
        first = (await editor.take()).diagnostics[0]
        titles = {action.title: action for action in await editor.actions(uri, first.range)}
        assert list(titles) == ["Change to “as part of”", "Ignore this here", f"Switch off the rule {FRAMES}"]
        await editor.run(titles["Ignore this here"])
        told = [await editor.take(), await editor.take()]
        assert {t.uri: ranges(list(t.diagnostics)) for t in told} == {names: [], uri: [(0, 41, 0, 57)]}
        await editor.run(titles[f"Switch off the rule {FRAMES}"])
        told = [await editor.take(), await editor.take()]
        assert {t.uri: list(t.diagnostics) for t in told} == {names: [], uri: []}
    kept = json.loads((tmp_path / ".copydesk.json").read_text(encoding="utf-8"))
    assert kept == {"accepted": ["Lukashenka"], "disabled": [FRAMES], "ignored": [first.data]}


@pytest.mark.asyncio
async def test_diagnostics_are_pulled_by_result(tmp_path: Path) -> None:
    (tmp_path / "sub" / "node_modules").mkdir(parents=True)
    for name in ("closed.md", "sub/x.html", "sub/node_modules/y.md", "code.py"):
        (tmp_path / name).write_text("It was held in the frames of it.", encoding="utf-8")
    async with editing(tmp_path, pulls=True, wholeWorkspace=True) as editor:
        uri = editor.open("a.txt", NAMES)
        full = await pulled(editor, uri)
        assert isinstance(full, types.RelatedFullDocumentDiagnosticReport)
        assert len(full.items) == 2
        same = await pulled(editor, uri, full.result_id)
        assert isinstance(same, types.RelatedUnchangedDocumentDiagnosticReport)
        assert same.result_id == full.result_id
        editor.change(uri, 2, types.TextDocumentContentChangeWholeDocument("It was held in the frames of it."))
        other = await pulled(editor, uri, full.result_id)
        assert isinstance(other, types.RelatedFullDocumentDiagnosticReport)
        assert codes(list(other.items)) == [FRAMES]
        known = [types.PreviousResultId(uri, str(other.result_id))]
        params = types.WorkspaceDiagnosticParams(known)
        report = await asyncio.wait_for(editor.client.workspace_diagnostic_async(params), PATIENCE)
        assert [(item.uri, item.kind, item.version) for item in report.items] == [
            (uri, "unchanged", 2),
            (editor.uri("closed.md"), "full", None),
            (editor.uri("sub/x.html"), "full", None),
        ]
        ignore = next(a for a in await editor.actions(uri, other.items[0].range) if a.title == "Ignore this here")
        await editor.run(ignore)
        assert editor.client.diagnostic_refresh_count == 1
        none = await pulled(editor, uri, other.result_id)
        assert isinstance(none, types.RelatedFullDocumentDiagnosticReport)
        assert list(none.items) == []
        assert editor.published == []


@pytest.mark.asyncio
async def test_a_pull_that_the_text_overtakes_is_to_be_asked_again(tmp_path: Path) -> None:
    async with editing(tmp_path, pulls=True) as editor:
        uri = editor.open("a.txt", NAMES)
        await pulled(editor, uri)
        editor.change(uri, 2, types.TextDocumentContentChangeWholeDocument("It was held in the frames of it."))
        params = types.DocumentDiagnosticParams(types.TextDocumentIdentifier(uri))
        waiting = editor.client.text_document_diagnostic(params)  # sent before the next change
        editor.change(uri, 3, types.TextDocumentContentChangeWholeDocument("It was not held."))
        with pytest.raises(Exception, match="the text has changed") as raised:
            await asyncio.wait_for(asyncio.wrap_future(waiting), PATIENCE)
        assert getattr(raised.value, "code", None) == -32802
        now = await pulled(editor, uri)
        assert isinstance(now, types.RelatedFullDocumentDiagnosticReport)
        assert list(now.items) == []


@pytest.mark.asyncio
async def test_settings_come_from_the_editor(tmp_path: Path) -> None:
    """Asked for at first, then pushed; a wrong one is told by name and changes nothing."""
    (tmp_path / "house.yaml").write_text("- canonical: Kyiv\n  variants: [Kiev]\n  kind: place\n", encoding="utf-8")
    text = "The talks in Kiev were held in the frames of it."
    async with editing(tmp_path, asked=True, families=["translation"]) as editor:
        editor.open("a.txt", text)
        assert codes(list((await editor.take()).diagnostics)) == [FRAMES]
        editor.client.set_configuration({**OPTIONS, "lexicon": ["house.yaml"]}, section="copydesk")
        editor.configure(lexicon=["house.yaml"])
        assert codes(list((await editor.take()).diagnostics)) == ["any/names/house-style", FRAMES]
        editor.client.set_configuration({**OPTIONS, "families": ["nams"]}, section="copydesk")
        editor.client.workspace_did_change_configuration(types.DidChangeConfigurationParams(None))
        assert codes(list((await editor.take()).diagnostics)) == ["any/names/house-style", FRAMES]
        assert [message.message.split(":")[:2] for message in editor.client.messages] == [
            ["copydesk", " copydesk.families.0"]
        ]


@pytest.mark.asyncio
async def test_each_format_is_read_as_what_it_is(tmp_path: Path) -> None:
    """Code in a text, what git leaves out of a message, and files of code are not read; a broken file says so."""
    frames = "It was held in the frames of it."
    commit = (
        f"# held in the frames of it\nSay it\n\n{frames}\n# held in the frames of it\n"
        f"# ------------------------ >8 ------------------------\n# {frames}\n+{frames}\n"
    )
    texts = {
        ("a.md", "markdown"): (f"`{frames}`\n\n*{frames}*\n", [(2, 13, 2, 29)]),
        ("b", "html"): (f"<p>{frames}</p><pre>{frames}</pre>", [(0, 15, 0, 31)]),
        ("c.srt", "srt"): (f"1\n00:00:01,000 --> 00:00:02,000\n{frames}\n", [(2, 12, 2, 28)]),
        ("d.srt", ""): ("no subtitle", [(0, 0, 0, 0)]),
        ("f.vtt", "vtt"): (f"WEBVTT\n\nNOTE {frames}\n\n00:01.000 --> 00:02.000\n<i>{frames}</i>\n", [(5, 15, 5, 31)]),
        ("COMMIT_EDITMSG", "gitcommit"): (commit, [(3, 12, 3, 28)]),
        ("e.py", "python"): (f"# {frames}\n", []),
    }
    async with editing(tmp_path) as editor:
        for (name, language_id), (text, _) in texts.items():
            editor.open(name, text, language_id)
        told = {t.uri: ranges(list(t.diagnostics)) for t in [await editor.take() for _ in texts]}
        assert told == {editor.uri(name): expected for (name, _), (_, expected) in texts.items()}
        (broken,) = next(t.diagnostics for t in editor.published if t.uri == editor.uri("d.srt"))
        assert broken.message == "no subtitle of SubRip at line 1"
        fix = (await editor.actions(editor.uri("COMMIT_EDITMSG"), place(3, 12, 3, 12)))[0]
        assert applied(commit, edits_of(fix)) == commit.replace(f"\n\n{frames}", "\n\nIt was held as part of it.")


def test_the_text_is_never_logged() -> None:
    """Messages that the server cannot make sense of are told to standard error by their kind alone."""
    secret = "Zanzibar"  # noqa: S105 (a word that must not be logged)

    def message(**fields: Any) -> bytes:
        body = json.dumps({"jsonrpc": "2.0", **fields}).encode()
        return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)

    document = {"uri": "file:///a.txt", "languageId": "plaintext", "version": 1, "text": secret}
    sent = [
        message(id=1, method="initialize", params={"capabilities": {}, "processId": None, "rootUri": None}),
        message(method="initialized", params={}),
        message(method="textDocument/didOpen", params={"textDocument": document}),
        message(method="textDocument/didOpen", params={"textDocument": {**document, "version": secret}}),
        message(method="textDocument/didChange", params={"contentChanges": [{"range": secret, "text": secret}]}),
        message(id=2, method="workspace/executeCommand", params={"command": secret, "arguments": [secret]}),
        message(id=3, method="textDocument/hover", params={"textDocument": secret}),
        message(id=4, method=secret, params={"text": secret}),
        message(id=5, method="shutdown"),
        message(method="exit"),
    ]
    done = subprocess.run(COMMAND, input=b"".join(sent), capture_output=True, timeout=2 * PATIENCE, check=False)
    assert done.returncode == 0
    assert b'"id": 5, "jsonrpc": "2.0", "result": null' in done.stdout
    assert done.stderr != b""
    assert secret.encode() not in done.stderr


class Held(Worker):
    """A worker whose checks end when the test says so."""

    def __init__(self) -> None:
        super().__init__(load_settings())
        self.begun, self.go = threading.Event(), threading.Event()

    def _outcome(self, text: OpenText, profile: Profile) -> Outcome:
        self.begun.set()
        assert self.go.wait(PATIENCE)
        return Outcome(text, profile.result_id(text))


@pytest.mark.asyncio
async def test_a_check_that_runs_when_the_text_changes_is_not_published() -> None:
    worker = Held()
    published: list[Outcome] = []
    session = Session(worker, published.append, lambda _: None)
    session.configure(Config(delay=0), None)
    session.configured.set()
    old, new = (OpenText("file:///a.txt", "plaintext", version, "text") for version in (1, 2))
    session.put(old, at_once=True)
    assert await asyncio.to_thread(worker.begun.wait, PATIENCE)
    asked = asyncio.ensure_future(session.outcome(old))
    await asyncio.sleep(0)
    session.put(new)
    with pytest.raises(Superseded):
        await asked
    worker.go.set()
    assert (await session.outcome(new)).text is new
    await asyncio.sleep(0.05)
    assert [outcome.text for outcome in published] == [new]
    worker.close()


@given(st.text(st.sampled_from("a😀é\r\nש\u2028\x85"), max_size=30), st.sampled_from(["utf-8", "utf-16", "utf-32"]))
def test_places_and_back(text: str, encoding: str) -> None:
    """Every code point that is not inside a CRLF has a place of its own, the one that another way of counting tells."""
    places = Places(text, encoding)
    for point in range(len(text) + 1):
        if text[point - 1 : point + 1] != "\r\n" or point == 0:
            position = places.position(point)
            assert places.point(position) == point
            assert offset(text, position, encoding) == point


def test_places_beyond_the_text_are_drawn_back() -> None:
    places = Places("😀b\r\nc", "utf-16")
    told = [(0, 1), (0, 2), (0, 9), (1, 0), (1, 7), (5, 0)]
    assert [places.point(types.Position(line, character)) for line, character in told] == [0, 1, 2, 4, 5, 5]
    assert places.span(place(1, 1, 0, 2)) == Span(1, 5)
