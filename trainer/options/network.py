"""The options of the network, each of which is checked against what its family declares."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from trainer.architectures.blueprint import Activation, Head, LatentKind
from trainer.architectures.families import OPTIONAL, Family, find_family
from trainer.options.fields import Factor, Unit, require

PATCH_VALUES = 192  # of the 8x8 patches that --init takes apart
FACTORS = ("width", "depth", "encoder_depth")
LARGEST_FACTOR = 8.0  # of each: beyond it a network fits no machine
MOST_BLOCKS = 16  # of --correction


@dataclass(frozen=True)
class NetworkOptions:
    """The network."""

    arch: str = "compact"
    """Network family: `compact` is small and modern, `vgg13` and `vgg16` are SegNet-like. Other packages may add more;
    `python -m trainer.options` lists all that are installed."""
    latent: Literal["auto", "vector", "map"] = "auto"
    """`vector`: one global code, right for sliders. `map`: a small feature map, right for any picture at any size.
    `auto` looks at the pictures and chooses, and with it whatever else is not given; the VGG networks have maps."""
    latent_size: Annotated[int | None, Unit("numbers, or channels")] = None
    """Numbers in a vector latent (64 by default), or channels of a map (16 by default; the VGG networks have 512)."""
    head: Head = "linear"
    """What follows the decoder: nothing, a `sigmoid` that keeps pixels in [0, 1], or a `clamp` that cuts them off.
    The clamp does nothing in training, where it would stop the gradients."""
    width: Factor = 1.0
    """Factor on the channels of every layer of `compact`: 0.5 is about four times as fast, 2 four times as slow."""
    depth: Factor = 1.0
    """Factor on the number of residual blocks of `compact`."""
    encoder_depth: Factor = 1.0
    """A second factor on the residual blocks, for the encoder alone: it finds better latents, and sliders stay fast."""
    activation: Activation = "relu"
    """What follows the convolutions of `compact`: `relu`, or `leaky`, which lets a hundredth of negative values
    through, so that no unit falls silent for good."""
    linear: bool = False
    """Keep the code of a vector linear: no network beside the principal components that it starts as, so that only
    --correction learns. A network learns some hundred pictures by heart. `--no-linear` keeps --latent auto from
    choosing it."""
    correction: Annotated[int, Unit("blocks")] = 0
    """Correct the decoder's picture by a network of this many residual blocks that sees it as it is, at a quarter of
    its size: what a linear code leaves out around an edge is much alike in all pictures, and learnt from few of them.
    0 for none; --latent auto takes 4 for a vector and 2 for a map that starts as such a code."""
    grey: bool = False
    """Work on one channel, the mean of red, green and blue: for grey pictures, which stay grey all the way.
    `--no-grey` keeps --latent auto from choosing it."""
    init: Literal["auto", "random", "pca", "lapped"] = "auto"
    """`pca` starts compact as principal components, by a linear path beside the network: of whole pictures for a
    vector, of 8x8 patches for a map. `lapped` starts a map as the best linear code of overlapping windows of 24x24
    pixels, for 3 % more work in a step. `random` is the network alone. `auto`: pca for a vector and lapped for a map,
    where the network can. With both --latent and --init given, nothing else is chosen by the pictures."""
    pretrained: Path | None = None
    """Start the encoder of vgg13 or vgg16 from this file of torchvision's weights, .safetensors or .pth."""
    start_from: Path | None = None
    """Start from the weights of this run, of the same network: to train it on other pictures or by another loss.
    The network may have more blocks than that run's: those start out adding nothing."""

    def __post_init__(self) -> None:
        """Raises `ConfigError` for the first option that is out of range or contradicts another."""
        require(self.latent_size is None or self.latent_size >= 1, "latent_size", "at least 1")
        require(self.start_from is None or self.pretrained is None, "pretrained", "left out with --start-from")
        for name in FACTORS:
            factor = getattr(self, name)
            require(1 / LARGEST_FACTOR <= factor <= LARGEST_FACTOR, name, f"from 0.125 to {LARGEST_FACTOR:g}")
        require(0 <= self.correction <= MOST_BLOCKS, "correction", f"from 0 to {MOST_BLOCKS}")
        if self.linear:
            fits = self.latent != "map" and self.init in ("auto", "pca")
            require(fits, "linear", "used with --latent vector --init pca, whose code it keeps")
            require(self.correction > 0, "correction", "1 or more with --linear, which leaves nothing else to learn")
        self._check_family(self.family)

    def _check_family(self, family: Family) -> None:
        """Looks at the limits that the network family declares."""
        kinds = list(family.latents)
        require(self.latent in ("auto", *kinds), "latent", f"{' or '.join(kinds)} for {self.arch}")
        if self.init not in ("auto", "random"):
            can = " or ".join(["random", *family.starts(self.latent_kind)])
            require(self.init in can, "init", f"{can} for a {self.latent_kind} of {self.arch}")
            few = self.latent_kind == "vector" or (self.latent_size or 0) <= PATCH_VALUES
            require(few, "init", f"random for a map of more than {PATCH_VALUES} channels")
            require(self.head != "sigmoid", "init", "random with a sigmoid, which pixels do not pass as they are")
        if family.fixed_latent:
            usual = family.latents[self.latent_kind]
            require(self.latent_size in (None, usual), "latent_size", f"{usual} for {self.arch}")
        for name in sorted(OPTIONAL - family.options):
            usual_value = type(self).__dataclass_fields__[name].default
            unused = getattr(self, name) == usual_value
            require(unused, name, f"left out with --arch {self.arch}, which has no use for it")

    @property
    def family(self) -> Family:
        """The family that `arch` names."""
        return find_family(self.arch)

    @property
    def latent_kind(self) -> LatentKind:
        """The kind of latent that `latent` stands for with this network."""
        return next(iter(self.family.latents)) if self.latent == "auto" else self.latent

    @property
    def latent_numbers(self) -> int:
        """Numbers in a vector latent, or channels of a map."""
        return self.family.latents[self.latent_kind] if self.latent_size is None else self.latent_size
