"""The proof that a bundle carries."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from export.bundle import PROOF_FILE, Bundle, BundleError, SizeRule, write_bundle
from export.proof.proof import Sample, proof_sizes, read_proof, write_proof


@pytest.mark.parametrize(
    ("rule", "sizes"),
    [
        (SizeRule("fixed", 1, 64, 96), ((64, 96),)),
        (SizeRule("multiple", 8, 32, 32), ((32, 32), (16, 24), (8, 8))),
        (SizeRule("multiple", 8, 8, 8), ((8, 8), (16, 24))),
    ],
)
def test_samples_are_few_small_and_of_several_shapes(rule: SizeRule, sizes: tuple[tuple[int, int], ...]) -> None:
    """The trained size first, and no size twice."""
    assert proof_sizes(rule) == sizes


SAMPLE = Sample(
    np.zeros((2, 32, 32, 3), np.uint8), np.zeros((2, 8), np.float32), np.ones((2, 32, 32, 3), np.uint8), 1.5
)


def with_proof(bundle: Bundle, folder: Path, *samples: Sample) -> Bundle:
    """A copy of a bundle with these samples."""
    files = {name: bundle.read(name) for name in bundle.info.sha256}
    return write_bundle(folder, bundle.info, files | {PROOF_FILE: write_proof(list(samples))})


def test_what_was_written_is_read(vector: Bundle, tmp_path: Path) -> None:
    """In its order; a bundle without a proof has no samples."""
    other = dataclasses.replace(SAMPLE, peak=2.0)
    first, second = read_proof(with_proof(vector, tmp_path / "copy", SAMPLE, other))
    assert np.array_equal(first.images, SAMPLE.images)
    assert (first.peak, second.peak) == (1.5, 2.0)
    assert read_proof(vector) == []


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"pictures": np.zeros((2, 16, 16, 3), np.uint8), "images": np.zeros((2, 16, 16, 3), np.uint8)}, "no pictures"),
        ({"images": np.zeros((1, 32, 32, 3), np.uint8)}, "no pictures"),
        ({"pictures": np.zeros((2, 32, 32, 3), np.float32)}, "no pictures"),
        ({"latents": np.zeros((1, 8), np.float32)}, "no latents of its pictures"),
        ({"latents": np.zeros((2, 8, 1), np.float32)}, "no latents of its pictures"),
        ({"latents": np.zeros((2, 8), np.float64)}, "no latents of its pictures"),
        ({"peak": float("nan")}, "no finite peak"),
    ],
)
def test_samples_that_do_not_fit_the_model_are_refused(
    vector: Bundle, tmp_path: Path, changes: dict[str, Any], says: str
) -> None:
    """With the number of the sample and the file's name."""
    broken = with_proof(vector, tmp_path / "copy", SAMPLE, dataclasses.replace(SAMPLE, **changes))
    with pytest.raises(BundleError, match=rf"proof\.npz: sample 1 .*{says}"):
        read_proof(broken)
