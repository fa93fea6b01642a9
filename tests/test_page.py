"""The page in a real Chromium: what is marked, accepted, copied; by keyboard, in the dark, on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from browser import marks, put, written
from patience import PATIENCE

CALQUE = "Talks were held in the frames of a joint project."
MENDED = "Talks were held as part of a joint project."
DEBRIS = "Subscribe to our newsletter and never miss a story"
ARTICLE = f"The port of Odesa reopened on Monday.\n\n{DEBRIS}\n\n{CALQUE}\n"
NAMES = "The mayor, Viacheslav Kalinouski, spoke first. Later Viacheslav Kalinovsky left."
SCRIPT = "<script>window.ran = true</script><img src=x onerror='window.ran = true'>"


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The page at desk width in light colours; whatever it throws or its policy forbids fails the test."""
    with browser.new_context(viewport={"width": 1280, "height": 800}, color_scheme="light") as context:
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        faults: list[str] = []
        opened = context.new_page()
        opened.set_default_timeout(1000 * PATIENCE)
        opened.on("pageerror", lambda error: faults.append(str(error)))
        opened.on("console", lambda told: faults.append(told.text) if "Content Security Policy" in told.text else None)
        opened.goto(address)
        yield opened
        assert faults == []


def clipboard(page: Page) -> str:
    copied: str = page.evaluate("navigator.clipboard.readText()")
    return copied


def test_findings_are_marked_by_family_at_the_right_words(page: Page) -> None:
    put(page, ARTICLE, findings=2)
    assert marks(page, "debris") == [DEBRIS]
    assert marks(page, "translation") == ["in the frames of"]
    lines = {
        family: page.locator(f"#mirror mark.{family}").evaluate("e => getComputedStyle(e).textDecorationStyle")
        for family in ("debris", "translation")
    }
    assert lines == {"debris": "dotted", "translation": "wavy"}
    expect(page.locator("#heading")).to_have_text("2 findings")
    expect(page.locator("#told")).to_contain_text("grammar not checked")


def test_every_line_of_the_field_breaks_where_the_marked_text_does(page: Page) -> None:
    long = "\n".join([f"{ARTICLE * 6} AVAVAV fi ffl To. {'Kalinkavichy' * 30}", ""])
    put(page, long)
    for width in (1280, 700, 360):
        page.set_viewport_size({"width": width, "height": 800})
        heights = "[document.querySelector('#text').scrollHeight, document.querySelector('#mirror').offsetHeight]"
        field, mirror = page.evaluate(heights)
        assert field == mirror


def test_an_emoji_before_the_fault_does_not_shift_it(page: Page) -> None:
    put(page, f"😀 👩‍🚒 𝔘 {CALQUE} 🌉", findings=1)
    assert marks(page) == ["in the frames of"]
    page.get_by_role("button", name="translation, ").click()
    page.get_by_role("button", name="Accept: as part of").click()
    assert written(page) == f"😀 👩‍🚒 𝔘 {MENDED} 🌉"


def test_accepted_copied_and_undone(page: Page) -> None:
    put(page, ARTICLE, findings=2)
    page.get_by_role("button", name="translation, ").click()
    page.get_by_role("button", name="Accept: as part of").click()
    page.get_by_role("button", name="Accept 1 safe").click()
    clean = f"The port of Odesa reopened on Monday.\n\n{MENDED}\n"
    assert written(page) == clean
    page.get_by_role("button", name="Copy").click()
    expect(page.locator("#live")).to_have_text("The text is copied")
    assert clipboard(page) == clean
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("button", name="Undo").click()
    assert written(page) == ARTICLE
    assert marks(page) == [DEBRIS, "in the frames of"]


@pytest.mark.parametrize("format_", ["text", "html"])
def test_a_script_in_the_text_does_not_run(page: Page, tmp_path: Path, format_: str) -> None:
    page.select_option("#format", format_)
    sent = f"<p>{CALQUE}</p>\n{SCRIPT}\n<p>{SCRIPT}</p>"
    put(page, sent)
    assert "in the frames of" in marks(page)
    page.get_by_role("button", name="Changes").click()
    saved = report(page, tmp_path)
    assert page.evaluate("[window.ran ?? null, document.images.length]") == [None, 0]
    page.goto(saved.as_uri())
    assert page.evaluate("[window.ran ?? null, document.images.length, document.scripts.length]") == [None, 0, 0]
    page.evaluate("document.querySelectorAll('sup').forEach(number => number.remove())")
    assert page.locator(".report-text").text_content() == sent


def report(page: Page, folder: Path) -> Path:
    with page.expect_download() as download:
        page.get_by_role("button", name="Report").click()
    path = folder / "report.html"
    download.value.save_as(path)
    return path


def test_the_report_is_one_file_with_all_that_was_decided(page: Page, tmp_path: Path) -> None:
    put(page, f"{ARTICLE}\n{NAMES}", findings=3)
    page.get_by_role("button", name="names, ").click()
    page.get_by_role("button", name="Dismiss").click()
    page.get_by_role("button", name="Accept 1 safe").click()
    saved = report(page, tmp_path)
    for outside in ("http:", "https:", "src=", "<link", "<script", "@import", "url("):
        assert outside not in saved.read_text(encoding="utf-8")
    page.goto(saved.as_uri())
    assert page.locator("h2").all_text_contents() == ["Open (1)", "Text", "Accepted (1)", "Dismissed (1)", "Changes"]
    assert page.locator(".report-text mark").all_text_contents() == ["1in the frames of"]
    page.locator(".report-text sup a").click()
    expect(page.locator("#finding-1")).to_contain_text("word for word")
    expect(page.locator("#finding-1")).to_contain_text("as part of")
    assert page.locator(".difference del").all_inner_texts() == [f"{DEBRIS}\n\n"]
    assert page.locator("mark").first.evaluate("e => getComputedStyle(e).textDecorationStyle") == "wavy"


def test_the_keyboard_does_everything(page: Page) -> None:
    put(page, ARTICLE, findings=2)
    page.focus("#text")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert page.locator("#mirror mark.current").all_text_contents() == [DEBRIS]
    expect(page.locator(":focus")).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    assert page.locator("#mirror mark.current").all_text_contents() == ["in the frames of"]
    page.keyboard.press("Enter")
    assert written(page) == ARTICLE.replace(CALQUE, MENDED)
    expect(page.locator("#live")).to_have_text("Accepted. 1 finding left")
    page.keyboard.press("Backspace")
    expect(page.locator("#list .card")).to_have_count(0)
    assert written(page) == ARTICLE.replace(CALQUE, MENDED)
    page.keyboard.press("u")
    page.keyboard.press("Control+z")
    assert written(page) == ARTICLE
    page.keyboard.press("r")
    page.keyboard.press("Shift+A")
    expect(page.locator("#live")).to_have_text("Accepted 1 safe fix")
    assert written(page) == f"The port of Odesa reopened on Monday.\n\n{MENDED}\n"
    page.keyboard.press("c")
    expect(page.locator("#live")).to_have_text("The text is copied")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("Dismiss")
    page.keyboard.press("Escape")
    page.keyboard.press("e")
    expect(page.locator("#text")).to_be_focused()


def test_all_that_is_safe_goes_on_until_nothing_safe_is_left(page: Page) -> None:
    """The line is debris only when it reads as one; all rounds are one step to undo."""
    text = f"The port of Odesa reopened on Mon\u200bday.\n\n{DEBRIS[:6]}\u200b{DEBRIS[6:]}\n\n{CALQUE}\n"
    put(page, text, findings=3)
    assert marks(page, "debris") == []
    page.get_by_role("button", name="Accept 2 safe").click()
    expect(page.locator("#live")).to_have_text("Accepted 3 safe fixes")
    assert written(page) == f"The port of Odesa reopened on Monday.\n\n{CALQUE}\n"
    assert marks(page) == ["in the frames of"]
    page.get_by_role("button", name="Undo").click()
    assert written(page) == text


def test_what_is_typed_ends_the_rounds(page: Page) -> None:
    put(page, f"The port of Odesa reopened on Mon\u200bday.\n\n{CALQUE}\n", findings=2)
    page.route("**/v1/review", lambda _: None)  # the answer that the next round waits for
    page.get_by_role("button", name="Accept 1 safe").click()
    page.locator("#text").press("Control+Home")
    page.keyboard.type("X")
    expect(page.locator("#live")).to_have_text("Accepted 1 safe fix")
    assert written(page) == f"XThe port of Odesa reopened on Monday.\n\n{CALQUE}\n"
    page.unroute_all(behavior="ignoreErrors")


def test_while_the_text_is_read_the_page_shows_it(page: Page) -> None:
    page.route("**/v1/review", lambda _: None)
    page.fill("#text", CALQUE)
    expect(page.locator("#heading")).to_have_text("Reading…")
    expect(page.locator("#check")).to_have_text("Checking…")
    expect(page.locator(".progress")).to_have_css("opacity", "1")
    page.unroute_all(behavior="ignoreErrors")


def test_letters_typed_in_the_text_are_letters(page: Page) -> None:
    put(page, ARTICLE, findings=2)
    page.locator("#text").press("Control+Home")
    page.keyboard.type("Just 1 dark u?")
    assert written(page) == f"Just 1 dark u?{ARTICLE}"
    page.keyboard.press("Control+z")
    assert written(page) == ARTICLE


def test_marks_follow_what_is_typed_and_go_with_their_word(page: Page) -> None:
    put(page, ARTICLE, findings=2)
    page.route("**/v1/review", lambda _: None)  # no answer comes any more
    page.locator("#text").press("Control+Home")
    page.keyboard.type("😀 On Monday ")
    assert marks(page) == [DEBRIS, "in the frames of"]
    page.evaluate("t => document.querySelector('#text').setSelectionRange(t, t)", written(page).index("frames") + 4)
    page.keyboard.type("e")
    assert marks(page) == [DEBRIS]
    page.unroute_all(behavior="ignoreErrors")


def test_a_text_that_changed_is_checked_again_and_decisions_stay(page: Page) -> None:
    put(page, ARTICLE, findings=2)
    page.get_by_role("button", name="debris, ").click()
    page.get_by_role("button", name="Dismiss").click()
    put(page, ARTICLE.replace("Monday", "Friday"), findings=1)  # a neighbouring word: the finding's name is another
    put(page, ARTICLE.replace("Monday", "Friday") + NAMES, findings=2)
    assert marks(page) == ["in the frames of", "Kalinovsky"]


def test_a_reload_keeps_the_text(page: Page) -> None:
    put(page, ARTICLE, findings=2)
    page.reload()
    assert written(page) == ARTICLE
    expect(page.locator("#mirror mark")).to_have_count(2)


def test_reason_related_place_and_changes(page: Page) -> None:
    put(page, f"{NAMES.replace('. ', '.' + chr(10) * 60, 1)}", findings=1)
    page.get_by_role("button", name="names, warning, line 61").click()
    expect(page.locator(".why")).to_contain_text("any/names/")
    page.wait_for_function("() => document.querySelector('.why p').textContent.length > 60")
    place = page.locator("#mirror mark.related").first
    assert place.inner_text() == "Kalinouski"
    expect(place).not_to_be_in_viewport()
    page.locator(".related-place").first.click()
    expect(place).to_be_in_viewport()
    page.keyboard.press("Escape")
    page.locator(".fix.primary").click()
    page.get_by_role("button", name="Changes").click()
    assert page.locator("#changes del").all_text_contents() == ["Kalinovsky"]
    assert page.locator("#changes ins").all_text_contents() == ["Kalinouski"]


def test_the_legend_hides_a_family(page: Page) -> None:
    put(page, ARTICLE, findings=2)
    page.get_by_role("button", name="debris 1").click()
    assert marks(page) == ["in the frames of"]
    expect(page.locator("#heading")).to_have_text("1 of 2 findings")
    expect(page.get_by_role("button", name="Accept all safe")).to_be_disabled()


def test_a_click_into_a_mark_chooses_its_finding(page: Page) -> None:
    put(page, ARTICLE, findings=2)
    box = page.locator("#mirror mark.translation").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator(".card[aria-current]")).to_contain_text("as part of")
    expect(page.locator("#text")).to_be_focused()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (360, "light")])
def test_nothing_that_a_screen_reader_or_weak_eyes_stumble_over(page: Page, width: int, scheme: str) -> None:
    """axe's rules: names, roles, contrast; with findings, in the view of changes and in the help."""
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    put(page, f"{ARTICLE}\n{NAMES}", findings=3)
    page.focus("#text")
    for key in ("Escape", "j", "d", "?"):
        page.keyboard.press(key)
        found = Axe().run(page).response
        assert len(found["passes"]) > 10
        assert [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in found["violations"]] == []


def test_dark_by_the_system_and_by_the_switch(page: Page) -> None:
    def paper() -> str:
        colour: str = page.locator("#own .paper").evaluate("e => getComputedStyle(e).backgroundColor")
        return colour

    light, dark = "rgb(255, 255, 255)", "rgb(29, 31, 35)"
    assert paper() == light
    page.emulate_media(color_scheme="dark")
    assert paper() == dark
    page.get_by_role("button", name="Dark", pressed=True).click()
    assert paper() == light
    page.reload()
    assert paper() == light


def test_a_phone_shows_everything_without_scrolling_sideways(browser: Browser, address: str) -> None:
    with browser.new_context(viewport={"width": 360, "height": 700}, has_touch=True, is_mobile=True) as context:
        page = context.new_page()
        page.goto(address)
        put(page, f"{ARTICLE}\n{'Kalinkavichy' * 30} {NAMES}", findings=3)
        walk = page.get_by_role("button", name="3 findings")  # the list is under the text, and cannot be seen
        expect(walk).to_be_in_viewport(ratio=1)
        walk.tap()
        expect(page.locator("#mirror mark.current")).to_have_text(DEBRIS)
        expect(page.locator(".card[aria-current]")).to_be_in_viewport(ratio=0.99)
        expect(walk).to_be_hidden()
        page.locator("#mirror mark.translation").scroll_into_view_if_needed()
        box = page.locator("#mirror mark.translation").bounding_box()
        assert box is not None
        page.touchscreen.tap(box["x"] + 20, box["y"] + 8)
        card = page.locator(".card[aria-current]")
        expect(card).to_be_in_viewport(ratio=0.99)
        page.get_by_role("button", name="Next finding").click()
        expect(page.locator("#mirror mark.current")).to_have_text("Kalinovsky")
        expect(page.locator("#mirror mark.current")).to_be_in_viewport()
        page.get_by_role("button", name="Source text").click()
        assert page.evaluate("document.documentElement.scrollWidth") == 360
