"""What is being saved, in the status bar."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QTimer, Slot

from desktop.i18n import tr
from desktop.state.saver import Saver
from desktop.widgets.progress_strip import ProgressStrip

DELAY_MS = 300  # what is saved within this time is not worth a look


class SavingLine(ProgressStrip):
    """Follows the saver: the name of the picture that is being written, and Cancel; hidden while nothing is."""

    def __init__(self, saver: Saver) -> None:
        """Hidden."""
        super().__init__(is_small=True)
        self._saver = saver
        self._delay = QTimer(self, singleShot=True, interval=DELAY_MS)
        self._delay.timeout.connect(self._show)
        self.cancelled.connect(saver.cancel)
        saver.changed.connect(self._follow)

    def changeEvent(self, event: QEvent) -> None:
        """Says everything again in another language."""
        if event.type() == QEvent.Type.LanguageChange and not self.isHidden():
            self._show()
        super().changeEvent(event)

    @Slot()
    def _follow(self) -> None:
        if not self._saver.names:
            self._delay.stop()
            self.finish()
        elif not self.isHidden():
            self._show()
        elif not self._delay.isActive():
            self._delay.start()

    @Slot()
    def _show(self) -> None:
        if not self._saver.names:
            return
        name, more = self._saver.names[0], len(self._saver.names) - 1
        text = tr("Saving {name}, and {n:,} more after it", name=name, n=more)
        self.show_progress(text if more else tr("Saving {name}", name=name), 0, 0)
