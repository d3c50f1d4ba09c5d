"""Lessons: short pages for students, each a real training on the built-in characters."""
