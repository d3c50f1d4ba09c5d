"""Where the frozen program begins. `convae-desktop -m MODULE` runs a command, as `python -m MODULE` does elsewhere.

The window starts such commands in processes of their own, with `sys.executable`, which is this program once frozen.
"""

from __future__ import annotations

import multiprocessing
import runpy
import sys

from desktop.app import main

COMMANDS = ("desktop.batch", "desktop.inspect", "desktop.gate", "desktop.figures", "export.to_web")

if __name__ == "__main__":
    multiprocessing.freeze_support()
    if sys.argv[1:2] == ["-m"] and sys.argv[2:3] and sys.argv[2] in COMMANDS:
        module = sys.argv[2]
        del sys.argv[1:3]
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    else:
        sys.exit(main())
