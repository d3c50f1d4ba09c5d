"""The state of all sliders, and the code that follows from it."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.engine.sliders.latents import GroupName, LatentSpace, read_latent_space
from desktop.engine.sliders.steering import Knob, Origin, Steering, hold, mix, pack, unpack
from export.bundle import Bundle
from tests import bundles
from tests.desktop.engine.sliders.test_latents import space_of

PICTURE = Origin("picture")


def state_of(space: LatentSpace, seed: int = 0) -> Steering:
    """A state whose base is a random code of the space's shape."""
    base = np.random.default_rng(seed).normal(0, 2, space.shape).astype(np.float32)
    return Steering(base, PICTURE)


@pytest.fixture
def rich(vector: Bundle) -> LatentSpace:
    """A vector space with concepts and independent axes."""
    return read_latent_space(bundles.with_independent(bundles.enriched(vector)))


@pytest.fixture
def cells(free: Bundle) -> LatentSpace:
    """A space of maps, `[4, 4, 4]`."""
    return read_latent_space(free)


@given(seed=st.integers(0, 1000), axes=st.sampled_from([2, 8]), away=st.floats(-9, 9))
def test_back_at_the_start_the_code_is_the_base_to_the_last_bit(seed: int, axes: int, away: float) -> None:
    """A slider moved away and back leaves no trace, also where the axes do not span the whole space."""
    space = space_of(8, axes)
    state = state_of(space, seed)
    start = state.positions(space, "axes")
    assert start is not None
    knob = Knob("axes", 1)
    back = state.moved(space, knob, away).moved(space, knob, start[1])
    assert np.array_equal(back.code(space), state.base)


@pytest.mark.parametrize("group", ["axes", "independent", "concepts", "numbers"])
def test_each_group_moves_the_code_to_where_it_is_sent(rich: LatentSpace, group: GroupName) -> None:
    """One slider of a group moves the code by as much along its own direction."""
    state = state_of(rich).moved(rich, Knob(group, 1), 1.25)
    positions = rich.group(group).positions(state.code(rich))
    assert positions is not None
    assert positions[1] == pytest.approx(1.25, abs=1e-4)


def test_groups_add_up_and_the_order_does_not_matter(rich: LatentSpace) -> None:
    """A concept's move leaves the axes' sliders where they stand; moves may come in any order."""
    first, second = Knob("axes", 0), Knob("concepts", 2)
    state = state_of(rich)
    one = state.moved(rich, first, 1.0).moved(rich, second, -1.0)
    other = state.moved(rich, second, -1.0).moved(rich, first, 1.0)
    assert np.array_equal(one.code(rich), other.code(rich))
    positions = one.positions(rich, "axes")
    assert positions is not None
    assert positions[0] == pytest.approx(1.0)


def test_a_mask_confines_the_sliders(cells: LatentSpace) -> None:
    """Outside the mask the code is untouched, and half of it is half the change."""
    mask = np.zeros((4, 4), np.float32)
    mask[0, 0], mask[1, 1] = 1.0, 0.5
    state = state_of(cells).moved(cells, Knob("numbers", 2), 2.0)
    free, confined = (each.code(cells) - state.base for each in (state, dataclasses.replace(state, mask=mask)))
    assert confined == pytest.approx(free * mask, abs=1e-6)
    assert np.count_nonzero(confined) == 2


def test_reset_keeps_what_it_is_told_to(rich: LatentSpace) -> None:
    """Locked sliders stay moved; `only` is its opposite."""
    kept, gone = Knob("axes", 0), Knob("concepts", 0)
    state = state_of(rich).moved(rich, kept, 2.0).moved(rich, gone, 2.0)
    assert np.array_equal(state.reset([kept]).code(rich), state_of(rich).moved(rich, kept, 2.0).code(rich))
    assert np.array_equal(state.only(gone).code(rich), state_of(rich).moved(rich, gone, 2.0).code(rich))
    assert np.array_equal(state.reset().code(rich), state.base)


@given(seed=st.integers(0, 100))
def test_locked_sliders_stand_still_when_the_base_changes(seed: int) -> None:
    """Whatever the new base, locked axes are where they were, and the rest is the new base's."""
    space = space_of(8)
    state = state_of(space, seed).moved(space, Knob("axes", 2), 0.75)
    drawn = np.random.default_rng(seed + 1).normal(size=8).astype(np.float32)
    after = state.rebased(space, drawn, Origin("random"), keep=[Knob("axes", 2)])
    positions, free = after.positions(space, "axes"), space.axes.positions(drawn)
    assert positions is not None
    assert free is not None
    assert positions[2] == pytest.approx(0.75, abs=1e-4)
    assert np.delete(positions, 2) == pytest.approx(np.delete(free, 2), abs=1e-3)


def test_axes_and_concepts_are_held_together(rich: LatentSpace) -> None:
    """Directions that are not orthogonal are all met at once."""
    knobs = [Knob("axes", 0), Knob("independent", 2), Knob("concepts", 0), Knob("concepts", 1)]
    code = hold(rich, rich.mean_code, [(knob, 0.5 + knob.index) for knob in knobs])
    for knob in knobs:
        positions = rich.group(knob.group).positions(code)
        assert positions is not None
        assert positions[knob.index] == pytest.approx(0.5 + knob.index, abs=1e-4)


def test_a_new_base_fills_the_mask_alone(cells: LatentSpace) -> None:
    """Under a mask the rest of the steered code stays; a base of another size takes the mask away."""
    mask = np.zeros((4, 4), np.float32)
    mask[:2] = 1.0
    state = dataclasses.replace(state_of(cells).moved(cells, Knob("numbers", 0), 1.0), mask=mask)
    here, drawn = state.code(cells), state_of(cells, 1).base
    filled = state.rebased(cells, drawn, Origin("random"))
    assert filled.base[:, :2] == pytest.approx(drawn[:, :2], abs=1e-6)
    assert np.array_equal(filled.base[:, 2:], here[:, 2:])
    other = state.rebased(cells, np.zeros((4, 2, 8), np.float32), PICTURE)
    assert other.mask is None


def test_mix_meets_both_ends_exactly() -> None:
    """At 0 and 1 the codes themselves come out, half-way their mean."""
    first, second = np.float32([1, 2]), np.float32([3, 8])
    assert mix(first, second, 0.0) is first
    assert mix(first, second, 1.0) is second
    assert mix(first, second, 0.5).tolist() == [2.0, 5.0]


def test_a_packed_state_comes_back(cells: LatentSpace) -> None:
    """Base, offsets and mask survive."""
    state = state_of(cells).moved(cells, Knob("axes", 3), 1.0)
    state = dataclasses.replace(state, mask=np.full((4, 4), 0.5, np.float32))
    again = unpack(pack(state), PICTURE, cells)
    assert np.array_equal(again.code(cells), state.code(cells))


@pytest.mark.parametrize(
    "spoilt",
    [
        {"base": np.zeros(3)},
        {"base": np.full((4, 4, 4), np.nan)},
        {"offsets_axes": np.zeros(3)},
        {"offsets_numbers": np.full(4, np.inf)},
        {"mask": np.full((4, 4), 2.0)},
        {"mask": np.zeros((2, 2))},
    ],
)
def test_a_state_that_does_not_fit_is_refused(cells: LatentSpace, spoilt: dict[str, np.ndarray]) -> None:
    """Arrays of another model, or numbers that are none, are an error and never a crash later."""
    with pytest.raises(ValueError, match=r"do(es)? not fit"):
        unpack({**pack(state_of(cells)), **spoilt}, PICTURE, cells)


def test_a_state_from_before_independent_axes_comes_back(rich: LatentSpace) -> None:
    """What was stored with the model's other groups steers as it did, and independent axes stand where it lies."""
    state = state_of(rich).moved(rich, Knob("axes", 1), 1.0)
    stored = pack(state)
    assert "offsets_independent" not in stored
    again = unpack(stored, PICTURE, rich)
    assert np.array_equal(again.code(rich), state.code(rich))
    moved = unpack(pack(again.moved(rich, Knob("independent", 0), 2.0)), PICTURE, rich)
    positions = moved.positions(rich, "independent")
    assert positions is not None
    assert positions[0] == pytest.approx(2.0)
