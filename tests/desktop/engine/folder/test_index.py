"""An index follows its folder."""

from __future__ import annotations

import errno
import io
import os
import shutil
import sqlite3
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from desktop.engine.autoencoder import Autoencoder
from desktop.engine.errors import InspectionError
from desktop.engine.folder import encoding
from desktop.engine.folder.encoding import read_fitted
from desktop.engine.folder.index import Index
from desktop.engine.folder.maps import residual_scores
from desktop.engine.folder.sizes import picture_size
from desktop.engine.folder.update import update
from desktop.engine.picture_writer import save_png
from export.bundle import Bundle
from tests.desktop.engine.conftest import lock, varied


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


def test_a_second_update_does_nothing(index: Index, model: Autoencoder) -> None:
    """Nothing is encoded again, and the codes stay."""
    update(index, model)
    before = index.codes(index.rows())
    done = update(index, model)
    assert (done.added, done.changed, done.removed, done.unchanged) == (0, 0, 0, 12)
    assert np.array_equal(index.codes(index.rows()), before)


def test_a_changed_and_a_deleted_file_are_noticed(index: Index, model: Autoencoder) -> None:
    """The one is encoded anew, the other is forgotten, and its row goes to the next new file."""
    update(index, model)
    changed, gone = index.folder / "01.png", index.folder / "02.png"
    row, free = row_of(index, changed), row_of(index, gone)
    assert row is not None
    before = index.codes(np.array([row]))
    save_png(changed, varied(99))
    os.utime(changed, ns=(1, 1))
    gone.unlink()
    save_png(index.folder / "new.png", varied(100))
    done = update(index, model)
    assert (done.added, done.changed, done.removed, done.unchanged) == (1, 1, 1, 10)
    assert row_of(index, gone) is None
    assert row_of(index, index.folder / "new.png") == free
    assert not np.allclose(index.codes(np.array([row])), before)


def test_a_broken_file_is_named_and_not_tried_again(index: Index, model: Autoencoder) -> None:
    """It has no row among the readable ones; once it is mended it has."""
    broken = index.folder / "broken.png"
    broken.write_bytes(b"no picture")
    done = update(index, model)
    assert [name for name, _ in done.broken] == ["broken.png"]
    assert len(index.rows()) == 12
    assert update(index, model).unchanged == 13
    save_png(broken, varied(5))
    assert update(index, model).broken == ()
    assert len(index.rows()) == 13


def test_what_was_stopped_goes_on(index: Index, model: Autoencoder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches that were done stay done, and the rest is done next time."""
    monkeypatch.setattr(encoding, "BATCH", 4)
    progress: list[tuple[int, int]] = []
    done = update(index, model, lambda *told: progress.append(told), lambda: len(progress) >= 1)
    assert done.stopped
    assert 0 < done.added < 12
    again = update(index, model)
    assert (again.added, again.unchanged, again.stopped) == (12 - done.added, done.added, False)
    assert len(index.rows()) == 12


def test_progress_tells_the_truth(index: Index, model: Autoencoder, monkeypatch: pytest.MonkeyPatch) -> None:
    """It rises to the number of pictures that had to be done."""
    monkeypatch.setattr(encoding, "BATCH", 5)
    progress: list[tuple[int, int]] = []
    update(index, model, lambda *told: progress.append(told))
    assert progress == [(5, 12), (10, 12), (12, 12)]


def test_masks_and_hidden_folders_are_passed_over(index: Index, model: Autoencoder) -> None:
    """`mask` beside `bad` holds no pictures; a folder of that name elsewhere does."""
    for place in ("set/bad", "set/mask", ".hidden", "mask"):
        (index.folder / place).mkdir(parents=True)
        save_png(index.folder / place / "one.png", varied(1))
    assert update(index, model).added == 12 + 2
    assert row_of(index, index.folder / "mask" / "one.png") is not None


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


def test_sizes_that_do_not_fit_are_refused(vector: Bundle, free: Bundle) -> None:
    """The sentence says which do."""
    with pytest.raises(InspectionError, match="32 × 32 only"):
        picture_size(vector.info, 64)
    with pytest.raises(InspectionError, match="multiples of 8"):
        picture_size(free.info, 30)


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


def test_a_folder_that_is_not_there_empties_nothing(index: Index, model: Autoencoder) -> None:
    """Where another folder stands at its place, as where a disk was taken away, all stays, and comes back with it."""
    update(index, model)
    away = index.folder.with_name("away")
    for stand_in in ((), ("another.png",)):
        index.folder.rename(away)
        index.folder.mkdir()
        for name in stand_in:
            save_png(index.folder / name, varied(7))
        with pytest.raises(InspectionError, match="its disk may not be connected"):
            update(index, model)
        assert len(index.rows()) == 12
        shutil.rmtree(index.folder)
        away.rename(index.folder)
    done = update(index, model)
    assert (done.added, done.removed, done.unchanged) == (0, 0, 12)


def test_all_pictures_may_be_moved_within_their_folder(index: Index, model: Autoencoder) -> None:
    """The folder is the one that it was, so that what is gone from it is gone."""
    update(index, model)
    (index.folder / "later").mkdir()
    for path in sorted(index.folder.rglob("*.png")):
        path.rename(index.folder / "later" / path.name)
    done = update(index, model)
    assert (done.added, done.removed) == (12, 12)


def test_a_folder_that_cannot_be_listed_removes_nothing(
    index: Index, model: Autoencoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is told, its pictures stay, and so does what is gone elsewhere; what is new is encoded."""
    update(index, model)
    (index.folder / "01.png").unlink()
    save_png(index.folder / "new.png", varied(50))
    with monkeypatch.context() as patch:
        lock(patch, index.folder / "more")
        done = update(index, model)
    assert (done.added, done.removed, done.kept) == (1, 0, 5)
    assert ("more", f"{index.folder / 'more'}: Permission denied.") in done.broken
    assert update(index, model).removed == 1


def test_codes_are_not_written_through_a_memory_map(index: Index, model: Autoencoder) -> None:
    """All the room is there on the disk before anything is written, and what is read is what was written."""
    update(index, model)
    facts = (index.place / "codes.f32").stat()
    assert facts.st_blocks * 512 >= facts.st_size


def test_a_full_disk_is_one_sentence(index: Index, model: Autoencoder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both of the codes' file and of SQLite; with room again it goes on."""

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "posix_fallocate", full)
        with pytest.raises(InspectionError, match="No space left on device"):
            update(index, model)
    index.database.execute("PRAGMA max_page_count = 8")
    with pytest.raises(InspectionError, match="the disk is full"):
        update(index, model)
    index.database.execute("PRAGMA max_page_count = 100000")
    assert update(index, model).unchanged + len(index.rows()) >= 12


@pytest.mark.parametrize(
    "name",
    [b"caf\xe9.png", b"\xff\xfe.png", b"a\nb.png", b"a\r\x0b\x0c\xc2\x85\xe2\x80\xa8b.png", "\u202egnp.png".encode()],
)
def test_names_of_any_bytes_are_indexed(index: Index, model: Autoencoder, name: bytes) -> None:
    """A name that is no UTF-8 is kept as it is, in a folder that has such a name too."""
    path = index.folder / os.fsdecode(b"d\xe9") / os.fsdecode(name)
    path.parent.mkdir()
    save_png(path, varied(60))
    save_png(path.parent / "broken.png", varied(61))
    (path.parent / "broken.png").write_bytes(b"broken")
    done = update(index, model)
    assert done.added == 13
    row = row_of(index, path)
    assert row is not None
    assert index.path(row) == path
    assert index.rows(path.parent).tolist() == [row]
    assert update(index, model).unchanged == 14
    assert len(index.files(index.rows()).paths) == 13


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
