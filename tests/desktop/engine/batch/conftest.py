"""A folder of pictures, a job on it, and how what it wrote is read."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from PIL import Image

from desktop.engine.batch.plan import BatchJob
from desktop.engine.library import ModelEntry
from tests.pictures import gradient

ALL = ("reconstruction", "latent", "difference", "score")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Six pictures of several sizes and formats, two of them in a sub-folder."""
    root = tmp_path / "in"
    (root / "sub").mkdir(parents=True)
    for index, name in enumerate(("a.png", "b.webp", "c.bmp", "d.png", "sub/a.png", "sub/e.tiff")):
        Image.fromarray(gradient(30 + index, 50 - index)).save(root / name)
    return root


@pytest.fixture
def job(folder: Path, tmp_path: Path, entry: ModelEntry) -> BatchJob:
    """Everything of every picture."""
    return BatchJob(folder, tmp_path / "out", entry, ALL, asked="cpu")


def changed(job: BatchJob, **fields: object) -> BatchJob:
    """The job with something else in it."""
    return BatchJob(**{**vars(job), **fields})


def files(folder: Path) -> set[str]:
    """Every file that is not hidden, relative to the folder."""
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }


def rows(job: BatchJob) -> list[dict[str, str]]:
    """The lines of the scores."""
    with (job.target / "scores.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
