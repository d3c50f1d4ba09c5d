"""An index that a cluster encodes is the index that one machine makes, to half precision."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from desktop.engine.autoencoder import Autoencoder
from desktop.engine.cluster.connection import Cluster
from desktop.engine.cluster.index import cluster_encoder
from desktop.engine.folder.index import Index
from desktop.engine.folder.update import update
from export.bundle import Bundle

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]


@pytest.mark.usefixtures("cluster")
def test_a_cluster_encodes_what_one_machine_encodes(photos: Path, vector: Bundle, tmp_path: Path) -> None:
    """The same rows, scores and thumbnails; codes within half precision; broken files and names of any bytes too."""
    (photos / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\nnothing more")
    os.link(next(photos.glob("*.png")), os.fsencode(photos) + b"/caf\xe9.png")
    model = Autoencoder(vector, "cpu")
    with (
        Index(photos, vector.info, root=tmp_path / "one") as one,
        Index(photos, vector.info, root=tmp_path / "many") as many,
    ):
        plain = update(one, model)
        with cluster_encoder(many, vector, "cpu", Cluster()) as encoder:
            spread = update(many, model, encoder=encoder)
        assert spread == plain
        rows = one.rows()
        assert np.array_equal(rows, many.rows())
        assert one.paths(rows) == many.paths(rows)
        assert np.allclose(one.codes(rows), many.codes(rows), rtol=1e-3, atol=1e-3)
        assert [one.thumbnail(row) for row in rows.tolist()] == [many.thumbnail(row) for row in rows.tolist()]
        assert all(np.allclose(one.stored(rows)[name], many.stored(rows)[name]) for name in one.stored(rows))
        assert update(many, model).unchanged == plain.added + 1
