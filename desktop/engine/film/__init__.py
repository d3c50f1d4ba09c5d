"""Morphs, and the films that they are saved as."""
