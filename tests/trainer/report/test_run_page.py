"""A run's page shows what the run wrote and what its network does; several runs are compared in one."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page

from tests.browser import SLOWEST_MS, chromium, faults_of
from tests.trainer.report.reports import report, titles


def test_a_training_ends_with_its_page(run: Path) -> None:
    """The page has every part that there are figures or pictures for."""
    assert titles(run / "report.html") == [
        "At a glance",
        "Loss",
        "Learning rate",
        "PSNR per epoch",
        "SSIM per epoch",
        "Divergence per latent number",
        "Latent numbers in use",
        "Output values outside [0, 1]",
        "Pictures over time",
        "Worst held-out pictures",
        "Best held-out pictures",
        "Repair",
        "The latent's spectrum",
        "Noise through the whole network",
        "Samples",
        "Data",
        "Repeat it",
    ]
    text = (run / "report.html").read_text(encoding="utf-8")
    assert "--corrupt mask:0.3" in text
    assert text.count("PCA of whole pictures") >= 2  # a figure, and a line in the chart of PSNR
    assert "uniform: every number between 0 and 1" in text
    assert "words &lt;b&gt;.png" in text
    assert str(run.parent) not in text  # a page may go to other people


def test_what_was_skipped_is_a_table(run: Path) -> None:
    """`skipped.csv` names each file that was not usable, and why."""
    assert (run / "skipped.csv").read_text().splitlines() == ["file,reason", "words <b>.png,not a picture"]


def test_a_plain_run_has_no_empty_parts(plain: Path) -> None:
    """Where nothing is damaged and nothing variational, nothing is said of either."""
    assert not {"Repair", "Divergence per latent number", "Latent numbers in use"} & set(titles(plain / "report.html"))


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "Name at least one run"),
        (("none",), "not a run folder"),
        (("{run}", "none"), "not a run folder"),
        (("{run}", "--out", "page.html"), "--out is for a comparison"),
    ],
)
def test_bad_input_is_one_sentence(
    arguments: tuple[str, ...],
    says: str,
    run: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """No run, a folder that is none, and an option that does not fit end with status 2 and one line."""
    assert report(monkeypatch, *(each.format(run=run) for each in arguments)) == 2
    message = capsys.readouterr().err
    assert message.startswith("error: ")
    assert says in message
    assert len(message.splitlines()) == 1


def test_worst_and_best_are_held_out_pictures(plain: Path) -> None:
    """The grids over time have the size of their pictures, so that nothing is stretched."""
    with Image.open(sorted((plain / "grids").glob("*.png"))[0]) as grid:
        assert grid.size[1] == 64


BROKEN = "() => [...document.images].filter(image => !(image.complete && image.naturalWidth)).map(image => image.alt)"


def test_the_report_opens_in_a_browser_without_a_fault(run: Path) -> None:
    """Opened from disk: no script error, no request, every picture loads, and so do those of each epoch."""
    with chromium() as browser:
        page = browser.new_page()
        page.set_default_timeout(SLOWEST_MS)
        faults, requests = faults_of(page), list[str]()
        page.on("request", lambda request: requests.append(request.url))
        page.goto((run / "report.html").as_uri(), wait_until="load")
        assert page.evaluate("document.images.length") >= 4
        assert page.evaluate(BROKEN) == []
        _check_scrubber(page)
        assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
        assert faults == []
        assert [request for request in requests if not request.startswith(("file:", "data:"))] == []


def _check_scrubber(page: Page) -> None:
    """Another epoch's slider position shows another picture, which loads."""
    last = page.get_attribute(".scrubber img", "src")
    page.fill(".scrubber input", "0")
    page.wait_for_function("last => document.querySelector('.scrubber img').src !== last", arg=last)
    page.eval_on_selector(".scrubber img", "image => image.decode()")
    assert page.evaluate(BROKEN) == []
