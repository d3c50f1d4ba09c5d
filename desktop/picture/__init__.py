"""The Picture page: a picture, its reconstruction, and the sliders of its latent."""
