"""The model of a batch, as several threads use it."""

from __future__ import annotations

import threading
from collections.abc import Callable

from desktop.engine.autoencoder import ON_CPU, ON_PROCESSOR, Autoencoder
from desktop.engine.batch.work import Reconstruction
from desktop.engine.pictures import Pixels
from desktop.engine.quality.refinement import refine
from desktop.engine.tiles import Tiler


class BatchModel:
    """The model as several threads use it: side by side on the CPU, one after another anywhere else."""

    def __init__(self, autoencoder: Autoencoder) -> None:
        """A model that is open."""
        self.autoencoder = autoencoder
        self._tiler = Tiler(autoencoder)
        self._turns = {True: threading.BoundedSemaphore(ON_CPU), False: threading.BoundedSemaphore(1)}

    def reconstruct(self, prepared: Pixels, refined: bool, progress: Callable[[str, int, int], None]) -> Reconstruction:
        """The code of a picture and its reconstruction.

        Args:
            prepared: uint8 `[H, W, 3]`, of a size that the model takes.
            refined: Whether the code is refined (see `desktop.engine.quality.refinement`).
            progress: Told of each tile; what it raises ends the work.

        Raises:
            ModelError: A graph does not run.
        """
        with self._turns[self.autoencoder.provider in ON_PROCESSOR]:
            code = self._tiler.encode(prepared, progress)
            if not refined:
                return Reconstruction(code, self._tiler.decode(code, progress))
            best = refine(self._tiler, prepared, code, progress)
            return Reconstruction(best.code, best.output, best.gained_db)
