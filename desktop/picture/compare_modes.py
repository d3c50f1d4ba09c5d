"""The ways of comparing: one of them at any time, and the difference over any of them."""

from __future__ import annotations

import functools

from PySide6.QtCore import QObject

from desktop.engine.rendering import Scene
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
