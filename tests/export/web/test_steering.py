"""In a real browser, every control means what it means in the desktop, to within two levels."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page

from desktop.engine.autoencoder import Autoencoder, Latents
from desktop.engine.film.morph import between
from desktop.engine.pictures import Pixels
from desktop.engine.sliders.gallery import read_gallery
from desktop.engine.sliders.latents import GroupName, LatentSpace, read_latent_space
from desktop.engine.sliders.samplers import read_samplers
from desktop.engine.sliders.steering import Knob, Origin, Steering
from export.bundle import Bundle
from tests.export.web.conftest import Open, choose, difference, pixels_of, settle

LEVELS = 2


class Desktop:
    """What the desktop makes of a bundle."""

    def __init__(self, bundle: Bundle) -> None:
        self.bundle, self.space = bundle, read_latent_space(bundle)
        self.model = Autoencoder(bundle, "cpu", threads=1)
        gallery = read_gallery(bundle)
        assert gallery is not None
        self.gallery = gallery

    def picture(self, latent: Latents) -> Pixels:
        """The decoded latent."""
        return self.model.decode(latent[None])[0]

    def steered(self, base: Latents, *moves: tuple[GroupName, int, float]) -> Pixels:
        """The picture with sliders moved to positions."""
        space: LatentSpace = self.space
        state = Steering(base, Origin("mean"))
        for group, index, position in moves:
            state = state.moved(space, Knob(group, index), position)
        return self.picture(state.code(space))


@pytest.fixture(scope="session")
def desktop(rich: Bundle) -> Desktop:
    """The desktop with the rich bundle."""
    return Desktop(rich)


@pytest.fixture(scope="session")
def wide_desktop(wide: Bundle) -> Desktop:
    """The desktop with the map."""
    return Desktop(wide)


def move(page: Page, group: str, index: int, position: float) -> None:
    """Moves a slider as a finger does."""
    page.eval_on_selector(
        f"#slider-{group}-{index}",
        "(range, position) => { range.value = position; range.dispatchEvent(new Event('input', {bubbles: true})); }",
        position,
    )


def test_sliders_of_every_group_add_up_as_in_the_desktop(rich_open: Page, desktop: Desktop) -> None:
    """From a training picture, each slider moves its pixels to where the desktop's would."""
    page = rich_open
    base = desktop.gallery.code(0)
    before = pixels_of(page)
    assert difference(before, desktop.picture(base)) <= LEVELS
    moves: list[tuple[GroupName, int, float]] = []
    groups: tuple[GroupName, ...] = ("concepts", "independent", "axes", "numbers")
    for group, index, position in zip(groups, (1, 2, 3, 4), (-2.0, 2.0, -2.5, 2.5)):
        choose(page, group)
        move(page, group, index, position)
        moves.append((group, index, position))
        after = pixels_of(page)
        assert difference(after, desktop.steered(base, *moves)) <= LEVELS
        assert difference(after, before) > 3 * LEVELS
        before = after


@pytest.mark.parametrize("sampler", ["gaussian", "mixture", "prior", "uniform"])
@pytest.mark.parametrize(("seed", "truncation"), [(0, 1.0), (123456789, 0.5)])
def test_a_seed_gives_the_desktop_s_random_picture(
    rich_open: Page, desktop: Desktop, sampler: str, seed: int, truncation: float
) -> None:
    """Same sampler, seed and truncation, same picture."""
    page = rich_open
    page.select_option("#sampler", sampler)
    page.fill("#truncation", str(truncation))
    page.fill("#seed", str(seed))
    page.press("#seed", "Enter")
    settle(page)
    samplers = read_samplers(desktop.bundle, desktop.space)
    expected = desktop.picture(samplers.draw(sampler, seed, truncation))  # type: ignore[arg-type]
    assert difference(pixels_of(page), expected) <= LEVELS
    assert str(seed) in page.inner_text("#origin")


def test_the_gallery_and_the_way_between_two_pictures(rich_open: Page, desktop: Desktop) -> None:
    """A thumbnail starts from its training picture; half-way between two lies where the desktop's morph does."""
    page = rich_open
    for place, end in ((2, "a"), (4, "b")):
        page.click(f"#gallery button:nth-child({place + 1})")
        assert difference(pixels_of(page), desktop.picture(desktop.gallery.code(place))) <= LEVELS
        page.click(f"#set-{end}")
    move_morph(page, 40)
    codes = desktop.gallery.code(2), desktop.gallery.code(4)
    assert difference(pixels_of(page), desktop.picture(between(desktop.space, *codes, 0.4, "sphere"))) <= LEVELS
    page.click("#play")
    page.wait_for_timeout(300)
    page.click("#play")
    settle(page)
    assert "A and B" in page.inner_text("#origin")


def move_morph(page: Page, share: int) -> None:
    """Moves the morph's slider, in per cent."""
    script = "(range, share) => { range.value = share; range.dispatchEvent(new Event('input')); }"
    page.eval_on_selector("#morph", script, share)


def test_undo_redo_and_reset(rich_open: Page) -> None:
    """One gesture is one step back, a redo repeats it, and a reset puts all sliders at their start."""
    page = rich_open
    first = pixels_of(page)
    for position in (0.5, 1.0, 1.5):
        move(page, "concepts", 1, position)
    moved = pixels_of(page)
    page.click("#undo")
    assert difference(pixels_of(page), first) == 0
    assert page.is_disabled("#reset")
    page.click("#redo")
    assert difference(pixels_of(page), moved) == 0
    page.click("#reset")
    assert difference(pixels_of(page), first) == 0
    page.click("#undo")
    assert difference(pixels_of(page), moved) == 0


def test_the_newest_position_wins(rich_open: Page, desktop: Desktop) -> None:
    """Of two hundred positions in one go few are decoded, and the last one is what is shown."""
    page = rich_open
    before = page.evaluate("performance.getEntriesByName('slider to picture').length")
    page.eval_on_selector(
        "#slider-concepts-1",
        "range => { for (let turn = 1; turn <= 200; turn++) { range.value = turn / 100; "
        "range.dispatchEvent(new Event('input')); } }",
    )
    shown = pixels_of(page)
    decoded = page.evaluate("performance.getEntriesByName('slider to picture').length") - before
    assert 1 <= decoded <= 20
    assert difference(shown, desktop.steered(desktop.gallery.code(0), ("concepts", 1, 2.0))) <= LEVELS


def test_a_map_s_channels_steer_any_size(wide_page: Path, wide_desktop: Desktop, opened: Open, tmp_path: Path) -> None:
    """A whole picture of another size is continued by its mirror image, and channels move all of its cells."""
    page, file = opened(wide_page), tmp_path / "wide.png"
    Image.fromarray(noise(21, 50)).save(file)
    page.select_option("#frame", "whole")
    page.set_input_files("#open-file", file)
    page.wait_for_selector("#original-figure:not([hidden])")
    padded = np.pad(noise(21, 50), ((0, 3), (0, 6), (0, 0)), mode="reflect")
    latent = wide_desktop.model.encode(padded[None])[0]
    assert difference(pixels_of(page), wide_desktop.picture(latent)[:21, :50]) <= LEVELS
    assert page.is_disabled("#slider-concepts-0")
    assert "32 × 32" in page.inner_text("#note")
    choose(page, "numbers")
    assert page.is_hidden("#note")
    move(page, "numbers", 2, 1.5)
    expected = wide_desktop.steered(latent, ("numbers", 2, 1.5))[:21, :50]
    assert difference(pixels_of(page), expected) <= LEVELS


def noise(height: int, width: int) -> Pixels:
    """A picture that no resize leaves as it is."""
    coarse = np.random.default_rng(3).integers(0, 256, (4, 4, 3), dtype=np.uint8)
    smooth = np.array(Image.fromarray(coarse).resize((width, height), Image.Resampling.BICUBIC)).astype(int)
    grain = np.random.default_rng(4).integers(-20, 21, (height, width, 3))
    return (smooth + grain).clip(0, 255).astype(np.uint8)
