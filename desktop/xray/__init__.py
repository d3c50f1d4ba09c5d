"""X-ray: what a model reads from where, and what each of its latent cells paints."""
