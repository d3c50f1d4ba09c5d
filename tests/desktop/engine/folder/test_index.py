"""An index follows its folder."""

from __future__ import annotations

import io
import os
import sqlite3
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from desktop.engine.autoencoder import Autoencoder
from desktop.engine.errors import InspectionError
from desktop.engine.folder.encoding import read_fitted
from desktop.engine.folder.index import Index
from desktop.engine.folder.maps import residual_scores
from desktop.engine.folder.update import update
from desktop.engine.picture_writer import save_png
from export.bundle import Bundle
from tests.desktop.engine.conftest import varied


def row_of(index: Index, path: Path) -> int | None:
    """The row of a picture; None where it has none."""
    return dict(zip(index.paths(index.rows()), index.rows().tolist())).get(path)


def test_what_is_kept_is_what_the_model_gives(index: Index, model: Autoencoder) -> None:
    """Every picture has its code, its scores and a thumbnail, in the order of paths."""
    done = update(index, model)
    rows = index.rows()
    assert (done.added, done.unchanged, done.broken, done.stopped) == (12, 0, (), False)
    paths = index.paths(rows)
    assert paths == sorted(index.folder.rglob("*.png"), key=lambda path: path.relative_to(index.folder).as_posix())
    pixels = np.stack([read_fitted(path, index.size) for path in paths])
    codes = model.encode(pixels)
    assert np.allclose(index.codes(rows), codes, atol=1e-5)
    kept = np.stack(list(index.stored(rows).values()), axis=1)
    assert np.allclose(kept, residual_scores(pixels, model.decode(codes)), rtol=1e-4, atol=1e-6)
    content = index.thumbnail(int(rows[3]))
    assert content is not None
    with Image.open(io.BytesIO(content)) as thumbnail:
        assert np.abs(np.asarray(thumbnail).astype(int) - pixels[3]).mean() < 6


def test_rows_of_a_sub_folder(index: Index, model: Autoencoder) -> None:
    """Those of that folder alone, not of one whose name only begins alike."""
    (index.folder / "more2").mkdir()
    save_png(index.folder / "more2" / "x.png", varied(1))
    update(index, model)
    names = {path.parent.name for path in index.paths(index.rows(index.folder / "more"))}
    assert names == {"more"}
    with pytest.raises(InspectionError, match="not within"):
        index.rows(index.folder.parent)


def test_another_model_has_an_index_of_its_own(photos: Path, vector: Bundle, free: Bundle, root: Path) -> None:
    """Folder, model and size together make the key."""
    with (
        Index(photos, vector.info, root=root) as one,
        Index(photos, free.info, root=root) as two,
        Index(photos, free.info, 64, root=root) as three,
    ):
        assert len({one.place, two.place, three.place}) == 3
        assert (two.shape, three.shape) == ((4, 4, 4), (4, 8, 8))


def test_a_broken_index_is_said(index: Index, photos: Path, model: Autoencoder, root: Path) -> None:
    """One sentence that names the folder to delete; the pictures are never touched."""
    index.close()
    (index.place / "index.sqlite").write_bytes(b"not a database" * 1000)
    for extra in index.place.glob("index.sqlite-*"):
        extra.unlink()
    with pytest.raises(InspectionError, match="delete that folder and index again"):
        Index(photos, model.info, root=root)


def test_a_shortened_file_of_codes_is_said(index: Index, model: Autoencoder) -> None:
    """Rows without codes are an error, not noise."""
    update(index, model)
    (index.place / "codes.f32").write_bytes(b"")
    with pytest.raises(InspectionError, match="shorter"):
        index.codes(index.rows())


def test_an_index_that_another_program_writes_is_said(index: Index) -> None:
    """Waiting has an end, and the sentence says why."""
    other = sqlite3.connect(index.place / "index.sqlite")
    other.execute("BEGIN EXCLUSIVE")
    index.database.execute("PRAGMA busy_timeout = 10")
    with pytest.raises(InspectionError, match="another program"), index.told():
        index.database.execute("INSERT INTO about VALUES ('a', 'b')")
    other.close()


def test_a_folder_that_is_none_is_refused(photo: Path, vector: Bundle, root: Path) -> None:
    """Files and missing folders alike."""
    with pytest.raises(InspectionError, match="is not a folder"):
        Index(photo, vector.info, root=root)


def test_a_folder_of_any_bytes_is_indexed(photos: Path, model: Autoencoder, root: Path) -> None:
    """The folder itself may have such a name."""
    folder = photos.rename(photos.parent / os.fsdecode(b"d\xe9"))
    for added in (12, 0):
        with Index(folder, model.info, root=root) as index:
            assert update(index, model).added == added


def test_an_index_that_could_not_be_begun_leaves_no_folder(
    photos: Path, model: Autoencoder, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that is full from the start keeps nothing of it."""

    def full(_: Index) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(Index, "_prepare", full)
    with pytest.raises(InspectionError, match="the disk is full"):
        Index(photos, model.info, root=root)
    assert list((root / "indexes").iterdir()) == []
