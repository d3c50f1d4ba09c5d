"""The one size at which pictures of an index are encoded, and the shape of their codes."""

from __future__ import annotations

from desktop.engine.errors import InspectionError
from export.bundle import BundleInfo, SizeRule


def picture_size(info: BundleInfo, side: int | None = None) -> SizeRule:
    """The one size at which all pictures of an index are encoded, so that their codes compare.

    A model of fixed size has its own. One of free size takes `side` x `side` pixels, or else the size trained at.

    Raises:
        InspectionError: The model does not take that size.
    """
    height, width = (info.size.height, info.size.width) if side is None else (side, side)
    if not info.size.accepts(height, width):
        rule = (
            f"{info.size.width} × {info.size.height} only"
            if info.size.kind == "fixed"
            else f"multiples of {info.size.multiple}"
        )
        raise InspectionError(
            "{name} does not take pictures of {width} × {height} pixels: it takes {rule}.",
            name=info.name,
            width=width,
            height=height,
            rule=rule,
        )
    return SizeRule("fixed", 1, height, width)


def latent_shape(info: BundleInfo, size: SizeRule) -> tuple[int, ...]:
    """The shape of the code of one picture of a fixed size."""
    if info.latent.kind == "vector" or info.size.kind == "fixed":
        return info.latent.shape
    channels, height, width = info.latent.shape
    return channels, height * size.height // info.size.height, width * size.width // info.size.width
