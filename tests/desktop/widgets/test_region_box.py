"""The brush with which a region is marked."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCheckBox, QSlider
from pytestqt.qtbot import QtBot

from desktop.widgets.region_box import LARGEST_RADIUS, SOFT, RegionBox


def test_the_brush_is_seen_while_it_paints(qtbot: QtBot) -> None:
    """Its size is a radius in cells, and its edge soft or hard."""
    paint = QAction("Paint", checkable=True)
    box, told = RegionBox(paint, [QAction("Clear")]), list[tuple[float, float]]()
    qtbot.addWidget(box)
    box.brush_changed.connect(lambda *brush: told.append(brush))
    size = box.findChild(QSlider)
    assert size.isVisibleTo(box) is False
    paint.setChecked(True)
    assert size.isVisibleTo(box)
    assert box.brush == (1.0, SOFT)
    size.setValue(size.maximum())
    box.findChild(QCheckBox).setChecked(False)
    assert told == [(LARGEST_RADIUS, SOFT), (LARGEST_RADIUS, 0.0)]
    assert box.brush == pytest.approx((LARGEST_RADIUS, 0.0))
