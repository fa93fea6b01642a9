"""The page and what is around it: files, limits, a service that is gone, engines that load."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, FilePayload, Page, Route, expect

from browser import MOST, marks, put, service, written
from chatserver import Server, said
from copydesk.api.page import FAMILIES, SOURCE_LANGUAGES
from copydesk.bitext.pairs import document_of
from copydesk.model import Family
from copydesk.store import KeyStore, Scope
from patience import PATIENCE

CALQUE = "Talks were held in the frames of a joint project."


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    with browser.new_context() as context:
        opened = context.new_page()
        opened.set_default_timeout(1000 * PATIENCE)
        opened.goto(address)
        yield opened


def payload(name: str, content: bytes, kind: str = "") -> FilePayload:
    return {"name": name, "mimeType": kind, "buffer": content}


@pytest.mark.parametrize(
    ("name", "content", "format_", "marked"),
    [
        ("a.txt", f"{CALQUE}\n", "text", ["in the frames of"]),
        ("a.md", "Talks were held *in the* frames of a [joint](x) project.\n", "markdown", ["in the* frames of"]),
        (
            "a.html",
            "<p>Talks were held in the&#32;<b>frames</b> of a project.</p>",
            "html",
            ["in the&#32;<b>frames</b> of"],
        ),
    ],
)
def test_a_file_is_read_in_its_format(page: Page, name: str, content: str, format_: str, marked: list[str]) -> None:
    page.set_input_files("#file", payload(name, content.encode()))
    page.wait_for_selector("#list .card")
    assert page.input_value("#format") == format_
    assert written(page) == content
    assert marks(page) == marked


def test_a_dropped_file_is_read_and_saved_with_its_own_line_ends(page: Page, tmp_path: Path) -> None:
    page.evaluate(
        """text => {
            const data = new DataTransfer();
            data.items.add(new File([text], "story.txt", { type: "text/plain" }));
            document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
        }""",
        f"First.\r\n\r\n{CALQUE}\r\n",
    )
    page.wait_for_selector("#list .card")
    page.locator("#list .head").click()
    page.locator(".fix.primary").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    assert download.value.suggested_filename == "story.clean.txt"
    path = tmp_path / "saved"
    download.value.save_as(path)
    assert path.read_bytes() == b"First.\r\n\r\nTalks were held as part of a joint project.\r\n"


@pytest.mark.parametrize(
    ("file", "told"),
    [
        (payload("a.txt", b"caf\xe9"), "“a.txt” is not in UTF-8. Save it as UTF-8 and open it again."),
        (payload("a.docx", b"PK", "application/zip"), "“a.docx” is a Word file: “copydesk check” reads it from disk."),
        (payload("a.pdf", b"%PDF", "application/pdf"), "“a.pdf” is not plain text, Markdown, HTML or subtitles."),
    ],
)
def test_a_file_that_cannot_be_read_leaves_the_text(page: Page, file: FilePayload, told: str) -> None:
    put(page, CALQUE, findings=1)
    page.set_input_files("#file", file)
    expect(page.get_by_role("alert")).to_contain_text(told)
    assert written(page) == CALQUE


def test_a_text_over_the_limit_is_kept(page: Page) -> None:
    text = "word " * MOST
    put(page, text)
    expect(page.get_by_role("alert")).to_contain_text(f"the text has {len(text)} characters; the limit is {MOST}")
    expect(page.get_by_role("alert")).to_contain_text("Your text is kept here.")
    assert written(page) == text
    put(page, CALQUE, findings=1)
    expect(page.get_by_role("alert")).to_have_count(0)


def test_a_service_that_is_gone_is_told_and_asked_again(page: Page) -> None:
    page.context.set_offline(True)
    page.fill("#text", CALQUE)
    expect(page.get_by_role("alert")).to_contain_text("The service cannot be reached. Your text is kept here.")
    assert written(page) == CALQUE
    page.context.set_offline(False)
    expect(page.locator("#list .card")).to_have_count(1)
    expect(page.get_by_role("alert")).to_have_count(0)


def test_a_busy_service_is_asked_again_when_it_says(page: Page) -> None:
    def busy(route: Route) -> None:
        problem = {
            "type": "/docs#too-many-requests",
            "title": "x",
            "status": 429,
            "detail": "60 a minute",
            "errors": [],
        }
        route.fulfill(status=429, headers={"Retry-After": "1"}, body=json.dumps(problem))

    page.route("**/v1/review", busy, times=1)
    page.fill("#text", CALQUE)
    expect(page.get_by_role("alert")).to_contain_text("60 a minute It is asked again in 1 second.")
    expect(page.locator("#list .card")).to_have_count(1)
    expect(page.get_by_role("alert")).to_have_count(0)


def test_a_refusal_is_told_in_its_own_words(page: Page) -> None:
    put(page, CALQUE, findings=1)
    page.select_option("#format", "vtt")
    expect(page.get_by_role("alert")).to_contain_text("The service did not take the text.")
    page.select_option("#format", "text")
    expect(page.get_by_role("alert")).to_have_count(0)


def test_languagetool_loads_in_sight(page: Page, address: str) -> None:
    """The embedded engine answers first; when LanguageTool is ready the text is checked again."""
    states = {"languagetool": "LanguageTool is starting", "embedded": "ready"}
    engine = {"name": "embedded", "version": "1"}

    def ready(route: Route) -> None:
        route.fulfill(json={"status": "ready", "rules": 1, "engines": states})

    def review(route: Route) -> None:
        answer: dict[str, Any] = route.fetch().json()
        notice = {"code": "fallback", "message": "LanguageTool is starting"}
        answer["documents"][0] |= {"engines": [engine], "notices": [notice] * (engine["name"] == "embedded")}
        route.fulfill(json=answer)

    page.route("**/readyz", ready)
    page.route("**/v1/review", review)
    page.goto(address)
    expect(page.locator("#told")).to_contain_text("Until it is ready, the embedded engine reads the grammar.")
    put(page, CALQUE, findings=1)
    expect(page.locator("#told")).to_contain_text("grammar by the embedded engine 1")
    states["languagetool"] = "ready"
    engine |= {"name": "languagetool", "version": "6.8"}
    expect(page.locator("#told")).to_have_text("Read as American English · grammar by LanguageTool 6.8")


def test_the_page_may_run_only_what_the_service_serves(address: str) -> None:
    answer = requests.get(address, timeout=60)
    assert answer.headers["Content-Security-Policy"] == (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )
    for inline in ("style=", "<style", " onclick", "javascript:", "//"):
        assert inline not in answer.text
    served = re.findall(r'(?:src|href)="(/[^"]*)"', answer.text)
    assert len(served) >= 5
    for path in served:
        assert requests.get(f"{address.rstrip('/')}{path}", timeout=60).status_code == 200
    assert re.findall(r"<script[^>]*>(?!</script>)", answer.text) == []


def test_a_source_text_beside_it_is_held_against(page: Page) -> None:
    source = "😀 Мост открыли 25 рабочих в понедельник."
    page.get_by_role("button", name="Source text").click()
    page.fill("#source", source)
    put(page, "😀 The bridge was opened by 20 workers on Monday.", findings=1)
    assert marks(page, "bitext") == ["20"]
    page.locator("#list .head").click()
    assert page.locator("#source-mirror mark").all_text_contents() == ["25"]
    expect(page.locator(".related-place")).to_have_text("25 in the source text")
    page.locator(".fix.primary").click()
    assert written(page) == "😀 The bridge was opened by 25 workers on Monday."
    expect(page.locator("#source-mirror mark")).to_have_count(0)


def test_every_family_has_its_words_and_its_line(page: Page) -> None:
    assert set(FAMILIES) == set(Family)
    lines = page.locator(".guide .swatch").evaluate_all(
        """all => all.map(one => {
            const style = getComputedStyle(one);
            return [style.textDecorationStyle, style.textDecorationThickness, style.textDecorationColor];
        })"""
    )
    assert len({tuple(line[:2]) for line in lines}) == len({line[2] for line in lines}) == len(Family)


def test_differences_give_both_texts_back(page: Page) -> None:
    """Without what was added it is the old text, without what was removed the new one; what is the same stays."""
    cases = [
        ["", "a b"],
        ["a b", ""],
        ["one two\nthree", "one 2\nthree\nfour"],
        ["x\n" * 50, "y\n" * 50],
        ["a b c a b b a", "c b a b a c"],
        [" ".join(map(str, range(3000))), " ".join(map(str, range(3000, 6000)))],
    ]
    found = page.evaluate(
        """async cases => {
            const { difference } = await import("/static/page/diff.js");
            return cases.map(([before, after]) => difference(before, after));
        }""",
        cases,
    )
    for (before, after), parts in zip(cases, found, strict=True):
        assert "".join(part["text"] for part in parts if part["kind"] != "added") == before
        assert "".join(part["text"] for part in parts if part["kind"] != "removed") == after
    assert [(part["kind"], part["text"]) for part in found[2]] == [
        ("same", "one "),
        ("removed", "two"),
        ("added", "2"),
        ("same", "\nthree"),
        ("added", "\nfour"),
    ]


def sent(page: Page, act: Callable[[], object]) -> dict[str, Any]:
    """The request that `act` leads to."""
    with page.expect_request(lambda request: request.url.endswith("/v1/review")) as asked:
        act()
    body = asked.value.post_data_json
    assert body is not None
    return dict(body)


def test_the_language_of_the_source_text_is_chosen(page: Page) -> None:
    put(page, "Prices rose in 2021.")
    page.get_by_role("button", name="Source text").click()
    body = sent(page, lambda: page.fill("#source", "Цены выросли в 2022 году."))
    assert (body["source"], "source_language" in body) == ("Цены выросли в 2022 году.", False)
    choice = page.get_by_label("Language of the source text")
    assert sent(page, lambda: choice.select_option("Russian"))["source_language"] == "ru"
    page.wait_for_selector("#list .card.bitext")
    page.reload()
    expect(choice).to_have_value("ru")


def test_every_language_of_a_source_is_known() -> None:
    for tag in SOURCE_LANGUAGES:
        assert document_of("x", tag).language.split("-")[0] == tag


def test_without_a_second_reader_there_is_no_switch(page: Page) -> None:
    expect(page.locator("#reader")).to_have_count(0)


def test_a_service_that_asks_for_keys_is_given_one(browser: Browser, tmp_path: Path) -> None:
    """It is kept by the tab and nowhere else."""
    store = f"sqlite:///{tmp_path}/store.sqlite"
    keys = KeyStore(store)
    _, key = keys.create("anna", {Scope.REVIEW})
    keys.close()
    with service(require_key="true", store=store) as address, browser.new_context() as context:
        page = context.new_page()
        page.set_default_timeout(1000 * PATIENCE)
        page.goto(address)
        page.fill("#text", CALQUE)
        expect(page.get_by_role("alert")).to_contain_text("The service needs a key. Give the key above the text.")
        field = page.get_by_label("Key to this service")
        field.fill(f"{key[:-1]}-")
        field.press("Enter")
        expect(page.get_by_role("alert")).to_contain_text("the key is wrong, revoked or has expired")
        field.fill(key)
        field.press("Enter")
        expect(page.locator("#list .card")).to_have_count(1)
        expect(page.get_by_role("alert")).to_have_count(0)
        assert Axe().run(page).response["violations"] == []
        page.reload()
        expect(page.locator("#list .card")).to_have_count(1)
        assert page.evaluate("JSON.stringify([localStorage, document.cookie])") == '[{},""]'
        other = context.new_page()
        other.goto(address)
        expect(other.get_by_label("Key to this service")).to_have_value("")


@pytest.fixture
def reader() -> Iterator[Server]:
    server = Server(lambda *_: said())
    httpd = server.start()
    yield server
    httpd.shutdown()
    httpd.server_close()


def test_the_switch_of_the_second_reader_says_where_the_text_goes(browser: Browser, reader: Server) -> None:
    with service(reader_url=reader.url, reader_model="small-1") as address, browser.new_context() as context:
        page = context.new_page()
        page.set_default_timeout(1000 * PATIENCE)
        page.goto(address)
        place = urlsplit(reader.url).netloc
        switch = page.get_by_label(f"the text and its source are sent to {place}, where the model small-1 reads them")
        expect(switch).not_to_be_checked()
        put(page, CALQUE)
        assert reader.asked == []
        assert sent(page, switch.check)["options"] == {"reader": True, "apply": "none"}
        expect(page.locator("#told")).to_contain_text(f"text was sent to {place}: 1 passage")
        assert len(reader.asked) == 1
        assert sent(page, switch.uncheck)["options"] == {"apply": "none"}
        page.reload()
        expect(switch).not_to_be_checked()
        assert Axe().run(page).response["violations"] == []
