"""The options of a training but those of the network, in the groups that --help shows, checked when they are made.

The docstring of a field is what --help says of it, and `Unit` in its type is what its number counts.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import tyro

from trainer.errors import ConfigError
from trainer.options.fields import Epochs, Share, Unit, Weight, require
from trainer.options.values import (
    Damage,
    Sides,
    parse_damages,
    parse_disentanglement,
    parse_duration,
    parse_size,
    size_option,
    size_words,
)

Loss = Literal["mse", "l1", "charbonnier", "log"]
ResumeRate = Literal["planned", "rewarm", "constant"]
Decay = Literal["cosine", "poly", "constant"]

SIDE = 128  # pixels, where --size is left open
MULTIPLE = 32  # of the picture size in training: what the deepest networks need
LARGEST_SIZE = 1024
LARGEST_STORED_FACTOR = 2.0  # times `size`: four times the disk


@dataclass(frozen=True)
class DataOptions:
    """The pictures to learn from."""

    data: Path | None = None
    """Folder of pictures, searched with its sub-folders, or WebDataset shards, as `a.tar` or `shards-{000..099}.tar`.
    Without it, built-in characters are drawn."""
    size: Annotated[int | str, Unit("pixels"), tyro.conf.arg(metavar="N|WxH")] = SIDE
    """Height and width in pixels that pictures are cropped and resized to, a multiple of 32; or, for pictures that are
    not square, width x height as in `96x128`. Left open, it is such a size where nearly all files have one aspect."""
    holdout: Share = 0.1
    """Share of the pictures kept out of training to measure quality; folders `train` and `test` take its place."""
    crop: Share = 1.0
    """Crop training pictures at random, each time anew, to between this share of their area and all of it."""
    tiles: bool = False
    """Cut pictures into squares at their own resolution, instead of resizing the middle of each: for a map that is to
    take pictures of any size. Each time a square of --size is cut at random from a tile half as large again.
    `--no-tiles` keeps --latent auto from choosing it."""
    flip: bool = False
    """Mirror half of the training pictures at random, left to right. `--no-flip` keeps --latent auto from choosing
    it."""
    colour: Share = 0.0
    """Change brightness, contrast and saturation of training pictures at random, each by up to this share."""
    near_duplicates: Literal["together", "anywhere"] = "together"
    """Where near-duplicates of held-out pictures go: `together` moves those pictures to the training share, so that
    what is measured was never seen; `anywhere` leaves them where chance put them, as `--latent vector --init random`
    does where this is not given."""
    most_pictures: Annotated[int | None, Unit("pictures")] = None
    """Use at most so many pictures of --data, evenly chosen. Left open, all of them, or as many as can be prepared in
    somewhat less than half of --time-limit."""
    no_cache: bool = False
    """Decode pictures while training, instead of once into the cache on disk: for sets too big for it."""
    characters: Annotated[int, Unit("pictures")] = 20_000
    """How many built-in characters to draw when there is no --data."""

    def __post_init__(self) -> None:
        """Raises `ConfigError` for the first option that is out of range."""
        sides = parse_size(self.size)
        object.__setattr__(self, "size", size_option(sides))  # 128x128 is 128
        fits = all(side % MULTIPLE == 0 and MULTIPLE <= side <= LARGEST_SIZE for side in sides)
        require(fits, "size", f"a multiple of {MULTIPLE} from {MULTIPLE} to {LARGEST_SIZE} pixels, not {self.size}")
        square = self.data is not None or not self.oblong
        require(square, "size", f"one number, not {self.size}, without --data: built-in characters are square")
        require(not (self.tiles and self.oblong), "size", f"one number with --tiles, which are square, not {self.size}")
        require(0 < self.holdout < 1, "holdout", "between 0 and 1")
        require(0 < self.crop <= 1, "crop", "more than 0 and at most 1")
        require(0 <= self.colour < 1, "colour", "from 0 to less than 1")
        require(self.most_pictures is None or self.most_pictures >= 2, "most_pictures", "at least 2")
        require(self.characters >= 2, "characters", "at least 2")
        require(not self.tiles or self.data is not None, "tiles", "used with --data; built-in characters have one size")
        require(not self.tiles or self.crop == 1, "crop", "left out with --tiles, which cuts at random already")

    @property
    def sides(self) -> Sides:
        """Height and width in pixels that `size` stands for."""
        return parse_size(self.size)

    @property
    def tile_side(self) -> int:
        """Height and width in pixels of what tiles are trained at: `size`, or the usual one where that is oblong."""
        return SIDE if self.oblong else self.sides[0]

    @property
    def oblong(self) -> bool:
        """Whether pictures are not square."""
        height, width = self.sides
        return height != width

    @property
    def words(self) -> str:
        """Width x height, for people."""
        return size_words(self.sides)

    @property
    def stored_sides(self) -> Sides:
        """Height and width in pixels that training pictures are kept at: the smallest crop then still has `size`.

        At most twice `size`: tighter crops than a quarter of the area are enlarged. With `tiles` they are those of one.
        """
        height, width = self.sides
        if self.tiles:
            return height * 3 // 2, width * 3 // 2
        factor = min(LARGEST_STORED_FACTOR, 1 / math.sqrt(self.crop))
        return math.ceil(height * factor), math.ceil(width * factor)


@dataclass(frozen=True)
class ObjectiveOptions:
    """The objective: what counts as a good reconstruction."""

    loss: Loss = "mse"
    """How outputs are compared with targets: by squared error, absolute error, or Charbonnier's, which is absolute
    where the error is large and smooth where it is small. `log` takes the logarithm of each picture's squared error,
    as PSNR does: easy pictures count as much as hard ones."""
    ssim: Weight = 0.0
    """Weight of 1 - SSIM, added to the loss: structure before exact values. Try 0.1."""
    perceptual: Weight = 0.0
    """Weight of the perceptual distance LPIPS, added to the loss: texture before exact values. Try 0.1."""
    perceptual_weights: Path | None = None
    """The .safetensors file for --perceptual: VGG16's or AlexNet's `features.*`, and LPIPS's `lpips.*`."""
    label_weight: Weight = 0.0
    """Weight of reading the labels from the latent along straight lines, added to the loss: makes a slider of each.
    Built-in characters have labels; for other pictures labels.csv holds them. Try 0.003."""
    kl: Weight = 0.0
    """Train a variational autoencoder, with this weight on the latent's divergence from a standard normal.
    Loss and divergence are means, per pixel and per latent number: one value serves every size. Try 0.0001."""
    kl_warmup_epochs: Epochs = 1.0
    """Epochs over which --kl rises from 0; at most half of the training."""
    free_bits: Annotated[float, Unit("bits")] = 0.0
    """Bits that each number of a vector, or channel of a map, may carry at no cost. Keeps them in use: try 0.1."""
    disentangle: str | None = None
    """Have each number of a vector stand for one thing. `quantise:12` rounds each to one of 12 learnt values; try it
    with --weight-decay 0.1. `factorise:6`, with --kl, has the numbers' dependence on each other cost 6 times as much
    as the rest of their divergence."""
    corrupt: str | None = None
    """Damage the inputs and keep the targets whole. `noise:0.1` adds Gaussian noise of that deviation (white is 1).
    `mask:0.3` paints over about that share, half of the pictures with grey `boxes:0.3`, half with `strokes:0.3`.
    Several are joined by commas: `noise:0.1,mask:0.3`."""

    def __post_init__(self) -> None:
        """Raises `ConfigError` for the first option that is out of range or contradicts another."""
        for name in ("ssim", "perceptual", "label_weight", "kl", "kl_warmup_epochs", "free_bits"):
            require(0 <= getattr(self, name) < float("inf"), name, "0 or more")
        if self.perceptual > 0 and self.perceptual_weights is None:
            raise ConfigError(
                "--perceptual needs --perceptual-weights, a file with LPIPS's weights and VGG16's or AlexNet's."
            )
        if self.perceptual_weights is not None and self.perceptual == 0:
            raise ConfigError("--perceptual-weights needs --perceptual, the weight of that distance; try 0.1.")
        if self.free_bits > 0 and self.kl == 0:
            raise ConfigError("--free-bits needs --kl, which makes the latent cost something; try 0.0001.")
        parse_damages(self.corrupt)
        asked = parse_disentanglement(self.disentangle)
        require(asked.levels == 0 or self.kl == 0, "disentangle", "left out with --kl, or factorise:6 beside it")
        if asked.factor > 1 and self.kl == 0:
            raise ConfigError("--disentangle factorise needs --kl, the cost that it takes apart; try 0.0001.")

    @property
    def goal(self) -> str | None:
        """The option, as it is typed, that asks for something else than PSNR; None where nothing does."""
        asked = {"--kl": self.kl, "--corrupt": self.corrupt, "--perceptual": self.perceptual, "--ssim": self.ssim,
                 "--label-weight": self.label_weight, "--loss": self.loss in ("l1", "charbonnier")}  # fmt: skip
        return next((option for option, value in asked.items() if value), None)

    @property
    def levels(self) -> int:
        """Values that each latent number is rounded to; 0 for any value."""
        return parse_disentanglement(self.disentangle).levels

    @property
    def dependence(self) -> float:
        """Factor on what the numbers' dependence on each other costs; 1 for a plain divergence."""
        return parse_disentanglement(self.disentangle).factor

    @property
    def variational(self) -> bool:
        """Whether the network is a variational autoencoder."""
        return self.kl > 0

    @property
    def damages(self) -> tuple[Damage, ...]:
        """The damages that `corrupt` names."""
        return parse_damages(self.corrupt)


@dataclass(frozen=True)
class LoopOptions:
    """How long to train, and how fast."""

    epochs: Annotated[int, Unit("epochs")] = 20
    """How often every picture is seen."""
    steps: Annotated[int | None, Unit("steps")] = None
    """Train for this many steps instead of --epochs."""
    time_limit: str | None = None
    """Train for at most this long, such as `45m` or `1h30m`: the learning rate is planned to end in time."""
    patience: Annotated[int | None, Unit("epochs")] = None
    """Stop when the held-out loss has not improved for this many epochs, or sooner where it rises at each of three
    or more measurements, to 1.5 % above its least; 0 never does. Without it, --latent auto and
    --init auto choose by the number of pictures, and otherwise it is 0."""
    batch_size: Annotated[int, Unit("pictures")] = 32
    """Pictures per step, over all processes."""
    accumulate: Annotated[int, Unit("parts of a batch")] = 1
    """Work on each batch in this many parts: the same step with less memory."""
    optimizer: Literal["auto", "adamw", "muon"] = "auto"
    """The optimizer. `muon` learns several times as much from each step as `adamw` does, and takes a little
    longer for it. `auto`: muon for compact, adamw for the VGG networks, as they were trained at first."""
    lr: float | None = None
    """Largest learning rate, reached after the warm-up: 0.002 with muon, 0.001 with adamw."""
    schedule: Decay = "cosine"
    """How the learning rate goes on after the warm-up: a half `cosine` to 0, `poly` (1 - t)^0.9 to 0, or `constant`."""
    warmup_epochs: Annotated[float | None, Unit("epochs")] = None
    """Epochs over which the learning rate rises; at most a fifth of the training. 1, or 10 with poly."""
    weight_decay: float = 1e-4
    """AdamW's weight decay, on convolution and linear weights alone."""
    clip: float = 1.0
    """Largest norm of the gradient; what is longer is shortened to it. 0 for none."""
    ema: float = 0.999
    """Measure and export an exponential average of the weights with this decay per step; 0 for the weights alone."""

    def __post_init__(self) -> None:
        """Raises `ConfigError` for the first option that is out of range or contradicts another."""
        for name in ("epochs", "batch_size", "accumulate"):
            require(getattr(self, name) >= 1, name, "at least 1")
        require(self.steps is None or self.steps >= 1, "steps", "at least 1")
        require(self.patience is None or self.patience >= 0, "patience", "0 or more")
        require(self.accumulate <= self.batch_size, "accumulate", "at most --batch-size")
        require(self.lr is None or 0 < self.lr < float("inf"), "lr", "more than 0")
        require(self.warmup_epochs is None or self.warmup_epochs >= 0, "warmup_epochs", "0 or more")
        require(self.weight_decay >= 0, "weight_decay", "0 or more")
        require(self.clip >= 0, "clip", "0 or more")
        require(0 <= self.ema < 1, "ema", "at least 0 and less than 1")
        parse_duration(self.time_limit)

    @property
    def patience_epochs(self) -> int:
        """The epochs of `patience`; 0 for a run that does not stop by itself."""
        return self.patience or 0

    @property
    def time_limit_seconds(self) -> float | None:
        """The seconds of `time_limit`."""
        return parse_duration(self.time_limit)


@dataclass(frozen=True)
class RunOptions:
    """Where the training runs, and what it leaves behind."""

    out: Path | None = None
    """Run folder; `runs/<time>-<arch>` by default."""
    resume: bool = False
    """Resume from the last checkpoint in --out, with the options that the run was started with."""
    resume_rate: ResumeRate = "planned"
    """The learning rate of a run that --resume takes past its planned end: `planned` is that of the longer run, which
    may be much larger than the last one, `rewarm` rises to it from there, `constant` stays there."""
    checkpoint_every: Annotated[int, Unit("steps")] = 1000
    """Save a checkpoint after this many steps, and at the end of training."""
    seed: int = 0
    """Same seed, same machine, same command: same loss curve."""
    device: Literal["auto", "cpu", "cuda"] = "auto"
    """Where to train; auto takes the GPU where one works."""
    precision: Literal["auto", "fp32", "bf16"] = "auto"
    """Arithmetic of the networks in training; auto takes bf16 where the device has instructions for it."""
    compress: bool = False
    """Have several processes exchange their gradients in bf16: half as much to send, for slow networks."""
    compile: bool = False
    """Compile the network before training: a minute at the start, faster steps after it."""

    def __post_init__(self) -> None:
        """Raises `ConfigError` for the first option that is out of range or contradicts another."""
        require(self.checkpoint_every >= 1, "checkpoint_every", "at least 1")
        require(self.seed >= 0, "seed", "0 or more")
        if self.resume and self.out is None:
            raise ConfigError("--resume needs --out, the folder of the run to resume.")
