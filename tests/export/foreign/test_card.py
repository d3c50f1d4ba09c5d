"""The card of an adopted bundle."""

from __future__ import annotations

import dataclasses

from export.bundle import Bundle
from export.foreign.card import write_card
from export.foreign.reading import Reading
from export.foreign.trial import Evidence

READING = Reading("NCHW", "0..1", "-1..1", "z", False, "y")


def test_the_card_says_what_was_concluded_and_from_what(vector: Bundle) -> None:
    """The reading that was taken with its PSNR, the others below it, best first and at most eight, and the files."""
    others = tuple((dataclasses.replace(READING, latent_output=f"z{number}"), 20.0 - number) for number in range(12))
    card = write_card(vector.info, Evidence(READING, 31.456, others), ("enc.onnx", "dec.onnx"), 7)
    assert card.startswith("# tiny\n")
    assert "`enc.onnx` and `dec.onnx`" in card
    assert "PSNR on\n7 pictures" in card
    assert "31.46 dB" in card
    rows = [line for line in card.splitlines() if line.startswith("| ") and line.endswith(" dB |")]
    assert [row.split("|")[-2].strip() for row in rows] == ["31.46 dB", *(f"{20 - n:.2f} dB" for n in range(8))]


def test_names_of_files_cannot_break_out(vector: Bundle) -> None:
    """What looks like markup in a file's name stays a name."""
    card = write_card(vector.info, Evidence(READING, 30.0, ()), ("a`b<img>.onnx", "d.onnx"), 1)
    assert "<img>" not in card.replace("a`b<img>.onnx", "")
    assert "`` a`b<img>.onnx ``" in card or "``a`b<img>.onnx``" in card
