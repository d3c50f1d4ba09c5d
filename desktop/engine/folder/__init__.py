"""A folder of pictures as a model sees it: the index, its upkeep, labels and moved files."""
