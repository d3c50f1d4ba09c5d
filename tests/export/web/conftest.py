"""onnxruntime-web from npm, tiny pages of both kinds of models, and a browser to open them in."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from desktop.engine.pictures import Pixels
from export.bundle import Bundle
from export.errors import ExportError
from export.web.page import build_page, write_page
from export.web.runtime import find_tarball, read_runtime
from tests import bundles
from tests.browser import SLOWEST_MS, chromium, missing, served

Open = Callable[..., Page]


@pytest.fixture(scope="session")
def tarball() -> Path:
    """npm's file of onnxruntime-web, from the user's cache or fetched with npm."""
    try:
        return find_tarball()
    except ExportError as error:
        missing(str(error))
        raise


@pytest.fixture(scope="session")
def runtime(tarball: Path) -> dict[str, bytes]:
    """The files of onnxruntime-web."""
    return read_runtime(tarball)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of the page."""
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    """A bundle of fixed size with everything in it: concepts, independent components, samplers and a gallery."""
    folder = tmp_path_factory.mktemp("rich") / "tiny"
    return bundles.with_independent(bundles.enriched(bundles.vector_bundle(folder, side=12)))


@pytest.fixture(scope="session")
def wide(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    """A bundle of free size whose latent is a map."""
    return bundles.enriched(bundles.map_bundle(tmp_path_factory.mktemp("wide") / "tiny-map"))


@pytest.fixture(scope="session")
def rich_page(rich: Bundle, runtime: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The rich bundle's page as a folder that needs no network."""
    return _written(rich, runtime, tmp_path_factory)


@pytest.fixture(scope="session")
def wide_page(wide: Bundle, runtime: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The map's page."""
    return _written(wide, runtime, tmp_path_factory)


def _written(bundle: Bundle, runtime: dict[str, bytes], factory: pytest.TempPathFactory) -> Path:
    folder = factory.mktemp("page") / "page"
    write_page(folder, build_page(bundle, runtime=runtime))
    return folder


@pytest.fixture(scope="package")
def shared(browser: Browser, rich_page: Path) -> Iterator[Page]:
    """One open page for many tests: a start costs a second."""
    with served(rich_page) as url:
        page = browser.new_page()
        page.set_default_timeout(SLOWEST_MS)
        page.goto(url)
        page.wait_for_selector("body.ready")
        yield page
        page.close()


@pytest.fixture
def rich_open(shared: Page) -> Page:
    """The rich bundle's page as it opened: on the first training picture, with the concepts' sliders."""
    shared.click("#gallery button:first-child")
    choose(shared, "concepts")
    settle(shared)
    return shared


@pytest.fixture
def opened(browser: Browser) -> Iterator[Open]:
    """Opens a page's folder in a fresh context and waits until its model runs; options are those of the context."""
    closers = []

    def open_page(folder: Path, **options: object) -> Page:
        server = served(folder)
        url = server.__enter__()
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **options})  # type: ignore[arg-type]
        closers.append((context, server))
        page = context.new_page()
        page.set_default_timeout(SLOWEST_MS)
        page.goto(url)
        page.wait_for_selector("body.ready")
        settle(page)
        return page

    yield open_page
    for context, server in closers:
        context.close()
        server.__exit__(None, None, None)


def choose(page: Page, group: str) -> None:
    """Shows a group of sliders."""
    page.check(f"#groups input[value={group}]", force=True)


def settle(page: Page) -> None:
    """Waits until the picture is the one asked for last."""
    page.wait_for_selector("main[aria-busy=false]")


def pixels_of(page: Page, canvas: str = "#picture") -> Pixels:
    """What a canvas shows, uint8 [H, W, 3]."""
    settle(page)
    numbers, width, height = page.eval_on_selector(
        canvas,
        "canvas => [[...canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data], "
        "canvas.width, canvas.height]",
    )
    return np.array(numbers, np.uint8).reshape(height, width, 4)[..., :3]


def difference(first: Pixels, second: Pixels) -> int:
    """The largest difference between two pictures, in levels."""
    assert first.shape == second.shape
    return int(np.abs(first.astype(int) - second).max())


def png(pixels: Pixels) -> bytes:
    """A picture file."""
    content = io.BytesIO()
    Image.fromarray(pixels).save(content, "png")
    return content.getvalue()
