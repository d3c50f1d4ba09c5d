"""The Training page: a folder is dropped, the trainer runs in a process of its own, and its model joins the list."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop import theme
from desktop.engine.library import is_model
from desktop.engine.pictures import Picture
from desktop.i18n import mark, tr
from desktop.page import Content, Page
from desktop.state.services import Services
from desktop.training import launch, places, words
from desktop.training.folder_facts import FolderFacts
from desktop.training.form import TrainingForm
from desktop.training.install.panel import InstallPanel
from desktop.training.queue import TrainingQueue
from desktop.training.queue_panel import QueuePanel
from desktop.training.right_side import RightSide
from desktop.training.run_deeds import RunDeeds
from desktop.training.run_list import RunList
from desktop.training.run_pane import RunPane
from desktop.training.trainings import Trainings
from desktop.widgets.labels import ActionButton, label
from desktop.widgets.rows import row

PAGE = "training"
KNOWS = "training/goes-on"  # whether it was said that trainings go on without the window
LOOK_MS = 400  # between two looks at the run that is shown
FORM_WIDTH = 340
QUEUE_FILE = "training-queue.json"  # beside the settings


class TrainingPage(Page):
    """The form, the queue and the runs at the left; the run that is chosen, or the pictures, at the right."""

    def __init__(self, services: Services) -> None:
        """Runs of earlier starts are found again; those that still train go on being watched."""
        super().__init__(services)
        self.form, self.runs, self.command_line = TrainingForm(), RunList(), label("", "muted")
        self._runs_heading = label("Runs", "heading")
        self._facts, self.trainings = FolderFacts(self.form, self), Trainings(self)
        settings = services.settings.path
        queue = TrainingQueue(None if settings is None else settings.with_name(QUEUE_FILE))
        self._keep_runs_in(services.settings.text(places.ELSEWHERE))
        self.queue = QueuePanel(queue, self.trainings.start, self.trainings.busy)
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look_again)
        self._add_actions()
        self.deeds = RunDeeds(services, PAGE, lambda: self.runs.chosen, self.trainings, self)
        steering, quiet = (self.deeds.pause, self.deeds.end, self.deeds.resume), (self.deeds.branch, self.deeds.folder)
        self.pane = RunPane(self.deeds.mend, self.deeds.model, steering, self.deeds.live, quiet)
        self.state, self.view = self.pane.state, self.pane.view
        self.right = RightSide(self.form, self.pane, self.look, self.characters)
        self._lay_out()
        self._connect()
        self.list_runs()
        if self.chosen is None:
            self.right.show_side("start")
        self.look_again()

    def take(self, content: Content) -> bool:
        """A folder that was dropped is trained on; a model still is a model."""
        paths = () if isinstance(content, Picture) else content
        folders = [path for path in paths if path.is_dir() and not is_model(path)]
        if not folders:
            return False
        self.form.built_in.setChecked(False)
        self.form.data.set_path(folders[0])
        return True

    def arrive(self) -> None:
        """Watches the run again."""
        self.list_runs()
        self._timer.start()

    def leave(self) -> None:
        """Trainings go on without being watched."""
        self._timer.stop()

    def unfinished(self) -> str:
        """Says once that a training goes on without the window; whoever knows is not asked again."""
        settings = self.services.settings
        if not self.trainings.any_runs or settings.text(KNOWS):
            return ""
        settings.set_text(KNOWS, "yes")
        return tr("A training goes on without the window, and is found again at the next start. Close the window?")

    def stop(self) -> None:
        """Trainings go on without the window, and are found again at the next start."""
        self._timer.stop()
        self.form.advanced.stop()
        for part in (self._facts, self.right, self.install, self.queue, self.deeds, self.trainings):
            part.stop()

    def changeEvent(self, event: QEvent) -> None:
        """Says everything again in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.look_again()
        super().changeEvent(event)

    @property
    def chosen(self) -> Path | None:
        """The folder of the run that is shown."""
        return self.runs.chosen

    def _add_actions(self) -> None:
        act, doing = self.services.actions.of_page(PAGE), mark("Begin a training on these pictures")
        self.begin = act("start", self.start, "Train", doing, keys="Ctrl+Return", separated=True)
        waiting = mark("Begin this training when nothing else trains")
        self.wait = act("queue", self.add_to_queue, "Add to queue", waiting, keys="Ctrl+Shift+Return")
        self.earlier = act("queue-up", lambda: self.queue.move_chosen(-1), "Earlier", "Move it up in the queue")
        self.later = act("queue-down", lambda: self.queue.move_chosen(1), "Later", "Move it down in the queue")
        self.drop = act("queue-remove", self.queue.remove, "Remove", "Take it out of the queue")
        self.look = act("preview", self.look_at_pictures, "Look at the pictures", "Ask the trainer what it would see")
        characters = mark("Train on the built-in characters for three minutes")
        self.characters = act("characters", self.train_on_characters, "Try the characters", characters)
        install = act("install", self.install_packages, "Install…", "Install what a training needs, after asking")
        self.install: InstallPanel = InstallPanel(install)
        command = mark("The command that does the same in a terminal")
        self.copy = act("copy", self.copy_command, "Copy command", command)

    def _lay_out(self) -> None:
        left = QWidget()
        left.setFixedWidth(FORM_WIDTH)
        form = QVBoxLayout(left)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(theme.GAP_SMALL)
        form.addWidget(label("Train on your own pictures", "title"))
        form.addWidget(self.form)
        form.addLayout(row(ActionButton(self.begin, primary=True), ActionButton(self.wait), None))
        copy = ActionButton(self.copy, role="quiet")
        command = row(copy, self.command_line)
        command.setAlignment(copy, Qt.AlignmentFlag.AlignLeft)  # the line beside it is hidden while it is empty
        form.addLayout(command)
        form.addWidget(self.install)
        self.queue.add_buttons(self.earlier, self.later, self.drop)
        form.addWidget(self.queue)
        form.addWidget(self._runs_heading)
        form.addWidget(self.runs)
        form.addStretch(1)

        def make_room(shown: bool) -> None:
            """The list of options has the room that is left; without it what is below stands close."""
            form.setStretchFactor(self.form, int(shown))
            form.setStretch(form.count() - 1, int(not shown))

        self.form.more.toggled.connect(make_room)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, theme.SCROLL_BAR, 0)
        whole.setSpacing(theme.GAP_LARGE)
        whole.addWidget(left)
        whole.addWidget(self.right, 1)

    def _connect(self) -> None:
        self.form.changed.connect(self.look_again)
        self.form.folder_chosen.connect(lambda *_: self.deeds.model.opener.forget_picture())
        self.runs.currentItemChanged.connect(lambda *_: self.look_again())
        self.runs.itemSelectionChanged.connect(self.look_again)
        self.runs.clicked.connect(lambda *_: self.right.show_side("run"))
        self.right.start.run_chosen.connect(self._show_run)
        self.queue.started.connect(self._on_begun)
        self.queue.failed.connect(self.services.warned)
        self.queue.list.currentItemChanged.connect(lambda *_: self.look_again())
        self.install.installed.connect(self._on_installed)
        self.install.failed.connect(self.services.warned)
        self.deeds.changed.connect(self.look_again)
        self.deeds.begun.connect(self._on_begun)
        self.deeds.branched.connect(self._fill_in_branch)
        self.deeds.mends.moved.connect(self._on_moved)
        self.deeds.mends.install.connect(self.install_packages)

    @Slot()
    def start(self) -> None:
        """Begins the training that the form describes."""
        plan = self.form.plan()
        if plan is not None and not launch.missing():
            self.deeds.begin(plan)

    @Slot()
    def train_on_characters(self) -> None:
        """A first try: three minutes with the built-in characters, whose sliders then open."""
        self.form.fill_in_first_try()
        self.start()

    @Slot()
    def add_to_queue(self) -> None:
        """Has the training that the form describes wait for its turn."""
        plan = self.form.plan()
        if plan is not None and not launch.missing():
            self.queue.add(plan)
            self.look_again()

    @Slot()
    def look_at_pictures(self) -> None:
        """Asks the trainer what it would see of the pictures."""
        self.right.ask()

    @Slot()
    def install_packages(self) -> None:
        """Installs what a training needs, after asking."""
        self.install.ask()

    @Slot()
    def copy_command(self) -> None:
        """Puts the command that does what Train does on the clipboard."""
        plan = self.form.plan()
        if plan is not None:
            QGuiApplication.clipboard().setText(launch.typed(launch.train_command(plan)))
            self.services.told.emit(tr("The command is on the clipboard."))

    def list_runs(self, wanted: Path | None = None) -> None:
        """Lists the runs, the newest first, and chooses one."""
        was_empty = self.chosen is None
        self.runs.fill(self.trainings.begun, wanted, self.form.elsewhere)
        if was_empty and self.chosen is not None:
            self.right.show_side("run")
        for part in (self._runs_heading, self.runs):
            part.setVisible(self.runs.count() > 0)

    @Slot()
    def look_again(self) -> None:
        """Shows how far everything is."""
        plan, missing = self.form.plan(), launch.missing()
        for action in (self.begin, self.wait, self.look):
            action.setEnabled(plan is not None and not missing)
        for action in (self.earlier, self.later, self.drop):
            action.setEnabled(bool(self.queue.chosen))
        self.characters.setEnabled(not missing)
        self.copy.setEnabled(plan is not None)
        self.command_line.setText(words.command(plan))
        self.install.show_missing(missing)
        if self.right.start.isVisible():
            self.right.start.show_runs(self.runs.folders)
        self.pane.show_run(self.chosen, self.deeds.update(), self.runs.marked, self.deeds.notes)

    @Slot()
    def _on_installed(self) -> None:
        self.trainings.forget_probe()
        if self.form.more.isChecked():
            self.form.advanced.load()
        self.services.told.emit(tr("Everything that a training needs is installed."))
        self.look_again()

    @Slot(object)
    def _show_run(self, run: Path) -> None:
        self.list_runs(run)
        self.right.show_side("run")
        self.look_again()

    @Slot(object)
    def _on_begun(self, run: Path) -> None:
        self.deeds.model.await_end(run)
        self.list_runs(run)
        self.right.show_side("run")
        self._timer.start()
        self.look_again()

    @Slot(object)
    def _fill_in_branch(self, run: Path) -> None:
        self.form.more.setChecked(True)

        def fill_in() -> None:
            self.form.advanced.set_value("--start-from", str(run))

        if self.form.advanced.table.rowCount():
            fill_in()
        else:
            self.form.advanced.listed.connect(fill_in, Qt.ConnectionType.SingleShotConnection)

    @Slot(object)
    def _on_moved(self, folder: Path) -> None:
        self.services.settings.set_text(places.ELSEWHERE, str(folder))
        self._keep_runs_in(str(folder))

    def _keep_runs_in(self, folder: str) -> None:
        self.form.elsewhere = self.trainings.elsewhere = Path(folder) if folder else None
