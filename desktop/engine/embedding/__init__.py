"""Pictures laid out on a plane by their latents."""
