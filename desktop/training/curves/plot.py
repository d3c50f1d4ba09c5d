"""A bare plot in the colours of the theme."""

from __future__ import annotations

import pyqtgraph
from PySide6.QtGui import QPalette

from desktop import theme

SMALLEST = (160, 72)


def bare_plot() -> pyqtgraph.PlotWidget:
    """A plot without a menu, which would be in English alone, and without buttons."""
    plot = pyqtgraph.PlotWidget(enableMenu=False)
    for action in plot.scene().contextMenu:
        action.setParent(None)
    plot.scene().contextMenu.clear()
    plot.hideButtons()
    plot.setMinimumSize(*SMALLEST)
    return plot


def style(plot: pyqtgraph.PlotWidget, title: str, palette: QPalette) -> None:
    """Takes colours from the theme; the title is the plot's name too."""
    plot.setBackground(palette.base().color())
    plot.setTitle(title, color=palette.text().color(), size=f"{theme.SMALL_TEXT}px")
    plot.setAccessibleName(title)
    for side in ("left", "bottom"):
        axis = plot.getAxis(side)
        axis.setPen(palette.mid().color())
        axis.setTextPen(palette.text().color())
