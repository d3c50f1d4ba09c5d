"""What this machine computes with: execution providers, and where nodes ran."""
