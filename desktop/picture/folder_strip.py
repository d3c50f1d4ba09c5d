"""The folder of the picture that is shown: its place, its order, and a filmstrip to pick from."""

from __future__ import annotations

import functools
from pathlib import Path

from PySide6.QtCore import QEvent, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.engine.folder import order as picture_order
from desktop.engine.folder.order import Order
from desktop.i18n import mark, told, tr
from desktop.picture.browse_strip import BrowseStrip
from desktop.state.services import Services
from desktop.widgets.folder_bar import FolderBar
from desktop.worker import Worker

ORDERS: tuple[tuple[Order, str], ...] = (
    ("name", mark("By name")),
    ("date", mark("The newest first")),
    ("psnr", mark("The worst PSNR first")),
)
SETTING = "folder-order"


class FolderStrip(QWidget):
    """Hidden while there is one picture alone."""

    def __init__(self, services: Services) -> None:
        """In the order that was chosen last; PSNR is measured only when it is asked for."""
        super().__init__()
        self._services, self._pictures = services, services.pictures
        self.bar, self.strip = FolderBar(ORDERS), BrowseStrip(services.pictures)
        self._order: Order = next((o for o, _ in ORDERS[:2] if o == services.settings.text(SETTING)), "name")
        self._measuring = 0
        self._worker = Worker(self)
        self.bar.choose(self._order)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.strip)
        self.bar.stepped.connect(self.strip.step)
        self.bar.sorted.connect(self._sort)
        services.pictures.changed.connect(self._follow)
        services.session.rendered.connect(self._note)
        services.steering.model_changed.connect(self._forget)
        self._follow()

    def mark_picture(self, path: Path | None) -> None:
        """Shows which one of them is shown."""
        place = -1 if path is None else self._pictures.row_of(path)
        self.strip.show_row(place)
        self.bar.show_place(place + 1, self._pictures.rowCount())

    def stop(self) -> None:
        """Ends the thread that sorts."""
        self._measuring += 1
        self._worker.stop()

    def changeEvent(self, event: QEvent) -> None:
        """Says everything again in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.bar.show_place(self.strip.currentIndex().row() + 1, self._pictures.rowCount())
        super().changeEvent(event)

    @Slot()
    def _follow(self) -> None:
        self.setVisible(self._pictures.rowCount() > 1)
        self.bar.show_place(self.strip.currentIndex().row() + 1, self._pictures.rowCount())
        self._measuring += 1
        self.bar.note.setText("")
        if self._order != "name":
            self._sort(self._order)

    @Slot(str)
    def _sort(self, name: str) -> None:
        self._order = next(order for order, _ in ORDERS if order == name)
        self._services.settings.set_text(SETTING, self._order)
        self._measuring += 1
        if self._order == "psnr":
            self._measure(self._measuring)
        else:
            self.bar.note.setText("")
            self._arrange()

    def _arrange(self) -> None:
        paths, known = list(self._pictures.paths), dict(self._pictures.psnr_db)
        self._worker.submit(
            functools.partial(picture_order.ordered, paths, self._order, known), self._pictures.arrange, self._warn
        )

    def _measure(self, number: int) -> None:
        """The next picture of which nothing is known, while nothing else is to do; sorted once all are known."""
        model, known = self._services.steering.model, self._pictures.psnr_db
        unknown = next((each for each in self._pictures.paths if each not in known), None)
        if number != self._measuring or model is None:
            return
        if unknown is None:
            self.bar.note.setText("")
            self._arrange()
            return
        count, total = len(known), self._pictures.rowCount()
        self.bar.note.setText(tr("measuring {done} of {total}", done=f"{count + 1:,}", total=f"{total:,}"))
        job = functools.partial(picture_order.psnr_db, model, unknown, self._services.session.fit)
        keep = functools.partial(self._keep, number, unknown)
        self._services.session.spare(job, keep, lambda _: keep(float("inf")))  # a broken one comes last

    def _keep(self, number: int, path: Path, psnr_db: float) -> None:
        if number == self._measuring:
            self._pictures.psnr_db[path] = psnr_db
            self._measure(number)

    @Slot(object)
    def _note(self, scene: object) -> None:
        """What was measured to be shown need not be measured again."""
        request, psnr_db = scene.request, scene.psnr_db  # type: ignore[attr-defined]
        if request.steering is None and isinstance(request.picture, Path) and psnr_db is not None:
            self._pictures.psnr_db.setdefault(request.picture, psnr_db)

    @Slot()
    def _forget(self) -> None:
        """Another model reconstructs otherwise."""
        self._pictures.psnr_db.clear()
        self._measuring += 1
        if self._order == "psnr":
            self._measure(self._measuring)

    def _warn(self, error: Exception) -> None:
        self._services.warned.emit(told(error))
