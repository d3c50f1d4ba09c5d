"""The commands of `python -m desktop.inspect`, a file for each group."""
