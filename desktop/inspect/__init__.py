"""`python -m desktop.inspect`: what the Inspect page does, without a window."""
