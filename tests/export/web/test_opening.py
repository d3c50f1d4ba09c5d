"""A photograph opened in the page becomes the latent that the desktop makes of it, and never leaves the page."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page

from desktop.engine.autoencoder import Autoencoder
from desktop.engine.model_input import read_prepared
from desktop.engine.pictures import Pixels
from export.bundle import Bundle, read_bundle
from tests.export.web.conftest import Open, difference, pixels_of
from tests.export.web.test_steering import LEVELS, noise

CHARACTERS = Path(__file__).parents[3] / "models" / "characters"


def reconstructed(bundle: Bundle, path: Path) -> tuple[Pixels, Pixels]:
    """What the desktop makes of a picture file: the model's input, and its reconstruction."""
    model = Autoencoder(bundle, "cpu", threads=1)
    _, prepared = read_prepared(path, bundle.info.size)
    return prepared, model.decode(model.encode(prepared[None]))[0]


def open_picture(page: Page, path: Path) -> None:
    """Chooses a file and waits for its reconstruction."""
    page.set_input_files("#open-file", path)
    page.wait_for_selector(f"#origin:has-text({path.name!r})")


@pytest.mark.parametrize("size", [(12, 12), (30, 22), (61, 200), (333, 250)])
def test_a_picture_is_cropped_resized_and_encoded_as_in_the_desktop(
    rich: Bundle, rich_open: Page, tmp_path: Path, size: tuple[int, int]
) -> None:
    """Smaller, wider and much larger pictures: the desktop's very input, and its reconstruction within two levels."""
    page, path = rich_open, tmp_path / "photo.png"
    Image.fromarray(noise(*size)).save(path)
    prepared, expected = reconstructed(rich, path)
    open_picture(page, path)
    assert difference(pixels_of(page, "#original"), prepared) == 0
    assert difference(pixels_of(page), expected) <= LEVELS


def test_transparent_and_turned_pictures(rich: Bundle, rich_open: Page, tmp_path: Path) -> None:
    """Transparency is laid on white, and a camera's orientation is followed, as in the desktop."""
    page = rich_open
    clear, turned = tmp_path / "clear.png", tmp_path / "turned.jpg"
    alpha = np.zeros((24, 24, 1), np.uint8)
    alpha[6:18, 6:18] = 255
    Image.fromarray(np.concatenate([noise(24, 24), alpha], axis=2)).save(clear)
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.fromarray(noise(24, 36)).save(turned, quality=95, subsampling=0, exif=exif)
    for path in (clear, turned):
        prepared, expected = reconstructed(rich, path)
        open_picture(page, path)
        assert difference(pixels_of(page, "#original"), prepared) <= 2
        assert difference(pixels_of(page), expected) <= LEVELS


def test_a_dropped_file_that_is_no_picture_changes_nothing(rich_open: Page) -> None:
    """One sentence names it, what was there stays, and the next picture removes the sentence."""
    page = rich_open
    before = pixels_of(page)
    page.evaluate(
        "() => { const transfer = new DataTransfer(); transfer.items.add(new File(['words'], 'words.txt')); "
        "document.body.dispatchEvent(new DragEvent('drop', {dataTransfer: transfer, bubbles: true})); }"
    )
    page.wait_for_selector("#problem:not([hidden])")
    assert page.inner_text("#problem") == "words.txt is not a picture that this browser can read; nothing was changed."
    assert difference(pixels_of(page), before) == 0
    page.click("#mean")
    assert page.is_hidden("#problem")


@pytest.mark.slow
def test_the_shipped_characters(tarball: Path, opened: Open, tmp_path: Path) -> None:
    """The page of `characters`, made by the command: a slider moves its pixels, and it encodes as the desktop does."""
    from export.to_web import main

    folder, path = tmp_path / "page", tmp_path / "face.png"
    command = [CHARACTERS, "--out", folder, "--runtime", "copy", "--tarball", tarball]
    assert main([str(word) for word in command]) == 0
    bundle = read_bundle(CHARACTERS)
    pictures = np.load(CHARACTERS / "proof.npz")["pictures_0"]
    Image.fromarray(pictures[0]).resize((300, 260), Image.Resampling.BICUBIC).save(path)
    prepared, expected = reconstructed(bundle, path)
    page = opened(folder)
    open_picture(page, path)
    assert difference(pixels_of(page, "#original"), prepared) == 0
    before = pixels_of(page)
    assert difference(before, expected) <= LEVELS
    page.focus(".slider input")
    for _ in range(10):
        page.keyboard.press("ArrowRight")
    assert difference(pixels_of(page), before) > 20
