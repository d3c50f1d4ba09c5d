"""A page has the desktop's sliders: the same directions, limits, names and order."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

import desktop.i18n
from desktop.engine.sliders.latents import read_latent_space
from desktop.engine.sliders.samplers import read_samplers
from desktop.i18n.concept_names import KNOWN
from desktop.i18n.concept_names import spoken as desktop_spoken
from export.bundle import Bundle, BundleError
from export.web.content import read_content, spoken
from export.web.scripts import read_source
from tests import bundles

TRANSLATIONS = Path(desktop.i18n.__file__).with_name("convae_zh_CN.ts")


def test_the_groups_are_those_of_the_desktop(rich: Bundle) -> None:
    """Directions, spread and limits of every group are the desktop's, in its order by effect."""
    content, space = read_content(rich), read_latent_space(rich)
    groups = {group["name"]: group["sliders"] for group in content.description["groups"]}
    assert list(groups) == ["concepts", "independent", "axes", "numbers"]
    for name in ("concepts", "independent", "axes"):
        ours, theirs = content.arrays, space.group(name)  # type: ignore[arg-type]
        np.testing.assert_array_equal(ours[name], theirs.vectors)  # type: ignore[attr-defined]
        np.testing.assert_array_equal(ours[f"{name}_spread"], theirs.spread)  # type: ignore[attr-defined]
        for slider in groups[name]:
            assert slider["low"] == pytest.approx(theirs.low[slider["index"]])
            assert slider["high"] == pytest.approx(theirs.high[slider["index"]])
    assert [slider["index"] for slider in groups["independent"]] == np.argsort(-space.independent_effect).tolist()
    np.testing.assert_allclose(content.arrays["number_spread"], space.numbers.std, rtol=1e-6)


def test_concepts_stand_under_their_factors(rich: Bundle) -> None:
    """Factors that are numbers come first, values follow under the factor's name, each once."""
    (group, *_) = read_content(rich).description["groups"]
    assert [(slider["heading"], slider["name"]) for slider in group["sliders"]] == [
        ("", "Turn"),
        ("Glasses", "None"),
        ("", "Round"),
    ]


@pytest.mark.parametrize("name", ["longStraight", "rear_hair", "RGB value", "", "_", "tShirt", "hair: bun", "shift_x"])
def test_names_are_spoken_as_in_the_desktop(name: str) -> None:
    """A label's name becomes the same words."""
    assert spoken(name) == desktop_spoken(name)


def test_known_names_are_translated_as_in_the_desktop() -> None:
    """The page knows the Chinese names that the desktop knows, and no others."""
    pairs = dict(re.findall(r'^  "(.+)": "(.+)",$', read_source("concept_names.js"), re.MULTILINE))
    assert set(pairs) == set(KNOWN)
    messages = ElementTree.parse(TRANSLATIONS).getroot().iter("message")
    theirs = {message.findtext("source"): message.findtext("translation") for message in messages}
    assert pairs == {name: theirs[name] for name in KNOWN}


def test_samplers_come_nearest_first(rich: Bundle) -> None:
    """As the desktop lists them."""
    samplers = read_samplers(rich, read_latent_space(rich))
    assert read_content(rich).description["samplers"] == list(samplers.names)


def test_a_plain_bundle_has_a_page_too(vector: Bundle, free: Bundle) -> None:
    """Without concepts, samplers and gallery: two groups, two samplers, and the mean to start from."""
    for bundle in (vector, free):
        content = read_content(bundle)
        assert [group["name"] for group in content.description["groups"]] == ["axes", "numbers"]
        assert content.description["samplers"] == ["gaussian", "uniform"]
        assert content.description["gallery"] == {"count": 0}
        assert content.sprite is None


@pytest.mark.parametrize(
    ("name", "array"),
    [
        ("latents.npz", {"mean": np.zeros(3, np.float32)}),
        ("latents.npz", {"spread": np.full(8, np.nan, np.float32)}),
        ("gallery.npz", {"thumbnails": np.zeros((6, 16, 16), np.uint8)}),
        ("gallery.npz", {"latents": np.zeros((5, 8), np.float16)}),
        ("samplers.npz", {"mixture_means": np.zeros((2, 7), np.float32)}),
    ],
)
def test_arrays_that_break_the_contract_are_refused(vector: Bundle, name: str, array: dict[str, np.ndarray]) -> None:
    """Other shapes and numbers that are not finite are named by file."""
    bundle = bundles.enriched(vector)
    with np.load(bundle.folder / name) as stored:
        arrays = dict(stored) | array
    broken = bundles.rewrite(bundle, **{name.replace(".", "_"): bundles.npz(arrays)})
    with pytest.raises(BundleError, match=name):
        read_content(broken)
