"""A bare plot in the colours of the theme."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette
from pytestqt.qtbot import QtBot

from desktop.training.curves.plot import bare_plot, style


def test_a_plot_has_no_menu_and_the_colours_of_the_theme(qtbot: QtBot) -> None:
    """Its own menu is in English alone; the ground is the palette's, and its title is its name."""
    plot = bare_plot()
    qtbot.addWidget(plot)
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Base, QColor("#123456"))
    style(plot, "Loss", palette)
    assert plot.scene().contextMenu == []
    assert plot.backgroundBrush().color() == QColor("#123456")
    assert plot.accessibleName() == "Loss"
