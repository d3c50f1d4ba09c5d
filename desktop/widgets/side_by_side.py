"""Views of one picture beside one another, or one above the other, as large as the room allows and no larger."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop import theme
from desktop.widgets.picture_view import PictureView
from desktop.widgets.viewport import Viewport


class SideBySide(QWidget):
    """Those of the views that are not hidden. While the whole picture is seen, each is just as large as it needs to be;
    zoomed, they share all of the room.
    """

    def __init__(self, views: Sequence[PictureView], viewport: Viewport) -> None:
        """Views that show what the viewport sees."""
        super().__init__()
        self._views, self._viewport = views, viewport
        self.is_tight = False
        for view in views:
            view.setParent(self)
        viewport.changed.connect(self.arrange)

    @property
    def stacks(self) -> bool:
        """Whether the views show the picture larger one above the other."""
        return self._scale(above=True) > self._scale(above=False)

    def minimumSizeHint(self) -> QSize:
        """Room for one view beside another."""
        hints = [view.minimumSizeHint() for view in self._views[:2]]
        return QSize(sum(hint.width() for hint in hints) + theme.GAP, max(hint.height() for hint in hints))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As large as there is room for now."""
        super().resizeEvent(event)
        self.arrange()

    def event(self, event: QEvent) -> bool:
        """Views that were shown or hidden change the places of the others."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.arrange()
        return super().event(event)

    @Slot()
    def arrange(self) -> None:
        """Gives every view its place."""
        shown = self._shown()
        if not shown:
            return
        above = self.stacks and self.is_tight
        count, gaps = len(shown), (len(shown) - 1) * theme.GAP
        width, height = self.width(), self.height()
        size = QSize(width, (height - gaps) // count) if above else QSize((width - gaps) // count, height)
        if self.is_tight and self._viewport.is_fitted:
            scale, picture = max(self._scale(above), 0.0), self._viewport.picture
            wanted = QSize(round(picture.width() * scale), round(picture.height() * scale) + self._caption)
            size = wanted.boundedTo(size).expandedTo(shown[0].minimumSizeHint().boundedTo(size))
        step = QSize(0, size.height() + theme.GAP) if above else QSize(size.width() + theme.GAP, 0)
        left = (width - size.width() - (count - 1) * step.width()) // 2
        top = (height - size.height() - (count - 1) * step.height()) // 2
        for place, view in enumerate(shown):
            view.setGeometry(
                QRect(left + place * step.width(), top + place * step.height(), size.width(), size.height())
            )

    def _scale(self, above: bool) -> float:
        """Device-independent pixels for each of the picture's, if it is fitted."""
        count, picture = max(1, len(self._shown())), self._viewport.picture
        gaps, caption = (count - 1) * theme.GAP, self._caption
        width, height = (1, count) if above else (count, 1)
        across = (self.width() - gaps * (not above)) / width / picture.width()
        down = ((self.height() - gaps * above) / height - caption) / picture.height()
        return min(across, down)

    @property
    def _caption(self) -> int:
        return self._views[0].caption_height

    def _shown(self) -> list[PictureView]:
        return [view for view in self._views if not view.isHidden()]
