"""The export: from a run, or from foreign graphs, to a proved bundle."""

import os
import sys

# Before anything imports onnxruntime, which else writes a device id and a database for its maker.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

LIGHT = ("export.to_web",)  # commands that need the desktop's packages alone

if sys.argv[:1] == ["-m"]:  # `python -m` looks for one of the commands here
    from trainer.extra import require_for_module

    require_for_module("export", LIGHT)
