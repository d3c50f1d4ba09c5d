"""One benchmark in a process of its own: `python -m tests.benchmarks.part NAME [--quick]`.

It prints a line of JSON for each thing found. Threads and memory of the others are not in it, and it can be given up.
"""

from __future__ import annotations

import argparse
import dataclasses
import importlib
import json
import sys
from collections.abc import Callable, Iterator
from typing import cast

from tests.benchmarks.measure import Remark, Row, Settings, sentence
from tests.memory import peak_mib


def main() -> int:
    """Runs it; gives the exit status: 1 where it failed, which the last line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name")
    parser.add_argument("--quick", action="store_true")
    arguments = parser.parse_args()
    found, sys.stdout = sys.stdout, sys.stderr  # what rivals print is no line of ours
    failure = ""
    try:
        module = importlib.import_module(f"tests.benchmarks.{arguments.name}")
        run = cast("Callable[[Settings], Iterator[Row | Remark]]", module.run)
        for each in run(Settings(arguments.quick)):
            kind = "row" if isinstance(each, Row) else "remark"
            print(json.dumps({kind: dataclasses.asdict(each)}), file=found, flush=True)
    except Exception as error:  # the others are still worth measuring
        failure = sentence(error)
    print(json.dumps({"end": {"failure": failure, "peak_mib": peak_mib()}}), file=found, flush=True)
    return int(bool(failure))


if __name__ == "__main__":
    sys.exit(main())
