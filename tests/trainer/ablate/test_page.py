"""What the figures of an ablation say."""

from __future__ import annotations

import dataclasses

from trainer.ablate.measure import Look, Outcome
from trainer.ablate.page import figures, verdict


def outcome(clamped: float, stretched: float, psnr_db: float = 20.0) -> Outcome:
    """An outcome with these slopes of the fit."""
    look = Look(psnr_db, 0.8, 0.5, 0.9, clamped, 0.1)
    return Outcome(10, -0.2, 1.3, 0.05, look, dataclasses.replace(look, slope=stretched, psnr_db=10.0), 0.5)


def test_the_display_is_blamed_where_cutting_off_brings_the_contrast_back() -> None:
    """More than half of what is lost says one thing, less the other."""
    said = " ".join(verdict({"vgg-linear-a": outcome(0.95, 0.5)}))
    assert "The display did it: " in said
    assert "90 % comes back" in said
    said = " ".join(verdict({"vgg-linear-a": outcome(0.8, 0.76)}))
    assert "The display did not do most of it: " in said
    assert "17 % comes back" in said


def test_networks_that_learnt_too_little_are_told() -> None:
    """Where even cut-off outputs have lost much contrast, a judgement of the display says little."""
    assert not any("too little" in each for each in verdict({"a-linear-b": outcome(0.9, 0.5)}))
    assert any("they give 40 % of the inputs' contrast" in each for each in verdict({"a-linear-b": outcome(0.4, 0.2)}))


def test_both_kinds_are_compared_where_there_are_both() -> None:
    """By the mean over each kind, with the better one named; one kind alone is not compared."""
    better = {"a-linear-b": outcome(0.9, 0.5, 24.0), "c-linear-d": outcome(0.9, 0.5, 22.0)}
    said = verdict({**better, "a-sigmoid-b": outcome(0.9, 0.9, 20.0)})[-1]
    assert "3.00 dB better than those with a sigmoid, mean over 2 and 1." in said
    said = verdict({"a-linear-b": outcome(0.9, 0.5, 19.5), "a-sigmoid-b": outcome(0.9, 0.9, 20.0)})[-1]
    assert "0.50 dB worse" in said
    assert not any("with a sigmoid" in each for each in verdict(better))
    assert verdict({}) == []


def test_stretched_outputs_that_lost_nothing_blame_nothing() -> None:
    """There is no contrast to come back."""
    assert not any("display" in each for each in verdict({"a-linear-b": outcome(1.0, 1.05)}))


def test_each_network_has_two_rows() -> None:
    """Cut off and stretched, with its name and the share of values outside."""
    rows = figures({"a-linear-b": outcome(0.9, 0.5)})
    assert [row[:2] for row in rows] == [["a-linear-b", "clamped"], ["a-linear-b", "stretched"]]
    assert [row[2] for row in rows] == [20.0, 10.0]
    assert {row[-1] for row in rows} == {"5.00 %"}
