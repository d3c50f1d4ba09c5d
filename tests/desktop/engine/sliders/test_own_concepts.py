"""Concepts made from a few pictures, and kept."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from desktop.engine.errors import InspectionError
from desktop.engine.gaussian import Floats
from desktop.engine.sliders import own_concepts
from desktop.engine.sliders.latents import LatentSpace, read_latent_space
from desktop.engine.sliders.own_concepts import Direction, make_direction
from export.bundle import Bundle
from tests import bundles


@pytest.fixture
def space(vector: Bundle) -> LatentSpace:
    """The tiny model's, of 8 numbers."""
    return read_latent_space(vector)


def sides(count: int, gap: float, size: int = 8) -> tuple[Floats, Floats]:
    """Codes with more and with less of number 0, all other numbers being chance."""
    random = np.random.default_rng(0)
    more, less = random.standard_normal((2, count, size)).astype(np.float32)
    more[:, 0] += gap
    return more, less


def test_many_pictures_show_the_direction_that_differs(space: LatentSpace) -> None:
    """It is number 0, with strong evidence, and the slider reaches from one side to the other."""
    found = make_direction("  big  nose ", *sides(40, 6.0), space)
    assert found.name == "big nose"
    assert found.vector[0] > 0.98
    assert np.linalg.norm(found.vector) == pytest.approx(1, abs=1e-5)
    assert (found.evidence.words, found.evidence.accuracy) == ("strong", 1.0)
    assert found.low < found.high


def test_codes_of_a_folder_set_the_ends(space: LatentSpace) -> None:
    """The 0.5 and 99.5 percentiles of ordinary codes, unless the pictures themselves lie beyond."""
    codes = np.random.default_rng(2).normal(0, 10, (2000, 8)).astype(np.float32)
    found = make_direction("x", *sides(5, 1.0), space, codes)
    offsets = codes @ found.vector - space.mean @ found.vector
    assert (found.low, found.high) == pytest.approx(np.percentile(offsets, (0.5, 99.5)).tolist(), abs=1e-3)
    assert found.spread == pytest.approx(float(offsets.std()), rel=1e-3)


@pytest.mark.parametrize(
    ("name", "more", "less", "said"),
    [
        ("x", np.zeros((2, 8)), np.zeros((3, 8)), "too few pictures under 'more': 2"),
        ("x", np.zeros((3, 8)), np.zeros((1, 8)), "too few pictures under 'less': 1"),
        ("x", np.zeros((3, 8)), np.zeros((3, 8)), "there is no direction"),
        (" ", np.ones((3, 8)), np.zeros((3, 8)), "needs a name"),
        ("x" * 61, np.ones((3, 8)), np.zeros((3, 8)), "needs a name"),
        ("x", np.ones((3, 5)), np.zeros((3, 5)), "not of this model"),
    ],
)
def test_what_is_no_concept_is_refused(space: LatentSpace, name: str, more: Floats, less: Floats, said: str) -> None:
    """One sentence, which says what is missing."""
    with pytest.raises(InspectionError, match=said):
        make_direction(name, more.astype(np.float32), less.astype(np.float32), space)


def test_maps_of_another_size_make_a_concept_too(free: Bundle) -> None:
    """A direction of pictures encoded at twice the trained size separates them, and is one of the trained latent."""
    space, random = read_latent_space(free), np.random.default_rng(1)
    more, less = random.standard_normal((2, 5, 4, 8, 8)).astype(np.float32)
    more[:, 2] += 4.0
    found = make_direction("x", more, less, space)
    assert found.vector.shape == space.mean.shape
    assert found.vector.reshape(4, 16)[2].mean() > 3 * abs(found.vector.reshape(4, 16)[:2].mean())


@pytest.fixture
def direction(space: LatentSpace) -> Direction:
    """A concept of the tiny model."""
    return make_direction("x", *sides(5, 4.0), space)


def test_kept_concepts_come_back(vector: Bundle, direction: Direction, tmp_path: Path) -> None:
    """With all that is known of them; one of the same name takes the other's place; dropped, they are gone."""
    own_concepts.keep_direction(vector.info, direction, tmp_path)
    own_concepts.keep_direction(vector.info, direction, tmp_path)
    (back,) = own_concepts.read_directions(vector.info, tmp_path)
    assert np.array_equal(back.vector, direction.vector)
    assert (back.evidence, back.low, back.high, back.more) == (direction.evidence, direction.low, direction.high, 5)
    own_concepts.drop_direction(vector.info, "x", tmp_path)
    assert own_concepts.read_directions(vector.info, tmp_path) == []
    with pytest.raises(InspectionError, match="no concept of yours"):
        own_concepts.drop_direction(vector.info, "x", tmp_path)


def test_kept_concepts_are_sliders_after_the_bundles_own(vector: Bundle, direction: Direction, tmp_path: Path) -> None:
    """Sliders of the same kind: a step along it moves the code by the vector, and the ends are in units of spread."""
    rich = bundles.enriched(vector)
    space = read_latent_space(rich)
    own = len(space.labels)
    own_concepts.keep_direction(rich.info, direction, tmp_path)
    extended = own_concepts.with_own_concepts(space, rich.info, tmp_path)
    assert [label.name for label in extended.labels] == [*(label.name for label in space.labels), "x"]
    assert np.array_equal(extended.concepts.vectors[:own], space.concepts.vectors)
    offsets = np.zeros(own + 1)
    offsets[own] = 2.0
    change = extended.concepts.change(offsets, space.shape)
    assert np.allclose(change, 2 * direction.spread * direction.vector, atol=1e-5)
    assert extended.concepts.high[own] * direction.spread == pytest.approx(direction.high, rel=1e-5)


def test_a_model_without_own_concepts_stays_as_it_is(vector: Bundle, space: LatentSpace, tmp_path: Path) -> None:
    """The same object, no file."""
    assert own_concepts.with_own_concepts(space, vector.info, tmp_path) is space
    assert not own_concepts.concepts_place(vector.info, tmp_path).exists()


@pytest.mark.parametrize("harm", [b"nothing", b'"version": 7'])
def test_a_broken_file_of_concepts_is_said(vector: Bundle, direction: Direction, tmp_path: Path, harm: bytes) -> None:
    """One sentence with its name and the cure."""
    own_concepts.keep_direction(vector.info, direction, tmp_path)
    path = own_concepts.concepts_place(vector.info, tmp_path)
    content = path.read_bytes()
    path.write_bytes(content.replace(b'"version": 1', harm) if harm.startswith(b'"') else harm)
    with pytest.raises(InspectionError, match="is broken"):
        own_concepts.read_directions(vector.info, tmp_path)
