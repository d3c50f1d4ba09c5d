"""Names that the user gives to sliders."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.engine.sliders.steering import Knob
from desktop.picture.panel.slider_names import SliderNames
from desktop.state.settings import Settings
from export.bundle import Bundle
from tests import bundles


def test_names_are_kept_for_the_decoder_they_were_given_to(vector: Bundle, free: Bundle, tmp_path: Path) -> None:
    """Another start has them, another model does not, and the same model in another folder does."""
    path, knob = tmp_path / "settings.json", Knob("axes", 3)
    first = Settings(path)
    SliderNames(first, vector.info).give(knob, "Smile = 100 %; \u7b11")
    first.flush()
    assert SliderNames(Settings(path), vector.info).all() == {knob: "Smile = 100 %; \u7b11"}
    assert SliderNames(Settings(path), free.info).all() == {}
    copy = bundles.vector_bundle(tmp_path / "copy", name="copy")
    assert SliderNames(Settings(path), copy.info).all() == {knob: "Smile = 100 %; \u7b11"}


def test_groups_do_not_share_names(vector: Bundle) -> None:
    """The third independent axis and the third principal axis are two sliders."""
    settings = Settings()
    SliderNames(settings, vector.info).give(Knob("independent", 2), "Hair")
    SliderNames(settings, vector.info).give(Knob("axes", 2), "Hat")
    expected = {Knob("independent", 2): "Hair", Knob("axes", 2): "Hat"}
    assert SliderNames(settings, vector.info).all() == expected


def test_an_empty_name_is_forgotten(vector: Bundle) -> None:
    """The slider has its own name again."""
    names = SliderNames(Settings(), vector.info)
    names.give(Knob("concepts", 0), "Smile")
    names.give(Knob("concepts", 0), "")
    assert names.all() == {}


@pytest.mark.parametrize("stored", ["", "words", "[1]", '{"axes-x": "a", "walls-1": "b", "axes-2": 3}'])
def test_what_is_no_name_is_ignored(vector: Bundle, stored: str) -> None:
    """A settings file that someone changed is no reason to fail."""
    settings = Settings()
    settings.set_text(SliderNames(settings, vector.info)._place, stored)
    assert SliderNames(settings, vector.info).all() == {}
