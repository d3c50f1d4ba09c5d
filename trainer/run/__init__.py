"""The content of a run folder: checkpoints, curves, samplers and its record."""
