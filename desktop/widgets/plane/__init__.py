"""The plane on which pictures are laid out: what is shown of it, how it is painted, and what the mouse does on it."""
