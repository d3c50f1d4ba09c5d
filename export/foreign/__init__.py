"""Pairs of graphs that other tools made: described, tried, and wrapped into bundles."""
