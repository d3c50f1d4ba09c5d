"""The latent space behind the sliders."""

from __future__ import annotations

import io
import pickle
import zipfile

import numpy as np
import pytest

from desktop.engine.errors import ModelError
from desktop.engine.sliders.directions import Linear, channels
from desktop.engine.sliders.latents import LatentSpace, read_latent_space
from export.bundle import Bundle, BundleError
from export.bundle import arrays as safe_arrays
from tests import bundles


def space_of(size: int, axes: int | None = None) -> LatentSpace:
    """A latent space of `size` numbers with so many axes, limits at 2.5 spreads."""
    arrays = bundles.latent_arrays(size, axes)
    low, high = (arrays[name].astype(np.float64) / arrays["spread"] for name in ("low", "high"))
    principal = Linear(arrays["mean"], arrays["axes"], arrays["spread"], low, high, (size,))
    none = np.zeros(0)
    nothing = Linear(arrays["mean"], np.zeros((0, size), np.float32), none.astype(np.float32), none, none, (size,))
    numbers = channels(arrays["mean"], arrays["std"], (size,))
    quantiles = arrays["distance_quantiles"]
    return LatentSpace(
        shape=(size,),
        mean=arrays["mean"],
        std=arrays["std"],
        axes=principal,
        effect=arrays["effect"],
        independent=nothing,
        independent_effect=none.astype(np.float32),
        concepts=nothing,
        labels=(),
        numbers=numbers,
        distance_quantiles=quantiles,
    )


def test_mean_is_at_zero() -> None:
    """The mean has the coordinate 0 along every axis."""
    space = space_of(8)
    positions = space.axes.positions(space.mean_code)
    assert positions is not None
    assert not positions.any()


def test_limits_are_in_units_of_spread(vector: Bundle) -> None:
    """The file has positions along the axes; the sliders count in spreads."""
    space = read_latent_space(vector)
    assert space.axes.low == pytest.approx(np.full(8, -2.5))
    assert space.axes.high == pytest.approx(np.full(8, 2.5))


def test_axes_without_spread_are_left_out(vector: Bundle) -> None:
    """An axis along which nothing varies gets no slider."""
    arrays = bundles.latent_arrays(8)
    arrays["spread"][5:] = 0
    space = read_latent_space(bundles.rewrite(vector, latents_npz=bundles.npz(arrays)))
    assert (space.axes.vectors.shape, space.axes.spread.shape, space.effect.shape) == ((5, 8), (5,), (5,))


def test_half_precision_axes_are_read(vector: Bundle) -> None:
    """Wide latents keep their axes as float16; the arithmetic is in float32."""
    arrays: dict[str, np.ndarray] = dict(bundles.latent_arrays(8))
    arrays["axes"] = arrays["axes"].astype(np.float16)
    space = read_latent_space(bundles.rewrite(vector, latents_npz=bundles.npz(arrays)))
    assert space.axes.vectors.dtype == np.float32


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
    with pytest.raises(BundleError, match=r"latents\.npz does not end as"):
        read_latent_space(bundles.rewrite(vector, latents_npz=content))


def test_pickled_arrays_are_never_loaded(vector: Bundle) -> None:
    """An array of Python objects would run code when loaded; it is refused."""
    arrays: dict[str, np.ndarray] = dict(bundles.latent_arrays(8))
    arrays["mean"] = np.array([{}], dtype=object)
    with pytest.raises(BundleError, match="only plain numbers are read"):
        read_latent_space(bundles.rewrite(vector, latents_npz=bundles.npz(arrays)))


def test_a_file_that_unpacks_without_end_is_refused(vector: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
    """The unpacked size is looked at before anything is unpacked."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("mean.npy", bytes(100_000))
    monkeypatch.setattr(safe_arrays, "LARGEST_BYTES", 50_000)
    with pytest.raises(BundleError, match="unpacks to more"):
        read_latent_space(bundles.rewrite(vector, latents_npz=content.getvalue()))


@pytest.mark.parametrize("name", ["concepts", "concept_spread", "concept_low", "concept_high"])
def test_named_concepts_need_their_arrays(vector: Bundle, name: str) -> None:
    """A bundle that names concepts without their directions or limits is refused, and the array is named."""
    whole = bundles.enriched(vector)
    with np.load(whole.folder / "latents.npz") as stored:
        arrays = {key: stored[key] for key in stored.files if key != name}
    with pytest.raises(ModelError, match=rf"latents\.npz: the array {name} is missing"):
        read_latent_space(bundles.rewrite(whole, latents_npz=bundles.npz(arrays)))


def test_concepts_are_read(vector: Bundle) -> None:
    """Concepts come with their labels, their limits in units of spread."""
    space = read_latent_space(bundles.enriched(vector))
    assert [label.name for label in space.labels] == ["glasses: none", "glasses: round", "turn"]
    assert space.group("concepts").high == pytest.approx(np.full(3, 2.0))


@pytest.mark.parametrize(
    ("quantiles", "text"),
    [(np.linspace(0, 1, 50), "must hold finite floats"), (np.linspace(1, 0, 101), "must rise")],
)
def test_distance_quantiles_are_checked_where_they_are(vector: Bundle, quantiles: np.ndarray, text: str) -> None:
    """They may be missing, but not be of another length, nor fall."""
    arrays: dict[str, np.ndarray] = dict(bundles.latent_arrays(8))
    del arrays["distance_quantiles"]
    without = bundles.rewrite(vector, latents_npz=bundles.npz(arrays))
    assert read_latent_space(without).distance_quantiles is None
    arrays["distance_quantiles"] = quantiles
    with pytest.raises(ModelError, match=text):
        read_latent_space(bundles.rewrite(vector, latents_npz=bundles.npz(arrays)))


def test_independent_axes_are_read(vector: Bundle) -> None:
    """They have limits in units of spread and their effect; the principal axes beside them are what they were."""
    before, space = read_latent_space(vector), read_latent_space(bundles.with_independent(vector))
    assert space.group("independent").high == pytest.approx(np.full(4, 2.0))
    assert space.independent_effect == pytest.approx([5, 10, 15, 20])
    assert np.array_equal(space.axes.vectors, before.axes.vectors)


def test_a_bundle_without_independent_axes_opens(vector: Bundle) -> None:
    """Older bundles have none: the group is there and empty."""
    space = read_latent_space(vector)
    positions = space.independent.positions(space.mean_code)
    assert positions is not None
    assert positions.shape == space.independent_effect.shape == (0,)


@pytest.mark.parametrize(
    ("name", "array", "text"),
    [
        ("independent", None, "array independent is missing"),
        ("independent_effect", None, "array independent_effect is missing"),
        ("independent", np.zeros((4, 7), np.float32), r"independent must hold finite floats of shape \[4, 8\]"),
        ("independent_low", np.float32([0, 0, 0]), r"independent_low must hold finite floats of shape \[4\]"),
        ("independent_high", np.float32([1, 1, np.nan, 1]), "independent_high must hold finite floats"),
        ("independent_spread", np.float32([1, 1, 1, -1]), "independent_spread must not be negative"),
        ("independent_low", np.float32([9, 9, 9, 9]), "independent_low above independent_high"),
    ],
)
def test_independent_axes_are_checked(vector: Bundle, name: str, array: np.ndarray | None, text: str) -> None:
    """All of their arrays are there and fit one another, or the model is refused by a sentence."""
    whole = bundles.with_independent(vector)
    with np.load(whole.folder / "latents.npz") as stored:
        arrays = {key: stored[key] for key in stored.files if key != name}
    if array is not None:
        arrays[name] = array
    with pytest.raises(ModelError, match=text):
        read_latent_space(bundles.rewrite(whole, latents_npz=bundles.npz(arrays)))
