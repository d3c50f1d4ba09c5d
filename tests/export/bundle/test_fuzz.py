"""Two thousand broken bundles, each opened as the desktop would, in processes that may die without taking the test."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
MUTATIONS, PROCESSES = 2000, 4
LONGEST_PROCESS_SECONDS = 600  # where one hangs; on an idle machine it takes about fifteen


def run_process(first: int) -> tuple[list[tuple[str, ...]], str]:
    """The lines of one process, split at tabs, and how it died where it did."""
    count = MUTATIONS // PROCESSES
    command = [sys.executable, "-W", "error", "-m", "tests.export.bundle.mutations", str(first), str(count)]
    try:
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, timeout=LONGEST_PROCESS_SECONDS, check=False
        )
        printed, end = done.stdout, f"exit status {done.returncode}: {done.stderr[-500:]}" if done.returncode else ""
    except subprocess.TimeoutExpired as error:
        printed, end = (error.stdout or b"").decode(), "it hangs"
    lines = [tuple(line.split("\t")) for line in printed.splitlines()]
    return lines, f"after seed {lines[-1][0] if lines else first}: {end}" if end else ""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="memory is read with a module that Windows lacks")
def test_a_broken_bundle_is_refused_or_works() -> None:
    """Never another error, a crash, more than 5 s or 1 GiB; and every kind of file is broken, with both ends."""
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(run_process, range(0, MUTATIONS, MUTATIONS // PROCESSES)))
    assert [end for _, end in results if end] == []
    lines = [line for found, _ in results for line in found]
    assert len(lines) == MUTATIONS
    assert [line for line in lines if line[2] not in ("works", "refused")] == []
    outcomes = [line[2] for line in lines]
    assert min(outcomes.count("works"), outcomes.count("refused")) > MUTATIONS // 50
    for name in (
        "encoder.onnx",
        "decoder.onnx",
        "latents.npz",
        "samplers.npz",
        "gallery.npz",
        "bundle.json",
        ".convae",
    ):
        assert sum(name in line[1] for line in lines) > MUTATIONS // 100, name
