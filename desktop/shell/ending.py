"""The end by a signal: the session is kept, and the window closes without a question."""

from __future__ import annotations

import signal
import socket

from PySide6.QtCore import QObject, QSocketNotifier, Slot
from PySide6.QtWidgets import QApplication, QWidget

from desktop.shell.exit_guard import Leaving

SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")  # the last one where there is a terminal to be closed


class Ending(QObject):
    """Hears the signals that end a program while Qt's loop runs, which lets Python hear nothing by itself.

    Attributes:
        status: The exit status of a program that such a signal ended; 0 as long as none came.
    """

    def __init__(self, leaving: Leaving, window: QWidget, application: QApplication) -> None:
        """Listens from now on; `window` closes, and is held open no longer by its `leaving`."""
        super().__init__(window)
        self._leaving, self._window, self._application = leaving, window, application
        self.status = 0
        self._near, self._far = socket.socketpair()
        for end in (self._near, self._far):
            end.setblocking(False)
        self._notifier = QSocketNotifier(self._near.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._end)
        signal.set_wakeup_fd(self._far.fileno(), warn_on_full_buffer=False)
        for name in SIGNALS:
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), lambda *_: None)  # the number comes through the socket

    @Slot()
    def _end(self) -> None:
        numbers = self._near.recv(64)
        if not numbers or self.status:
            return
        self.status = 128 + numbers[0]
        self._leaving.ask_nobody()
        self._window.close()
        self._application.exit(self.status)  # a dialog that is open does not hold the program
