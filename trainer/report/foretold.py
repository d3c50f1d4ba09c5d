"""What was foretold of a run beside what it came to."""

from __future__ import annotations

import math

from trainer.report.record import Record
from trainer.run.forecast import PREFIX, Forecast


def forecast_figures(record: Record) -> list[tuple[str, str, str]]:
    """Name, value and note of the last forecast that was made, for a page's figures; none where there was none."""
    names = Forecast.__dataclass_fields__
    row = next((row for row in reversed(record.epochs) if all(PREFIX + name in row for name in names)), None)
    values = {} if row is None else {name: row[PREFIX + name] for name in names}
    if not values or not all(map(math.isfinite, values.values())):
        return []
    made = Forecast(**values)
    note = (
        f"at the end, after {100 * made.share:.0f} % of the steps; {made.tenfold_low:.1f} to {made.tenfold_high:.1f}"
        f" in ten times as long, {made.tenth:.1f} in a tenth: an estimate"
    )
    return [("foretold", f"{made.low:.1f} to {made.high:.1f} dB", note)]
