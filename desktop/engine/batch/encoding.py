"""How a batch writes its reconstructions: as PNG, WebP or JPEG, and how small."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from desktop.engine import picture_writer
from desktop.engine.errors import DesktopError
from desktop.engine.pictures import Alpha, Pixels

EncodingName = Literal["png", "png-small", "webp", "webp-lossy", "jpeg"]
ENCODINGS: Mapping[EncodingName, str] = {  # and the endings of their files
    "png": ".png",
    "png-small": ".png",
    "webp": ".webp",
    "webp-lossy": ".webp",
    "jpeg": ".jpg",
}
USUAL_QUALITY = 90
LOSSY: tuple[EncodingName, ...] = ("webp-lossy", "jpeg")


@dataclasses.dataclass(frozen=True)
class Encoding:
    """What reconstructions are written as. Every pixel is kept but by the lossy ones.

    Attributes:
        name: `png` is packed fast; `png-small` takes fifty times as long for files some per cent smaller.
        quality: Of the lossy ones, 1 to 100.
    """

    name: EncodingName = "png"
    quality: int = USUAL_QUALITY

    @property
    def ending(self) -> str:
        """Of the files, with its dot."""
        return ENCODINGS[self.name]

    @property
    def fingerprint(self) -> list[str]:
        """What tells files of this encoding from those of the usual one; empty for that."""
        quality = [f"quality {self.quality}"] if self.name in LOSSY else []
        return [] if self.name == "png" else [f"as {self.name}", *quality]

    def require(self) -> None:
        """Raises:
        DesktopError: There is no such encoding, or no such quality.
        """
        if self.name not in ENCODINGS:
            raise DesktopError(
                "there is no format {name}; choose from {known}.", name=self.name, known=", ".join(ENCODINGS)
            )
        if not 1 <= self.quality <= 100:
            raise DesktopError("the quality must be 1 to 100, not {quality}.", quality=self.quality)

    def write(self, path: Path, pixels: Pixels, alpha: Alpha | None, profile: bytes | None = None) -> int:
        """Writes uint8 `[H, W, 3]` in sRGB, carried to an ICC `profile`, and returns the file's size in bytes.

        See `picture_writer.save`.

        Raises:
            PictureError: The disk refused.
        """
        options: dict[str, object] = {}
        if self.name == "webp-lossy":
            options = {"lossless": False, "quality": self.quality}
        elif self.name == "jpeg":
            options = {"quality": self.quality}
        is_small = self.name == "png-small"
        return picture_writer.save(path, pixels, alpha, profile=profile, small=is_small, options=options)


USUAL_ENCODING = Encoding()
