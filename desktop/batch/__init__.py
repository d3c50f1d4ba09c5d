"""A folder of pictures through a model: the Batch page, and `python -m desktop.batch`."""
