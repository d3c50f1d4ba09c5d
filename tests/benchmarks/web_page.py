"""From a moved slider to its picture, in a page in Chromium: `python -m tests.benchmarks.web_page [BUNDLE]`.

The browser has no GPU, and the server sends none of the headers that allow threads, so the model runs in one thread of
WebAssembly. `moves` waits for each picture before the next move; `drag` moves 60 times a second, as a hand does, and
counts the positions whose pictures were shown.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import numpy as np
from playwright.sync_api import Page

from export.bundle import read_bundle
from export.web.page import build_page, write_page
from export.web.runtime import find_tarball, read_runtime
from tests.browser import chromium, served

MOVES = 300  # of each kind; the page keeps its last 1,000 times
WARM_UP = 50
PERCENTILES = (50, 90, 99)
# Moves the first slider to `count` positions, one every `pause` ms or each after the picture of the one before it.
DRIVE = """
([count, pause]) => new Promise(resolve => {
  const [range, main] = [document.querySelector('.slider input'), document.getElementById('main')];
  performance.clearMeasures('slider to picture');
  let place = 0;
  const move = () => {
    const [low, high] = [Number(range.min), Number(range.max)];
    range.value = low + (high - low) * (0.5 + 0.45 * Math.sin(place / 9));
    range.dispatchEvent(new Event('input', {bubbles: true}));
    place += 1;
  };
  const timer = setInterval(() => {
    if (pause === 0 && main.getAttribute('aria-busy') === 'true') return;
    if (place < count) return move();
    if (main.getAttribute('aria-busy') === 'true') return;
    clearInterval(timer);
    resolve(performance.getEntriesByName('slider to picture').map(entry => entry.duration));
  }, pause);
})
"""


def main() -> int:
    """Makes the page, moves its first slider, and prints percentiles of the times in ms."""
    bundle = read_bundle(Path(sys.argv[1] if len(sys.argv) > 1 else "models/characters"))
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch, "page")
        write_page(folder, build_page(bundle, runtime=read_runtime(find_tarball())))
        with chromium() as browser, served(folder) as url:
            page = browser.new_page()
            page.goto(url)
            page.wait_for_selector("body.ready")
            page.wait_for_selector("main[aria-busy=false]")
            load = os.getloadavg()[0]
            print(f"{bundle.info.name}: {page.inner_text('#running')}; load of this machine {load:.1f}")
            page.evaluate(DRIVE, [WARM_UP, 0])
            _print("moves", page, 0)
            _print("drag", page, 1000 / 60)
    return 0


def _print(what: str, page: Page, pause_ms: float) -> None:
    times = page.evaluate(DRIVE, [MOVES, pause_ms])
    shown = ", ".join(f"p{share} {np.percentile(times, share):.1f}" for share in PERCENTILES)
    print(f"{what:6} {len(times)} pictures of {MOVES} positions: {shown}, largest {max(times):.1f} ms")


if __name__ == "__main__":
    sys.exit(main())
