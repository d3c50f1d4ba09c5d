"""Concepts: directions that move one labelled property and little else."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from export.runtime import Graph
from export.statistics.concepts import ConceptDirections, find_concepts, find_gradients
from export.statistics.encoding import Codes
from export.statistics.latents import LatentStatistics, measure_latents
from trainer.data.dataset import Progress

PICTURES, HELD_OUT, NUMBERS = 1200, 300, 8
Array = NDArray[Any]


class Same(Graph):
    """A graph that gives back what it is given: pictures and latents are one."""

    def __init__(self) -> None:
        super().__init__("same", None)  # type: ignore[arg-type]

    def __call__(self, batch: Array) -> Array:
        return batch


@pytest.fixture(scope="module")
def world() -> tuple[dict[str, list[str]], Array, Array]:
    """Labels, latents that follow from them and noise, and the effects: glasses come with age, as they do in life."""
    rng = np.random.default_rng(3)
    age = rng.random(PICTURES + HELD_OUT)
    glasses = np.where(rng.random(len(age)) < 0.2 + 0.6 * age, rng.choice(["round", "square"], len(age)), "none")
    hue = rng.random(len(age))
    effects = rng.normal(size=(6, NUMBERS)) * np.array([3, 2, 2, 2, 2, 0])[:, None]
    design = np.column_stack([age, glasses == "round", glasses == "square", np.cos(2 * np.pi * hue)])
    latents = design @ effects[:4] + np.sin(2 * np.pi * hue)[:, None] * effects[4]
    latents += 0.3 * rng.normal(size=latents.shape)
    labels = {
        "age": [f"{each:.3f}" for each in age],
        "glasses": list(glasses),
        "hair_hue": [f"{each:.3f}" for each in hue],
        "luck": [f"{each:.3f}" for each in rng.random(len(age))],
    }
    return labels, latents.astype(np.float32), effects


@pytest.fixture(scope="module")
def statistics(world: tuple[dict[str, list[str]], Array, Array], silent: Progress) -> LatentStatistics:
    """Of the training latents."""
    return measure_latents(_codes(world, slice(0, PICTURES)), Same(), silent)


@pytest.fixture(scope="module")
def found(world: Any, statistics: LatentStatistics, silent: Progress) -> ConceptDirections:
    """The concepts of that world."""
    codes, held_out = _codes(world, slice(0, PICTURES)), _codes(world, slice(PICTURES, None))
    return find_concepts(world[0], codes, held_out, statistics, (Same(), Same()), silent)


def _codes(world: Any, rows: slice) -> Codes:
    latents = world[1][rows]
    return Codes(latents, np.arange(PICTURES + HELD_OUT)[rows], (NUMBERS,))


def test_each_property_that_can_be_read_has_a_direction(found: ConceptDirections) -> None:
    """And luck, which leaves no trace in the latents, has none."""
    names = [concept.name for concept in found.concepts]
    hues = ["hair hue: red", "hair hue: green", "hair hue: blue"]
    assert names == ["age", "glasses: any", "glasses: round", "glasses: square", *hues]
    for concept in found.concepts:
        assert concept.measure == ("accuracy" if concept.factor == "glasses" else "r2")
        assert 0.8 < concept.score <= 1


def test_directions_are_of_unit_length_with_their_limits(found: ConceptDirections, world: Any) -> None:
    """Spread and percentiles are those of the training latents along each."""
    latents = world[1][:PICTURES]
    directions = found.arrays["concepts"]
    np.testing.assert_allclose(np.linalg.norm(directions, axis=1), 1, atol=1e-5)
    along = (latents - latents.mean(axis=0)) @ directions.T
    np.testing.assert_allclose(found.arrays["concept_spread"], along.std(axis=0), rtol=1e-3)
    np.testing.assert_allclose(found.arrays["concept_low"], np.percentile(along, 0.5, axis=0), rtol=1e-2)
    np.testing.assert_allclose(found.arrays["concept_high"], np.percentile(along, 99.5, axis=0), rtol=1e-2)


def test_a_direction_is_what_its_factor_does_alone(found: ConceptDirections, world: Any) -> None:
    """Glasses come with age, but their direction is not that of age; the positive end has more of the property."""
    effects = world[2]
    expected = {"age": effects[0], "hair hue: red": effects[3]}
    for concept, direction in zip(found.concepts, found.arrays["concepts"]):
        if concept.name in expected:
            effect = expected[concept.name] / np.linalg.norm(expected[concept.name])
            assert direction @ effect > 0.98


def test_regressing_on_all_factors_leaks_less_than_a_difference_of_means(world: Any) -> None:
    """The plain difference between pictures with and without round glasses points towards age, too."""
    labels, latents, effects = world
    whitened = ((latents - latents.mean(axis=0)) / latents.std(axis=0)).astype(np.float32)
    age = np.array(labels["age"], float)
    targets = [("age", age)]
    targets += [("glasses", (np.array(labels["glasses"]) == value).astype(float)) for value in ("none", "round")]
    gradient = find_gradients(whitened, targets)[1]
    has = targets[1][1] == 1
    difference = whitened[has].mean(axis=0) - whitened[~has].mean(axis=0)
    towards_age = np.linalg.pinv((effects[:3] / latents.std(axis=0)).T)[0]
    assert abs(gradient @ towards_age) < 0.2 * abs(difference @ towards_age)


def test_leaks_are_measured(found: ConceptDirections) -> None:
    """Each names a property of another factor; in a linear world there is hardly any."""
    factors = {concept.name: concept.factor for concept in found.concepts}
    for concept in found.concepts:
        assert 0 <= concept.leak < 0.6
        assert concept.leaks_to is not None
        assert factors[concept.leaks_to] != concept.factor


def test_finding_twice_gives_the_same(
    found: ConceptDirections, world: Any, statistics: LatentStatistics, silent: Progress
) -> None:
    """A re-export has the same concepts."""
    codes, held_out = _codes(world, slice(0, PICTURES)), _codes(world, slice(PICTURES, None))
    again = find_concepts(world[0], codes, held_out, statistics, (Same(), Same()), silent)
    assert again.concepts == found.concepts
    for name, array in found.arrays.items():
        np.testing.assert_array_equal(again.arrays[name], array)


def test_a_decoder_that_ignores_a_direction_has_no_concept(world: Any, silent: Progress) -> None:
    """What the probe reads from the latents must show in the pictures."""

    class Deaf(Same):
        def __call__(self, batch: Array) -> Array:
            return np.zeros_like(batch)

    codes, held_out = _codes(world, slice(0, PICTURES)), _codes(world, slice(PICTURES, None))
    statistics = measure_latents(codes, Same(), silent)
    assert find_concepts(world[0], codes, held_out, statistics, (Same(), Deaf()), silent).concepts == ()


def test_no_labels_give_no_concepts(world: Any, statistics: LatentStatistics, silent: Progress) -> None:
    """Nor an array."""
    codes = _codes(world, slice(0, PICTURES))
    assert find_concepts({}, codes, codes, statistics, (Same(), Same()), silent) == ConceptDirections((), {})
