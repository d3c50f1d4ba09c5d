"""Original, decoded picture and difference, beside one another."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop import theme, wording
from desktop.engine.rendering import Scene
from desktop.i18n import tr
from desktop.widgets.picture_view import PictureView


class Comparison(QWidget):
    """Three equal squares in a row; no higher than squares need, so that the sliders get the rest."""

    def __init__(self) -> None:
        """Three empty views."""
        super().__init__()
        self.original = PictureView(tr("Original"), invites=True)
        self.output = PictureView(tr("Reconstruction"))
        self.difference = PictureView(tr("Difference"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GAP_LARGE)
        for view in self._views():
            row.addWidget(view, 1)

    def show_scene(self, scene: Scene) -> None:
        """Shows the three pictures of a scene with their facts."""
        self.original.show_picture(tr("Original"), wording.original_facts(scene), scene.subject.original)
        self.output.show_picture(wording.output_title(scene), wording.output_facts(scene), scene.output)
        self.difference.show_picture(tr("Difference"), wording.difference_facts(scene), scene.difference)

    def set_hints(self, has_model: bool) -> None:
        """What the empty views say."""
        self.original.set_hint(*map(tr, wording.NO_PICTURE if has_model else wording.NO_MODEL))
        self.difference.set_hint("", tr("Original and reconstruction\nare compared here"))

    def set_highlighted(self, highlighted: bool) -> None:
        """Whether something is being dragged over the window."""
        self.original.set_highlighted(highlighted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keeps the views from growing higher than wide."""
        side = (self.width() - 2 * theme.GAP_LARGE) // 3
        self.setMaximumHeight(side + self.original.caption_height)
        super().resizeEvent(event)

    def _views(self) -> tuple[PictureView, PictureView, PictureView]:
        return self.original, self.output, self.difference
