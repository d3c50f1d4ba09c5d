import os

os.environ["ORT_DISABLE_TELEMETRY"] = (
    "1"  # before anything imports onnxruntime, which else writes a device id for its maker
)
