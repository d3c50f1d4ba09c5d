"""The chosen picture from near, and what is shown beside it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from desktop.engine.gaussian import Floats
from desktop.engine.pictures import Pixels
from desktop.engine.sliders.steering import Origin
from desktop.i18n import tr
from desktop.inspect import words
from desktop.inspect.chosen import ChosenPicture
from desktop.inspect.inspection import Inspection
from desktop.inspect.place import Look
from desktop.inspect.selection import Selection
from desktop.inspect.tools.anomalies import AnomalyTools
from desktop.inspect.views.anomalies import AnomaliesView
from desktop.state.services import Services


class Looking(QObject):
    """Asks for the picture that is chosen, with the heat map of the score that is chosen, and shows what comes."""

    def __init__(
        self,
        services: Services,
        inspection: Inspection,
        selection: Selection,
        anomalies: AnomaliesView,
        tools: AnomalyTools,
        chosen: ChosenPicture,
    ) -> None:
        """No picture is chosen."""
        super().__init__(chosen)
        self._services, self._inspection, self._selection = services, inspection, selection
        self._anomalies, self._chosen = anomalies, chosen
        looks = inspection.looks
        selection.current_changed.connect(self.look)
        inspection.scored.connect(self._look_again)
        tools.chosen.connect(self._look_again)
        inspection.forgotten.connect(chosen.clear)
        looks.picture_seen.connect(self._show_look)
        looks.point_decoded.connect(self._show_point)
        looks.latent_decoded.connect(self._show_latent)
        looks.latent_opened.connect(self._steer)

    @Slot(int)
    def look(self, row: int) -> None:
        """Shows a picture; none where the row is negative."""
        if row >= 0:
            self._inspection.looks.look(row, self._anomalies.score)
        else:
            self._chosen.clear()

    def retranslate(self) -> None:
        """Says everything again in another language."""
        if self._chosen.look is None:
            self._chosen.clear()
        else:
            self._show_look(self._chosen.look)

    @Slot()
    def _look_again(self) -> None:
        """There is another heat map of it."""
        if self._selection.current >= 0:
            self.look(self._selection.current)

    @Slot(object)
    def _show_look(self, look: Look) -> None:
        chance = self._inspection.log_chance_of(look.row, self._anomalies.score)
        self._chosen.show_look(look, words.facts(self._inspection.name_of(look.row), chance))

    @Slot(object)
    def _show_point(self, pixels: Pixels) -> None:
        self._chosen.show_decoded(pixels, tr("Decoded point"))

    @Slot(object)
    def _show_latent(self, pixels: Pixels) -> None:
        self._chosen.show_decoded(pixels, tr("The sliders' latent"))

    @Slot(str, object)
    def _steer(self, name: str, latent: Floats) -> None:
        self._services.steering.start_from(latent, Origin("kept", name), tr("Open {name}", name=name))
        self._services.page_asked.emit("picture")
