"""What was foretold of a run, on its page."""

from __future__ import annotations

from pathlib import Path

import pytest

from trainer.options.config import TrainConfig
from trainer.report.foretold import foretold
from trainer.report.record import Record
from trainer.run.epochs import Measurements
from trainer.run.forecast import PREFIX, Forecast

FORECAST = Forecast(0.12, 30.0, 31.24, 32.0, 33.0, 34.0)


def record(*rows: Measurements) -> Record:
    """A run with these measurements."""
    return Record(Path("runs/a"), TrainConfig.of(steps=5), [], list(rows))


def test_the_last_forecast_is_a_sentence() -> None:
    """With the times that it speaks of, and that it is an estimate."""
    older = Forecast(0.5, 1.0, 2.0, 3.0, 4.0, 5.0)
    rows: list[Measurements] = [{"step": 5, **older.columns}, {"step": 9, **FORECAST.columns}, {"step": 10}]
    assert foretold(record(*rows)) == f"Foretold while it ran: {FORECAST.words}."


@pytest.mark.parametrize("rows", [[], [{"step": 1.0}], [{"step": 1.0, PREFIX + "low": 2.0}]])
def test_a_run_without_one_has_no_sentence(rows: list[Measurements]) -> None:
    """As those that were too short, those of earlier versions, and tables that lack a column."""
    assert foretold(record(*rows)) is None


def test_figures_that_are_no_numbers_are_left_out() -> None:
    """A table may come from elsewhere."""
    assert foretold(record({**FORECAST.columns, PREFIX + "high": float("inf")})) is None
