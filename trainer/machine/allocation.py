"""Settings of the C library's memory for a training, whose every step wants the same large blocks again."""

from __future__ import annotations

import ctypes
import sys

# From malloc.h: how many blocks may be asked of the system one by one, to be given back when they are freed; and how
# much may lie free at the end of the heap before it is given back.
M_MMAP_MAX, M_TRIM_THRESHOLD = -4, -1
NEVER = -1  # as the library's manual has it


def keep_freed_memory() -> bool:
    """Has freed memory kept for the next step; gives whether that could be arranged.

    Otherwise many activations of every step are taken from the system anew, which clears them page by page: of
    `compact` some 15,000 pages a step. Only glibc can be told; elsewhere nothing is changed.
    """
    if not sys.platform.startswith("linux"):
        return False
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError):  # another C library
        return False
    return bool(mallopt(M_MMAP_MAX, 0) and mallopt(M_TRIM_THRESHOLD, NEVER))
