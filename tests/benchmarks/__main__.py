"""Every benchmark: `uv run --group bench python -m tests.benchmarks [--only NAME ...] [--quick] [--json FILE]`."""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path

try:
    import torch  # noqa: F401
    import tyro
except ModuleNotFoundError as error:
    print(f"error: {error.name} is not installed, which this command needs: uv sync --group bench", file=sys.stderr)
    sys.exit(2)

from tests.benchmarks.measure import Settings
from tests.benchmarks.outcome import Outcome, measured
from tests.benchmarks.table import save, show

BENCHMARKS = (
    "decode", "slider", "batch", "training", "data", "starting", "exporting", "memory", "scale", "gpu",
)  # fmt: skip
"""Modules beside this one; each has `run(settings)`, which yields rows and remarks as it finds them."""


@dataclasses.dataclass(frozen=True)
class BenchmarkConfig:
    """Measure ConvAE's speed, as ratios to what people would use instead."""

    only: tuple[str, ...] = ()
    """Names of the benchmarks to run; all of them if not given."""
    quick: bool = False
    """Fewer and shorter rounds: all of it in less than ten minutes."""
    json: Path = Path("benchmarks.json")
    """Where the figures go."""


def main() -> int:
    """The command; its exit status is 0, 1 if a benchmark could not run, or 2 on bad use."""
    config = tyro.cli(BenchmarkConfig, prog="python -m tests.benchmarks", config=(tyro.conf.FlagCreatePairsOff,))
    unknown = [name for name in config.only if name not in BENCHMARKS]
    if unknown:
        print(f"error: there is no benchmark {unknown[0]}; there are {', '.join(BENCHMARKS)}.", file=sys.stderr)
        return 2
    if not config.json.parent.is_dir():
        print(f"error: there is no folder {config.json.parent} to write {config.json.name} in.", file=sys.stderr)
        return 2
    outcomes: list[Outcome] = []
    for name in config.only or BENCHMARKS:
        print(f"== {name}", file=sys.stderr)
        outcomes.append(measured(name, Settings(config.quick), lambda line: print(f"   {line}", file=sys.stderr)))
        save(outcomes, config.quick, config.json)
    show(outcomes)
    return int(any(outcome.failure for outcome in outcomes))


if __name__ == "__main__":
    sys.exit(main())
