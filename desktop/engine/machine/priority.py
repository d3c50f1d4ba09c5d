"""The priority of commands that compute for long: the window that somebody works with comes before them."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from pathlib import Path

NICENESS = 10  # steps: where both want a core, the window gets nine tenths of it
_AGAIN_S = 0.11  # Linux lets a user change the niceness of one session in a tenth of a second
_BELOW_NORMAL = 0x4000  # Windows' BELOW_NORMAL_PRIORITY_CLASS, which a process passes on to those that it starts


def creation_flags() -> int:
    """What a process is created with on Windows, to be of lower priority; 0 elsewhere."""
    return _BELOW_NORMAL if sys.platform == "win32" else 0


def lower(process: int = 0) -> None:
    """Puts a process that has just begun behind this one, or this one (0) behind others; what it starts follows it.

    It is never raised, and stays as it is where the system does not allow it and on Windows (see `creation_flags`).
    """
    if sys.platform == "win32":
        return
    with contextlib.suppress(OSError):  # it has ended already
        wanted = os.getpriority(os.PRIO_PROCESS, 0) + NICENESS
        if os.getpriority(os.PRIO_PROCESS, process) < wanted:
            os.setpriority(os.PRIO_PROCESS, process, wanted)
    lower_session(process)


def lower_session(process: int = 0) -> None:
    """Puts the session that a process (0: this one) leads behind others on Linux; nothing where it leads none.

    The kernel may share cores out among sessions before it does among the processes of each (autogroup, in the manual
    page sched(7)): then the niceness of a process counts within its own session alone, and one that has a session to
    itself would get as much as the window.
    """
    if sys.platform != "linux":
        return
    leader = process or os.getpid()
    for pause in (_AGAIN_S, 0.0):
        try:
            if os.getsid(leader) == leader:
                Path(f"/proc/{leader}/autogroup").write_text(str(NICENESS), encoding="ascii")
        except BlockingIOError:
            time.sleep(pause)
        except OSError:  # it has ended, or this kernel has no such groups
            return
        else:
            return
