"""What the user is told of work that failed."""

from __future__ import annotations

import logging

import pytest

from desktop.engine.errors import PictureError
from desktop.failures import sentence


def test_an_expected_failure_is_its_sentence(caplog: pytest.LogCaptureFixture) -> None:
    """And nothing is written to the log."""
    assert sentence(PictureError("{path} does not exist.", path="a.png")) == "a.png does not exist."
    assert caplog.records == []


def test_a_fault_of_the_program_is_said_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    """With its name for the user, and its traceback in the log."""
    with caplog.at_level(logging.ERROR):
        assert sentence(KeyError("x")) == "Something went wrong inside the program: KeyError('x')"
    assert caplog.records[0].exc_info is not None
