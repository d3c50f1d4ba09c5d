"""The words of an export: the model card, and the lines in the terminal."""
