"""What a bundle's precision costs."""

from __future__ import annotations

from pathlib import Path

import pytest

from export.build import build_bundle
from export.bundle import read_bundle
from export.graphs import conversion
from trainer.data.dataset import Progress
from trainer.run.checkpoint import Run


@pytest.mark.usefixtures("exported_once")
@pytest.mark.parametrize("precision", ["fp16", "int8"])
def test_a_bundle_states_what_its_precision_costs(
    precision: conversion.Precision, vector_run: Run, silent: Progress, tmp_path: Path
) -> None:
    """Loss, likeness and times are in bundle.json and on the card."""
    build_bundle(vector_run, tmp_path / "bundle", "bundle", silent, precision, 1.0)
    bundle = read_bundle(tmp_path / "bundle")
    check = bundle.info.precision_check
    assert bundle.info.precision == precision
    assert abs(check.psnr_loss_db) <= 1.0
    assert 30 < check.psnr_to_reference_db < 100
    assert check.milliseconds > 0 < check.fp32_milliseconds
    assert bundle.info.parity.psnr_db >= 25
    assert f"{precision} costs {check.psnr_loss_db:.3f} dB" in bundle.read("README.md").decode()
