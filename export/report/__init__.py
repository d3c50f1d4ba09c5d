"""What an export says: the model card, and the lines in the terminal."""
