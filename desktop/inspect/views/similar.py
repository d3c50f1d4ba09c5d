"""Pictures similar to one of the folder, or to the latent of the sliders."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from desktop.engine.folder.index import Rows
from desktop.engine.gaussian import Floats
from desktop.i18n import tr
from desktop.inspect.inspection import Inspection
from desktop.inspect.selection import Selection
from desktop.inspect.tools.similar import SimilarTools
from desktop.inspect.views.view import Blank, View
from desktop.widgets.thumbnail_grid import ThumbnailGrid

COUNT = 200  # pictures shown


class SimilarView(View):
    """The nearest pictures first, each with its distance."""

    def __init__(
        self,
        inspection: Inspection,
        tools: SimilarTools,
        grid: ThumbnailGrid,
        selection: Selection,
        parent: QObject | None = None,
    ) -> None:
        """Similar to nothing yet."""
        super().__init__(tools, grid, parent)
        self._inspection, self._tools, self._grid, self._selection = inspection, tools, grid, selection
        self._near: str | None = None  # what the pictures are similar to; empty for the sliders' latent
        self._latent: Floats | None = None  # to be searched for when the view arrives
        self._found: tuple[Rows, Floats] | None = None
        inspection.looks.similar_found.connect(self._show)
        inspection.forgotten.connect(self._forget)

    def of_latent(self, latent: Floats) -> None:
        """When the view arrives next it shows the pictures nearest to a latent, and not to a picture."""
        self._latent = latent

    def blank(self) -> Blank | None:
        """Before anything was chosen."""
        if self._near is not None:
            return None
        sentence = tr("Choose a picture in another view, and find those similar to it.")
        return Blank(sentence, tr("Show overview"), self._tools.overview_asked.emit)

    def arrive(self) -> None:
        """Searches for what is similar to the latent that was asked for, or else to the chosen picture."""
        latent, self._latent = self._latent, None
        if latent is not None:
            self._near = ""
            self._inspection.looks.find_similar_to(latent, COUNT)
        elif self._selection.current >= 0:
            self._near = self._inspection.name_of(self._selection.current)
            self._inspection.looks.find_similar(self._selection.current, COUNT)
        elif self._found is not None:
            self._show(*self._found)
        self.retranslate()

    def retranslate(self) -> None:
        """What the pictures are similar to."""
        if self._near is not None:
            near = tr("Similar to {name}", name=self._near) if self._near else tr("Similar to the sliders' latent")
            self._tools.said.setText(near)

    @Slot(object, object)
    def _show(self, rows: Rows, distances: Floats) -> None:
        self._found = rows, distances
        if self.is_shown:
            self._grid.pictures.show_rows(rows, lambda position: f"{distances[position]:.3f}")
            self._grid.scrollToTop()

    @Slot()
    def _forget(self) -> None:
        self._near = self._found = None
        self._tools.said.setText("")
