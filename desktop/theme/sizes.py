"""Lengths and weights of the whole program."""

from __future__ import annotations

from pathlib import Path

# Lengths in device-independent pixels.
GAP_SMALL, GAP, GAP_LARGE = 8, 16, 24
TEXT, SMALL_TEXT, TITLE_TEXT = 13, 12, 19
BOLD, REGULAR = 700, 400  # Chinese characters are never thickened: most of their fonts have no bold face
RADIUS = 8
ICON_SIDE = 18
SIDEBAR_WIDTH = 208
PANEL_WIDTH, NARROW_PANEL_WIDTH = 372, 348
LOW_HEIGHT = 600  # of a page: in a lower one small pictures are smaller
SCROLL_BAR = 16  # always kept free, so that sliders and pictures share their edges
ICONS = Path(__file__).parent.with_name("icons")
ROW_HEIGHT = 30
FIELD_HEIGHT, FIELD_INSET = 28, 8
