"""The pictures of an index that are nearest to a code."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from desktop.engine.autoencoder import Autoencoder
from desktop.engine.errors import InspectionError
from desktop.engine.folder.index import Index
from desktop.engine.folder.update import update
from desktop.engine.similarity.similar import gather_crowd, read_code
from export.bundle import Bundle


def test_a_picture_is_nearest_to_itself(index: Index, model: Autoencoder) -> None:
    """Also once a row is gone, so that codes no longer lie one after the other; no more are given than there are."""
    update(index, model)
    for _ in range(2):
        crowd = gather_crowd(index)
        row = int(crowd.rows[5])
        rows, distances = crowd.nearest(index.codes(np.array([row]))[0], 99)
        assert rows[0] == row
        assert distances[0] == pytest.approx(0, abs=1e-3)
        assert sorted(rows.tolist()) == sorted(index.rows().tolist())
        assert distances.tolist() == sorted(distances.tolist())
        index.path(int(crowd.rows[0])).unlink()
        update(index, model)


def test_codes_of_another_shape_are_refused(index: Index, model: Autoencoder) -> None:
    """Whatever is in them; and an empty folder has no crowd."""
    with pytest.raises(InspectionError, match="has no picture that can be read"):
        gather_crowd(index)
    update(index, model)
    with pytest.raises(InspectionError, match=r"this latent has the shape \[7\]"):
        gather_crowd(index).nearest(np.zeros(7, np.float32), 1)


@pytest.mark.parametrize(
    "content", [{"other": np.zeros(8)}, {"latent": np.full(8, np.nan)}, {"latent": np.zeros(8, int)}]
)
def test_a_file_without_a_latent_is_refused(
    index: Index, model: Autoencoder, vector: Bundle, tmp_path: Path, content: dict[str, np.ndarray]
) -> None:
    """By another name, with numbers that are none, or with whole numbers."""
    np.savez(tmp_path / "code.npz", **content)  # type: ignore[arg-type]
    with pytest.raises(InspectionError, match="holds no latent"):
        read_code(tmp_path / "code.npz", vector, model, index)
