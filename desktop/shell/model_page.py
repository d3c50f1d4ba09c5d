"""A page about one model: what it was trained on, how good and how fast it is, its layers, and its card."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QTabWidget, QTextBrowser, QVBoxLayout, QWidget

from desktop import failures, theme
from desktop.engine.library import ModelEntry
from desktop.engine.machine import layers
from desktop.engine.machine.layers import Anatomy
from desktop.engine.machine.providers import Asked
from desktop.i18n import bind, tr
from desktop.shell import model_facts
from desktop.widgets.facts_card import FactsTable
from desktop.widgets.labels import button, label
from desktop.widgets.layer_graph import LayerGraph
from desktop.worker import Worker
from export.bundle import BundleError

CARD_FILE, LARGEST_CARD = "README.md", 1 << 20  # bytes


class ModelPage(QDialog):
    """Measures on a thread of its own while it is open."""

    def __init__(
        self, entry: ModelEntry, asked: Asked, deeds: Sequence[QAction], parent: QWidget | None = None
    ) -> None:
        """`deeds` are what can be done with the model, a button for each."""
        super().__init__(parent)
        self.entry = entry
        self.anatomy: Anatomy | None = None
        bind(self, self.setWindowTitle, "About this model")
        self.resize(760, 600)
        self._title, self.facts, self.graph, self.card = label("", "title"), FactsTable(), LayerGraph(), _Card()
        self._title.setText(entry.name)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self._note = label("", "muted")
        self._lay_out(deeds)
        self._show()
        self._worker = Worker(self)
        self.finished.connect(self._worker.stop)
        if entry.bundle is not None:
            bundle = entry.bundle
            self._note.setText(tr("Looking at the layers…"))
            self._worker.submit(lambda: layers.examine(bundle, asked), self._take, self._fail)
            self.card.setMarkdown(_card_text(entry))

    def _lay_out(self, deeds: Sequence[QAction]) -> None:
        inside = QScrollArea()
        inside.setWidgetResizable(True)
        inside.setFrameShape(QFrame.Shape.NoFrame)
        inside.viewport().setAutoFillBackground(False)
        self.facts.setAutoFillBackground(False)
        inside.setWidget(self.facts)
        graph = QWidget()
        column = QVBoxLayout(graph)
        column.addWidget(self._note)
        column.addWidget(self.graph, 1)
        for widget, title in ((inside, tr("Overview")), (graph, tr("Layers")), (self.card, tr("Card"))):
            self.tabs.addTab(widget, title)
        foot = QHBoxLayout()
        foot.setSpacing(theme.GAP_SMALL)
        for deed in deeds:
            each = button(deed.text(), deed.text(), role="quiet")
            each.setEnabled(deed.isEnabled())
            each.clicked.connect(deed.trigger)
            each.clicked.connect(self.accept)
            foot.addWidget(each)
        foot.addStretch(1)
        close = button("Close", "Close this window", primary=True)
        close.clicked.connect(self.accept)
        foot.addWidget(close)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(theme.GAP_LARGE, theme.GAP_LARGE, theme.GAP_LARGE, theme.GAP)
        whole.setSpacing(theme.GAP)
        whole.addWidget(self._title)
        whole.addWidget(self.tabs, 1)
        whole.addLayout(foot)

    def _show(self) -> None:
        self.facts.show_facts("", model_facts.page(self.entry, self.anatomy))

    def _take(self, anatomy: Anatomy) -> None:
        self.anatomy = anatomy
        self._note.setText(
            tr(
                "{encoder} layers of the encoder, {decoder} of the decoder",
                encoder=len(anatomy.encoder),
                decoder=len(anatomy.decoder),
            )
        )
        self.graph.show_layers(model_facts.layers(self.entry, anatomy))
        self._show()

    def _fail(self, error: Exception) -> None:
        self._note.setText(failures.sentence(error))


class _Card(QTextBrowser):
    """The model card; nothing that it names is loaded."""

    def __init__(self) -> None:
        super().__init__()
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        bind(self, self.setAccessibleName, "Card")
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        return None


def _card_text(entry: ModelEntry) -> str:
    try:
        return entry.require().read(CARD_FILE)[:LARGEST_CARD].decode("utf-8", errors="replace")
    except BundleError as error:
        return failures.sentence(error)
