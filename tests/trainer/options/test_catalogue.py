"""The list of options says all that a page of controls needs to know."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from trainer.architectures.families import family_names
from trainer.options import __main__ as command
from trainer.options.catalogue import list_options
from trainer.options.config import GROUPS, TrainConfig


def test_every_option_is_listed_with_what_it_takes() -> None:
    """Each option once, in its group, with a help text, a type, and its default among its choices."""
    options = list_options()
    assert {each.name: each.group for each in options} == GROUPS
    for each in options:
        assert each.help.endswith((".", "`.")), each.name
        assert each.optional == (each.default is None), each.name
        assert each.choices is None or each.default in each.choices, each.name
    by_name = {each.name: each for each in options}
    assert (by_name["size"].type, by_name["size"].unit) == ("size", "pixels")
    assert (by_name["latent_size"].type, by_name["latent_size"].optional) == ("integer", True)
    assert by_name["data"].type == "path"
    assert by_name["flip"].type == "flag"
    assert by_name["loss"].choices == ["mse", "l1", "charbonnier", "log"]
    assert by_name["arch"].choices == list(family_names())


def test_the_list_prints_as_json(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """`python -m trainer.options --json` is one JSON object with the options, their defaults and the families."""
    monkeypatch.setattr(sys, "argv", ["options", "--json"])
    assert command.main() == 0
    found = json.loads(capsys.readouterr().out)
    assert {each["name"]: each["default"] for each in found["options"]} == TrainConfig().to_json()
    families = {each["name"]: each for each in found["families"]}
    assert families["compact"]["inits"] == ["random", "pca", "lapped"]
    assert families["vgg16"]["latents"] == {"map": 512}
    assert "width" in families["vgg16"]["refused_options"]


def test_the_list_is_also_for_people(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Without --json there is a line for each option and each family."""
    monkeypatch.setattr(sys, "argv", ["options"])
    assert command.main() == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(GROUPS) + len(family_names())
    assert "pictures   --size size, pixels (default 128)" in lines


def test_the_options_do_without_torch() -> None:
    """Reading a command line of the default network's options imports nothing of torch but for the family's own."""
    program = "import sys, trainer.options.config, trainer.options.values; print('torch' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
