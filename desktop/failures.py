"""What the user is told of work that failed."""

from __future__ import annotations

import logging

from desktop.engine.errors import EXPECTED
from desktop.i18n import told, tr


def sentence(error: Exception) -> str:
    """What an error says in the language of the window; one that nobody foresaw goes to the log too."""
    if isinstance(error, EXPECTED):
        return told(error)
    logging.getLogger(__name__).error("Work failed for an unforeseen reason.", exc_info=error)
    return tr("Something went wrong inside the program: {error}", error=repr(error))
