"""Nearest neighbours among latents: similar pictures and duplicates."""
