"""The desktop program: its window, and the commands that work without one."""

import os

# Before anything imports onnxruntime, which else writes a device id and a database for its maker.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
