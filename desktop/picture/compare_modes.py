"""The ways of comparing: one of them at any time, the difference over any of them, and how much of it is seen."""

from __future__ import annotations

import functools

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence

from desktop.engine.scene import Scene
from desktop.i18n import mark
from desktop.picture.comparison import Comparison, Mode
from desktop.state.services import Services

PAGE, MODE_SETTING, DIFFERENCE_SETTING = "picture", "compare-mode", "compare-difference"
DIFFERENCE = "difference"
MODES: dict[Mode | str, tuple[str, str]] = {
    "split": (mark("Split"), mark("Both in one place, with a divider between them that can be moved")),
    "side": (mark("Side by side"), mark("Both beside one another")),
    DIFFERENCE: (mark("Difference"), mark("How far each pixel is from the original's")),
    "blink": (mark("Blink"), mark("One after the other in the same place")),
}
"""In the order in which they are shown; all but the difference exclude one another."""


class CompareModes(QObject):
    """Adds the actions, remembers what was chosen, and lets those work for which there is something to compare."""

    def __init__(self, services: Services, comparison: Comparison, parent: QObject) -> None:
        """As it was chosen last."""
        super().__init__(parent)
        self._services, self._comparison = services, comparison
        for number, (name, (text, tip)) in enumerate(MODES.items(), start=1):
            slot = self._show_difference if name == DIFFERENCE else functools.partial(self._choose, name)
            keys, first = f"Alt+{number}", number == 1
            services.actions.add(
                f"compare.{name}", "view", text, slot, keys=keys, tip=tip, page=PAGE, checkable=True, separated=first
            )
        kept = services.settings.text(MODE_SETTING)
        known = kept if kept in MODES and kept != DIFFERENCE else comparison.mode
        services.actions[f"compare.{known}"].setChecked(True)
        if kept == DIFFERENCE or services.settings.text(DIFFERENCE_SETTING) == "shown":
            services.actions[f"compare.{DIFFERENCE}"].setChecked(True)

    @property
    def names(self) -> list[str]:
        """Of the actions, in their order."""
        return [f"compare.{name}" for name in MODES]

    def enable(self, scene: Scene | None) -> None:
        """Lets those work that have something to show."""
        for name in MODES:
            compared = None if scene is None else scene.levels if name == DIFFERENCE else scene.original
            self._services.actions[f"compare.{name}"].setEnabled(compared is not None)

    def _choose(self, name: str, checked: bool) -> None:
        """One way of comparing is chosen at any time."""
        actions, mode = self._services.actions, next(mode for mode in Comparison.MODES if mode == name)
        if checked:
            self._comparison.set_mode(mode)
            self._services.settings.set_text(MODE_SETTING, mode)
            for other in Comparison.MODES:
                if other != mode:
                    actions[f"compare.{other}"].setChecked(False)
        elif self._comparison.mode == mode:
            actions[f"compare.{mode}"].setChecked(True)

    def _show_difference(self, shown: bool) -> None:
        self._comparison.set_difference(shown)
        self._services.settings.set_text(DIFFERENCE_SETTING, "shown" if shown else "")


class ViewActions:
    """The actions that choose how near the comparison is looked at, and what is shown with it."""

    def __init__(self, services: Services, comparison: Comparison) -> None:
        """Adds them to the View menu."""
        self._actions, self._comparison = services.actions, comparison
        add = functools.partial(services.actions.add, page=PAGE)
        closer, farther = QKeySequence.StandardKey.ZoomIn, QKeySequence.StandardKey.ZoomOut
        add("compare.closer", "view", "Zoom in", lambda: comparison.zoom(True), keys=closer, separated=True)
        add("compare.farther", "view", "Zoom out", lambda: comparison.zoom(False), keys=farther)
        add("compare.fit", "view", "Fit", comparison.viewport.fit, keys="Alt+0", tip="The whole picture")
        pixels = mark("One pixel of the screen for each of the picture's")
        add("compare.pixels", "view", "100 %", self._show_pixels, keys="Alt+9", tip=pixels)
        levels = mark("How often each level of red, green and blue occurs")
        histogram = comparison.set_histogram
        add("compare.histogram", "view", "Histogram", histogram, keys="Alt+7", tip=levels, checkable=True)
        whole = mark("Show the reconstruction at the picture's own size and place, where the model sees it at another")
        show_whole, own_size = comparison.set_whole, mark("At the picture's own size")
        add("compare.whole", "view", own_size, show_whole, keys="Alt+5", tip=whole, checkable=True, separated=True)

    def enable(self, has_scene: bool) -> None:
        """Lets those work that need something to look at."""
        for name in ("compare.fit", "compare.pixels", "compare.closer", "compare.farther"):
            self._actions[name].setEnabled(has_scene)

    def _show_pixels(self) -> None:
        """The arrows then move the picture."""
        self._comparison.canvas.zoom_to_pixels()
        self._comparison.canvas.setFocus(Qt.FocusReason.ShortcutFocusReason)
