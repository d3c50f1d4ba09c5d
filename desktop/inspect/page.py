"""The Inspect page: the pictures of a folder, the anomalies and duplicates among them, similar ones, and their map."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from desktop import theme
from desktop.engine.folder.update import Update
from desktop.engine.latent_file.jpeg import Comparison
from desktop.engine.pictures import Picture
from desktop.engine.sliders.own_concepts import Direction
from desktop.films.dialog import ask_for_film
from desktop.i18n import mark, tr
from desktop.inspect import PAGE, words
from desktop.inspect.chosen import ChosenPicture
from desktop.inspect.early import Early
from desktop.inspect.file_actions import FileActions
from desktop.inspect.folder_bar import FolderBar
from desktop.inspect.inspection import Inspection
from desktop.inspect.looking import Looking
from desktop.inspect.move_actions import MoveActions
from desktop.inspect.page_actions import PageActions
from desktop.inspect.panels import Panels
from desktop.inspect.piles import Piles
from desktop.inspect.place import Opened
from desktop.inspect.selection import Selection
from desktop.inspect.selection_bar import SelectionBar
from desktop.inspect.tools.concepts import ConceptMaker
from desktop.inspect.verdicts import Verdicts
from desktop.inspect.views.picture_menu import PictureMenu
from desktop.inspect.views.switch import Views
from desktop.inspect.views.view import Blank
from desktop.page import Content, Page
from desktop.state.services import Services
from desktop.widgets.labels import ActionButton
from desktop.widgets.rows import row
from desktop.widgets.work_line import WorkLine
from export.bundle import INFO_FILE


class InspectPage(Page):
    """The folder above, one of five views in the middle, the chosen picture at the right."""

    def __init__(self, services: Services) -> None:
        """Nothing is inspected yet."""
        super().__init__(services)
        self.inspection = Inspection(lambda: services.session.asked, self)
        self.selection, self.early = Selection(self), Early(self)
        act, encoding = services.actions.of_page(PAGE), mark("Encode what is new in the folder")
        self.index_action = act("index", self.index, "Index", encoding, keys="Ctrl+Return", separated=True)
        self.bar = FolderBar(self.index_action)
        self.bar.folder.line.setText(services.settings.text("inspect/folder"))
        self.line = WorkLine()
        self.progress, self.state = self.line.progress, self.line.state
        self.panels = Panels(self.inspection, self.selection, self.early, self)
        self.finds = PageActions(services.actions, self.inspection, self.panels, self.bar)
        self.files = FileActions(services, self.inspection, self.selection, self)
        shown = self.panels.anomalies_view, self.panels.duplicates_view
        self.moves = MoveActions(services, self.inspection, self.selection, self, shown)
        self.verdicts = Verdicts(services.actions, self.inspection, self.selection, self.moves.remember)
        self.moves.undo_verdict = self.verdicts.undo
        self.concepts = ConceptMaker()
        self.piles = Piles(services.actions, self.inspection, self.concepts, self.selection)
        near = (self.finds.similar, self.files.open_picture, self.files.save_latent, self.files.open_latent)
        self.chosen = ChosenPicture([ActionButton(action) for action in near], self.concepts)
        scores = self.panels.anomalies_view, self.panels.anomalies
        self.looking = Looking(services, self.inspection, self.selection, *scores, self.chosen)
        self._updated: tuple[Update, int] | None = None
        self.menu = PictureMenu(self._in_menu, self.files.current_path, self)
        self._lay_out()
        self._connect()
        self.views.start = self._start
        self.views.show_state()

    @property
    def views(self) -> Views:
        """Which of the views is shown."""
        return self.panels.views

    def take(self, content: Content) -> bool:
        """A folder that was dropped is inspected; a model still is a model."""
        paths = () if isinstance(content, Picture) else content
        folders = [path for path in paths if path.is_dir() and not (path / INFO_FILE).exists()]
        if not folders:
            return False
        self.bar.folder.set_path(folders[0])
        self.index()
        return True

    def arrive(self) -> None:
        """Similar pictures that another page asked for are found, once the folder is indexed with the present model."""
        if self.services.code_to_find is None:
            return
        place, model = self.inspection.place, self.services.session.model
        if place is None and self._folder() is None:
            self.views.show_state()  # it says which folder is missing, and for what
        elif place is None or model is None or place.entry != model:
            self.index()
        elif self.inspection.rows is not None:
            self._find_similar_to_latent()
        elif not self.inspection.is_indexing:
            self.index()

    def leave(self) -> None:
        """A morph that plays stops."""
        self.views.leave()

    def unfinished(self) -> str:
        """Asks before a film that is being written is cancelled."""
        is_saving = self.inspection.outputs.is_saving_film
        return tr("A film is being saved. Cancel it and close?") if is_saving else ""

    def stop(self) -> None:
        """Ends what runs; the index keeps what was done."""
        self.services.settings.set_text("inspect/folder", self.bar.folder.line.text())
        self.views.leave()
        self.early.stop()
        self.inspection.stop()

    @Slot()
    def index(self) -> None:
        """Encodes what is new in the folder; its pictures are shown meanwhile."""
        entry, folder = self.services.session.model, self.bar.folder.path
        if entry is None or entry.problem is not None:
            self.services.warned.emit(tr("Choose a model first: it is what pictures are inspected with."))
        elif folder is None or not folder.is_dir():
            self.services.warned.emit(tr("Choose a folder of pictures to inspect."))
        else:
            self.inspection.index(entry, folder.resolve())
            if self.inspection.rows is None:
                self.early.open(folder.resolve())

    def changeEvent(self, event: QEvent) -> None:
        """Says everything again in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.views.retranslate()
            if self._updated is not None:
                self.state.setText(words.updated(*self._updated))
            self.piles.show_counts()
            self.looking.retranslate()
        super().changeEvent(event)

    def _lay_out(self) -> None:
        moves, piles = self.moves, self.piles
        find = ActionButton(self.finds.anomalies)
        self.panels.anomalies.put_actions([find, ActionButton(moves.move_anomalies), ActionButton(self.files.export)])
        self.panels.duplicates.put_actions([ActionButton(moves.keep_best, primary=True)])
        verdicts = self.verdicts.normal, self.verdicts.missed
        of_piles = piles.slider, piles.more, piles.less
        of_selected = *verdicts, moves.tell_apart, *of_piles, moves.move, self.files.export_selected
        self.selected = SelectionBar(self.selection, of_selected)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP_SMALL)
        column.addLayout(row(self.panels.tabs, None))
        column.addWidget(self.views.tools)
        column.addWidget(self.views.surfaces, 1)
        column.addWidget(self.selected)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.addWidget(middle)
        self.splitter.addWidget(self.chosen)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setHandleWidth(theme.GAP)
        self.splitter.setCollapsible(0, False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, theme.SCROLL_BAR, 0)
        whole.setSpacing(theme.GAP_SMALL)
        whole.addWidget(self.bar)
        whole.addWidget(self.line)
        whole.addWidget(self.splitter, 1)

    def _connect(self) -> None:
        inspection, services = self.inspection, self.services
        inspection.progressed.connect(self.line.show_progress)
        inspection.busy_changed.connect(self._follow_busy)
        inspection.failed.connect(self._warn)
        inspection.outputs.written.connect(services.written)
        inspection.indexed.connect(self._take_index)
        inspection.scored.connect(self._show_good)
        inspection.outputs.concept_made.connect(self._take_concept)
        inspection.outputs.latent_saved.connect(self._tell_latent)
        self.progress.cancelled.connect(inspection.cancel)
        self.bar.chosen.connect(self.index)
        self.bar.good.picked.connect(self._keep_good)
        self.views.shown_changed.connect(self._follow_view)
        for beside in (self.chosen, self.selected):  # nothing can be chosen yet
            self.views.begun.connect(beside.setVisible)
        self.panels.overview.folder_asked.connect(self.bar.ask)
        self.panels.similar.latent_asked.connect(self._ask_similar_to_latent)
        self.panels.map_view.film_asked.connect(self._ask_for_film)
        self.panels.map_view.open_asked.connect(self.files.open_chosen)
        self.panels.grid.doubleClicked.connect(self.files.open_chosen)
        self.panels.groups.opened.connect(self.files.open_chosen)
        self.panels.menu_asked.connect(self.menu.open)
        self._follow_view()
        self._follow_busy()

    @Slot(str)
    def _warn(self, text: str) -> None:
        """Whatever page is shown by now, what went wrong belongs to this one."""
        self.services.warned_of_page.emit(PAGE, text)

    def _start(self) -> Blank:
        """What stands on the page before a folder is indexed."""
        folder = self._folder()
        if folder is None:
            sentence = tr(
                "Choose a folder of pictures, or drop one here, to see its anomalies, duplicates and similar pictures."
            )
            if self.services.code_to_find is not None:
                sentence = tr("Choose the folder in which similar pictures are to be found, or drop it here.")
            return Blank(sentence, tr("Choose folder…"), self.bar.ask)
        sentence = tr("Index {folder} to see its pictures through this model.", folder=folder.name)
        return Blank(sentence, tr("Index"), self.index)

    def _folder(self) -> Path | None:
        """The folder that is named, where it is one."""
        folder = self.bar.folder.path
        return folder if folder is not None and folder.is_dir() else None

    @Slot()
    def _follow_view(self) -> None:
        """What can be done with selected pictures in the view that is shown."""
        self.selected.show_only((*self._of_view(), self.moves.move, self.files.export_selected))

    def _of_view(self) -> tuple[QAction, ...]:
        of_view = {
            "anomalies": (self.verdicts.normal, self.verdicts.missed),
            "duplicates": (self.moves.tell_apart,),
            "map": (self.piles.slider, self.piles.more, self.piles.less),
        }
        return of_view.get(self.views.shown, (self.piles.more, self.piles.less))

    def _in_menu(self) -> list[tuple[QAction, ...]]:
        """What the right button offers."""
        near = (self.files.open_picture, self.finds.similar)
        return [near, self._of_view(), (self.moves.move, self.files.export_selected)]

    @Slot()
    def _follow_busy(self) -> None:
        if not self.inspection.busy:
            self.line.finish()

    @Slot(object)
    def _take_index(self, opened: Opened) -> None:
        self._updated = opened.update, len(opened.rows)
        self.state.setText(words.updated(*self._updated))
        self._show_good()
        self._find_similar_to_latent()

    @Slot()
    def _show_good(self) -> None:
        """The folder of good pictures that was chosen; or that of the detector; or the one that is called so."""
        if self.inspection.place is None:
            return
        folder, report = self.inspection.place.folder, self.inspection.report
        said = self.inspection.notes.good or (report.detector.origin.good if report is not None else "")
        self.bar.good.suggest(folder, said)

    @Slot(object)
    def _keep_good(self, path: Path) -> None:
        """The folder remembers where its good pictures are."""
        place = self.inspection.place
        if place is not None:
            name = path.relative_to(place.folder).as_posix() if path.is_relative_to(place.folder) else str(path)
            self.inspection.outputs.note(self.inspection.notes.with_remark("good folder", [name]))

    @Slot()
    def _ask_similar_to_latent(self) -> None:
        self.services.code_to_find = self.services.steering.code
        if self.services.code_to_find is None:
            self.services.warned.emit(tr("There is no latent yet: open a picture first."))
        else:
            self.arrive()

    def _find_similar_to_latent(self) -> None:
        """Shows the pictures nearest to the latent that was asked for, where one was."""
        latent, self.services.code_to_find = self.services.code_to_find, None
        if latent is not None:
            self.panels.similar_view.of_latent(latent)
            self.views.show("similar")

    @Slot(object)
    def _take_concept(self, direction: Direction) -> None:
        self.services.told.emit(words.concept(direction))
        self.files.reload_model()

    @Slot(object)
    def _tell_latent(self, comparison: Comparison) -> None:
        self.services.told.emit(words.latent_file(comparison))

    @Slot()
    def _ask_for_film(self) -> None:
        film = ask_for_film(self, self.services.warned.emit)
        if film is not None:
            self.panels.map_view.save_film(*film)
