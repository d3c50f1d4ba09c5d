"""`convae-gate` and `python -m desktop.gate`: a detector as a gate of a production line or of a CI job."""
