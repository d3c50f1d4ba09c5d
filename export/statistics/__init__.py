"""What a bundle knows of its latents: axes, concepts, samplers and the gallery."""
