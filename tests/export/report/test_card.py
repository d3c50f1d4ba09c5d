"""The model card: what a person reads of a bundle."""

from __future__ import annotations

import dataclasses

from export.bundle import Bundle
from export.report.card import write_card
from trainer.options.config import TrainConfig


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


def test_notes_stand_before_the_limits(vector_bundle: Bundle) -> None:
    """Under a heading of their own, or under the one that they bring; without any there is no heading."""
    plain = write_card(vector_bundle.info, TrainConfig(), 10, 5)
    assert "## Notes" not in plain
    limits = plain.index("## Limits")
    for notes, expected in (("Two hours.", "\n## Notes\n\nTwo hours.\n\n"), ("## Time\n\nTwo hours.", "\n## Time\n")):
        card = write_card(vector_bundle.info, TrainConfig(), 10, 5, notes)
        assert expected in card
        assert card.replace("Two hours.", "").endswith(plain[limits:])
