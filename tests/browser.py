"""A real browser for tests: Debian's Chromium, driven by Playwright, and pages served to it from this machine."""

from __future__ import annotations

import http.server
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserType, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
# Nothing that Chromium does by itself in the background leaves this machine.
FLAGS = (
    *("--no-sandbox", "--no-first-run", "--disable-quic", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)
NO_GPU, SOFTWARE_GPU = ("--disable-gpu",), ("--enable-unsafe-webgpu", "--use-webgpu-adapter=swiftshader")
SLOWEST_MS = 60_000  # on a machine with other work to do
ISOLATION = {"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp"}


def missing(what: str) -> None:
    """Skips the test for want of something; on a machine that runs all tests it fails instead."""
    if os.environ.get("CI"):
        pytest.fail(f"{what}, which .ci/run should have installed")
    pytest.skip(what)


def chromium_path() -> str:
    """Where Chromium is; skips the test where there is none."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        missing("no Chromium on this machine (Debian: apt install chromium)")
    assert path is not None
    return path


@contextmanager
def chromium() -> Iterator[Browser]:
    """The machine's Chromium, without a window and without a GPU."""
    path = chromium_path()
    with sync_playwright() as playwright:
        browser = launch(playwright.chromium, path, *NO_GPU)
        yield browser
        browser.close()


def launch(kind: BrowserType, path: str, *flags: str) -> Browser:
    """One more browser of a kind, such as `Browser.browser_type`; its user closes it."""
    return kind.launch(executable_path=path, args=[*FLAGS, *flags])


@contextmanager
def served(folder: Path, headers: dict[str, str] | None = None) -> Iterator[str]:
    """The address of a folder, served from this machine to this machine."""

    class Handler(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            """Says nothing."""

        def end_headers(self) -> None:
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            super().end_headers()

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def faults_of(page: Page) -> list[str]:
    """A list that errors of the page's scripts, and what it is refused or cannot load, are added to."""
    found: list[str] = []
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("console", lambda message: found.append(message.text) if message.type == "error" else None)
    page.on("requestfailed", lambda request: found.append(f"{request.url} failed"))
    return found
