"""An environment of its own for trainings, where the window has no torch."""
