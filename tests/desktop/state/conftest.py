"""The state of the sliders of a rich model."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.engine import library
from desktop.state.session import Session
from desktop.state.steering_model import SteeringModel
from export.bundle import Bundle
from tests import bundles


@pytest.fixture
def session(qapp: QApplication, vector: Bundle) -> Iterator[Session]:
    """A session that will show the mean of a rich model."""
    owner = QObject(qapp)
    session = Session("cpu", owner)
    bundles.enriched(vector)
    yield session
    session.stop()
    owner.deleteLater()


@pytest.fixture
def model(qtbot: QtBot, session: Session, vector: Bundle) -> SteeringModel:
    """The state of its sliders."""
    model = SteeringModel(session, session)
    with qtbot.waitSignal(session.rendered):
        session.open(library.open_entry(vector.folder))
    return model
