"""What a folder of pictures holds: the Inspect page, and `python -m desktop.inspect`."""

PAGE = "inspect"  # its name among the pages, and before those of its actions
