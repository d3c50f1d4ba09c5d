"""What the sliders are listed, found and moved by."""
