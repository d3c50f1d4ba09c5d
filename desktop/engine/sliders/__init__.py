"""What the sliders move in, and what they start from."""
