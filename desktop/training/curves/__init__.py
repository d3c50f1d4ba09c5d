"""A run as it goes on: its curves, its silent units, its pictures, and how others differ."""
