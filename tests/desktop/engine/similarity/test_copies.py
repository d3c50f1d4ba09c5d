"""Copies are found however they were turned and saved, and told from bursts."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from desktop.engine.autoencoder import Autoencoder
from desktop.engine.folder.index import Index
from desktop.engine.folder.update import update
from desktop.engine.pictures import Pixels
from desktop.engine.similarity import copies


def scene(number: int, moved: int = 0) -> Pixels:
    """Ten coloured blots, one of which has moved: uint8 `[120, 160, 3]`."""
    random, picture = np.random.default_rng(number), np.full((120, 160, 3), 90.0)
    rows, columns = np.mgrid[:120, :160]
    for blot in range(10):
        row, column, radius = random.uniform(0, 120), random.uniform(0, 160), random.uniform(8, 30)
        away = np.hypot(rows - row, columns - column - (moved if blot == 9 else 0)) / radius
        picture += np.exp(-(away**2))[..., None] * random.uniform(-80, 120, 3)
    return picture.clip(0, 255).astype(np.uint8)


@pytest.fixture
def full(tmp_path: Path, model: Autoencoder, root: Path) -> Iterator[Index]:
    """Of eight scenes, copies of three of them, and the next moment of another."""
    folder = tmp_path / "scenes"
    folder.mkdir()
    images = [Image.fromarray(scene(number)) for number in range(8)]
    for number, image in enumerate(images):
        image.save(folder / f"{number}.png")
    images[0].transpose(Image.Transpose.ROTATE_90).save(folder / "0_turned.jpg", quality=70)
    images[0].transpose(Image.Transpose.FLIP_LEFT_RIGHT).resize((80, 60)).save(folder / "0_mirrored.png")
    images[1].point([int(10 + 0.8 * level) for level in range(256)] * 3).save(folder / "1_darker.jpg", quality=60)
    images[2].save(folder / "2_again.png")
    Image.fromarray(scene(3, moved=14)).save(folder / "3_next.png")
    with Index(folder, model.info, root=root) as index:
        update(index, model)
        yield index


def named(index: Index, groups: list[list[int]]) -> set[frozenset[str]]:
    """Groups by the names of their files."""
    return {frozenset(index.path(row).stem for row in group) for group in groups}


def test_copies_are_found_and_bursts_are_none(full: Index) -> None:
    """Turned, mirrored, smaller, compressed, darker or the same; the next moment of a scene is a burst."""
    found = copies.find_copies(full)
    expected = [{"0", "0_turned", "0_mirrored"}, {"1", "1_darker"}, {"2", "2_again"}]
    assert named(full, copies.groups(found)) == set(map(frozenset, expected))
    bursts = [[each.first, each.second] for each in found if each.kind == "burst"]
    assert named(full, bursts) == {frozenset({"3", "3_next"})}


def test_what_the_user_told_apart_is_no_copy(full: Index) -> None:
    """A pair that stands in the notes of the folder is left out; the others stay."""
    before = copies.groups(copies.find_copies(full))
    pair = next(group for group in before if len(group) == 2)
    one, other = sorted(path.relative_to(full.folder).as_posix() for path in full.paths(np.array(pair)))
    after = copies.groups(copies.find_copies(full, {(one, other)}))
    assert pair not in after
    assert len(after) == len(before) - 1


def test_plain_pictures_are_told_from_others() -> None:
    """Of pictures without detail there is nothing to fit a line to: they are alike, and unlike all others."""
    plain = np.full((32, 32, 3), 100, np.uint8)
    assert copies.left_over(plain, plain + np.uint8(20)) == 0
    assert copies.left_over(plain, scene(0)[:32, :32] // 2 + scene(1)[:32, :32] // 2) == 1
    assert copies.left_over(scene(0), 255 - scene(0)) == 1


CHANGES: dict[str, Callable[[Image.Image], Image.Image]] = {
    "cropped": lambda image: image,
    "turned": lambda image: image.transpose(Image.Transpose.ROTATE_90),
    "mirrored": lambda image: image.transpose(Image.Transpose.FLIP_LEFT_RIGHT),
    "compressed": lambda image: again(image, 50),
    "resized": lambda image: image.resize((70, 70), Image.Resampling.LANCZOS),
    "brighter": lambda image: image.point([int(20 + 0.85 * level) for level in range(256)] * 3),
}


def again(image: Image.Image, quality: int) -> Image.Image:
    """Saved as JPEG and read."""
    content = io.BytesIO()
    image.save(content, "JPEG", quality=quality)
    return Image.open(content)


@pytest.mark.parametrize("change", CHANGES)
def test_a_crop_to_four_fifths_is_found(change: str, tmp_path: Path, model: Autoencoder, root: Path) -> None:
    """Wherever in the picture it is cut, and whatever else was done to it; no other pair is."""
    folder = tmp_path / "scenes"
    folder.mkdir()
    for number in range(6):
        image = Image.fromarray(scene(number)[:, 20:140])
        image.save(folder / f"{number}.png")
        if number < 3:
            left, top = ((0, 0), (24, 7), (11, 24))[number]
            CHANGES[change](image.crop((left, top, left + 96, top + 96))).save(folder / f"{number}_crop.png")
    Image.fromarray(scene(5, moved=14)[:, 20:140]).save(folder / "5_next.png")
    with Index(folder, model.info, root=root) as index:
        update(index, model)
        found = copies.find_copies(index)
        expected = {frozenset({str(number), f"{number}_crop"}) for number in range(3)}
        assert named(index, copies.groups(found)) == expected
        assert {each.kind for each in found if each.kind != "burst"} == {"crop"}
