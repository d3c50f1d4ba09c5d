"""What a folder of pictures holds: the Inspect page, and `python -m desktop.inspect`."""
