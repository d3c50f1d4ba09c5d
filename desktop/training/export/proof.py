"""The proof of a model that was made: onnxruntime against its network, as a table, and what the model is worth."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from desktop import theme
from desktop.engine.library import ModelEntry
from desktop.i18n import bind, mark, tr
from desktop.widgets.labels import ActionButton, label
from desktop.widgets.rows import row
from export.bundle import BundleInfo

HEADS = (mark("ONNX against the network"), mark("Largest difference"), mark("Mean"), mark("PSNR"))
LINES = (
    mark("Latent (standard deviations)"),
    mark("Decoded (levels of 255)"),
    mark("Encoded and decoded (levels of 255)"),
)


class ProofView(QWidget):
    """Hidden while no model was made of the run."""

    def __init__(self, sliders: QAction) -> None:
        """Nothing is proved yet; the action goes to the model's sliders."""
        super().__init__()
        self._entry: ModelEntry | None = None
        self.title, self.facts, self.table = label("", "heading"), label("", "muted"), QTableWidget(len(LINES), 4)
        self.facts.setWordWrap(True)
        bind(self.table, self.table.setAccessibleName, "Proof of the export")
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.table.setTabKeyNavigation(False)  # Tab leads out of it
        self.table.setShowGrid(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(theme.ROW_HEIGHT)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP_SMALL)
        column.addLayout(row(self.title, None, ActionButton(sliders, primary=True)))
        column.addWidget(self.table)
        column.addWidget(self.facts)
        self.hide()

    def show_model(self, entry: ModelEntry | None) -> None:
        """The proof of a model; None, or one that cannot be opened, hides it."""
        self._entry = entry
        self.setVisible(entry is not None and entry.bundle is not None)
        if entry is None or entry.bundle is None:
            return
        info = entry.bundle.info
        self.title.setText(tr("Proof of {name}", name=entry.name))
        self.facts.setText("\n".join(facts(info)))
        self.table.setHorizontalHeaderLabels([tr(head) for head in HEADS])
        first = self.table.horizontalHeaderItem(0)
        if first is not None:
            first.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for place, cells in enumerate(rows(info)):
            for column, text in enumerate(cells):
                item = QTableWidgetItem(text)
                if column:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self.table.setItem(place, column, item)
        height = self.table.horizontalHeader().sizeHint().height() + len(LINES) * theme.ROW_HEIGHT
        self.table.setFixedHeight(height + 2 * self.table.frameWidth())

    def changeEvent(self, event: QEvent) -> None:
        """Says everything again in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.show_model(self._entry)


def rows(info: BundleInfo) -> list[tuple[str, str, str, str]]:
    """The lines of the table: what was compared, and its largest and mean difference; of whole trips the PSNR too."""
    parity = info.parity
    found = (
        (parity.latent_largest, parity.latent_mean, ""),
        (parity.image_largest, parity.image_mean, ""),
        (parity.round_trip_largest, parity.round_trip_mean, tr("{psnr} dB", psnr=f"{parity.psnr_db:.1f}")),
    )
    return [(tr(name), f"{largest:.2g}", f"{mean:.2g}", psnr) for name, (largest, mean, psnr) in zip(LINES, found)]


def facts(info: BundleInfo) -> list[str]:
    """What was compared, what held-out pictures come to, and how large and fast the graphs are."""
    parity, quality, check = info.parity, info.quality, info.precision_check
    sizes = ", ".join(f"{width} × {height}" for height, width in parity.sizes)
    held_out = tr("{n:,} held-out pictures", n=quality.pictures)
    measured = tr("{psnr:.2f} dB PSNR, {ssim:.3f} SSIM", psnr=quality.psnr_db, ssim=quality.ssim)
    megabytes = (info.encoder_cost.file_bytes + info.decoder_cost.file_bytes) / 1e6
    cost = tr("{size:.1f} MB, {time:.1f} ms a picture on this CPU", size=megabytes, time=check.milliseconds)
    if info.precision != "fp32":
        lost = tr("{loss:.3f} dB less than in fp32", loss=check.psnr_loss_db)
        cost = f"{info.precision}: {lost}, {cost} ({tr('fp32: {time:.1f} ms', time=check.fp32_milliseconds)})"
    batches = ", ".join(map(str, parity.batch_sizes))
    compared = tr("Compared at {sizes} pixels, in batches of {batches}", sizes=sizes, batches=batches)
    return [f"{held_out}: {measured} · {cost}", compared]
