"""No reader of a latent file waits for a pipe, or reads a socket or a device."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.engine.anomaly.detector_file import load_detector
from desktop.engine.batch.journal import JOURNAL_FILE
from desktop.engine.batch.plan import BatchJob
from desktop.engine.batch.run import run
from desktop.engine.disk import arrays
from desktop.engine.errors import DesktopError, PictureError
from desktop.engine.folder.labels import read_labels
from desktop.engine.latent_file import codec
from desktop.engine.library import ModelEntry
from desktop.engine.session_file import read_session
from export.bundle import Bundle


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    """A named pipe that nobody writes to."""
    os.mkfifo(tmp_path / "pipe")
    return tmp_path / "pipe"


@pytest.mark.parametrize("read", [arrays.read_arrays, arrays.read_npz, load_detector, read_session])
def test_a_pipe_is_refused(pipe: Path, read: Callable[[Path], object]) -> None:
    """At once, in one sentence; and so are a device and a folder."""
    for path in (pipe, Path("/dev/zero"), pipe.parent):
        with pytest.raises(DesktopError, match="no regular file"):
            read(path)


def test_a_latent_file_that_is_a_pipe_is_refused(pipe: Path, vector: Bundle) -> None:
    """As the others are."""
    with pytest.raises(DesktopError, match="no regular file"):
        codec.read_small(pipe, vector.info)


def test_a_table_of_labels_that_is_a_pipe_is_a_problem(pipe: Path) -> None:
    """It is told, and the pictures are without labels."""
    pipe.rename(pipe.parent / "labels.csv")
    (problem,) = read_labels(pipe.parent, [pipe.parent / "a.png"]).problems
    assert "no regular file" in problem


def test_a_journal_that_is_a_pipe_stops_the_batch(photo: Path, entry: ModelEntry, tmp_path: Path) -> None:
    """It is neither read nor written to."""
    job = BatchJob(photo.parent, tmp_path / "out", entry, ("latent",), asked="cpu")
    job.target.mkdir()
    os.mkfifo(job.target / JOURNAL_FILE)
    with pytest.raises(PictureError, match="cannot be written"):
        run(job)
