"""The controls of the Inspect page: plain values in, signals out."""
