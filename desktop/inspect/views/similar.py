"""Pictures similar to one of the folder, or to the latent of the sliders."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from desktop.engine.folder.index import Rows
from desktop.engine.gaussian import Floats
from desktop.i18n import mark, tr
from desktop.inspect.inspection import Inspection
from desktop.inspect.tools.similar import SimilarTools
from desktop.inspect.views.view import View
from desktop.widgets.thumbnail_grid import ThumbnailGrid

COUNT = 200  # pictures shown


class SimilarView(View):
    """The nearest pictures first, each with its distance."""

    hint = (mark("No similar pictures yet"), mark("Choose a picture in another view first"))

    def __init__(
        self, inspection: Inspection, tools: SimilarTools, grid: ThumbnailGrid, parent: QObject | None = None
    ) -> None:
        """Similar to nothing yet."""
        super().__init__(tools, grid, parent)
        self._inspection, self._tools, self._grid = inspection, tools, grid
        self._near: str | None = None  # what the pictures are similar to; empty for the sliders' latent
        self._latent: Floats | None = None  # to be searched for when the view arrives
        inspection.similar_found.connect(self._show)

    def of_latent(self, latent: Floats) -> None:
        """When the view arrives next it shows the pictures nearest to a latent, and not to a picture."""
        self._latent = latent

    def arrive(self) -> None:
        """Searches for what is similar to the latent that was asked for, or else to the chosen picture."""
        latent, self._latent = self._latent, None
        rows, current = self._grid.pictures.rows, self._grid.currentIndex().row()
        if latent is not None:
            self._near = ""
            self._inspection.find_similar_to(latent, COUNT)
        elif len(rows):
            chosen = int(rows[max(0, current)])
            self._near = self._inspection.name_of(chosen)
            self._inspection.find_similar(chosen, COUNT)
        self.retranslate()

    def retranslate(self) -> None:
        """What the pictures are similar to."""
        if self._near is not None:
            near = tr("Similar to {name}", name=self._near) if self._near else tr("Similar to the sliders' latent")
            self._tools.said.setText(near)

    @Slot(object, object)
    def _show(self, rows: Rows, distances: Floats) -> None:
        if self.is_shown:
            self._grid.pictures.show_rows(rows, lambda position: f"{distances[position]:.3f}")
            self._grid.scrollToTop()
