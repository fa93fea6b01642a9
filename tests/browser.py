"""A real browser in front of a real service, for the tests of the page."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from werkzeug.serving import make_server

from copydesk.api import create_app
from copydesk.settings import load_settings
from desks import plain_desk
from patience import PATIENCE

MOST = 5000  # code points that the service takes
expect.set_options(timeout=1000 * PATIENCE)
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


@contextmanager
def chromium() -> Iterator[Browser]:
    """The Chromium of this machine; without one, the test is skipped."""
    path = next(filter(None, map(shutil.which, _NAMES)), None)
    if path is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path)
        yield browser
        browser.close()


@contextmanager
def service(**settings: str) -> Iterator[str]:
    """The address of a service without a grammar engine, which makes it quick."""
    app = create_app(load_settings(max_text=MOST, **settings), plain_desk())
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def marks(page: Page, family: str = "") -> list[str]:
    """The marked words in the order of the text."""
    found: list[str] = page.locator(f"#mirror mark{f'.{family}' if family else ''}").all_text_contents()
    return found


def put(page: Page, text: str, findings: int | None = None) -> None:
    """Types `text` in one go and waits for its review, and for `findings` cards where the number is given."""
    with page.expect_response(lambda response: response.url.endswith("/v1/review")):
        page.fill("#text", text)
    page.wait_for_selector('#findings[aria-busy="false"]')
    if findings is not None:
        page.wait_for_function("n => document.querySelectorAll('#list .card').length === n", arg=findings)


def written(page: Page) -> str:
    """The text as it stands in the field."""
    return page.input_value("#text")
