"""A network family in another installed package trains, is refused or named like ConvAE's own."""

from __future__ import annotations

import sys
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
import torch

from trainer.architectures import families
from trainer.architectures.families import BUILT_IN, build_autoencoder, family_names, find_family
from trainer.errors import ConfigError
from trainer.options.command_line import parse
from trainer.options.config import TrainConfig

FAMILY = """
from torch import nn
from trainer.architectures.autoencoder import Autoencoder
from trainer.architectures.families import Family

def build(blueprint):
    encoder, decoder = nn.Conv2d(3, blueprint.latent_size, 8, 8), nn.ConvTranspose2d(blueprint.latent_size, 3, 8, 8)
    return Autoencoder(encoder, decoder, head=blueprint.head, latent_kind="map",
                       latent_size=blueprint.latent_size, multiple=8)

FAMILY = Family(summary="one layer", build=build, latents={"map": 5})
"""


def _install(folder: Path, monkeypatch: pytest.MonkeyPatch, program: str = FAMILY, name: str = "one-layer") -> None:
    """A package with a family, installed as pip leaves it."""
    module = f"family_{name.replace('-', '_')}_{abs(hash(program))}"
    (folder / f"{module}.py").write_text(program)
    (folder / "mine-1.dist-info").mkdir()
    (folder / "mine-1.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: mine\nVersion: 1\n")
    entry = f"[convae.families]\n{name} = {module}:FAMILY\n"
    (folder / "mine-1.dist-info" / "entry_points.txt").write_text(entry)
    monkeypatch.syspath_prepend(str(folder))


def test_another_package_adds_a_family(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten lines and an entry point: the command takes the name, the options follow its limits, the network is built."""
    _install(tmp_path, monkeypatch)
    assert family_names() == (*BUILT_IN, "one-layer")
    config = parse(["--arch", "one-layer", "--size", "32"])
    model = build_autoencoder(config.blueprint)
    assert model.encode(torch.rand(2, 3, 32, 32)).shape == (2, 5, 4, 4)
    assert (config.network.latent_kind, config.uses_muon) == ("map", False)
    for refused in (["--width", "2"], ["--latent", "vector"], ["--latent", "map", "--init", "pca"]):
        with pytest.raises(ConfigError, match=refused[-2]):
            parse(["--arch", "one-layer", *refused])


def test_an_unknown_family_is_named() -> None:
    """A name that nothing registered is refused with the names that there are."""
    with pytest.raises(ConfigError, match=f"--arch must be one of {', '.join(BUILT_IN)}, not mine"):
        TrainConfig.of(arch="mine")


@pytest.mark.parametrize("program", ["raise RuntimeError('gone')", "FAMILY = 3", "nothing = 1"])
def test_a_broken_package_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    """A package that fails on import, or registers something else, ends in a sentence and takes no other with it."""
    _install(tmp_path, monkeypatch, program, "broken")
    with pytest.raises(ConfigError, match=r"--arch broken: .* mend that package"):
        find_family("broken")
    assert find_family("compact").optimizer == "muon"


def test_a_package_cannot_take_a_built_in_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`compact` stays ConvAE's own whatever else is installed."""
    _install(tmp_path, monkeypatch, name="compact")
    assert family_names() == tuple(BUILT_IN)
    assert find_family("compact").summary == "small and modern"


def test_a_built_in_family_is_found_without_a_look_at_other_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading what every installed package registered takes milliseconds, and is done for other names alone."""

    def look(**_: str) -> list[EntryPoint]:
        raise AssertionError("it was looked")

    monkeypatch.setattr(families, "entry_points", look)
    assert find_family("compact").summary == "small and modern"
    with pytest.raises(AssertionError, match="it was looked"):
        find_family("another")


def test_the_families_declare_what_they_take() -> None:
    """Every built-in family can be asked for what the trainer needs to know, and nothing asks for a family by name."""
    for name in BUILT_IN:
        family = find_family(name)
        assert set(family.inits) <= {"pca", "lapped"}
        assert 32 % family.multiple == 0  # the sizes that --size takes
    folder = Path(sys.modules["trainer"].__file__ or "").parent
    for path in [*folder.rglob("*.py"), *(folder.parent / "export").rglob("*.py")]:
        text = path.read_text(encoding="utf-8")
        assert "arch ==" not in text, path
        assert "arch !=" not in text, path


def test_a_family_of_square_pictures_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Unless a family says that it takes oblong pictures, a size of two numbers is refused in one sentence."""
    _install(tmp_path, monkeypatch)
    with pytest.raises(ConfigError, match="--size must be one number for one-layer, which takes square pictures alone"):
        parse(["--arch", "one-layer", "--data", "photos", "--size", "32x64"])
    for arch in BUILT_IN:
        assert TrainConfig.of(arch=arch, data=Path("photos"), size="32x64").blueprint.sides == (64, 32)
