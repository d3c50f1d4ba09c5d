"""Which of many things are joined with each other, by way of others too."""

from __future__ import annotations


def find(parents: list[int], name: int) -> int:
    """The root of a name in a union-find forest, with path halving."""
    while parents[name] != name:
        parents[name] = parents[parents[name]]
        name = parents[name]
    return name
