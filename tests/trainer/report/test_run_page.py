"""A run's page shows what the run wrote and what its network does; several runs are compared in one."""

from __future__ import annotations

import html
import json
import re
import shutil
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page

from tests.browser import SLOWEST_MS, chromium, faults_of
from trainer import train
from trainer.report.__main__ import main
from trainer.report.measure import spectrum

OPTIONS = (
    *("--size", "32", "--batch-size", "4", "--latent-size", "8", "--precision", "fp32", "--device", "cpu"),
    *("--width", "0.25", "--depth", "0.5", "--steps", "6", "--latent", "vector", "--init", "random"),
)


def _train(out: Path, cache: Path, *arguments: object) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CONVAE_CACHE", str(cache))
        patch.setattr(sys, "argv", ["train", *OPTIONS, *map(str, arguments), "--out", str(out)])
        assert train.main() == 0


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, picture_folder: Path) -> Path:
    """Pictures, and a file that is none."""
    folder = Path(shutil.copytree(picture_folder, tmp_path_factory.mktemp("data") / "faces"))
    (folder / "words <b>.png").write_text("words")
    return folder


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory, folder: Path, cache: Path) -> Path:
    """A short training of a variational network that repairs."""
    out = tmp_path_factory.mktemp("runs") / "repairs"
    _train(out, cache, "--data", folder, "--kl", 0.001, "--corrupt", "mask:0.3")
    return out


@pytest.fixture(scope="module")
def plain(run: Path, folder: Path, cache: Path) -> Path:
    """A plain one beside it."""
    _train(run.parent / "plain", cache, "--data", folder, "--flip", "--crop", 0.5, "--colour", 0.1)
    return run.parent / "plain"


def _report(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> int:
    monkeypatch.setattr(sys, "argv", ["report", *map(str, arguments)])
    return main()


def _titles(page: Path) -> list[str]:
    return [html.unescape(title) for title in re.findall(r"<h2>(.*?)</h2>", page.read_text(encoding="utf-8"))]


def test_a_training_ends_with_its_page(run: Path) -> None:
    """The page has every part that there are figures or pictures for."""
    assert _titles(run / "report.html") == [
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
    assert not {"Repair", "Divergence per latent number", "Latent numbers in use"} & set(_titles(plain / "report.html"))


def test_the_page_is_made_again(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command gives the page that the training gave."""
    before = _titles(run / "report.html")
    (run / "report.html").unlink()
    assert _report(monkeypatch, run) == 0
    assert _titles(run / "report.html") == before


@pytest.mark.parametrize("gone", ["pictures", "weights", "grids"])
def test_what_is_gone_is_left_out(gone: str, run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the pictures, the weights or the grids, the page has what is left."""
    copy = Path(shutil.copytree(run, tmp_path / "copy"))
    if gone == "pictures":
        options = json.loads((copy / "config.json").read_text())
        (copy / "config.json").write_text(json.dumps({**options, "data": str(tmp_path / "none")}))
    elif gone == "weights":
        (copy / "weights.safetensors").unlink()
    else:
        shutil.rmtree(copy / "grids")
    assert _report(monkeypatch, copy) == 0
    titles = _titles(copy / "report.html")
    assert {"Loss", "Data", "Repeat it"} <= set(titles)
    assert ("Worst held-out pictures" in titles) == (gone == "grids")
    assert ("Pictures over time" in titles) == (gone != "grids")


def test_several_runs_are_compared(run: Path, plain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One page has the figures of all, the options that differ, and the last pictures of each."""
    assert _report(monkeypatch, run, plain) == 0
    page = run.parent / "comparison.html"
    text = page.read_text(encoding="utf-8")
    assert {"Figures", "What differs", "Training loss, smoothed", "Last pictures"} <= set(_titles(page))
    assert "<th>--corrupt</th>" in text
    assert "<th>--size</th>" not in text
    assert text.count("<img ") == 2


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
    assert _report(monkeypatch, *(each.format(run=run) for each in arguments)) == 2
    message = capsys.readouterr().err
    assert message.startswith("error: ")
    assert says in message
    assert len(message.splitlines()) == 1


def test_the_spectrum_is_shares_of_the_variance() -> None:
    """Latents that vary in two directions, one twice as wide, have four fifths of their variance in the first."""
    random = np.random.default_rng(0)
    latents = random.standard_normal((20_000, 2)) * (2, 1)
    turned = latents @ np.array([[0.6, 0.8, 0], [-0.8, 0.6, 0]])
    assert spectrum(turned) == pytest.approx([0.8, 0.2], abs=0.02)
    assert len(spectrum(np.ones((5, 3)))) == 0


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
