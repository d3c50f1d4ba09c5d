"""The picture and what the model makes of it: the centre of the Picture page."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Slot
from PySide6.QtGui import QGuiApplication, QKeySequence, QPixmap, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop import mime, theme
from desktop.engine.picture_formats import FORMATS
from desktop.engine.scene import FileFrame, Scene, file_of
from desktop.i18n import mark, tr
from desktop.picture import words
from desktop.picture.compare_modes import CompareModes, ViewActions
from desktop.picture.comparison import Comparison
from desktop.picture.context_menus import ContextMenus
from desktop.picture.folder_strip import FolderStrip
from desktop.picture.frame_chooser import FrameChooser
from desktop.picture.handover import Handover, Parcel
from desktop.picture.unknown_picture import UnknownPicture
from desktop.picture.view_export import ViewExport
from desktop.state.services import Services
from desktop.widgets import save_dialog
from desktop.widgets.drag_handle import DragHandle
from desktop.widgets.labels import ActionButton, label
from desktop.widgets.progress_strip import ProgressStrip
from desktop.widgets.save_dialog import FileKind
from desktop.widgets.segments import SegmentFrame

PICTURE_KINDS = tuple(FileKind(each.name, each.suffixes) for each in FORMATS if each.saved and each.is_readable)
PAGE = "picture"
ROOMY_WIDTH, NARROWEST = 560, 420  # device-independent pixels
DOING = {
    "Encoding": mark("Encoding, tile {done} of {total}"),
    "Decoding": mark("Decoding, tile {done} of {total}"),
    "Refining": mark("Refining, step {done} of {total}"),
}


class ComparePane(QWidget):
    """Title, the actions on a picture, and the comparison; it follows the session."""

    def __init__(self, services: Services) -> None:
        """Empty views that say what to do."""
        super().__init__()
        self._services, self._session = services, services.session
        self.title, self.subtitle = label("", "title"), label("", "muted")
        self.scale = label("", "number")
        self.comparison, self.progress = Comparison(), ProgressStrip()
        self.handle, self.handover = DragHandle(), Handover(self)
        self.folder, self.menus = FolderStrip(services), ContextMenus(services, self)
        self.strip = self.folder.strip
        self.unknown = UnknownPicture(services, self)
        self.frames = FrameChooser()
        self._add_actions()
        self.open_button = ActionButton(services.actions["file.open"], primary=True)
        self.paste_button = ActionButton(services.actions["edit.paste"])
        self.save_button = ActionButton(services.actions["picture.save"])
        names = ("compare.fit", "compare.pixels")
        self._scales = [ActionButton(services.actions[name], role="quiet") for name in names]
        self._lay_out()
        self._connect()
        self._show_waiting()

    def save_output(self, path: Path) -> None:
        """Writes the decoded picture at the original's own size, in the format that the suffix names."""
        scene = self._session.scene
        if scene is not None:
            self._services.saver.save(path, scene.result, scene.profile)

    def copy_output(self) -> None:
        """Puts the decoded picture on the clipboard, at the original's own size, once it is made."""
        if self._session.scene is not None:
            self.handover.ask(self._session.scene, as_file=False)

    def stop(self) -> None:
        """Ends the threads that make what is copied and dragged, and that sort."""
        self.handover.stop()
        self.folder.stop()
        self.unknown.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, the handle is its grip alone, and what else can be done without is left out."""
        is_narrow = self.width() < ROOMY_WIDTH
        self.handle.set_narrow(is_narrow)
        for button in (self.save_button, *self._scales):
            button.set_narrow(is_narrow)
        for part in (self.paste_button, self.scale):
            part.setHidden(is_narrow)
        super().resizeEvent(event)

    def minimumSizeHint(self) -> QSize:
        """What is needed with the handle narrow, so that the pane can become so."""
        wide = super().minimumSizeHint()
        return QSize(min(wide.width(), NARROWEST), wide.height())

    def changeEvent(self, event: QEvent) -> None:
        """Says everything again in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._show_waiting()
            if self._session.scene is not None:
                self._show_scene(self._session.scene)
        super().changeEvent(event)

    def _add_actions(self) -> None:
        actions, comparison = self._services.actions, self.comparison
        save, saving = QKeySequence.StandardKey.Save, mark("Save the decoded picture at its own size")
        act = actions.of_page(PAGE)
        act("save", self._ask_where_to_save, "Save picture…", saving, keys=save)
        copy, copying = QKeySequence.StandardKey.Copy, mark("Copy the decoded picture at its own size")
        act, step = actions.of_page(PAGE, "edit"), self.strip.step
        act("copy", self.copy_output, "Copy picture", copying, keys=copy)
        act = actions.of_page(PAGE)
        before, after = (
            mark("The picture before this one in the strip"),
            mark("The picture after this one in the strip"),
        )
        act("previous", lambda: step(-1), "Previous picture", before, keys="Alt+Left")
        act("next", lambda: step(1), "Next picture", after, keys="Alt+Right")
        self.export = ViewExport(self._services, comparison, self._stem, PICTURE_KINDS, self)
        self.modes = CompareModes(self._services, comparison, self)
        self.looks = ViewActions(self._services, comparison)
        whole = mark("Give a model of fixed size the whole picture, instead of its middle")
        act = actions.of_page(PAGE, "view")
        act("fit", self._choose_fit, "Fit instead of crop", whole, keys="Alt+6", checkable=True)

    def _lay_out(self) -> None:
        titles = QVBoxLayout()
        titles.setSpacing(2)
        titles.addWidget(self.title)
        titles.addWidget(self.subtitle)
        head = QHBoxLayout()
        head.setSpacing(theme.GAP_SMALL)
        head.addLayout(titles, 1)
        for each in (self.paste_button, self.save_button, self.open_button):
            head.addWidget(each)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addLayout(head)
        column.addLayout(self._tools())
        column.addWidget(self.unknown.bar)
        column.addWidget(self.progress)
        column.addWidget(self.comparison, 1)
        column.addWidget(self.frames)
        column.addWidget(self.folder)

    def _tools(self) -> QHBoxLayout:
        """How to compare, how large, and the handle to drag the result out by."""
        row = QHBoxLayout()
        row.setSpacing(theme.GAP_SMALL // 2)
        modes = SegmentFrame()
        for name in self.modes.names:
            if name != "compare.difference":
                modes.add(ActionButton(self._services.actions[name], role="segment"))
        row.addWidget(modes)
        row.addWidget(ActionButton(self._services.actions["compare.difference"]))
        row.addStretch(1)
        row.addWidget(self.scale)
        for each in self._scales:
            row.addWidget(each)
        row.addWidget(self.handle)
        return row

    def _connect(self) -> None:
        self._session.rendered.connect(self._show_scene)
        self._session.measured.connect(self.comparison.show_ssim)
        self._session.progressed.connect(self._show_progress)
        self._session.rendered.connect(self.progress.finish)
        self._session.failed.connect(self.progress.finish)
        self._session.part_decoded.connect(self.comparison.show_part)
        self._session.failed.connect(self.comparison.forget_parts)
        self._session.model_changed.connect(self._show_waiting)
        self._services.models_changed.connect(self._show_waiting)
        self._session.subject_changed.connect(self._mark_picture)
        self._services.pictures.changed.connect(self._mark_picture)
        self._services.pictures.arranged.connect(self._mark_picture)
        self.strip.picked.connect(self._pick)
        self.frames.chosen.connect(self._pick_frame)
        self._session.failed.connect(self._show_frame)
        self.strip.menu_asked.connect(self.menus.open_of_row)
        for canvas in self.comparison.canvases:
            canvas.menu_asked.connect(self.menus.open_of_picture)
        self.progress.cancelled.connect(self._session.cancel)
        self.comparison.scale_changed.connect(self.scale.setText)
        self.handle.wanted.connect(self._prepare_drag)
        self.handover.ready.connect(self._hand_over)
        self.handover.failed.connect(self._services.warned)
        self._session.rendered.connect(self.handover.forget)

    @Slot()
    def _show_waiting(self) -> None:
        """What the page says while nothing is shown."""
        has_scene = self._session.scene is not None
        for each in ("picture.save", "picture.copy", "view.copy", "view.export"):
            self._services.actions[each].setEnabled(has_scene)
        self.looks.enable(has_scene)
        self.modes.enable(self._session.scene)
        self.handle.setEnabled(has_scene)
        if self._session.scene is None:
            has_model = self._session.model is not None
            self.title.setText(tr("No picture yet"))
            self.subtitle.setText("" if has_model else tr("There is no model to show pictures with"))
            self.comparison.set_hints(has_model=has_model)

    @Slot()
    def _mark_picture(self) -> None:
        """In the strip, where what is shown is one of its pictures."""
        self.folder.mark_picture(file_of(self._session.scene.request.picture) if self._session.scene else None)

    @Slot(int)
    def _pick(self, row: int) -> None:
        self._services.open(picture=self._services.pictures.paths[row])

    @Slot(int)
    def _pick_frame(self, number: int) -> None:
        path = file_of(self._session.scene.request.picture) if self._session.scene else None
        if path is not None:
            self._services.open(picture=FileFrame(path, number))

    @Slot()
    def _show_frame(self) -> None:
        """Which picture of its file is shown, also where another one could not be read."""
        scene = self._session.scene
        facts = scene.subject.picture.facts if scene is not None and scene.subject.picture is not None else None
        if scene is None or facts is None or not scene.is_of_picture:
            self.frames.show_place(0, 1)
        else:
            self.frames.show_place(facts.frame, facts.frames)

    @Slot(object)
    def _show_scene(self, scene: Scene) -> None:
        self.title.setText(words.title(scene))
        self.subtitle.setText(words.subtitle(scene))
        self.comparison.set_hints(has_model=True)
        self.comparison.show_scene(scene)
        self._show_waiting()
        self._show_frame()
        is_fixed = scene.subject.model.autoencoder.info.size.kind == "fixed"
        for name in ("compare.whole", "picture.fit"):
            self._services.actions[name].setEnabled(is_fixed)
        self._services.actions["picture.fit"].setChecked(scene.request.fit == "fit")

    @Slot(str, int, int)
    def _show_progress(self, doing: str, done: int, total: int) -> None:
        self.progress.show_progress(tr(DOING[doing], done=min(done + 1, total), total=total), done, total)

    @Slot()
    def _prepare_drag(self) -> None:
        if self._session.scene is not None:
            self.handover.ask(self._session.scene, as_file=True)

    @Slot(object, bool)
    def _hand_over(self, parcel: Parcel, as_file: bool) -> None:
        """To the clipboard, or to the mouse; a large picture is ready when the mouse may have let go already."""
        if not as_file:
            QGuiApplication.clipboard().setImage(parcel.image)
            self._services.told.emit(tr("The decoded picture is on the clipboard."))
        elif parcel.file is not None and self.handle.is_held:
            self.handle.give(mime.of_picture(parcel.file, parcel.image), QPixmap.fromImage(parcel.thumbnail))
        elif parcel.file is not None:
            self._services.told.emit(tr("The picture can be dragged out now."))

    def _choose_fit(self, fit: bool) -> None:
        self._session.set_fit("fit" if fit else "crop")

    def _stem(self) -> str:
        return words.stem(self._session.scene) if self._session.scene is not None else "decoded"

    @Slot()
    def _ask_where_to_save(self) -> None:
        start = f"{self._stem()}.png"
        title, warn = tr("Save the decoded picture"), self._services.warned.emit
        asked = save_dialog.ask(self, title, start, PICTURE_KINDS, warn)
        if asked is not None:
            self.save_output(asked[0])
