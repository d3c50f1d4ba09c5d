"""Random changes of pictures follow from the seed and the step, stay in range, and do what their names say."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor

from trainer.data.augment import augment
from trainer.options.config import TrainConfig

ALL = TrainConfig.of(size=32, crop=0.5, flip=True, colour=0.4, seed=3)


def _pictures(count: int, size: int, seed: int = 0) -> Tensor:
    return torch.rand(count, 3, size, size, generator=torch.Generator().manual_seed(seed))


def test_nothing_asked_nothing_changed() -> None:
    """Without options the batch goes through as it is."""
    image = _pictures(3, 32)
    assert augment(image, TrainConfig.of(size=32), 5) is image


def test_changes_follow_from_seed_and_step() -> None:
    """The same seed and step change alike; another step or another seed changes otherwise."""
    image = _pictures(4, ALL.pictures.stored_sides[0])
    first = augment(image, ALL, 7)
    assert torch.equal(first, augment(image, ALL, 7))
    assert not torch.equal(first, augment(image, ALL, 8))
    assert not torch.equal(first, augment(image, TrainConfig.of(**{**ALL.to_json(), "seed": 4}), 7))


@given(cut=st.integers(1, 5), step=st.integers(0, 1000))
def test_a_batch_in_parts_is_changed_as_a_whole(cut: int, step: int) -> None:
    """A batch that is split over processes or passes sees the changes that it would have seen whole."""
    image = _pictures(6, ALL.pictures.stored_sides[0], step)
    whole = augment(image, ALL, step)
    parts = [augment(image[:cut], ALL, step), augment(image[cut:], ALL, step, first=cut)]
    assert torch.allclose(torch.cat(parts), whole, atol=1e-6)


@given(crop=st.floats(0.05, 1), flip=st.booleans(), colour=st.floats(0, 0.95), step=st.integers(0, 10**9))
def test_shape_and_range_hold(crop: float, flip: bool, colour: float, step: int) -> None:
    """Whatever is asked, a batch of the trained size in [0, 1] comes out."""
    config = TrainConfig.of(size=32, crop=crop, flip=flip, colour=colour)
    changed = augment(_pictures(2, config.pictures.stored_sides[0]), config, step)
    assert changed.shape == (2, 3, 32, 32)
    assert changed.dtype == torch.float32
    assert 0 <= changed.min() <= changed.max() <= 1


def test_flips_mirror_about_half() -> None:
    """Each picture is itself or its mirror image, and about half are mirrored."""
    image = _pictures(64, 32)
    changed = augment(image, TrainConfig.of(size=32, flip=True), 0)
    mirrored = [torch.equal(after, before.flip(2)) for before, after in zip(image, changed)]
    same = [torch.equal(after, before) for before, after in zip(image, changed)]
    assert all(a != b for a, b in zip(mirrored, same))
    assert 20 < sum(mirrored) < 44


def test_crops_show_a_part_enlarged() -> None:
    """Of a ramp from left to right, a crop keeps its slope times the side's share, within the range asked for."""
    config = TrainConfig.of(size=64, crop=0.25)
    side = config.pictures.stored_sides[0]
    ramp = torch.linspace(0, 1, side).expand(40, 3, side, side).clone()
    changed = augment(ramp, config, 0)
    shares = (changed[:, 0, 0, -2] - changed[:, 0, 0, 1]) * 64 / 61  # side of the crop in sides of the picture
    assert shares.min() >= 0.48
    assert shares.max() <= 1.02
    assert shares.max() - shares.min() > 0.3
    assert changed.diff(dim=2).abs().max() < 1e-5  # all rows alike: nothing is turned or sheared


def test_whole_pictures_survive_a_crop_of_nearly_all() -> None:
    """A crop that keeps all but a thousandth leaves a smooth picture as it was."""
    config = TrainConfig.of(size=64, crop=0.999)
    side = config.pictures.stored_sides[0]
    ramp = torch.linspace(0, 1, side).expand(2, 3, side, side).clone()
    expected = torch.nn.functional.interpolate(ramp, (64, 64), mode="bilinear", antialias=True)
    assert torch.allclose(augment(ramp, config, 1), expected, atol=0.02)


def test_colours_change_within_their_bounds() -> None:
    """A grey picture keeps its hue, and its brightness changes by no more than the share asked for."""
    grey = torch.full((200, 3, 8, 8), 0.5)
    changed = augment(grey, TrainConfig.of(size=32, colour=0.2), 0)
    assert torch.allclose(changed[:, :1], changed, atol=1e-6)
    levels = changed.mean(dim=(1, 2, 3))
    assert 0.39 < levels.min() < 0.45
    assert 0.55 < levels.max() < 0.61


@pytest.mark.parametrize(("crop", "size"), [(1.0, 64), (0.64, 80), (0.25, 128), (0.01, 128)])
def test_stored_size_gives_the_smallest_crop_its_pixels(crop: float, size: int) -> None:
    """Pictures are kept so large that the smallest crop need not be enlarged, up to twice the trained size."""
    assert TrainConfig.of(size=64, crop=crop).pictures.stored_sides == (size, size)


def test_tiles_are_shifted_pixel_by_pixel(tmp_path: Path) -> None:
    """With --tiles each square is a part of its tile as it was, in places that vary."""
    config = TrainConfig.of(data=tmp_path, size=32, tiles=True)
    image = torch.arange(48 * 48, dtype=torch.float32).reshape(1, 1, 48, 48).expand(16, 3, 48, 48) / 48**2
    changed = augment(image, config, 3)
    corners = (changed[:, 0, 0, 0] * 48**2).round().long()
    for square, corner in zip(changed, corners.tolist()):
        top, left = divmod(corner, 48)
        assert torch.equal(square, image[0, :, top : top + 32, left : left + 32])
    assert len(set(corners.tolist())) > 8
