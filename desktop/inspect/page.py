"""The Inspect page: the odd ones, the look-alikes, the doubles and the map of a folder of pictures."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtWidgets import QSizePolicy, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desktop import theme
from desktop.engine.folder.update import Update
from desktop.engine.inspector import Look
from desktop.engine.pictures import Picture, Pixels
from desktop.engine.steering import Origin
from desktop.i18n import mark, tr
from desktop.inspect import words
from desktop.inspect.file_actions import FileActions
from desktop.inspect.inspection import Inspection
from desktop.inspect.tools import ConceptMaker, DoublesTools, MapTools, OddTools, Segments, SimilarTools
from desktop.inspect.views import Views
from desktop.page import Content, Page
from desktop.state.services import Services
from desktop.widgets.folder_field import FolderField
from desktop.widgets.labels import ActionButton, label
from desktop.widgets.picture_view import PictureView
from desktop.widgets.plane_view import PlaneView
from desktop.widgets.progress_strip import ProgressStrip
from desktop.widgets.rows import row
from desktop.widgets.thumbnail_grid import ThumbnailGrid
from export.bundle import INFO_FILE

PAGE = "inspect"
VIEWS = [
    ("odd", mark("Odd ones"), mark("Pictures unlike the good ones, the oddest first")),
    ("similar", mark("Look-alikes"), mark("Pictures like the chosen one, the nearest first")),
    ("doubles", mark("Doubles"), mark("Groups of pictures that are nearly the same")),
    ("map", mark("Map"), mark("All pictures on the plane on which they differ most")),
]
SIDE_WIDTH = 300


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
        self._make_actions()
        self.segments = Segments(VIEWS)
        buttons = [ActionButton(action) for action in (self.judge_action, *self.files.of_odd_ones)]
        self.odd, self.similar, self.doubles, self.map = OddTools(buttons), SimilarTools(), DoublesTools(), MapTools()
        self.concepts = ConceptMaker()
        self.seen, self.rebuilt = PictureView(""), PictureView("")
        self.facts = label("", "number")
        self._piles: dict[str, np.ndarray[Any, np.dtype[np.int64]]] = {}
        self._lay_out()
        self.views = Views(self)
        self._look: Look | None = None
        self._updated: tuple[Update, int] | None = None
        self._show_titles()
        self._connect()
        self._clear_piles()
        self._follow_busy()

    def take(self, content: Content) -> bool:
        """A folder that was dropped is inspected; a model still is a model."""
        paths = () if isinstance(content, Picture) else content
        folders = [path for path in paths if path.is_dir() and not (path / INFO_FILE).exists()]
        if not folders or self.inspection.busy:
            return False
        self.folder.set_path(folders[0])
        self.index()
        return True

    def arrive(self) -> None:
        """Look-alikes that another page asked for are found, once the folder is indexed with the present model."""
        if self.services.code_to_find is None:
            return
        place, model = self.inspection.place, self.services.session.model
        if self.inspection.rows is None or place is None or model is None or place.entry != model:
            self.index()
        elif not self.inspection.busy:
            self.find_look_alikes()

    def find_look_alikes(self) -> None:
        """Shows the pictures nearest to the code that another page asked for."""
        code, self.services.code_to_find = self.services.code_to_find, None
        if code is not None:
            self.views.show_similar_to(code)

    @Slot()
    def _find_like_code(self) -> None:
        self.services.code_to_find = self.services.steering.code
        if self.services.code_to_find is None:
            self.services.warned.emit(tr("There is no code yet: open a picture first."))
        else:
            self.arrive()

    def show_tools(self, number: int) -> None:
        """Shows a view's tools; the others take no room, so that none stands in a gap as high as the highest."""
        for index, widget in enumerate((self.odd, self.similar, self.doubles, self.map)):
            policy = QSizePolicy.Policy.Preferred if index == number else QSizePolicy.Policy.Ignored
            widget.setSizePolicy(QSizePolicy.Policy.Preferred, policy)
        self.tools.setCurrentIndex(number)

    def leave(self) -> None:
        """A morph that plays stops."""
        self.views.stop_playing()

    def stop(self) -> None:
        """Ends what runs; the index keeps what was done."""
        self.services.settings.set_text("inspect/folder", self.folder.line.text())
        self.views.stop_playing()
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
    def judge(self) -> None:
        """Judges every picture by the good ones."""
        good = self.odd.good.path
        if good is None or not good.is_dir():
            self.services.warned.emit(tr("Choose a folder of good pictures first."))
            return
        self.views.show("odd")
        self.inspection.judge(good.resolve(), self.odd.false_alarm_rate)

    def _make_actions(self) -> None:
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
        self.judge_action = add(
            "inspect.judge",
            "file",
            "Find the odd ones",
            self.judge,
            keys="Ctrl+J",
            tip="Judge every picture by the good ones",
            page=PAGE,
        )
        self.similar_action = add(
            "inspect.similar",
            "view",
            "Find look-alikes",
            self._find_similar,
            keys="Ctrl+L",
            tip="Show the pictures nearest to the chosen one",
            page=PAGE,
        )

    def _lay_out(self) -> None:
        self.tools, self.stack = QStackedWidget(), QStackedWidget()
        for widget in (
            self.odd,
            self.similar,
            self.doubles,
            self.map,
        ):
            self.tools.addWidget(widget)
        self.stack.addWidget(self.grid)
        self.stack.addWidget(self.plane)
        self.tools.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.show_tools(0)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP_SMALL)
        column.addLayout(row(self.segments, None, self.state))
        column.addWidget(self.tools)
        column.addWidget(self.stack, 1)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.addWidget(middle)
        self.splitter.addWidget(self._side())
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setHandleWidth(theme.GAP)
        self.splitter.setCollapsible(0, False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, theme.SCROLL_BAR, 0)
        whole.setSpacing(theme.GAP_SMALL)
        whole.addLayout(row(label("Inspect", "title"), self.folder, ActionButton(self.index_action, primary=True)))
        whole.addWidget(self.progress)
        whole.addWidget(self.splitter, 1)

    def _side(self) -> QWidget:
        side = QWidget()
        side.setMaximumWidth(SIDE_WIDTH * 3 // 2)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP_SMALL)
        self.facts.setWordWrap(True)
        self.facts.setSizePolicy(self.facts.sizePolicy().horizontalPolicy(), self.sizePolicy().Policy.Minimum)
        self.grid.set_hint(tr("No pictures yet"), tr("Choose a folder, or drop one here, and press Index"))
        column.addWidget(self.seen, 1)
        column.addWidget(self.rebuilt, 1)
        column.addWidget(self.facts)
        actions = (self.similar_action, self.files.open_picture, self.files.save_small, self.files.open_small)
        buttons = [ActionButton(action) for action in actions]
        for each in buttons:
            each.setProperty("role", "small")
        column.addLayout(row(*buttons[:2], None))
        column.addLayout(row(*buttons[2:], None))
        column.addWidget(self.concepts)
        return side

    def _connect(self) -> None:
        inspection = self.inspection
        inspection.progressed.connect(self.progress.show_progress)
        inspection.busy_changed.connect(self._follow_busy)
        inspection.failed.connect(self.services.warned)
        inspection.found.connect(self._on_found)
        inspection.looked.connect(self._on_look)
        self.progress.cancelled.connect(inspection.cancel)
        self.grid.current_changed.connect(self._look_at)
        self.odd.chosen.connect(self._keep)
        self.similar.code_asked.connect(self._find_like_code)
        self.concepts.added.connect(self._add_to_pile)
        self.concepts.cleared.connect(self._clear_piles)
        self.concepts.asked.connect(self._make_concept)

    @Slot()
    def _follow_busy(self) -> None:
        busy = self.inspection.busy
        if not busy:
            self.progress.finish()
        indexed = self.inspection.rows is not None
        self.index_action.setEnabled(not busy)
        for action in (self.judge_action, self.similar_action):
            action.setEnabled(indexed and not busy)

    @Slot(str, object)
    def _on_found(self, task: str, answer: Any) -> None:
        if task == "index":
            self._look = None
            self._clear_piles()
            self._show_titles()
            self.facts.setText("")
            self._updated = (answer.update, len(answer.rows))
            self.state.setText(words.updated(*self._updated))
            folder = self.inspection.reader().folder
            self.odd.suggest_good(folder / "good" if (folder / "good").is_dir() else folder)
            self.find_look_alikes()
        elif task == "concept":
            self._clear_piles()
            self.services.told.emit(words.concept(answer))
            self.files.reload_model()
        elif task == "save":
            self.services.told.emit(words.small_file(answer))
        elif task in ("give", "film"):
            self.services.written.emit(answer)
        self._follow_busy()

    @Slot(str, object)
    def _on_look(self, what: str, answer: Any) -> None:
        if what == "picture":
            self._show_look(answer)
        elif what == "point":
            self._show_point(answer, tr("Decoded point"))
        elif what == "similar_to":
            self._show_point(answer[2], tr("The sliders' code"))
        elif what == "small":
            name, code = answer
            self.services.steering.start_from(code, Origin("kept", name), tr("Open {name}", name=name))
            self.services.page_asked.emit("picture")

    @Slot(int)
    def _look_at(self, picture: int) -> None:
        if picture >= 0:
            self.inspection.look(picture, self.odd.chosen_score or "combined")

    def changeEvent(self, event: QEvent) -> None:
        """Says everything again in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.views.retranslate()
            if self._updated is not None:
                self.state.setText(words.updated(*self._updated))
            for tools in (self.odd, self.map):
                tools.retranslate()
            self.concepts.set_counts(len(self._piles["more"]), len(self._piles["less"]))
            self._show_titles()
        super().changeEvent(event)

    def _show_titles(self) -> None:
        """What stands above the two pictures, with the pictures where there are any."""
        if self._look is not None:
            self._show_look(self._look)
        else:
            self.seen.set_hint(tr("No picture chosen"), tr("Choose one, and see where it is odd"))
            self.seen.show_picture(tr("Picture"), "", None)
            self.rebuilt.show_picture(tr("Rebuilt"), "", None)

    def _show_look(self, look: Look) -> None:
        self._look = look
        title = tr("Picture") if look.heat is None else tr("Where it is odd")
        self.seen.show_picture(title, "", look.original if look.heat is None else look.heat)
        self.rebuilt.show_picture(tr("Rebuilt"), "", look.rebuilt)
        self.facts.setText(self.views.facts(look.row))

    @Slot()
    def _keep(self) -> None:
        """The judge that is kept is at the rate and goes by the score that the user let go of."""
        if self.odd.chosen_score:
            self.inspection.keep(self.odd.false_alarm_rate, self.odd.chosen_score)

    def _show_point(self, pixels: Pixels, title: str) -> None:
        self.rebuilt.show_picture(title, "", pixels)

    @Slot()
    def _find_similar(self) -> None:
        self.views.show("similar")

    @Slot(str)
    def _add_to_pile(self, pile: str) -> None:
        self._piles[pile] = np.union1d(self._piles[pile], self.grid.selected_rows)
        self.concepts.set_counts(len(self._piles["more"]), len(self._piles["less"]))

    @Slot()
    def _clear_piles(self) -> None:
        self._piles = {"more": np.empty(0, np.int64), "less": np.empty(0, np.int64)}
        self.concepts.set_counts(0, 0)

    @Slot(str)
    def _make_concept(self, name: str) -> None:
        self.inspection.make_concept(name, self._piles["more"], self._piles["less"])
