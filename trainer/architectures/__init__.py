"""The networks that can be trained, each in a file of its own that ends in its `Family`: what it takes and how."""
