"""`python -m export.adopt ENCODER.onnx DECODER.onnx --pictures DIR`: a foreign pair of graphs becomes a bundle."""

from __future__ import annotations

import dataclasses
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import tyro

from export.bundle import Bundle, BundleError
from export.bundle.store import PACKED_SUFFIX, is_packed
from export.errors import AdoptError, ExportError
from export.to_onnx import EXIT_BAD_INPUT, EXIT_INTERRUPTED, progress_bars, user_models_folder
from trainer.errors import TrainerError

if TYPE_CHECKING:
    from export.foreign.trial import Evidence, Told

SHOWN = 4  # readings in the table


@dataclass(frozen=True)
class AdoptConfig:
    """Turn an encoder and a decoder that other tools exported into a bundle.

    Layout, range, scale, and which output is the latent are found out by trying the graphs on pictures.
    """

    encoder: tyro.conf.Positional[Path]
    """The encoder, such as `vae_encoder/model.onnx`; files of weights beside it are read too."""
    decoder: tyro.conf.Positional[Path | None] = None
    """The decoder, such as `vae_decoder/model.onnx`; left out where one file holds both halves."""
    pictures: Path = dataclasses.field(kw_only=True)
    """A folder of pictures like those that the model was trained on: to try the graphs, and to measure the sliders."""
    out: Path | None = None
    """The bundle's folder, or its .convae file; by default in the user's model folder."""
    name: str | None = None
    """Name of the model; by default as --out, or as the folder that holds the graphs."""
    pack: bool = False
    """Write one file, NAME.convae, in place of a folder."""
    size: int = 256
    """Height and width in pixels that sliders are measured at, where the graphs take any size."""
    input_range: Literal["0..1", "-1..1", "0..255", "imagenet"] | None = None
    """The range of the encoder's pixels, if trying does not tell."""
    output_range: Literal["0..1", "-1..1", "0..255", "imagenet"] | None = None
    """The range of the decoder's pixels, likewise."""
    mean: tuple[float, float, float] | None = None
    """With --std: the encoder is fed (pixels in 0..1 - mean) / std, for red, green and blue."""
    std: tuple[float, float, float] | None = None
    """See --mean."""
    channels: Literal["rgb", "bgr"] | None = None
    """The order of colours in both graphs, if trying does not tell; OpenCV's is bgr."""
    latent_scale: float | None = None
    """What the encoder's latent is multiplied by on its way to the decoder."""
    latent: str | None = None
    """The tensor at which one graph that holds both halves is cut, if the narrowest is not the latent."""


def main() -> int:
    """The command; returns its exit status: 0, or 2 after one sentence about what is wrong."""
    config = tyro.cli(AdoptConfig, prog="python -m export.adopt")
    try:
        bundle, evidence = adopt(config)
    except (ExportError, TrainerError, BundleError) as error:
        message = str(error)
    except OSError as error:
        message = f"The disk refused: {error.strerror or error} ({error.filename or 'no file named'})."
    except KeyboardInterrupt:
        print("Stopped; nothing was written.", file=sys.stderr)
        return EXIT_INTERRUPTED
    else:
        _report(bundle, evidence)
        return 0
    print(f"error: {message}", file=sys.stderr)
    return EXIT_BAD_INPUT


def adopt(config: AdoptConfig) -> tuple[Bundle, Evidence]:
    """Adopts as the options say, with progress bars on stderr.

    Raises:
        ExportError: The graphs cannot be used, or what they mean cannot be told.
        TrainerError: The pictures cannot be used.
        BundleError: The place holds something that is no bundle.
        OSError: The disk refused.
    """
    # These bring torch and onnxruntime, which take seconds to import; --help should not.
    from export.foreign.adoption import Wanted, adopt_pair

    holder = config.encoder.resolve().parent
    given = config.out or (holder.parent if holder.name == "vae_encoder" else holder)
    name = config.name or given.resolve().name.removesuffix(PACKED_SUFFIX)
    if name in ("", ".", "..") or any(character in name for character in "/\\:"):
        raise ExportError(f"--name {name!r} cannot be the name of a folder.")
    place = config.out or user_models_folder() / name
    if config.pack and not is_packed(place):
        place = place.with_name(place.name + PACKED_SUFFIX)
    wanted = Wanted(config.size, _told(config), config.latent)
    with progress_bars() as progress:
        return adopt_pair(config.encoder, config.decoder, config.pictures, place, name, wanted, progress)


def _told(config: AdoptConfig) -> Told:
    """The user's own knowledge of the graphs, from the options.

    Raises:
        AdoptError: A mean without a deviation, or two ranges for the encoder.
    """
    from export.foreign.reading import IMAGENET, given_range
    from export.foreign.trial import Told

    given, out = (IMAGENET if each == "imagenet" else each for each in (config.input_range, config.output_range))
    if (config.mean is None) != (config.std is None):
        raise AdoptError("--mean and --std go together; give both.")
    if config.mean is not None and config.std is not None:
        if given is not None:
            raise AdoptError("--mean and --std say what the encoder is fed, and so does --input-range; give one.")
        given = given_range(config.mean, config.std)
    return Told(given, out, config.channels, config.latent_scale)


def _report(bundle: Bundle, evidence: Evidence) -> None:
    """Prints the conclusion, its evidence, and the bundle's place."""
    from rich.console import Console
    from rich.table import Table

    table = Table("how the graphs were fed", "PSNR")
    for reading, psnr in ((evidence.reading, evidence.psnr_db), *evidence.others[: SHOWN - 1]):
        table.add_row(str(reading), f"{psnr:.1f} dB")
    Console().print(table)
    print(f"Taken: {evidence.reading}, with {evidence.psnr_db:.1f} dB.")
    if evidence.others:
        reading, psnr = evidence.others[0]
        print(f"Next best: {reading}, with {psnr:.1f} dB.")
    rule, quality, latent = bundle.info.size, bundle.info.quality, " x ".join(map(str, bundle.info.latent.shape))
    size = "and no other size" if rule.kind == "fixed" else f"and any multiple of {rule.multiple}"
    print(f"Pictures of {rule.width} x {rule.height} {size}; latent {latent}.")
    print(f"{quality.pictures:,} pictures reconstructed: PSNR {quality.psnr_db:.2f} dB, SSIM {quality.ssim:.4f}.")
    print(f"Written to {bundle.path}")


if __name__ == "__main__":
    sys.exit(main())
