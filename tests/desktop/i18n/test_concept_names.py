"""The names of concepts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication

from desktop.i18n.catalogue import Languages
from desktop.i18n.concept_names import spoken

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize(
    ("name", "words"),
    [("longStraight", "Long straight"), ("hair_hue", "Hair hue"), ("bun", "Bun"), ("shift x", "Shift x"), ("", "")],
)
def test_names_are_words(name: str, words: str) -> None:
    """Names that programs write together are told apart."""
    assert spoken(name) == words


@given(st.text())
def test_any_name_can_be_spoken(name: str) -> None:
    """Whatever a bundle calls a concept, nothing is lost but capitals and underscores."""

    def letters(text: str) -> str:
        return "".join(text.replace("_", " ").split()).upper()

    assert letters(spoken(name)) == letters(name)


def test_the_shipped_concepts_are_translated(qapp: QApplication) -> None:
    """Every concept and factor of the model that ships has a Chinese name."""
    concepts = json.loads((ROOT / "models" / "characters" / "bundle.json").read_text(encoding="utf-8"))["concepts"]
    languages = Languages(qapp, "zh_CN")
    try:
        names = {concept["value"] or concept["name"] for concept in concepts} | {each["factor"] for each in concepts}
        assert {name for name in names if spoken(name).isascii() and not name.endswith(("_x", "_y"))} == set()
    finally:
        languages.choose("en")
