"""How a network begins: components of patches, pretrained weights, or another run."""
