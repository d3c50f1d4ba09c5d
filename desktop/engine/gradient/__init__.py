"""How a decoded picture's error changes with its latent: the gradient of a decoder, by a graph made from its own."""
