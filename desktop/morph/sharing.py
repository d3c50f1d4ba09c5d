"""What the step of a morph that is shown is copied and exported as."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.engine.film.morph import MorphPlan, film
from desktop.engine.loaded_model import LoadedModel
from desktop.figures import content
from desktop.figures.export import FigureExport, Make
from desktop.i18n import mark
from desktop.morph.keys import Key
from desktop.picture import python_code
from desktop.picture.python_copy import PythonCopy, Write
from desktop.state.services import Services


@dataclass(frozen=True)
class Step:
    """A frame of a morph."""

    model: LoadedModel
    keys: Sequence[Key]
    plan: MorphPlan
    frame: int


class Sharing(QObject):
    """Adds *Copy as Python* and *Export figure* to a page."""

    def __init__(self, services: Services, page: str, step: Callable[[], Step | None], parent: QWidget) -> None:
        """`step` gives the frame that is shown; None where none is."""
        super().__init__(parent)
        self._step = step
        PythonCopy(services, page, self._python, self)
        text = mark("Export figure of the interpolation…")
        FigureExport(services, page, "interpolation", text, self._figure, parent)

    def _python(self) -> Write | None:
        step = self._step()
        if step is None:
            return None
        latent = film(step.model.space, [key.code for key in step.keys], step.plan, step.frame)
        return functools.partial(python_code.of_latent, step.model, latent)

    def _figure(self) -> Make | None:
        """From the picture before the frame to the one after it."""
        step = self._step()
        if step is None or len(step.keys) < 2:
            return None
        first, second, _ = step.plan.steps(len(step.keys))[step.frame]
        pair = step.keys[first], step.keys[second if second != first else first - 1]
        codes, names = (pair[0].code, pair[1].code), (pair[0].name, pair[1].name)
        return functools.partial(content.interpolation, step.model, codes, names)
