"""The trainer: from a folder of pictures to a run."""

import os
import sys

# Before anything imports onnxruntime, which else writes a device id and a database for its maker.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

if sys.argv[:1] == ["-m"]:  # `python -m` looks for one of the commands here
    from trainer.extra import require_for_module

    require_for_module("trainer")
