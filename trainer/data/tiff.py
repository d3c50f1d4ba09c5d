"""The meaning of deep TIFFs, which Pillow does not always heed. The desktop reads them in the same way."""

from __future__ import annotations

from PIL import Image, TiffImagePlugin

DEEPEST_BITS = 16
SIGNED, SEPARATE, UNPACKED, WHITE_IS_ZERO = 2, 2, 1, 0  # as TIFF numbers them


def check(image: Image.Image) -> None:
    """Refuses what has no agreed range or would be read wrongly; any image of another format passes.

    Raises:
        ValueError: Numbers of 32 bits or with a sign, or deep colours in separate planes, whose bytes Pillow takes for
            pixels of 8 bits.
    """
    if not isinstance(image, TiffImagePlugin.TiffImageFile):
        return
    bits, tags = _bits(image), image.tag_v2
    if bits > DEEPEST_BITS and image.mode != "F":
        raise ValueError(f"whole numbers of {bits} bits have no agreed range")
    if image.mode.startswith("I") and SIGNED in tags.get(TiffImagePlugin.SAMPLEFORMAT, ()):
        raise ValueError("numbers with a sign have no agreed range")
    unpacked = tags.get(TiffImagePlugin.COMPRESSION, UNPACKED) == UNPACKED
    if bits > 8 and unpacked and tags.get(TiffImagePlugin.PLANAR_CONFIGURATION) == SEPARATE:
        raise ValueError(f"{bits}-bit colours in separate planes cannot be read; save it compressed, or interleaved")


def ends(image: Image.Image) -> tuple[float, float]:
    """The levels of black and of white in deep grey."""
    if not isinstance(image, TiffImagePlugin.TiffImageFile):
        return 0, 2**DEEPEST_BITS - 1
    most = 2 ** _bits(image) - 1
    return (most, 0) if image.tag_v2.get(TiffImagePlugin.PHOTOMETRIC_INTERPRETATION) == WHITE_IS_ZERO else (0, most)


def _bits(image: TiffImagePlugin.TiffImageFile) -> int:
    """The bits of one channel."""
    return int(max(image.tag_v2.get(TiffImagePlugin.BITSPERSAMPLE, (1,))))
