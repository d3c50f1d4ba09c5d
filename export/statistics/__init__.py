"""The statistics of a bundle's latents: axes, concepts, samplers and the gallery."""
