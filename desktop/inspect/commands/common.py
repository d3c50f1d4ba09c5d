"""What the commands share: an index that is brought up to date, and what is said of files that were moved."""

from __future__ import annotations

import argparse
from pathlib import Path

from desktop.command_line import ProgressLine, count, find_model, warn
from desktop.engine.autoencoder import Autoencoder
from desktop.engine.cluster.connection import Cluster
from desktop.engine.cluster.index import cluster_encoder
from desktop.engine.folder import moves
from desktop.engine.folder.index import Index
from desktop.engine.folder.update import Update, update


def open_index(arguments: argparse.Namespace, model: Autoencoder, folder: Path | None = None) -> tuple[Index, Update]:
    """The index of a folder, up to date; progress, and what could not be read, go to stderr.

    Raises:
        InspectionError: The folder or its index cannot be used.
    """
    index = Index(folder or arguments.folder, model.info, arguments.side)
    bar = ProgressLine("Encoding")
    if getattr(arguments, "ray", None) is None:
        done = update(index, model, bar)
    else:
        bundle, cluster = find_model(arguments.model).require(), Cluster(arguments.ray)
        with cluster_encoder(index, bundle, arguments.provider, cluster, warn) as encoder:
            done = update(index, model, bar, encoder=encoder)
    bar.end()
    for name, problem in done.broken:
        warn(f"skipped: {problem or name}")
    if done.kept:
        warn(f"{done.kept:,} pictures that were not found stay in the index, as not every folder could be searched.")
    if done.several:
        said = count(done.several, "file holds", "files hold")
        warn(f"{said} several pictures (frames or pages), of which the first was taken.")
    if done.passed_over:
        warn(f"{done.passed_over}.")
    return index, done


def tell_moves(moved: moves.Moved, what: str) -> bool:
    """Says on stderr how many pictures were moved, and why others were not; whether there are such."""
    warn(f"{count(len(moved.done), 'picture', 'pictures')} {what}.")
    for path, reason in moved.failed:
        warn(f"{path} stays where it is: {reason}.")
    return bool(moved.failed)
