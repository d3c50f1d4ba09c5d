"""One model that is kept open for whoever asks next."""

from __future__ import annotations

import threading

from desktop.engine.autoencoder import Autoencoder
from desktop.engine.library import ModelEntry
from desktop.engine.machine.providers import Asked


class OpenModel:
    """Opens a model once. Safe to use from several threads."""

    def __init__(self, asked: Asked = "auto") -> None:
        """`asked` is the execution provider to prefer."""
        self._asked: Asked = asked
        self._lock = threading.Lock()
        self._opened: tuple[ModelEntry, Asked, Autoencoder] | None = None

    def use(self, asked: Asked) -> None:
        """Computes on another execution provider from the next question on."""
        self._asked = asked

    def model(self, entry: ModelEntry) -> Autoencoder:
        """The model, opened unless it is already.

        Raises:
            ModelError, BundleError: It does not open.
        """
        with self._lock:
            asked = self._asked
            if self._opened is None or self._opened[0] is not entry or self._opened[1] != asked:
                self._opened = entry, asked, Autoencoder(entry.require(), asked)
            return self._opened[2]

    def close(self) -> None:
        """Lets go of the model that is open, and so of onnxruntime's threads; another use opens it again."""
        with self._lock:
            self._opened = None
