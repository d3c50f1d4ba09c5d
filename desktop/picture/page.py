"""The Picture page: the comparison in the centre, the sliders at its right."""

from __future__ import annotations

import functools

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter

from desktop import theme
from desktop.engine.pictures import Picture
from desktop.engine.scene import file_of
from desktop.figures import content
from desktop.figures.export import FigureExport, Make
from desktop.i18n import mark
from desktop.page import Content, Page
from desktop.picture import python_code
from desktop.picture.compare import ComparePane
from desktop.picture.early_look import EarlyLook
from desktop.picture.explore import ExplorePane
from desktop.picture.first_look import FirstLook
from desktop.picture.history_panel import HistoryPanel
from desktop.picture.panel.refinement import Refinement
from desktop.picture.python_copy import PythonCopy, Write
from desktop.state.services import Services

NARROW_WIDTH = 880  # device-independent pixels: of a window of about 1100


class PicturePage(Page):
    """Two panes with a divider between them; the right one can be put away."""

    def __init__(self, services: Services) -> None:
        """Both panes empty."""
        super().__init__(services)
        self._is_narrow = False
        self.compare, self.explore = ComparePane(services), ExplorePane(services)
        self.history = HistoryPanel(services)
        self.early_look = EarlyLook(services, self.compare, self.explore.sliders, self)
        self.first_look = FirstLook(services, self.compare.comparison.output.canvas, self)
        self.explore.region.attach(self.compare.comparison)
        reconstructions, traversals = mark("Export figure of reconstructions…"), mark("Export figure of traversals…")
        FigureExport(services, "picture", "reconstructions", reconstructions, self._reconstructions, self)
        FigureExport(services, "picture", "traversals", traversals, self._traversals, self)
        self.python = PythonCopy(services, "picture", self._python, self)
        self.explore.drag.attach(self.compare.comparison)
        self.refinement = Refinement(services, self)
        self.refinement.ended.connect(self.compare.progress.finish)
        self.compare.progress.cancelled.connect(self.refinement.stop)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.addWidget(self.compare)
        self.splitter.addWidget(self.explore)
        self.splitter.addWidget(self.history)
        for place in (0, 2):
            self.splitter.setCollapsible(place, False)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 0)
        self.splitter.setHandleWidth(theme.GAP)
        self.splitter.setSizes([1, theme.PANEL_WIDTH])
        self.explore.setMinimumWidth(theme.NARROW_PANEL_WIDTH)
        services.actions.add(
            "picture.sliders",
            "view",
            "Sliders",
            self._show_sliders,
            keys="F9",
            tip="Show or hide the sliders beside the picture",
            page="picture",
            checkable=True,
        ).setChecked(True)
        self.splitter.splitterMoved.connect(self._follow_divider)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.splitter)

    def take(self, content: Content) -> bool:
        """Opens it: the first picture is shown, models join the list."""
        if isinstance(content, Picture):
            self.services.open(picture=content)
        else:
            self.services.open_paths(content)
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the panel makes room for the picture, until the window is wide again."""
        super().resizeEvent(event)
        is_narrow = self.width() < NARROW_WIDTH
        if is_narrow != self._is_narrow:
            self._is_narrow = is_narrow
            if self.splitter.sizes()[1]:
                self._set_panel(self._panel_width)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right, which nothing within the page wanted, pick another picture; letters search the sliders."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        is_plain = not event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        if event.key() in steps and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.compare.strip.step(steps[Qt.Key(event.key())])
        elif is_plain and event.text().isalpha() and self.explore.isEnabled():
            self.explore.sliders.tools.search_for(event.text())
        else:
            super().keyPressEvent(event)

    def stop(self) -> None:
        """Ends the thread that saves."""
        self.refinement.stop()
        self.first_look.stop()
        self.early_look.stop()
        self.compare.stop()

    def set_highlighted(self, highlighted: bool) -> None:
        """The comparison shows where the picture goes."""
        self.compare.comparison.set_highlighted(highlighted)

    def _python(self) -> Write | None:
        scene = self.services.session.scene
        return None if scene is None else functools.partial(python_code.of_scene, scene)

    def _reconstructions(self) -> Make | None:
        """Of the strip's pictures, from the one that is open on."""
        scene, paths = self.services.session.scene, list(self.services.pictures.paths)
        opened = None if scene is None else file_of(scene.subject.source)
        if scene is None or opened is None:
            return None
        at = paths.index(opened) if opened in paths else 0
        return functools.partial(content.reconstructions, scene.subject.model, paths[at:] or [opened])

    def _traversals(self) -> Make | None:
        """From the latent as it is, of the group of sliders that is shown."""
        scene = self.services.session.scene
        if scene is None:
            return None
        group = self.explore.sliders.group
        return functools.partial(content.traversals, scene.subject.model, scene.code, group)

    def _show_sliders(self, shown: bool) -> None:
        if shown != bool(self.splitter.sizes()[1]):
            self._set_panel(self._panel_width if shown else 0)

    @property
    def _panel_width(self) -> int:
        return theme.NARROW_PANEL_WIDTH if self._is_narrow else theme.PANEL_WIDTH

    def _set_panel(self, width: int) -> None:
        past = self.splitter.sizes()[2]
        self.splitter.setSizes([sum(self.splitter.sizes()) - width - past, width, past])

    def _follow_divider(self) -> None:
        self.services.actions["picture.sliders"].setChecked(bool(self.splitter.sizes()[1]))
