"""Every benchmark: `uv run --group bench python -m tests.benchmarks [--only NAME ...] [--quick] [--json FILE]`."""

from __future__ import annotations

import dataclasses
import importlib
import json
import platform
import sys
from datetime import date
from pathlib import Path

import tyro
from rich.console import Console
from rich.table import Table

from tests.benchmarks.measure import Row, Settings

BENCHMARKS = ("decode", "training", "data", "batch", "starting", "exporting", "memory", "scale", "gpu")
"""Modules beside this one; each has `run(settings)`, which yields rows as they are measured."""


@dataclasses.dataclass(frozen=True)
class BenchmarkConfig:
    """Measure ConvAE's speed, as ratios to what people would use instead."""

    only: tuple[str, ...] = ()
    """Names of the benchmarks to run; all of them if not given."""
    quick: bool = False
    """Fewer and shorter rounds."""
    json: Path = Path("benchmarks.json")
    """Where the figures go."""


def main() -> int:
    """The command; its exit status is 0, 1 if a benchmark could not run, or 2 on bad use."""
    config = tyro.cli(BenchmarkConfig, prog="python -m tests.benchmarks", config=(tyro.conf.FlagCreatePairsOff,))
    unknown = [name for name in config.only if name not in BENCHMARKS]
    if unknown:
        print(f"error: there is no benchmark {unknown[0]}; there are {', '.join(BENCHMARKS)}.", file=sys.stderr)
        return 2
    rows, failed = [], []
    for name in config.only or BENCHMARKS:
        print(f"== {name}", file=sys.stderr)
        try:
            for row in importlib.import_module(f"tests.benchmarks.{name}").run(Settings(config.quick)):
                rows.append(row)
                print(f"   {row.what}: {row.ours:.4g} {row.unit}, {row.rival}: {row.theirs:.4g}", file=sys.stderr)
        except Exception as error:  # the others are still worth measuring
            failed.append(name)
            print(f"   failed: {error!r}", file=sys.stderr)
    _show(rows)
    _save(rows, failed, config.json)
    return 1 if failed else 0


def _show(rows: list[Row]) -> None:
    table = Table("what", "ours", "rival", "theirs", "ratio", "aim", "", "ceiling", "share")
    for row in rows:
        table.add_row(
            row.what,
            f"{row.ours:.4g} {row.unit}",
            row.rival,
            f"{row.theirs:.4g}",
            f"{row.ratio:.2f}",
            "" if row.least is None else f"{row.least:.2f}",
            {None: "", True: "met", False: "not met"}[row.met],
            "" if row.ceiling is None else f"{row.ceiling:.4g}",
            "" if row.share is None else f"{row.share:.0%}",
        )
    Console(width=160).print(table)


def _save(rows: list[Row], failed: list[str], path: Path) -> None:
    figures = [dataclasses.asdict(row) | {"ratio": row.ratio, "share": row.share, "met": row.met} for row in rows]
    machine = {"system": platform.platform(), "python": platform.python_version(), "processor": _processor()}
    content = {"date": date.today().isoformat(), "machine": machine, "failed": failed, "rows": figures}
    partial = path.with_name(path.name + ".partial")
    partial.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    partial.replace(path)


def _processor() -> str:
    """The processor's name, where Linux tells it, and how many cores there are for this process."""
    import os

    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.is_file() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return f"{names[0] if names else platform.processor()}, {os.cpu_count()} cores"


if __name__ == "__main__":
    sys.exit(main())
