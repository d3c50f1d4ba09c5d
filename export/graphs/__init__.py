"""The two graphs of a bundle: made, folded, converted to other precisions, and counted."""
