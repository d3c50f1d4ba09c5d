"""The overview: every picture of the folder, by its path."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject, Slot

from desktop.i18n import tr
from desktop.inspect.inspection import Inspection
from desktop.inspect.tools.overview import OverviewTools
from desktop.inspect.views.view import Blank, View
from desktop.widgets.thumbnail_grid import ThumbnailGrid


class Overview(View):
    """All pictures, or those whose name has what was typed."""

    def __init__(
        self, inspection: Inspection, tools: OverviewTools, grid: ThumbnailGrid, parent: QObject | None = None
    ) -> None:
        """Nothing yet."""
        super().__init__(tools, grid, parent)
        self._inspection, self._tools, self._grid = inspection, tools, grid
        tools.filter.textChanged.connect(self.refresh)

    def blank(self) -> Blank | None:
        """No picture at all, or none of that name."""
        if not self._inspection.names:
            sentence = tr("There is no picture in this folder that can be read.")
            return Blank(sentence, tr("Choose another folder…"), self._tools.folder_asked.emit)
        if not len(self._grid.pictures.rows):
            return Blank(tr("No picture has that in its name."), tr("Show all"), self._tools.filter.clear, True)
        return None

    @Slot()
    def refresh(self) -> None:
        """The pictures whose path has what was typed, capital or not."""
        rows, wanted = self._inspection.rows, self._tools.filter.text().strip().casefold()
        if not self.is_shown or rows is None:
            return
        if wanted:
            found = [place for place, name in enumerate(self._inspection.names) if wanted in name.casefold()]
            rows = rows[np.array(found, np.int64)]
        self._grid.pictures.show_rows(rows)
        self._tools.said.setText(tr("{n:,} shown", n=len(rows)) if wanted else "")
        self._tools.changed.emit()
