"""Every error that the desktop expects, as one small tree.

    DesktopError
    ├── PictureError   a picture that cannot be read, fitted or saved
    ├── ModelError     a model that cannot be found, opened or run
    ├── StoppedError   work that the user gave up, or that something newer took the place of
    ├── InspectionError   a folder, an index, a detector, a concept or a latent file that cannot be used
    ├── TrainingError  a training, its queue or its environment that cannot be started, kept or installed
    └── DisplayError   nowhere to draw a window, or a system library that Qt lacks

The text is written where the error is raised: one sentence for the user, as a template and its values, such as
`PictureError("{path} is not a file.", path=path)`. It is shown once, at the edge, and translated there.
A bundle that breaks the contract raises `export.bundle.BundleError`; `EXPECTED` names all of them together.
"""

from export.bundle import BundleError
from export.bundle.sentence import SentenceError


class DesktopError(SentenceError):
    """An expected failure; its text is one sentence for the user, raised as a template and its values."""


class PictureError(DesktopError):
    """A picture that cannot be read, fitted to the model, or saved."""


class ModelError(DesktopError):
    """A model that cannot be found, opened or run."""


class StoppedError(DesktopError):
    """Work that was given up before its end, because it was asked to be."""


class InspectionError(DesktopError):
    """A folder, an index, a saved detector, a concept or a latent file that cannot be used."""


class TrainingError(DesktopError):
    """A training, its queue or its environment that cannot be started, kept or installed."""


class DisplayError(DesktopError):
    """Nowhere to draw a window, or a system library that Qt lacks."""


EXPECTED = (DesktopError, BundleError)
