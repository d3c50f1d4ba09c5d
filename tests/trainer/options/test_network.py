"""The options of the network."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from trainer.errors import ConfigError
from trainer.options.network import NetworkOptions


@pytest.mark.parametrize(
    ("options", "names"),
    [
        ({"latent_size": 0}, "--latent-size"),
        ({"arch": "vgg13", "latent": "vector"}, "--latent"),
        ({"arch": "vgg16", "latent_size": 64}, "--latent-size"),
        ({"width": 0.0}, "--width"),
        ({"depth": 99.0}, "--depth"),
        ({"arch": "vgg13", "width": 2.0}, "--width"),
        ({"arch": "vgg13", "activation": "leaky"}, "--activation"),
        ({"arch": "vgg13", "correction": 2}, "--correction"),
        ({"correction": -1}, "--correction"),
        ({"linear": True}, "--correction"),
        ({"linear": True, "correction": 1, "latent": "map"}, "--linear"),
        ({"linear": True, "correction": 1, "init": "random"}, "--linear"),
        ({"pretrained": Path("vgg.pth")}, "--pretrained"),
        ({"init": "lapped", "latent": "vector"}, "--init"),
        ({"init": "pca", "latent": "map", "latent_size": 193}, "--init"),
        ({"init": "pca", "latent": "vector", "head": "sigmoid"}, "--init"),
        ({"start_from": Path("run"), "pretrained": Path("vgg.pth")}, "--pretrained"),
    ],
)
def test_bad_options_are_named(options: dict[str, Any], names: str) -> None:
    """What is out of range, or what the network family has no use for, is refused by the name of its flag."""
    with pytest.raises(ConfigError, match=f"^{names} must be "):
        NetworkOptions(**options)


@pytest.mark.parametrize(
    ("options", "kind", "numbers"),
    [
        ({}, "vector", 64),
        ({"latent": "map"}, "map", 16),
        ({"latent": "vector", "latent_size": 8}, "vector", 8),
        ({"arch": "vgg16"}, "map", 512),
    ],
)
def test_automatic_latent(options: dict[str, Any], kind: str, numbers: int) -> None:
    """What is left open about the latent follows from the network."""
    network = NetworkOptions(**options)
    assert (network.latent_kind, network.latent_numbers) == (kind, numbers)
