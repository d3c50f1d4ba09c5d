"""What a run leaves in its folder: checkpoints, curves, samplers and its record."""
