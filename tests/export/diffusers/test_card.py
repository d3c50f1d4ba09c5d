"""The card of a repository."""

from __future__ import annotations

import dataclasses
import json

from export.bundle import Bundle
from export.diffusers.card import write_card


def test_text_of_a_bundle_cannot_break_out_of_the_metadata(vector: Bundle) -> None:
    """A name with quotes, a line end and a dash is one string of YAML, as JSON writes it."""
    name = 'a "b"\n---\n# c'
    card = write_card(dataclasses.replace(vector.info, name=name), "# The card\n", "mit")
    head, _, rest = card.removeprefix("---\n").partition("\n---\n")
    line = next(each for each in head.splitlines() if each.startswith("- name:"))
    assert json.loads(line.removeprefix("- name: ")) == name
    assert 'license: "mit"' in head
    assert "# The card" in rest
