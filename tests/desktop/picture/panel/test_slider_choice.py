"""Which sliders are listed."""

from __future__ import annotations

import pytest

from desktop.engine.sliders.latents import LatentSpace, read_latent_space
from desktop.engine.sliders.steering import Knob
from desktop.picture.panel.slider_choice import Wish, chosen
from export.bundle import Bundle
from tests import bundles


@pytest.fixture
def space(vector: Bundle) -> LatentSpace:
    """Three concepts, of which two are values of one factor, and eight axes."""
    return read_latent_space(bundles.enriched(vector))


def test_without_a_wish_the_group_is_listed(space: LatentSpace) -> None:
    """The concepts above, and every slider of the group beneath them."""
    concepts, rest = chosen(Wish("numbers"), ["axes", "numbers"], space, None, {})
    assert [spec.name for spec in concepts] == ["Turn", "None", "Round"]
    assert [spec.knob for spec in rest] == [Knob("numbers", index) for index in range(8)]


def test_words_are_searched_in_every_group(space: LatentSpace) -> None:
    """In names, headings and the user's own names, in any case and order; a heading stands above the first one left."""
    names = {Knob("numbers", 4): "Big Smile"}
    _, rest = chosen(Wish("axes", "smile BIG"), ["axes", "numbers"], space, None, names)
    assert [spec.knob for spec in rest] == [Knob("numbers", 4)]
    concepts, _ = chosen(Wish("axes", "glasses round"), ["axes"], space, None, {})
    assert [(spec.heading, spec.name) for spec in concepts] == [("Glasses", "Round")]
    assert chosen(Wish("axes", "nothing of the kind"), ["axes"], space, None, names) == ([], [])


def test_favourites_alone_are_shown(space: LatentSpace) -> None:
    """Of every group, and among them those that are searched for."""
    favourites = {Knob("axes", 1), Knob("numbers", 2), Knob("concepts", 2)}
    concepts, rest = chosen(Wish("axes", favourites=favourites), ["axes", "numbers"], space, None, {})
    assert {spec.knob for spec in [*concepts, *rest]} == favourites
    found = chosen(Wish("axes", "axis", favourites), ["axes", "numbers"], space, None, {})
    assert [spec.knob for specs in found for spec in specs] == [Knob("axes", 1)]


@pytest.mark.parametrize(
    ("wish", "is_filtered"),
    [(Wish("axes"), False), (Wish("axes", "  "), False), (Wish("axes", "a"), True), (Wish("axes", "", ()), True)],
)
def test_spaces_are_no_wish(wish: Wish, is_filtered: bool) -> None:
    """Favourites are one, even where there are none."""
    assert wish.is_filtered == is_filtered
