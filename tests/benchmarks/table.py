"""The figures as a table for people and as JSON for programs."""

from __future__ import annotations

import dataclasses
import json
import os
import platform
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.benchmarks.outcome import Outcome

MET = {None: "", True: "met", False: "not met"}


def show(outcomes: Sequence[Outcome]) -> None:
    """Prints one table, what was not measured, and how many aims were met."""
    table = Table("what", "ours", "rival", "theirs", "ratio", "aim", "", "ceiling", "share")
    rows = [row for outcome in outcomes for row in outcome.rows]
    for row in rows:
        table.add_row(
            row.what,
            f"{row.ours:.4g} {row.unit}",
            row.rival,
            f"{row.theirs:.4g}",
            f"{row.ratio:.2f}",
            "" if row.least is None else f"{row.least:.2f}",
            MET[row.met],
            "" if row.ceiling is None else f"{row.ceiling:.4g}",
            "" if row.share is None else f"{row.share:.0%}",
        )
    console = Console(width=160)
    console.print(table)
    for outcome in outcomes:
        for remark in outcome.remarks:
            console.print(remark, markup=False)
        if outcome.failure:
            console.print(f"{outcome.name} did not come to its end: {outcome.failure}.", markup=False)
    aimed = [row.met for row in rows if row.met is not None]
    seconds = sum(outcome.seconds for outcome in outcomes)
    console.print(f"{sum(aimed)} of {len(aimed)} aims met, in {seconds:.0f} s; {_processor()}.", markup=False)


def save(outcomes: Sequence[Outcome], quick: bool, path: Path) -> None:
    """Writes all figures, beside the file first and renamed."""
    parts = []
    for outcome in outcomes:
        rows = [
            dataclasses.asdict(row) | {"ratio": row.ratio, "share": row.share, "met": row.met} for row in outcome.rows
        ]
        parts.append(dataclasses.asdict(outcome) | {"rows": rows})
    machine = {"system": platform.platform(), "python": platform.python_version(), "processor": _processor()}
    content = {"date": date.today().isoformat(), "machine": machine, "quick": quick, "benchmarks": parts}
    partial = path.with_name(path.name + ".partial")
    partial.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    partial.replace(path)


def _processor() -> str:
    """The processor's name, where Linux tells it, and how many cores there are."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.is_file() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return f"{names[0] if names else platform.processor()}, {os.cpu_count()} cores"
