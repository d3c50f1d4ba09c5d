"""The sliders: the right-hand side of the Picture page."""

from __future__ import annotations

import random

import numpy as np
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop import wording
from desktop.engine.directions import Coordinates
from desktop.engine.latents import GroupName
from desktop.engine.rendering import LoadedModel, Subject
from desktop.engine.steering import Origin, Steering
from desktop.services import Services
from desktop.widgets.slider_panel import SliderPanel


class ExplorePane(QWidget):
    """Carries what the session has to the slider panel, and what the user does there to the session."""

    def __init__(self, services: Services) -> None:
        """An empty panel."""
        super().__init__()
        self._session = services.session
        self.panel = SliderPanel()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.panel)
        services.actions.add(
            "explore.reset",
            "edit",
            "Reset all sliders",
            self.panel.reset_button.click,
            keys="Ctrl+0",
            tip="Every slider back to its start",
            page="picture",
            separated=True,
        )
        services.actions.add(
            "explore.random",
            "edit",
            "Random code",
            self.panel.random_button.click,
            keys="Ctrl+R",
            tip="A random code from where the training pictures lie",
            page="picture",
        )
        self._session.model_changed.connect(self._show_model)
        self._session.subject_changed.connect(self._show_subject)
        self.panel.moved.connect(self._steer)
        self.panel.random_asked.connect(self._go_random)

    @Slot(object)
    def _show_model(self, model: LoadedModel) -> None:
        space = model.space
        self.panel.set_axes(space.axes.low.tolist(), space.axes.high.tolist(), space.effect.tolist())

    @Slot(object)
    def _show_subject(self, subject: Subject) -> None:
        self.panel.set_start(() if subject.start is None else subject.start.tolist())
        note = wording.why_no_sliders(subject)
        self.panel.set_usable(not note, note)

    @Slot(object)
    def _steer(self, coordinates: Coordinates) -> None:
        subject = self._session.scene.subject if self._session.scene else None
        if subject is not None and subject.start is not None:
            offsets: dict[GroupName, Coordinates] = {"axes": coordinates - subject.start}
            self._session.steer(Steering(subject.code, Origin("picture"), offsets))

    @Slot()
    def _go_random(self) -> None:
        if self._session.scene is not None:
            axes = self._session.scene.subject.model.space.axes
            drawn = np.random.default_rng(random.getrandbits(32)).standard_normal(len(axes.spread))
            self.panel.move_to(np.clip(drawn, axes.low, axes.high).tolist())
