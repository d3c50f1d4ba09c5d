"""The proof of a bundle: parity with the network, tolerances, and quality on held-out pictures."""
