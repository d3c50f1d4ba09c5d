"""The window: the sidebar, the pages, the menus and the message bar, and what belongs to no page alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QIcon
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from desktop import file_manager, i18n, mime, theme
from desktop.engine.autoencoder import Latents
from desktop.engine.library import ModelEntry
from desktop.engine.machine.providers import Asked
from desktop.engine.scene import PictureSource, Scene
from desktop.engine.sliders.steering import Origin
from desktop.i18n import mark, tr
from desktop.page import Content, Page
from desktop.page_stack import PageStack
from desktop.pages import PAGES
from desktop.picture.page import PicturePage
from desktop.shell import layout, words
from desktop.shell.adoption import Adoption
from desktop.shell.appearance import Appearance
from desktop.shell.exit_guard import Leaving
from desktop.shell.file_actions import FileActions
from desktop.shell.full_screen import FullScreen
from desktop.shell.help_actions import HelpActions, PreferencesAction
from desktop.shell.intake import Intake
from desktop.shell.machine import Machine
from desktop.shell.menu_bar import MenuBar
from desktop.shell.model_menu import ModelMenu
from desktop.shell.save_status import SavingLine
from desktop.shell.session_keeper import SessionKeeper
from desktop.shell.web_page import WebPage
from desktop.state.services import Services
from desktop.state.settings import Settings
from desktop.widgets.labels import label
from desktop.widgets.model_list import ModelLine
from desktop.widgets.sidebar import Sidebar
from desktop.widgets.toasts import Toasts
from desktop.xray.action import XrayAction

FIRST_PAGE = "picture"
WELCOME = mark(
    "Welcome. Drop a picture on this window to see what the model keeps of it, then move a slider to change it. "
    "F1 lists every shortcut."
)
ICON = theme.ICONS / "convae.svg"


class Window(QMainWindow):
    """ConvAE's window; `open` and `open_paths` fill it, `show_page` turns its pages."""

    def __init__(
        self, models: Sequence[ModelEntry], provider: Asked = "auto", settings: Settings | None = None
    ) -> None:
        """An empty window with a list of models, laid out as the settings say; without them nothing is remembered."""
        super().__init__()
        self.services = Services(models, provider, settings, self)
        self.keeper = SessionKeeper(self.services, self)
        self.session, self.actions_by_name = self.services.session, self.services.actions
        self.pages = PageStack(self.services)
        self._menus = MenuBar(self, self.actions_by_name)
        self._welcome = ""
        self.leaving = Leaving(self.services, lambda: self.pages.pages, self)
        self.setWindowIcon(QIcon(str(ICON)))
        self.setWindowTitle("ConvAE")
        self.setAcceptDrops(True)
        self.setMinimumSize(860, 560)
        self.resize(1280, 800)
        self._add_actions()
        self._make_widgets()
        self._lay_out()
        self._connect()
        self.show_page(FIRST_PAGE)
        self._menus.fill()
        self._show_models()
        layout.restore(self.services.settings, self, self.picture_page.splitter)

    @property
    def picture_page(self) -> PicturePage:
        """The page that pictures are opened on."""
        page = self.page(FIRST_PAGE)
        assert isinstance(page, PicturePage)
        return page

    def page(self, name: str) -> Page:
        """The page of that name, as `PageStack.page`."""
        return self.pages.page(name)

    @Slot(str)
    def show_page(self, name: str) -> None:
        """Shows the page of that name, as `PageStack.turn_to`."""
        self.pages.turn_to(name)

    def open(self, model: ModelEntry | None = None, picture: PictureSource | None = None) -> None:
        """Shows another model, another picture, or both; what is None stays."""
        self.message.clear()
        self.services.open(model, picture)

    def open_pictures(self, model: ModelEntry | None, paths: Sequence[Path]) -> None:
        """Shows a model with the first of these pictures, and offers all of them."""
        self.services.offer(paths)
        self.open(model, next(iter(paths), None))

    def start_from_file(self, name: str, latent: Latents) -> None:
        """Has the sliders start from what a latent file holds, as soon as its model is there."""

        def start(*_: object) -> None:
            self.services.steering.start_from(latent, Origin("kept", name), tr("Open {name}", name=name))

        if self.session.scene is not None:
            start()
        else:
            self.session.rendered.connect(start, Qt.ConnectionType.SingleShotConnection)

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Opens what was named: models join the list, the first picture is shown."""
        self.message.clear()
        self.services.open_paths(paths)

    def greet(self) -> None:
        """On the very first start, says what there is to do."""
        settings = self.services.settings
        if not settings.hint_was_seen:
            settings.hint_was_seen = True
            self.picture_page.first_look.begin()
            self._welcome = tr(WELCOME)
            self.services.told.emit(self._welcome)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ends every thread with the window, and remembers how it was left; first what is being saved is saved."""
        if not self.leaving.may_close():
            event.ignore()
            return
        self._keep_layout()
        for page in self.pages.pages:
            page.stop()
        self.machine.stop()
        self.adoption.stop()
        self.web_page.stop()
        self.model_menu.stop()
        self.xray.stop()
        self.preferences.stop()
        self.help.stop()
        self.services.stop()
        super().closeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Says everything again in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            i18n.retranslate(self)
            self._show_models()
            if not self.message.isHidden() and self.message.text == self._welcome:
                self._welcome = tr(WELCOME)
                self.message.show_news(self._welcome)
            if self.session.scene is not None:
                self._show_scene(self.session.scene)
                self.machine.show_scene(self.session.scene)
        super().changeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Takes files and pictures, and shows where they go."""
        if mime.is_welcome(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)  # a file that is moved here would be gone from its place
            event.accept()
            self.pages.shown.set_highlighted(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Whatever it was, it was not dropped."""
        self.pages.shown.set_highlighted(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Opens what was dropped."""
        self.pages.shown.set_highlighted(False)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.intake.take_data(event.mimeData())

    def _add_actions(self) -> None:
        """The actions that belong to no page alone."""
        add = self.actions_by_name.add
        FileActions(self.services, self.keeper, self._take, self)
        self.intake, self.adoption = Intake(self.services, self._take, self), Adoption(self.services, self)
        self.web_page = WebPage(self.services, self)
        for number, spec in enumerate(PAGES, start=1):
            action = add(f"page.{spec.name}", "view", spec.title, lambda *_: None, keys=f"Ctrl+{number}", tip=spec.tip)
            action.setCheckable(True)
            action.triggered.connect(lambda _=False, name=spec.name: self.show_page(name))
        self.appearance = Appearance(self.services, _application(), self)
        self.preferences = PreferencesAction(self.services, self.appearance, self)
        self.help = HelpActions(self.services, self.pages.make_all, self)
        add("file.quit", "file", "Quit", self.close, keys="Ctrl+Q", separated=True, last=True)

    def _make_widgets(self) -> None:
        self.message = Toasts(self.pages)
        pages = [self.actions_by_name[f"page.{spec.name}"] for spec in PAGES]
        self.sidebar = Sidebar(pages, self.actions_by_name["model.add"])
        self.model_list = self.sidebar.models
        self.model_menu = ModelMenu(self.services, self.model_list)
        self.xray = XrayAction(self.services, self)
        self.machine, self.times_label = Machine(self.services, self), label("", "number")
        self.saving = SavingLine(self.services.saver)
        self.full_screen = FullScreen(self.actions_by_name, self, [self.sidebar])

    def _lay_out(self) -> None:
        main = QVBoxLayout()
        main.setContentsMargins(theme.GAP_LARGE, theme.GAP, theme.GAP_LARGE - theme.SCROLL_BAR, theme.GAP)
        main.setSpacing(theme.GAP)
        main.addWidget(self.pages, 1)
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.sidebar)
        row.addLayout(main, 1)
        self.setCentralWidget(whole)
        self.statusBar().setSizeGripEnabled(False)
        self.statusBar().addWidget(self.machine.badge)
        self.statusBar().addPermanentWidget(self.saving)
        self.statusBar().addPermanentWidget(self.times_label)

    def _connect(self) -> None:
        self.pages.made.connect(self._menus.fill)
        self.pages.turned.connect(self.message.show_page)
        self.session.model_changed.connect(self._show_models)
        self.session.rendered.connect(self._show_scene)
        self.session.failed.connect(self._show_failure)
        self.services.models_changed.connect(self._show_models)
        self.services.told.connect(self.message.show_news)
        self.services.written.connect(self._tell_written)
        self.services.undoable.connect(self._tell_undoable)
        self.message.folder_asked.connect(file_manager.show)
        self.services.warned.connect(self.message.show_problem)
        self.services.warned_of_page.connect(self._tell_of_page)
        self.services.page_asked.connect(self.show_page)
        self.model_list.chosen.connect(lambda row: self.open(self.services.models[row]))
        self.model_list.menu_asked.connect(self.model_menu.open)
        self.model_list.pointed_at.connect(self.model_menu.point)

    @Slot()
    def _show_models(self) -> None:
        models, wanted = self.services.models, self.session.model and self.session.model.folder
        lines = [ModelLine(entry.name, *words.model_facts(entry), entry.problem is not None) for entry in models]
        row = next((row for row, entry in enumerate(models) if entry.folder == wanted), -1)
        self.model_list.set_models(lines, row)

    @Slot(object)
    def _show_scene(self, scene: Scene) -> None:
        self.times_label.setText(words.times(scene))

    @Slot(str)
    def _show_failure(self, text: str) -> None:
        self.message.show_problem(text)
        self._show_models()

    @Slot(object)
    def _tell_written(self, path: Path) -> None:
        self.message.show_news(tr("Saved {path}.", path=path), path)

    @Slot(str, object)
    def _tell_undoable(self, text: str, undo: Callable[[], object]) -> None:
        self.message.show_news(text, undo=undo)

    @Slot(str, str)
    def _tell_of_page(self, page: str, text: str) -> None:
        """Stays on that page; whoever is elsewhere hears of it once."""
        self.message.show_problem(text, page)
        if not self.pages.is_shown(page):
            title = next(tr(spec.title) for spec in PAGES if spec.name == page)
            self.message.show_news(tr("{page}: {text}", page=title, text=text))

    def _take(self, content: Content) -> None:
        """Gives it to the page that is shown; what that does not want is opened as a picture."""
        self.message.clear()
        if not self.pages.shown.take(content):
            self.show_page(FIRST_PAGE)
            self.picture_page.take(content)

    def _keep_layout(self) -> None:
        """What the next start finds as it was left."""
        if self.help.is_forgetting:
            return
        self.full_screen.leave()
        layout.keep(self.services.settings, self, self.picture_page.splitter, self.pages.shown_name)
        self.keeper.save_last()


def _application() -> QApplication:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    return application
