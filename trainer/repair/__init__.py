"""A small network that finds what would have to be repaired in a picture, taught on made-up defects alone."""
