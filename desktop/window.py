"""The window: it puts the widgets together, and carries what the user does to the session."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QMainWindow, QVBoxLayout, QWidget

from desktop import mime, theme, wording
from desktop.engine import library, pictures
from desktop.engine.directions import Coordinates
from desktop.engine.errors import PictureError
from desktop.engine.latents import GroupName
from desktop.engine.library import ModelEntry
from desktop.engine.pictures import Picture
from desktop.engine.providers import Asked
from desktop.engine.rendering import LoadedModel, PictureSource, Scene, Subject
from desktop.engine.steering import Origin, Steering
from desktop.session import Session
from desktop.widgets.comparison import Comparison
from desktop.widgets.labels import button, label
from desktop.widgets.message_bar import MessageBar
from desktop.widgets.model_list import ModelList
from desktop.widgets.slider_panel import SliderPanel

PICTURE_FILES = "Pictures (*.png *.jpg *.jpeg *.webp *.bmp *.gif *.tif *.tiff);;All files (*)"


class Window(QMainWindow):
    """ConvAE's window; `open` and `open_paths` fill it."""

    def __init__(self, models: Sequence[ModelEntry], provider: Asked = "auto") -> None:
        """An empty window with a list of models."""
        super().__init__()
        self.session = Session(provider, self)
        self._models = list(models)
        self._asked = provider
        self.setWindowTitle("ConvAE")
        self.setAcceptDrops(True)
        self.setMinimumSize(860, 560)
        self.resize(1280, 800)
        self._make_widgets()
        self._lay_out()
        self._connect()
        self._show_models()

    def open(self, model: ModelEntry | None = None, picture: PictureSource | None = None) -> None:
        """Shows another model, another picture, or both; what is None stays."""
        self.message.hide()
        self.session.open(model, picture)
        self._show_models()

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Opens what was named: every folder joins the models, the last one is used; the first file is the picture."""
        entries = [library.open_entry(path) for path in paths if path.is_dir()]
        files = [path for path in paths if not path.is_dir()]
        self._models = library.join(self._models, entries)
        self.open(entries[-1] if entries else None, files[0] if files else None)
        if len(files) > 1:
            self.message.show_news(f"One picture at a time: {files[0].name} is shown.")

    def save_output(self, path: Path) -> None:
        """Writes the decoded picture that is shown as a PNG."""
        if self.session.scene is None:
            return
        try:
            pictures.save_png(path, self.session.scene.output)
        except PictureError as error:
            self.message.show_problem(str(error))
        else:
            self.message.show_news(f"Saved {path}.")

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ends the worker with the window."""
        self.session.stop()
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Takes files and pictures, and shows where they go."""
        if mime.is_welcome(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)  # a file that is moved here would be gone from its place
            event.accept()
            self.comparison.set_highlighted(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Whatever it was, it was not dropped."""
        self.comparison.set_highlighted(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Opens what was dropped."""
        self.comparison.set_highlighted(False)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self._take(mime.content(event.mimeData()))

    @Slot()
    def paste(self) -> None:
        """Opens the picture or the files on the clipboard."""
        self._take(mime.content(QGuiApplication.clipboard().mimeData()))

    def _make_widgets(self) -> None:
        self.title, self.subtitle = label("", "title"), label("", "muted")
        self.open_button = button("Open…", "Open a picture", QKeySequence.StandardKey.Open, primary=True)
        self.paste_button = button("Paste", "Paste a picture", QKeySequence.StandardKey.Paste)
        self.save_button = button("Save…", "Save the decoded picture as a PNG", QKeySequence.StandardKey.Save)
        self.add_button = button("Add model…", "Open a model folder from anywhere")
        self.message, self.comparison, self.panel = MessageBar(), Comparison(), SliderPanel()
        self.model_list = ModelList()
        self.provider_label, self.times_label = QLabel(), QLabel()

    def _lay_out(self) -> None:
        sidebar = QWidget()
        sidebar.setObjectName("sidebar")
        sidebar.setFixedWidth(theme.SIDEBAR_WIDTH)
        models = QVBoxLayout(sidebar)
        models.setContentsMargins(theme.GAP, theme.GAP_LARGE, theme.GAP, theme.GAP)
        models.setSpacing(theme.GAP_SMALL)
        models.addWidget(label("Models", "heading"))
        models.addWidget(self.model_list, 1)
        models.addWidget(self.add_button)
        upper = QVBoxLayout()
        upper.setContentsMargins(0, 0, theme.SCROLL_BAR, 0)
        upper.setSpacing(theme.GAP)
        upper.addLayout(self._head())
        upper.addWidget(self.message)
        upper.addWidget(self.comparison, 1)
        main = QVBoxLayout()
        main.setContentsMargins(theme.GAP_LARGE, theme.GAP, theme.GAP_LARGE - theme.SCROLL_BAR, theme.GAP)
        main.setSpacing(theme.GAP)
        main.addLayout(upper, 3)
        main.addWidget(self.panel, 2)
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(sidebar)
        row.addLayout(main, 1)
        self.setCentralWidget(whole)
        self.statusBar().setSizeGripEnabled(False)
        self.statusBar().addWidget(self.provider_label, 1)
        self.statusBar().addPermanentWidget(self.times_label)

    def _head(self) -> QHBoxLayout:
        titles = QVBoxLayout()
        titles.setSpacing(2)
        titles.addWidget(self.title)
        titles.addWidget(self.subtitle)
        head = QHBoxLayout()
        head.setSpacing(theme.GAP_SMALL)
        head.addLayout(titles, 1)
        for each in (self.paste_button, self.save_button, self.open_button):
            head.addWidget(each)
        return head

    def _connect(self) -> None:
        self.session.model_changed.connect(self._show_model)
        self.session.subject_changed.connect(self._show_subject)
        self.session.rendered.connect(self._show_scene)
        self.session.failed.connect(self._show_failure)
        self.panel.moved.connect(self._steer)
        self.panel.random_asked.connect(self._go_random)
        self.model_list.chosen.connect(self._choose_model)
        self.open_button.clicked.connect(self._ask_for_picture)
        self.paste_button.clicked.connect(self.paste)
        self.save_button.clicked.connect(self._ask_where_to_save)
        self.add_button.clicked.connect(self._ask_for_model)

    def _show_models(self) -> None:
        """The list of models, and what the empty views ask for."""
        lines = [(entry.name, wording.model_facts(entry), entry.problem or "") for entry in self._models]
        current = self._models.index(self.session.model) if self.session.model in self._models else -1
        self.model_list.set_models(lines, current)
        self.save_button.setEnabled(self.session.scene is not None)
        if self.session.scene is None:
            self.title.setText("No picture yet")
            self.subtitle.setText("" if self.session.model else "There is no model to show pictures with")
            self.comparison.set_hints(has_model=self.session.model is not None)

    @Slot(object)
    def _show_model(self, model: LoadedModel) -> None:
        space, reason = model.space, model.autoencoder.fallback_reason
        self.panel.set_axes(space.axes.low.tolist(), space.axes.high.tolist(), space.effect.tolist())
        self.comparison.set_hints(has_model=True)
        self._show_models()
        if self._asked == "cuda" and reason:
            self.message.show_news(f"CUDA was asked for, but {reason}; the CPU does the work.")

    @Slot(object)
    def _show_subject(self, subject: Subject) -> None:
        self.panel.set_start(() if subject.start is None else subject.start.tolist())
        note = wording.why_no_sliders(subject)
        self.panel.set_usable(not note, note)

    @Slot(object)
    def _show_scene(self, scene: Scene) -> None:
        self.title.setText(wording.title(scene))
        self.subtitle.setText(wording.subtitle(scene))
        self.comparison.show_scene(scene)
        self.provider_label.setText(wording.provider(scene))
        self.times_label.setText(wording.times(scene))
        self.save_button.setEnabled(True)

    @Slot(str)
    def _show_failure(self, text: str) -> None:
        self.message.show_problem(text)
        self._show_models()

    @Slot(object)
    def _steer(self, coordinates: Coordinates) -> None:
        subject = self.session.scene.subject if self.session.scene else None
        if subject is not None and subject.start is not None:
            offsets: dict[GroupName, Coordinates] = {"axes": coordinates - subject.start}
            self.session.steer(Steering(subject.code, Origin("picture"), offsets))

    @Slot()
    def _go_random(self) -> None:
        if self.session.scene is not None:
            axes = self.session.scene.subject.model.space.axes
            drawn = np.random.default_rng(random.getrandbits(32)).standard_normal(len(axes.spread))
            self.panel.move_to(np.clip(drawn, axes.low, axes.high).tolist())

    @Slot(int)
    def _choose_model(self, row: int) -> None:
        self.open(self._models[row])

    def _take(self, content: Sequence[Path] | Picture | None) -> None:
        """Opens what was dropped or pasted."""
        if content is None:
            self.message.show_problem("There is no picture in that, nor a file of this computer.")
        elif isinstance(content, Picture):
            self.open(picture=content)
        else:
            self.open_paths(content)

    @Slot()
    def _ask_for_picture(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "Open a picture", "", PICTURE_FILES)
        if name:
            self.open_paths([Path(name)])

    @Slot()
    def _ask_for_model(self) -> None:
        name = QFileDialog.getExistingDirectory(self, "Open a model folder")
        if name:
            self.open_paths([Path(name)])

    @Slot()
    def _ask_where_to_save(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, "Save the decoded picture", "decoded.png", "PNG picture (*.png)")
        if name:
            self.save_output(Path(name))
