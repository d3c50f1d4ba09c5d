"""The latent space behind the sliders."""

from __future__ import annotations

import io
import pickle
import zipfile

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.engine import latents
from desktop.engine.errors import ModelError
from desktop.engine.latents import LatentSpace, read_latent_space
from export.bundle import Bundle
from tests import bundles


def space_of(size: int, axes: int | None = None) -> LatentSpace:
    """A latent space of `size` numbers with so many axes, limits at 2.5 spreads."""
    arrays = bundles.latent_arrays(size, axes)
    limits = {name: arrays[name].astype(np.float64) / arrays["spread"] for name in ("low", "high")}
    return LatentSpace(arrays["mean"], arrays["axes"], arrays["spread"], effect=arrays["effect"], **limits)


@given(seed=st.integers(0, 1000), axes=st.sampled_from([2, 8]))
def test_own_coordinates_give_the_code_to_the_last_bit(seed: int, axes: int) -> None:
    """Sliders at their start change nothing, also where the axes do not span the whole space."""
    space = space_of(8, axes)
    code = np.random.default_rng(seed).normal(0, 3, 8).astype(np.float32)
    assert np.array_equal(space.steer(code, space.coordinates(code)), code)


@given(seed=st.integers(0, 1000))
def test_steered_codes_have_the_coordinates_asked_for(seed: int) -> None:
    """A steered code lies where it was sent, and its part outside the axes is unchanged."""
    space = space_of(8, 3)
    random = np.random.default_rng(seed)
    code, wanted = random.normal(0, 3, 8).astype(np.float32), random.normal(0, 2, 3)
    steered = space.steer(code, wanted)
    assert space.coordinates(steered) == pytest.approx(wanted, abs=1e-4)
    change = steered - code
    assert change - space.axes.T @ (space.axes @ change) == pytest.approx(np.zeros(8), abs=1e-4)


def test_maps_keep_their_shape() -> None:
    """A code that is a map is steered as one."""
    code = np.ones((2, 2, 2), np.float32)
    assert space_of(8).steer(code, np.zeros(8)).shape == (2, 2, 2)


def test_mean_is_at_zero() -> None:
    """The mean has the coordinate 0 along every axis."""
    space = space_of(8)
    assert not space.coordinates(space.mean).any()


def test_random_is_repeatable_and_within_limits() -> None:
    """A seed always draws the same coordinates, another one others, and none beyond the limits."""
    space = space_of(64)
    draws = np.stack([space.random(seed) for seed in range(50)])
    assert np.array_equal(draws[3], space.random(3))
    assert not np.array_equal(draws[3], draws[4])
    assert (draws >= space.low).all()
    assert (draws <= space.high).all()
    assert 0.8 < draws.std() < 1.1


def test_limits_are_in_units_of_spread(vector: Bundle) -> None:
    """The file has positions along the axes; the sliders count in spreads."""
    space = read_latent_space(vector)
    assert space.low == pytest.approx(np.full(8, -2.5))
    assert space.high == pytest.approx(np.full(8, 2.5))


def test_axes_without_spread_are_left_out(vector: Bundle) -> None:
    """An axis along which nothing varies gets no slider."""
    arrays = bundles.latent_arrays(8)
    arrays["spread"][5:] = 0
    space = read_latent_space(bundles.rewrite(vector, latents_npz=bundles.npz(arrays)))
    assert (space.axes.shape, space.spread.shape, space.effect.shape) == ((5, 8), (5,), (5,))


def test_half_precision_axes_are_read(vector: Bundle) -> None:
    """Wide latents keep their axes as float16; the arithmetic is in float32."""
    arrays: dict[str, np.ndarray] = dict(bundles.latent_arrays(8))
    arrays["axes"] = arrays["axes"].astype(np.float16)
    space = read_latent_space(bundles.rewrite(vector, latents_npz=bundles.npz(arrays)))
    assert space.axes.dtype == np.float32


@pytest.mark.parametrize("name", ["mean", "std", "axes", "spread", "low", "high", "effect"])
@pytest.mark.parametrize("fault", ["missing", "shape", "integers", "nan"])
def test_each_array_is_checked(vector: Bundle, name: str, fault: str) -> None:
    """A missing array, a wrong shape or type, or a number that is none is named."""
    arrays: dict[str, np.ndarray] = dict(bundles.latent_arrays(8))
    if fault == "missing":
        del arrays[name]
    elif fault == "shape":
        arrays[name] = arrays[name][..., :-1]
    elif fault == "integers":
        arrays[name] = arrays[name].astype(np.int32)
    else:
        arrays[name] = np.full_like(arrays[name], np.nan)
    with pytest.raises(ModelError, match=r"latents\.npz: the array \w+"):
        read_latent_space(bundles.rewrite(vector, latents_npz=bundles.npz(arrays)))


def test_limits_must_be_in_order(vector: Bundle) -> None:
    """A lower limit above the upper one is refused."""
    arrays = bundles.latent_arrays(8)
    arrays["low"], arrays["high"] = arrays["high"], arrays["low"]
    with pytest.raises(ModelError, match="low above high"):
        read_latent_space(bundles.rewrite(vector, latents_npz=bundles.npz(arrays)))


@pytest.mark.parametrize("content", [b"", b"garbage", pickle.dumps({"mean": 1})])
def test_what_is_no_npz_is_refused(vector: Bundle, content: bytes) -> None:
    """Anything but an npz file is an error that names the file."""
    with pytest.raises(ModelError, match=r"latents\.npz is not a readable npz file"):
        read_latent_space(bundles.rewrite(vector, latents_npz=content))


def test_pickled_arrays_are_never_loaded(vector: Bundle) -> None:
    """An array of Python objects would run code when loaded; it is refused."""
    arrays: dict[str, np.ndarray] = dict(bundles.latent_arrays(8))
    arrays["mean"] = np.array([{}], dtype=object)
    with pytest.raises(ModelError, match="allow_pickle"):
        read_latent_space(bundles.rewrite(vector, latents_npz=bundles.npz(arrays)))


def test_a_file_that_unpacks_without_end_is_refused(vector: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
    """The unpacked size is looked at before anything is unpacked."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("mean.npy", bytes(100_000))
    monkeypatch.setattr(latents, "LARGEST_BYTES", 50_000)
    with pytest.raises(ModelError, match="unpacks to more"):
        read_latent_space(bundles.rewrite(vector, latents_npz=content.getvalue()))
