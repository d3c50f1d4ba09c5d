"""Network families: what each declares of itself, and the list of those that are installed.

A family is an object `FAMILY` in a module of its own. Those of ConvAE are listed here; a package installed beside it
registers its own by an entry point of the group `convae.families`: `mine = "my_package.network:FAMILY"`. The options,
the trainer, the ablation and the export ask the family and know none by name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING, Literal

from trainer.architectures.blueprint import Blueprint, LatentKind
from trainer.errors import ConfigError

if TYPE_CHECKING:  # torch takes seconds to import, and --help and the list of options do without it
    from torch import nn

    from trainer.architectures.autoencoder import Autoencoder

GROUP = "convae.families"
BUILT_IN = {
    "compact": "trainer.architectures.compact:COMPACT",
    "vgg13": "trainer.architectures.vgg:VGG13",
    "vgg16": "trainer.architectures.vgg:VGG16",
}


@dataclass(frozen=True)
class Family:
    """A network family: its name, builder, limits and options.

    Only the first three fields have no default: a family that says no more than those has a latent of any size, no
    options of its own, and starts with random weights.
    """

    summary: str
    """One line, for --help."""
    build: Callable[[Blueprint], Autoencoder]
    """A network with fresh weights from torch's random state."""
    latents: Mapping[LatentKind, int]
    """The kinds of latent that it has, the usual one first, each with its usual size: numbers or channels."""
    fixed_latent: bool = False
    """Whether those sizes are the only ones."""
    multiple: int = 32
    """What height and width in pixels must be multiples of in training."""
    oblong: bool = False
    """Whether it can be trained on pictures that are not square: a vector's network goes by `sides` of its blueprint,
    and a map's fits any."""
    options: frozenset[str] = frozenset()
    """Options that apply to it, of `OPTIONAL`."""
    inits: Mapping[str, int] = field(default_factory=dict)
    """Linear codes that its map can start as: the name for --init, and the patches a side that each number sees."""
    vector_inits: tuple[str, ...] = ()
    """Linear codes of whole pictures that its vector can start as: `pca`, or none."""
    optimizer: Literal["adamw", "muon"] = "adamw"
    """What --optimizer auto stands for."""
    blocks: tuple[type[nn.Module], ...] = ()
    """Blocks that a deeper network of the family may have more of, in place: fresh ones must add nothing."""
    revivable: tuple[type[nn.Module], ...] = ()
    """Blocks whose silent units can be begun anew: each has convolutions `inner` and `outer` around those units."""

    def starts(self, kind: LatentKind) -> tuple[str, ...]:
        """The linear codes that a latent of this kind can start as, the usual one first; none where it has no path."""
        return self.vector_inits if kind == "vector" else tuple(self.inits)


OPTIONAL = frozenset({"grey", "width", "depth", "encoder_depth", "activation", "linear", "correction", "pretrained"})
"""Options of the network that a family may take or refuse."""


def family_names() -> tuple[str, ...]:
    """The names of all families, ConvAE's own first; nothing is imported for them."""
    return tuple(_entries())


def find_family(name: str) -> Family:
    """The family of a name.

    Raises:
        ConfigError: There is none, or the package that registered it cannot be used.
    """
    # Looking for what other packages registered takes as long as reading eight pictures, and cannot replace our own.
    entry = _own(name) if name in BUILT_IN else _entries().get(name)
    if entry is None:
        raise ConfigError(f"--arch must be one of {', '.join(family_names())}, not {name}.")
    try:
        found = entry.load()
    except Exception as error:  # whatever another package's import raises
        raise ConfigError(f"--arch {name}: {entry.value} cannot be imported ({error}); mend that package.") from error
    if not isinstance(found, Family):
        raise ConfigError(f"--arch {name}: {entry.value} is no Family but a {type(found).__name__}; mend that package.")
    return found


def build_autoencoder(blueprint: Blueprint) -> Autoencoder:
    """The network that a blueprint describes, with fresh weights from torch's random state."""
    model = find_family(blueprint.arch).build(blueprint)
    if blueprint.levels:
        from trainer.architectures.quantiser import Quantiser

        model.quantiser = Quantiser(blueprint.latent_size, blueprint.levels)
    return model


def _entries() -> dict[str, EntryPoint]:
    """ConvAE's own families cannot be replaced by another package's."""
    own = {name: _own(name) for name in BUILT_IN}
    return own | {each.name: each for each in entry_points(group=GROUP) if each.name not in own}


def _own(name: str) -> EntryPoint:
    return EntryPoint(name, BUILT_IN[name], GROUP)
