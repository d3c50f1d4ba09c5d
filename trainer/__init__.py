"""Trains autoencoders; the first thing that is imported of a training, long before torch."""

import os
import sys
import time

STARTED = time.monotonic()
"""When the process came to this package, in seconds: --time-limit counts from here."""

# Before anything imports onnxruntime, which else writes a device id and a database for its maker.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

if sys.argv[:1] == ["-m"]:  # `python -m` looks for one of the commands here
    from trainer.extra import require_for_module

    require_for_module()
