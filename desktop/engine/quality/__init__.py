"""How well a model reconstructs a picture, and what can be done about it."""
