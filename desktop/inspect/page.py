"""The Inspect page: the anomalies, the similar pictures, the duplicates and the map of a folder of pictures."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from desktop import theme
from desktop.engine.folder.update import Update
from desktop.engine.gaussian import Floats
from desktop.engine.latent_file.jpeg import Comparison
from desktop.engine.pictures import Picture, Pixels
from desktop.engine.sliders.own_concepts import Direction
from desktop.engine.sliders.steering import Origin
from desktop.films.dialog import ask_for_film
from desktop.i18n import mark, tr
from desktop.inspect import words
from desktop.inspect.chosen import ChosenPicture
from desktop.inspect.file_actions import FileActions
from desktop.inspect.inspection import Inspection
from desktop.inspect.inspector import Look, Opened
from desktop.inspect.piles import Piles
from desktop.inspect.tools.anomalies import AnomalyTools
from desktop.inspect.tools.concepts import ConceptMaker
from desktop.inspect.tools.duplicates import DuplicateTools
from desktop.inspect.tools.map import MapTools
from desktop.inspect.tools.similar import SimilarTools
from desktop.inspect.views.anomalies import AnomaliesView
from desktop.inspect.views.duplicates import DuplicatesView
from desktop.inspect.views.map import MapView
from desktop.inspect.views.similar import SimilarView
from desktop.inspect.views.switch import Views
from desktop.page import Content, Page
from desktop.state.services import Services
from desktop.widgets.folder_field import FolderField
from desktop.widgets.labels import ActionButton, label
from desktop.widgets.plane_view import PlaneView
from desktop.widgets.progress_strip import ProgressStrip
from desktop.widgets.rows import row
from desktop.widgets.segments import Segments
from desktop.widgets.thumbnail_grid import ThumbnailGrid
from export.bundle import INFO_FILE

PAGE = "inspect"
VIEWS = [
    ("anomalies", mark("Anomalies"), mark("Pictures unlike the good ones, the most anomalous first")),
    ("similar", mark("Similar"), mark("Pictures similar to the chosen one, the nearest first")),
    ("duplicates", mark("Duplicates"), mark("Groups of pictures that are nearly the same")),
    ("map", mark("Map"), mark("All pictures on the plane on which they differ most")),
]


class InspectPage(Page):
    """The folder above, one of four views in the middle, the chosen picture at the right."""

    def __init__(self, services: Services) -> None:
        """Nothing is inspected yet."""
        super().__init__(services)
        self.inspection = Inspection(lambda: services.session.asked, self)
        self.folder = FolderField(mark("Folder to inspect"), mark("A folder of pictures; sub-folders are searched too"))
        self.folder.line.setText(services.settings.text("inspect/folder"))
        self.progress, self.state = ProgressStrip(), label("", "muted")
        self.grid, self.plane = ThumbnailGrid(), PlaneView()
        self.files = FileActions(services, self.inspection, self.grid)
        self._add_actions()
        self._make_views()
        self.concepts = ConceptMaker()
        self.piles = Piles(self.inspection, self.concepts, self.grid)
        actions = (self.similar_action, self.files.open_picture, self.files.save_latent, self.files.open_latent)
        self.chosen = ChosenPicture([ActionButton(action) for action in actions], self.concepts)
        self._updated: tuple[Update, int] | None = None
        self._lay_out()
        self._connect()
        self._follow_busy()

    def take(self, content: Content) -> bool:
        """A folder that was dropped is inspected; a model still is a model."""
        paths = () if isinstance(content, Picture) else content
        folders = [path for path in paths if path.is_dir() and not (path / INFO_FILE).exists()]
        if not folders:
            return False
        self.folder.set_path(folders[0])
        self.index()
        return True

    def arrive(self) -> None:
        """Similar pictures that another page asked for are found, once the folder is indexed with the present model."""
        if self.services.code_to_find is None:
            return
        place, model = self.inspection.place, self.services.session.model
        if place is None or model is None or place.entry != model:
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
        return tr("A film is being saved. Cancel it and close?") if self.inspection.is_saving_film else ""

    def stop(self) -> None:
        """Ends what runs; the index keeps what was done."""
        self.services.settings.set_text("inspect/folder", self.folder.line.text())
        self.views.leave()
        self.inspection.stop()

    @Slot()
    def index(self) -> None:
        """Encodes what is new in the folder."""
        entry, folder = self.services.session.model, self.folder.path
        if entry is None or entry.problem is not None:
            self.services.warned.emit(tr("Choose a model first: it is what pictures are inspected with."))
        elif folder is None or not folder.is_dir():
            self.services.warned.emit(tr("Choose a folder of pictures to inspect."))
        else:
            self.inspection.index(entry, folder.resolve())

    @Slot()
    def find_anomalies(self) -> None:
        """Scores every picture with a detector that is fitted on the good ones."""
        good = self.anomalies.good.path
        if good is None or not good.is_dir():
            self.services.warned.emit(tr("Choose a folder of good pictures first."))
            return
        self.views.show("anomalies")
        self.inspection.score(good.resolve(), self.anomalies.false_alarm_rate)

    def changeEvent(self, event: QEvent) -> None:
        """Says everything again in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.views.retranslate()
            if self._updated is not None:
                self.state.setText(words.updated(*self._updated))
            self.piles.show_counts()
            self._show_chosen()
        super().changeEvent(event)

    def _add_actions(self) -> None:
        add = self.services.actions.add
        self.index_action = add(
            "inspect.index",
            "file",
            "Index",
            self.index,
            keys="Ctrl+Return",
            tip="Encode what is new in the folder",
            page=PAGE,
            separated=True,
        )
        self.anomalies_action = add(
            "inspect.anomalies",
            "file",
            "Find anomalies",
            self.find_anomalies,
            keys="Ctrl+J",
            tip="Score every picture with a detector fitted on the good ones",
            page=PAGE,
        )
        self.similar_action = add(
            "inspect.similar",
            "view",
            "Find similar",
            lambda: self.views.show("similar"),
            keys="Ctrl+L",
            tip="Show the pictures nearest to the chosen one",
            page=PAGE,
        )

    def _make_views(self) -> None:
        buttons = [ActionButton(action) for action in (self.anomalies_action, *self.files.of_anomalies)]
        self.anomalies, self.similar = AnomalyTools(buttons), SimilarTools()
        self.duplicates, self.map = DuplicateTools(), MapTools()
        self.segments = Segments(VIEWS)
        inspection, grid = self.inspection, self.grid
        self.anomalies_view = AnomaliesView(inspection, self.anomalies, grid, self)
        self.similar_view = SimilarView(inspection, self.similar, grid, self)
        self.map_view = MapView(inspection, self.map, self.plane, grid, self)
        each = {
            "anomalies": self.anomalies_view,
            "similar": self.similar_view,
            "duplicates": DuplicatesView(inspection, self.duplicates, grid, self),
            "map": self.map_view,
        }
        self.views = Views(inspection, each, self.segments, grid)

    def _lay_out(self) -> None:
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP_SMALL)
        column.addLayout(row(self.segments, None, self.state))
        column.addWidget(self.views.tools)
        column.addWidget(self.views.surfaces, 1)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.addWidget(middle)
        self.splitter.addWidget(self.chosen)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setHandleWidth(theme.GAP)
        self.splitter.setCollapsible(0, False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, theme.SCROLL_BAR, 0)
        whole.setSpacing(theme.GAP_SMALL)
        whole.addLayout(row(label("Inspect", "title"), self.folder, ActionButton(self.index_action, primary=True)))
        whole.addWidget(self.progress)
        whole.addWidget(self.splitter, 1)

    def _connect(self) -> None:
        inspection, services = self.inspection, self.services
        inspection.progressed.connect(self.progress.show_progress)
        inspection.busy_changed.connect(self._follow_busy)
        inspection.failed.connect(services.warned)
        inspection.written.connect(services.written)
        inspection.indexed.connect(self._take_index)
        inspection.concept_made.connect(self._take_concept)
        inspection.latent_saved.connect(self._tell_latent)
        inspection.picture_seen.connect(self._show_look)
        inspection.point_decoded.connect(self._show_point)
        inspection.latent_decoded.connect(self._show_latent)
        inspection.latent_opened.connect(self._steer)
        self.progress.cancelled.connect(inspection.cancel)
        self.grid.current_changed.connect(self._look_at)
        self.similar.latent_asked.connect(self._ask_similar_to_latent)
        self.map_view.film_asked.connect(self._ask_for_film)

    @Slot()
    def _follow_busy(self) -> None:
        if not self.inspection.busy:
            self.progress.finish()
        indexed = self.inspection.rows is not None
        for action in (self.anomalies_action, self.similar_action):
            action.setEnabled(indexed)

    @Slot(object)
    def _take_index(self, opened: Opened) -> None:
        self.chosen.clear()
        self._updated = opened.update, len(opened.rows)
        self.state.setText(words.updated(*self._updated))
        folder = self.inspection.reader().folder
        self.anomalies.suggest_good(folder / "good" if (folder / "good").is_dir() else folder)
        self._follow_busy()
        self._find_similar_to_latent()

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
            self.similar_view.of_latent(latent)
            self.views.show("similar")

    @Slot(int)
    def _look_at(self, picture: int) -> None:
        if picture >= 0:
            self.inspection.look(picture, self.anomalies_view.score)

    @Slot(object)
    def _show_look(self, look: Look) -> None:
        score = self.anomalies_view.score
        chance = self.inspection.log_chance_of(look.row, score)
        self.chosen.show_look(look, words.facts(self.inspection.name_of(look.row), chance))

    def _show_chosen(self) -> None:
        if self.chosen.look is None:
            self.chosen.clear()
        else:
            self._show_look(self.chosen.look)

    @Slot(object)
    def _show_point(self, pixels: Pixels) -> None:
        self.chosen.show_decoded(pixels, tr("Decoded point"))

    @Slot(object)
    def _show_latent(self, pixels: Pixels) -> None:
        self.chosen.show_decoded(pixels, tr("The sliders' latent"))

    @Slot(str, object)
    def _steer(self, name: str, latent: Floats) -> None:
        self.services.steering.start_from(latent, Origin("kept", name), tr("Open {name}", name=name))
        self.services.page_asked.emit("picture")

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
            self.map_view.save_film(*film)
