"""An index that is brought up to date with its folder."""

from __future__ import annotations

import os
import shutil

import numpy as np
import pytest

from desktop.engine.autoencoder import Autoencoder
from desktop.engine.errors import InspectionError
from desktop.engine.folder import encoding
from desktop.engine.folder.index import Index
from desktop.engine.folder.update import update
from desktop.engine.picture_writer import save_png
from tests.desktop.engine.conftest import lock, varied
from tests.desktop.engine.folder.test_index import row_of


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
