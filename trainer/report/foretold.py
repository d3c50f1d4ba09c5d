"""What was foretold of a run beside what it came to."""

from __future__ import annotations

import math

from trainer.report.record import Record
from trainer.run.forecast import PREFIX, Forecast


def foretold(record: Record) -> str | None:
    """A sentence with the last forecast that was made; None where there was none."""
    names = Forecast.__dataclass_fields__
    row = next((row for row in reversed(record.epochs) if all(PREFIX + name in row for name in names)), None)
    values = {} if row is None else {name: row[PREFIX + name] for name in names}
    if not values or not all(map(math.isfinite, values.values())):
        return None
    return f"Foretold while it ran: {Forecast(**values).words}."
