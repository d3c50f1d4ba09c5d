"""The model card: what a person reads of a bundle."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

from export.bundle import Bundle, CodeScores, Concept, Floor, Interval, read_bundle
from export.report.card import with_sections, write_card
from trainer.options.config import TrainConfig, parse_config

MODELS = Path(__file__).resolve().parents[3] / "models"


def test_the_card_holds_what_was_measured(vector_bundle: Bundle) -> None:
    """Data, command, quality and parity, in words a person can read."""
    card = vector_bundle.read("README.md").decode()
    info = vector_bundle.info
    assert card.startswith("# discs\n")
    assert info.quality.data in card
    assert f"{info.quality.psnr_db:.2f} dB" in card
    assert f"{info.parity.latent_largest:.2g}" in card
    assert "32x32 pixels and no other size" in card


def test_the_card_of_characters_repeats_their_attribution(vector_bundle: Bundle) -> None:
    """Whatever the data's description says of its licence is in the card."""
    quality = dataclasses.replace(vector_bundle.info.quality, data="characters. Someone, CC BY 4.0")
    info = dataclasses.replace(vector_bundle.info, quality=quality)
    assert "Someone, CC BY 4.0" in write_card(info, TrainConfig(), trained_pictures=10, steps_done=5)


def test_the_card_says_what_was_made_small(vector_bundle: Bundle) -> None:
    """Every term of the loss is named, and that labels took part where they did."""
    plain = write_card(vector_bundle.info, TrainConfig(), 10, 5)
    assert "on the loss `mse` of pixels, seed" in plain
    guided = write_card(vector_bundle.info, TrainConfig.of(ssim=0.1, label_weight=0.005), 10, 5)
    assert "0.1 x (1 - SSIM) + 0.005 x the error of a linear reading of the labels" in guided


def test_the_card_has_the_floors(vector_bundle: Bundle) -> None:
    """Each linear code with its gap, and a sentence where the model is below one; nothing where none is known."""
    info = dataclasses.replace(
        vector_bundle.info, quality=dataclasses.replace(vector_bundle.info.quality, psnr_db=20.0)
    )
    above = write_card(dataclasses.replace(info, floors=(Floor("whole", 64, 18.75),)), TrainConfig(), 10, 5)
    assert "| PCA of whole pictures | 64 in all | 18.75 dB | +1.25 dB |" in above
    assert "worse than a matrix" not in above
    below = write_card(dataclasses.replace(info, floors=(Floor("lapped", 16, 21.0),)), TrainConfig(), 10, 5)
    assert "| 16 a block | 21.00 dB | -1.00 dB |" in below
    assert "worse than a matrix" in below
    assert "linear code" not in write_card(dataclasses.replace(info, floors=()), TrainConfig(), 10, 5)


def test_scores_and_concepts_take_the_place_of_older_ones(vector_bundle: Bundle) -> None:
    """A card brought up to date is the card that an export would have written, whether it had the sections or not."""
    each = Interval(0.5, 0.25, 0.75)
    newer = dataclasses.replace(
        vector_bundle.info,
        concepts=(Concept("hat", "hat", None, "r2", 0.95, 0.1, None),),
        disentanglement=(CodeScores("raw numbers", 900, 3, *[each] * 7, Interval(0.125, 0.0, 1.0)),),
    )
    older = dataclasses.replace(
        newer, concepts=(Concept("beard", "beard", None, "r2", 0.5, 0.9, "hat"),), disentanglement=()
    )
    wanted = write_card(newer, TrainConfig(), 10, 5, "Two hours.")
    assert "\n| code | DCI D | DCI C | DCI I | MIG | SAP | InfoM | InfoC | InfoE |\n| --- | --- |" in wanted
    assert "| raw numbers | 0.50 (0.25 to 0.75) |" in wanted
    assert "| 0.12 (0.00 to 1.00) |" in wanted
    bare = dataclasses.replace(newer, concepts=(), disentanglement=())
    for before in (newer, older):
        assert with_sections(write_card(before, TrainConfig(), 10, 5, "Two hours."), newer) == (
            wanted if before is newer else _moved(wanted)
        )
    assert with_sections(wanted, bare) == write_card(bare, TrainConfig(), 10, 5, "Two hours.")
    assert "## Disentanglement" in with_sections("# A card of somebody", newer)


def _moved(card: str) -> str:
    """The card with its scores where they come that it did not have: after the notes."""
    start, end = card.index("## Disentanglement"), card.index("## Notes")
    limits = card.index("## Limits")
    return card[:start] + card[end:limits] + card[start:end] + card[limits:]


def test_notes_stand_before_the_limits(vector_bundle: Bundle) -> None:
    """Under a heading of their own, or under the one that they bring; without any there is no heading."""
    plain = write_card(vector_bundle.info, TrainConfig(), 10, 5)
    assert "## Notes" not in plain
    limits = plain.index("## Limits")
    for notes, expected in (("Two hours.", "\n## Notes\n\nTwo hours.\n\n"), ("## Time\n\nTwo hours.", "\n## Time\n")):
        card = write_card(vector_bundle.info, TrainConfig(), 10, 5, notes)
        assert expected in card
        assert card.replace("Two hours.", "").endswith(plain[limits:])


@pytest.mark.parametrize("name", ["characters", "photos"])
def test_the_cards_that_ship_are_what_the_code_makes(name: str) -> None:
    """From what `bundle.json` says, the numbers of pictures and steps, and the notes that were given to the export."""
    bundle = read_bundle(MODELS / name)
    card = bundle.read("README.md").decode()
    config = parse_config({"format": 6, **bundle.info.training}, MODELS / name)
    counts = (re.search(pattern, card, re.MULTILINE) for pattern in (r"^Trained on ([\d,]+) ", r"^([\d,]+) steps of "))
    trained, steps = (int(found[1].replace(",", "")) for found in counts if found)
    plain = write_card(bundle.info, config, trained, steps)
    notes = card[plain.index("## Limits") : card.index("## Limits")].strip()
    assert write_card(bundle.info, config, trained, steps, notes) == card


def test_names_from_outside_stay_text(vector_bundle: Bundle) -> None:
    """What a model, a concept or a folder is called can end no table, and begins no heading and no link."""
    concept = Concept("a | b\n# c", "a", "b", "accuracy", 0.95, 0.1, "[x](http://example.org)")
    info = dataclasses.replace(vector_bundle.info, name="*d*", concepts=(concept,))
    card = write_card(info, TrainConfig.of(data=Path("two\nlines")), 10, 5)
    assert card.startswith("# \\*d\\*\n")
    assert "| a \\| b\\\\x0a# c | 0.95 accuracy | 0.10 [x\\](http://example.org) |\n" in card
    assert "\n    python -m trainer.train --data 'two\\x0alines'\n" in card
