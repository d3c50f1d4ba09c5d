"""The page in a real browser: alone, on a phone, by keyboard, in both languages and themes, and with broken files."""

from __future__ import annotations

import dataclasses
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

from export.bundle import Bundle, write_bundle
from export.web.page import INDEX_FILE, build_page, write_page
from export.web.runtime import CDN
from tests.browser import ISOLATION, SLOWEST_MS, SOFTWARE_GPU, chromium_path, faults_of, launch, missing, served
from tests.export.web.conftest import Open, difference, pixels_of, settle

HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that nothing was opened in yet."""
    page = browser.new_page()
    page.set_default_timeout(SLOWEST_MS)
    yield page
    page.close()


def wait(page: Page, url: str) -> None:
    """Opens an address and waits until its model runs."""
    page.goto(url)
    page.wait_for_selector("body.ready")
    settle(page)


def test_a_copy_makes_no_outside_request_and_no_error(rich_page: Path, page: Page) -> None:
    """Everything comes from where the page is, and no script complains, whatever is pressed."""
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    faults = faults_of(page)
    with served(rich_page) as url:
        wait(page, url)
        for button in ("random", "mean", "undo", "redo", "set-a", "theme", "language"):
            page.click(f"#{button}")
        settle(page)
    assert "wasm" in str(requests)
    assert [request for request in requests if not request.startswith((url, f"blob:{url}", "data:"))] == []
    assert faults == []


def test_a_single_file_opens_from_disk(rich: Bundle, runtime: dict[str, bytes], page: Page, tmp_path: Path) -> None:
    """By double click, without any request but for itself, and with the network gone."""
    write_page(tmp_path / "page", build_page(rich, single=True, runtime=runtime))
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    faults = faults_of(page)
    page.context.set_offline(True)
    wait(page, (tmp_path / "page" / INDEX_FILE).as_uri())
    before = pixels_of(page)
    page.focus(".slider input")
    for _ in range(20):
        page.keyboard.press("ArrowRight")
    assert difference(pixels_of(page), before) > 5
    assert [request for request in requests if not request.startswith(("file:", "blob:", "data:"))] == []
    assert faults == []


def test_a_folder_opened_from_disk_says_what_to_do(rich_page: Path, page: Page) -> None:
    """Browsers let it read nothing; it says so in a sentence."""
    page.goto((rich_page / INDEX_FILE).as_uri())
    page.wait_for_selector("#problem:not([hidden])")
    assert "python -m http.server" in page.inner_text("#problem")


@pytest.mark.slow
def test_the_network_s_runtime_is_taken_only_whole(
    rich: Bundle, runtime: dict[str, bytes], browser: Browser, tmp_path: Path
) -> None:
    """Asked for at the pinned address alone; a changed file is refused by its hash, with one sentence."""
    write_page(tmp_path / "page", build_page(rich))
    asked: list[str] = []
    changed = b""

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        name = route.request.url.removeprefix(CDN)
        headers = {"Access-Control-Allow-Origin": "*"}
        route.fulfill(body=runtime[name] + changed, headers=headers, content_type="text/javascript")

    with served(tmp_path / "page") as url:
        for changed in (b"", b" "):
            page = browser.new_page()
            page.route(f"{CDN}**", answer)
            page.goto(url)
            page.wait_for_selector("#problem:not([hidden])" if changed else "body.ready", timeout=SLOWEST_MS)
            problem = page.inner_text("#problem") if changed else ""
            page.close()
    assert {address.removeprefix(CDN) for address in asked} <= set(runtime)
    assert problem.startswith("ort.wasm.bundle.min.mjs could not be loaded whole")


def test_a_damaged_file_gives_a_sentence(rich_page: Path, page: Page, tmp_path: Path) -> None:
    """A decoder that changed after the page was made is refused by its hash."""
    folder = tmp_path / "page"
    shutil.copytree(rich_page, folder)
    decoder = bytearray((folder / "decoder.onnx").read_bytes())
    decoder[len(decoder) // 2] ^= 1
    (folder / "decoder.onnx").write_bytes(decoder)
    with served(folder) as url:
        page.goto(url)
        page.wait_for_selector("#problem:not([hidden])")
    assert page.inner_text("#problem").startswith("decoder.onnx could not be loaded whole")


@pytest.mark.parametrize("chinese", [False, True], ids=["english", "chinese"])
def test_a_phone_shows_all_of_it(rich_page: Path, opened: Open, chinese: bool) -> None:
    """At 360 pixels nothing has to be scrolled sideways, and what is touched is at least 24 pixels large."""
    phone = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
    page = opened(rich_page, locale="zh-CN" if chinese else "en-GB", **phone)
    page.click("summary")
    for group in page.query_selector_all("#groups input"):
        group.check(force=True)
        assert page.evaluate("document.scrollingElement.scrollWidth") <= 360
    boxes = [found.bounding_box() for found in page.query_selector_all("button, select, input[type=range]")]
    shown = [box for box in boxes if box is not None and box["width"] > 0]
    assert len(shown) > 10
    assert all(min(box["width"], box["height"]) >= 24 for box in shown)
    assert page.is_visible("#take")


def test_the_keyboard_alone_is_enough(rich_page: Path, opened: Open) -> None:
    """Tab reaches everything once, arrows move within, and Ctrl+Z undoes."""
    page = opened(rich_page)
    before = pixels_of(page)
    visited: list[str] = []
    page.focus("#language")
    while not visited or visited[-1] != "SUMMARY":
        page.keyboard.press("Tab")
        visited.append(page.evaluate("document.activeElement.id || document.activeElement.tagName"))
        if page.evaluate("document.activeElement.className") == "thumbnail":
            page.keyboard.press("ArrowRight")
            page.keyboard.press("End")
            page.keyboard.press("Enter")
        if visited[-1].startswith("slider-concepts"):
            page.keyboard.press("End")
        assert len(visited) < 60
    assert {"open", "mean", "random", "seed", "set-a", "slider-concepts-2"} <= set(visited)
    assert len(set(visited)) >= len(visited) - 3  # thumbnail, radio button and reset have no name of their own
    moved = pixels_of(page)
    assert difference(moved, before) > 0
    for _ in range(4):
        page.keyboard.press("Control+z")
    assert difference(pixels_of(page), before) == 0
    assert page.inner_text("#announcement") == "Undone."


def test_everything_has_a_name_for_screen_readers(rich_open: Page) -> None:
    """In what a screen reader is given, no control, picture or group is without a name."""
    page = rich_open
    snapshot = page.locator("body").aria_snapshot()
    named = re.findall(r"^\s*- (button|slider|spinbutton|combobox|radio|img|group)\b(.*)$", snapshot, re.MULTILINE)
    assert len(named) > 15
    assert [line for line in named if '"' not in line[1] and line[1] != ": Model card"] == []
    assert page.get_attribute("#slider-concepts-0", "aria-valuetext")


def test_hostile_names_stay_text(rich: Bundle, runtime: dict[str, bytes], page: Page, tmp_path: Path) -> None:
    """Model, concepts and card say what they say; nothing of it runs or becomes an element."""
    names = (HOSTILE, "constructor", "__proto__")
    concepts = tuple(
        dataclasses.replace(concept, value=name, factor=HOSTILE) for concept, name in zip(rich.info.concepts, names)
    )
    info = dataclasses.replace(rich.info, name=HOSTILE, concepts=concepts)
    files = {name: rich.read(name) for name in rich.info.sha256}
    files["README.md"] = (
        f"# {HOSTILE}\n\n| a | b |\n| --- | --- |\n| {HOSTILE} | `{HOSTILE}` |\n| \\*a\\|b\\* | |\n".encode()
    )
    write_page(tmp_path / "page", build_page(write_bundle(tmp_path / "hostile", info, files), runtime=runtime))
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    with served(tmp_path / "page") as url:
        wait(page, url)
        page.click("summary")
        assert page.inner_text("h1") == HOSTILE
        assert page.inner_text("#card h3") == HOSTILE
        assert page.inner_text("#card td") == HOSTILE
        assert page.inner_text("#card tr:last-child td") == "*a|b*"
        assert HOSTILE in page.inner_text(".slider label")
        assert page.query_selector_all("img") == []
        page.click("#language")
        assert page.inner_text(".slider:last-child label") == "Proto"
        with page.expect_download() as download:
            page.click("#download")
        assert download.value.suggested_filename == "img-src-x-onerror-alert-1-.png"
    assert dialogs == []


def test_every_word_is_said_in_chinese(rich_page: Path, wide_page: Path, opened: Open) -> None:
    """After a press of the button no English word is left but in names that the model brings."""
    for folder in (rich_page, wide_page):
        page = opened(folder)
        page.click("#language")
        assert page.get_attribute("html", "lang") == "zh-CN"
        texts = page.eval_on_selector_all(
            "[data-text], [aria-label], option, #origin, #note, #group-tip, #running, #play, "
            "#groups span, .slider label, #sliders h3",
            "found => found.flatMap(each => [each.textContent, each.getAttribute('aria-label') ?? ''])",
        )
        plain = re.compile(r"\b(?!A\b|B\b)[A-Za-z]{2,}")
        assert [text for text in texts if plain.search(text)] == []
        page.click("#language")
        assert "Undo" in page.inner_text("#undo")


def test_the_theme_follows_the_system_until_it_is_chosen(rich_page: Path, opened: Open) -> None:
    """Dark where the system is, light after a press, and text stands out from its ground in both (WCAG's 4.5 to 1)."""
    page = opened(rich_page, color_scheme="dark")
    for theme in ("dark", "light"):
        assert page.get_attribute("html", "data-theme") == theme
        for selector in ("h1", "#facts", "#open", "#download", "#group-tip", ".slider output"):
            assert contrast(page, selector) >= 4.5, (theme, selector)
        page.click("#theme")
    page.reload()
    assert page.get_attribute("html", "data-theme") == "dark"


def contrast(page: Page, selector: str) -> float:
    """How much an element's text stands out from what lies behind it: WCAG 2, relative luminance."""
    text, ground = page.eval_on_selector(
        selector,
        "element => { let behind = element; while (getComputedStyle(behind).backgroundColor === 'rgba(0, 0, 0, 0)') "
        "behind = behind.parentElement; return [getComputedStyle(element).color, "
        "getComputedStyle(behind).backgroundColor]; }",
    )
    bright, dim = sorted((luminance(text), luminance(ground)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def luminance(colour: str) -> float:
    """Of `rgb(r, g, b)`, in [0, 1]."""
    shares = [int(level) / 255 for level in re.findall(r"\d+", colour)[:3]]
    linear = [share / 12.92 if share <= 0.03928 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_threads_are_used_where_the_server_allows_them(rich_page: Path, page: Page) -> None:
    """With the two headers that isolate a page, the model runs on several threads and gives the same picture."""
    with served(rich_page) as url:
        wait(page, url)
        assert "one thread" in page.inner_text("#running")
        single = pixels_of(page)
    cores = page.evaluate("navigator.hardwareConcurrency")
    with served(rich_page, ISOLATION) as url:
        wait(page, url)
        assert ("threads" if cores > 1 else "one thread") in page.inner_text("#running")
        assert difference(pixels_of(page), single) <= 1


@pytest.mark.slow
def test_a_gpu_is_used_where_there_is_one(rich_page: Path, page: Page, browser: Browser) -> None:
    """By WebGPU, here a GPU in software, the pictures are those of the processor to within a level."""
    with served(rich_page) as url:
        wait(page, url)
        expected = pixels_of(page)
    other = launch(browser.browser_type, chromium_path(), *SOFTWARE_GPU)
    with served(rich_page) as url:
        page = other.new_page()
        page.set_default_timeout(SLOWEST_MS)
        wait(page, url)
        if not page.evaluate("navigator.gpu?.requestAdapter().then(adapter => adapter !== null) ?? false"):
            missing("this Chromium has no GPU in software")
        assert "WebGPU" in page.inner_text("#running")
        assert difference(pixels_of(page), expected) <= 1
    other.close()
