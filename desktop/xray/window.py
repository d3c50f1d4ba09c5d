"""The X-ray of a model: a pixel is clicked, and it is seen which cells it moves, where they read, what they paint."""

from __future__ import annotations

import functools

import numpy as np
from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtWidgets import QCheckBox, QDialog, QGridLayout, QTabWidget, QVBoxLayout, QWidget

from desktop import failures, theme
from desktop.engine.pictures import Pixels
from desktop.engine.scene import Scene
from desktop.engine.tiles import NEGLIGIBLE
from desktop.engine.watch import Progress, Stopped
from desktop.engine.xray import fields
from desktop.engine.xray.fields import Cell, Sensitivity
from desktop.i18n import bind, mark, tr
from desktop.runner import Runner
from desktop.state.session import Session
from desktop.widgets.labels import button, label
from desktop.widgets.rows import row
from desktop.worker import Worker
from desktop.xray import looks
from desktop.xray.layers_view import LayersView
from desktop.xray.panel import Panel

PANELS = (
    (mark("Picture"), mark("Where the cell reads from. Click a pixel, or go to it with the arrow keys.")),
    (mark("Latent"), mark("Which cells the pixel moves. Click one to look at it.")),
    (mark("Reconstruction"), mark("What the cell paints.")),
)


class XrayWindow(QDialog):
    """Of the scene that the session shows, and of the next one when that changes its picture or model."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Begins to measure at once."""
        super().__init__(parent)
        bind(self, self.setWindowTitle, "X-ray")
        self.resize(1080, 620)
        self._session, self._scene = session, session.scene
        self.found: Sensitivity | None = None
        self._before: Pixels | None = None
        self._after: Pixels | None = None
        self._problem = ""
        self.pixel: tuple[int, int] = (0, 0)
        self.cell: Cell = (0,)
        self.picture, self.latent, self.painted = (Panel() for _ in PANELS)
        self.facts, self.off = label("", "plain"), QCheckBox()
        self.tabs, self.layers = QTabWidget(), LayersView()
        bind(self.off, self.off.setText, "Switch the cell off")
        bind(self.off, self.off.setToolTip, "Set it to what it is in the mean latent, and see what is missing")
        self._runner, self._worker = Runner(self), Worker(self)
        self._lay_out()
        self._connect()
        self._begin()

    @Slot()
    def stop(self) -> None:
        """Ends the threads."""
        self._runner.stop()
        self._worker.stop()
        self.layers.stop()

    def changeEvent(self, event: QEvent) -> None:
        """Says everything again in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._say()

    def _lay_out(self) -> None:
        self.facts.setWordWrap(True)
        self.facts.setMinimumWidth(480)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.GAP)
        grid.setVerticalSpacing(theme.GAP_SMALL)
        for column, ((title, tip), panel) in enumerate(zip(PANELS, (self.picture, self.latent, self.painted))):
            name, what = label(title, "heading"), label(tip, "muted")
            what.setWordWrap(True)
            what.setMinimumWidth(240)
            bind(panel, panel.setAccessibleName, title)
            bind(panel, panel.setToolTip, tip)
            grid.addWidget(name, 0, column)
            grid.addWidget(what, 1, column, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(panel, 2, column)
            grid.setColumnStretch(column, 1)
        grid.setRowStretch(2, 1)
        fields = QWidget()
        inside = QVBoxLayout(fields)
        inside.setContentsMargins(0, theme.GAP, 0, 0)
        inside.setSpacing(theme.GAP)
        inside.addLayout(grid, 1)
        inside.addWidget(self.facts)
        inside.addLayout(row(self.off, None))
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        for page, title in ((fields, mark("Fields")), (self.layers, mark("Layers"))):
            self.tabs.addTab(page, "")
            bind(page, functools.partial(self.tabs.setTabText, self.tabs.count() - 1), title)
        close = button("Close", "Close this window", primary=True)
        close.clicked.connect(self.accept)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(theme.GAP_LARGE, theme.GAP_LARGE, theme.GAP_LARGE, theme.GAP)
        whole.setSpacing(theme.GAP)
        whole.addWidget(self.tabs, 1)
        whole.addLayout(row(None, close))

    def _connect(self) -> None:
        self.picture.chosen.connect(self.look_at_pixel)
        self.latent.chosen.connect(self._choose_square)
        self.painted.chosen.connect(self.look_at_pixel)
        self.off.toggled.connect(self._paint)
        self._runner.progressed.connect(self._say_progress)
        self._session.subject_changed.connect(self._take_subject)
        self.finished.connect(self.stop)

    @Slot()
    def _take_subject(self) -> None:
        self._scene = self._session.scene
        self._begin()

    def _begin(self) -> None:
        """Measures the scene; what was measured of another one is forgotten."""
        self._runner.cancel_all()
        self.found = self._before = self._after = None
        self._problem = ""
        scene = self._scene
        if scene is not None:
            work = lambda progress, stopped: _measured(scene, progress, stopped)  # noqa: E731
            self._runner.start(str(id(scene)), work, functools.partial(self._take, scene), self._fail)
        self._show()

    def _take(self, scene: Scene, answer: tuple[Sensitivity, Pixels]) -> None:
        if scene is not self._scene:
            return
        self.found, self._before = answer
        self.layers.show_model(scene.subject.model.entry.folder, self.found.image)
        height, width = self.found.image.shape[:2]
        self.look_at_pixel(height // 2, width // 2)

    def _fail(self, error: Exception) -> None:
        if not self._runner.names:
            self._problem = failures.sentence(error)
            self._show()

    @Slot(int, int)
    def look_at_pixel(self, row: int, column: int) -> None:
        """Looks at a pixel, and at the cell that lies over it; of a vector, at the number that it moves most."""
        if self.found is None:
            return
        self.pixel = (row, column)
        cells, moved = self.found.cells, self.found.moved_by(row, column)
        if len(cells) == 2:
            height, width = self.found.image.shape[:2]
            self.cell = (row * cells[0] // height, column * cells[1] // width)
        else:
            self.cell = (int(moved.argmax()),)
        self._paint()

    def look_at_cell(self, cell: Cell) -> None:
        """Looks at a cell of a map or a number of a vector; the pixel stays."""
        self.cell = cell
        self._paint()

    @Slot(int, int)
    def _choose_square(self, row: int, column: int) -> None:
        if self.found is None:
            return
        cells = self.found.cells
        if len(cells) == 2:
            self.look_at_cell((row, column))
        elif row * looks.COLUMNS + column < cells[0]:
            self.look_at_cell((row * looks.COLUMNS + column,))

    @Slot()
    def _paint(self) -> None:
        """Decodes what the cell does, away from the window; what it reads is shown at once."""
        found, scene = self.found, self._scene
        if found is None or scene is None:
            return
        model, code = scene.subject.model, found.code
        mean, std = model.space.mean.reshape(code.shape), model.space.std.reshape(code.shape)
        deed: fields.Deed = "off" if self.off.isChecked() else "move"
        paint = functools.partial(fields.changed, model.autoencoder, code, mean, std, self.cell, deed)
        self._worker.submit(paint, self._take_painted, self._fail)
        self._show()

    def _take_painted(self, after: Pixels) -> None:
        self._after = after
        self._show()

    def _show(self) -> None:
        found = self.found
        for panel in (self.picture, self.latent, self.painted):
            panel.setEnabled(found is not None)
        self.off.setEnabled(found is not None)
        if found is None:
            for panel in (self.picture, self.latent, self.painted):
                panel.show_pixels(None, (0, 0), (0, 0))
        else:
            size = found.image.shape[:2]
            self.picture.show_pixels(looks.over_picture(found.image, found.read_by(self.cell)), size, self.pixel)
            grid = looks.grid_of(found.cells)
            at = self.cell if len(self.cell) == 2 else divmod(self.cell[0], looks.COLUMNS)
            self.latent.show_pixels(looks.squares(found.moved_by(*self.pixel)), grid, (at[0], at[1]))
            if self._before is not None and self._after is not None:
                effect = fields.difference(self._before, self._after)
                shown = self._after if self.off.isChecked() else looks.over_picture(self._before, effect)
                self.painted.show_pixels(shown, size, self.pixel)
        self._say()

    def _say(self) -> None:
        self.facts.setText(self._sentence())

    @Slot(str, int, int)
    def _say_progress(self, _name: str, done: int, total: int) -> None:
        if total and self.found is None:
            self.facts.setText(tr("Looking through the model, {done:,} of {total:,} blocks", done=done, total=total))

    def _sentence(self) -> str:
        found = self.found
        if self._problem:
            return self._problem
        if found is None:
            return tr("Looking through the model…") if self._scene is not None else tr("There is no model to look at.")
        moved = int((found.moved_by(*self.pixel) > NEGLIGIBLE).sum())
        height, width = found.reads_px(self.cell)
        said = {"moved": moved, "all": int(np.prod(found.cells)), "reads_height": height, "reads_width": width}
        paints = (0, 0)
        if self._before is not None and self._after is not None:
            paints = fields.extent(fields.difference(self._before, self._after) > 0)
        said |= {"height": paints[0], "width": paints[1]}
        if len(self.cell) == 2:
            return tr(
                "This pixel moves {moved:,} of {all:,} cells. The cell in row {row}, column {column} reads from "
                "{reads_height} × {reads_width} pixels, half of it from {half} × {half}, and paints "
                "{height} × {width}.",
                half=found.half_px(self.cell),
                row=self.cell[0] + 1,
                column=self.cell[1] + 1,
                **said,
            )
        return tr(
            "This pixel moves {moved:,} of {all:,} numbers. Number {number} reads from {reads_height} × {reads_width} "
            "pixels and paints {height} × {width}.",
            number=self.cell[0] + 1,
            **said,
        )


def _measured(scene: Scene, progress: Progress, stopped: Stopped) -> tuple[Sensitivity, Pixels]:
    """On a thread: the scene's picture, or what it shows where it has none, at the trained size."""
    model = scene.subject.model.autoencoder
    picture = scene.subject.picture
    image = fields.seen(model, scene.output if picture is None else picture.pixels)
    found = fields.sensitivity(model, image, progress, stopped)
    return found, model.decode(found.code[None])[0]
