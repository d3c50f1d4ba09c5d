"""The starts of a network: components of patches, pretrained weights, or another run."""
