"""A folder of pictures through a model, without a window."""
