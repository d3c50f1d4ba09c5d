"""An error of a training may carry its cure."""

from __future__ import annotations

from trainer.errors import DivergedError, TrainerError


def test_an_error_carries_its_cure() -> None:
    """The options to type beside the sentence; none where there are none."""
    error = DivergedError("The loss was not usable.", "--lr 0.001")
    assert (str(error), error.cure) == ("The loss was not usable.", "--lr 0.001")
    assert TrainerError("It broke.").cure == ""
