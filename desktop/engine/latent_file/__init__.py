"""Latent files (`.cvae`): a picture kept as its quantised latent."""
