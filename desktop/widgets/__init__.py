"""Small widgets: plain values in, signals out."""
