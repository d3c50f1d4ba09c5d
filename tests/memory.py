"""How much memory a process has had at most."""

from __future__ import annotations

import sys
from pathlib import Path


def peak_mib() -> float:
    """Largest resident memory of this process so far, in MiB.

    Linux's own figure for this program: `getrusage` there also counts the process that started it, however large that
    was.
    """
    status = Path("/proc/self/status")
    if status.exists():
        (line,) = (line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) / 1024
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1 << 20 if sys.platform == "darwin" else 1 << 10)
