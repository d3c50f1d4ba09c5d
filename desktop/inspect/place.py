"""What the Inspect page looks at: a folder through a model, and one picture of it from near. No Qt."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from desktop.engine.anomaly.detector import Detector
from desktop.engine.embedding.plane import Plane
from desktop.engine.embedding.point_cloud import PointCloud
from desktop.engine.folder.index import Index, Rows
from desktop.engine.folder.labels import Labels
from desktop.engine.folder.notes import Notes
from desktop.engine.folder.update import Update
from desktop.engine.library import ModelEntry
from desktop.engine.pictures import Pixels

Layout = tuple[Rows, Plane, PointCloud]
"""Rows, where they lie on the map, and the same points as they are drawn."""


@dataclasses.dataclass(frozen=True)
class Place:
    """A folder through a model."""

    entry: ModelEntry
    folder: Path

    def index(self) -> Index:
        """The folder's index, for the thread that asks.

        Raises:
            InspectionError: There is no such folder, or its index is broken.
            ModelError: The model is broken.
        """
        return Index(self.folder, self.entry.require().info)


@dataclasses.dataclass(frozen=True, eq=False)
class Opened:
    """A folder whose index is up to date.

    Attributes:
        update: What was done to it.
        rows: Of its pictures, in the order of their paths.
        names: Of each row, its path within the folder.
        detector: The one that was kept for it; None where there is none.
        problems: Why the detector or the notes that were kept cannot be read.
        labels: What is known of each row's picture.
        notes: What the user said of the folder.
    """

    update: Update
    rows: Rows
    names: tuple[str, ...]
    detector: Detector | None
    problems: tuple[Exception, ...]
    labels: Labels
    notes: Notes


@dataclasses.dataclass(frozen=True, eq=False)
class Look:
    """One picture from near.

    Attributes:
        row: Its row.
        original: As the model sees it; where there is a heat map, the whole picture at its own size.
        reconstruction: As the model reconstructs it.
        heat: The picture with its heat map over it, at its own size; None without a detector.
    """

    row: int
    original: Pixels
    reconstruction: Pixels
    heat: Pixels | None
