"""How long work tells how far it is, and learns that it is no longer wanted."""

from __future__ import annotations

from pathlib import Path

from desktop.engine.autoencoder import Autoencoder
from desktop.engine.folder.index import Index
from desktop.engine.folder.update import update
from desktop.engine.watch import never, silent


def test_work_that_nobody_watches_or_stops_is_done_to_its_end(index: Index, model: Autoencoder) -> None:
    """As it is with the two given by hand."""
    assert never() is False
    done = update(index, model, silent, never)
    assert not done.stopped
    assert done.added == len(index.rows()) > 0
    assert Path(index.folder).is_dir()
