"""What the pictures decide, where the options leave it open."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from PIL import Image

from tests.pictures import gradient
from trainer import train
from trainer.advice.decision import decide, open_decided
from trainer.data import Data, Pictures
from trainer.floor import start
from trainer.floor.floor import FLOORS_FILE, read_floors
from trainer.options.config import TrainConfig, read_config
from trainer.run.checkpoint import load_run


@pytest.fixture(autouse=True)
def _short_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    """One round of the fit of overlapping windows: twenty take half a minute."""
    monkeypatch.setattr(start, "SECONDS", 0.0)


def folder_of(place: Path, count: int) -> Path:
    """Smooth pictures with a little noise."""
    place.mkdir()
    random = np.random.default_rng(0)
    for index in range(count):
        pixels = gradient(72, 72 + index).astype(int) + random.integers(0, 30, 3)
        Image.fromarray(pixels.clip(0, 255).astype(np.uint8)).save(place / f"{index}.png")
    return place


def test_the_pictures_decide_and_say_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The choice and its reason are two lines, what the user gave stays, and the run starts at its floor."""
    folder, out = folder_of(tmp_path / "mine", 24), tmp_path / "run"
    words = ["--data", str(folder), "--size", "64", "--steps", "2", "--batch-size", "4"]
    assert train.main([*words, "--width", "0.25", "--out", str(out)]) == 0
    said = capsys.readouterr().out
    assert "Chosen    " in said
    assert "because" in said
    assert "Floor     " in said
    assert "Start     " in said
    assert (out / FLOORS_FILE).is_file()
    config = read_config(out)
    assert (config.network.latent, config.network.init) == ("map", "lapped")
    assert config.network.width == 0.25
    assert config.training.batch_size == 4
    assert config.pictures.near_duplicates == "together"


def test_a_run_that_says_latent_and_start_is_what_it_says(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With both given nothing is chosen, and near-duplicates stay where chance put them."""
    folder, out = folder_of(tmp_path / "mine", 12), tmp_path / "run"
    words = ["--data", str(folder), "--latent", "vector", "--init", "random", "--size", "32", "--steps", "1"]
    assert train.main([*words, "--out", str(out)]) == 0
    assert "Chosen" not in capsys.readouterr().out
    values = TrainConfig.of(data=folder, latent="vector", init="random", size=32, steps=1, out=out).values()
    assert read_config(out).values() == {**values, "near_duplicates": "anywhere", "patience": 0}


def test_lapped_needs_room(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Pictures of 32 pixels start as principal components of blocks; asked to start lapped, they are refused."""
    folder = folder_of(tmp_path / "mine", 8)
    words = ["--data", str(folder), "--size", "32", "--latent", "map", "--width", "0.125", "--steps", "1"]
    assert train.main([*words, "--out", str(tmp_path / "a")]) == 0
    assert read_config(tmp_path / "a").network.init == "pca"
    capsys.readouterr()
    assert train.main([*words, "--init", "lapped", "--out", str(tmp_path / "b")]) == 2
    assert "--init lapped needs pictures of 64x64 pixels or more" in capsys.readouterr().err


def test_a_run_that_starts_from_another_has_its_network(tmp_path: Path) -> None:
    """What the network is need not be said again; nothing of it is chosen anew, and the start is not below that run."""
    folder = folder_of(tmp_path / "mine", 12)
    words = ["--data", str(folder), "--size", "32", "--steps", "1"]
    network = ["--latent", "map", "--latent-size", "5", "--width", "0.125", "--activation", "leaky"]
    assert train.main([*words, *network, "--out", str(tmp_path / "a")]) == 0
    assert train.main([*words, "--start-from", str(tmp_path / "a"), "--out", str(tmp_path / "b")]) == 0
    first, second = read_config(tmp_path / "a"), read_config(tmp_path / "b")
    assert second.blueprint == first.blueprint


def _save(place: Path, pictures: Iterable[NDArray[np.uint8]]) -> Path:
    place.mkdir()
    for index, pixels in enumerate(pictures):
        Image.fromarray(pixels).save(place / f"{index}.png")
    return place


def _alike(count: int) -> Iterator[NDArray[np.uint8]]:
    """Pictures of one kind that are a few patterns with sharp edges, added up: components have all of them."""
    random = np.random.default_rng(1)
    patterns = random.random((4, 64, 64, 3)) > 0.5
    for _ in range(count):
        yield (255 * np.tensordot(random.dirichlet(np.ones(4)), patterns, 1)).astype(np.uint8)


def _diverse(count: int) -> Iterator[NDArray[np.uint8]]:
    """Smooth pictures that have nothing in common."""
    for each in np.random.default_rng(2).integers(0, 256, (count, 12, 12, 3), dtype=np.uint8):
        yield np.asarray(Image.fromarray(each).resize((64, 64), Image.Resampling.BICUBIC))


def _train(folder: Path, out: Path, *more: str) -> TrainConfig:
    words = ["--data", str(folder), "--size", "64", "--steps", "2", "--width", "0.125", "--depth", "0.125"]
    assert train.main([*words, "--out", str(out), *more]) == 0
    return read_config(out)


def test_where_components_know_everything_it_is_a_vector(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Pictures of one kind get a vector that starts as components, and the weights kept are not below them."""
    out = tmp_path / "run"
    config = _train(_save(tmp_path / "mine", _alike(160)), out)
    assert (config.network.latent, config.network.init) == ("vector", "pca")
    assert config.network.linear
    assert config.network.correction > 0
    said = capsys.readouterr().out
    assert "are of one kind" in said
    assert "below the PCA" not in said
    (floor,) = read_floors(out)
    kept = re.search(r"Verdict   ([\d.]+) dB", said)
    assert kept is not None
    assert float(kept[1]) > floor.psnr_db - 0.05


def test_a_model_that_ships_is_offered_for_maps() -> None:
    """A small set that gets a map hears of the run that ships, and not where its network would be another."""
    data = _data(_diverse(40))
    config = TrainConfig.of(size=64)
    assert any("--start-from models/photos/run" in line for line in decide(config, data, False, {"size"}).lines)
    narrow = decide(config.changed(width=0.25), data, False, {"size", "width"})
    assert not any("--start-from" in line for line in narrow.lines)
    vector = decide(config, _data(_alike(160)), False, {"size"})
    assert not any("--start-from" in line for line in vector.lines)


def test_a_code_that_must_be_learnt_is_not_linear() -> None:
    """A few hundred pictures of one kind keep a linear code, and not what needs another one, or asks for another."""
    data = _data(_alike(160))
    words = {"latent", "size"}
    config = TrainConfig.of(latent="vector", size=64)
    assert decide(config, data, False, words).config.network.linear
    factorised = {"kl": 1e-4, "disentangle": "factorise:6"}
    for options in ({"kl": 1e-4}, {"corrupt": "noise:0.1"}, {"label_weight": 0.1}, factorised):
        network = decide(config.changed(**options), data, False, words).config.network
        assert (network.linear, network.init, network.correction > 0) == (False, "pca", True), options
    assert not decide(config, data, False, {*words, "linear"}).config.network.linear
    assert decide(config.changed(init="random"), data, False, {"init"}).config.network.correction == 0
    maps = decide(config.changed(latent="map"), data, False, words).config.network
    assert (maps.linear, maps.init, maps.correction > 0) == (False, "lapped", True)


def test_disentangled_numbers_are_those_of_a_vector() -> None:
    """Pictures that would get a map get a vector where numbers are to stand for one thing; rounded ones begin at
    random, as no linear code is rounded."""
    data, config = _data(_diverse(40)), TrainConfig.of(size=64)
    assert decide(config, data, False, {"size"}).config.network.latent_kind == "map"
    network = decide(config.changed(disentangle="quantise:8"), data, False, {"size", "disentangle"}).config.network
    assert (network.latent_kind, network.init, network.linear, network.correction) == ("vector", "random", False, 0)


def _data(pictures: Iterable[NDArray[np.uint8]]) -> Data:
    stack = np.stack(list(pictures))
    kept, held = np.arange(len(stack) - 16), np.arange(len(stack) - 16, len(stack))
    return Data(Pictures(stack, kept), Pictures(stack, held), "drawn", (), None)


@pytest.mark.slow
def test_diverse_pictures_get_a_map(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As many pictures with nothing in common get a map, and hear why."""
    config = _train(_save(tmp_path / "mine", _diverse(160)), tmp_path / "run")
    assert (config.network.latent, config.network.init) == ("map", "lapped")
    said = capsys.readouterr().out
    assert "they are not of one kind" in said
    assert "below the" not in said


def test_grey_pictures_have_one_channel(tmp_path: Path) -> None:
    """A grey set is trained on one channel, and what the network gives is grey."""
    grey = (np.repeat(each.mean(axis=2, keepdims=True), 3, axis=2).astype(np.uint8) for each in _diverse(12))
    assert _train(_save(tmp_path / "mine", grey), tmp_path / "run").network.grey
    made = load_run(tmp_path / "run").model(torch.rand(1, 3, 64, 64))
    assert torch.equal(made[:, 0], made[:, 1])
    assert torch.equal(made[:, 1], made[:, 2])


@pytest.mark.parametrize("more", [(), ("--no-cache",)])
def test_near_duplicates_are_not_held_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], more: tuple[str, ...]
) -> None:
    """Of pictures that are there twice, one a little darker, none is measured that was trained on."""
    pictures = [each for whole in _diverse(20) for each in (whole, (whole * 0.97).astype(np.uint8))]
    _train(_save(tmp_path / "mine", pictures), tmp_path / "run", *more)
    assert "near-duplicates of training pictures are not held out" in capsys.readouterr().out


def test_twelve_pictures_are_honest(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Few pictures get a map, and an interval over several hold-outs."""
    config = _train(_save(tmp_path / "mine", _diverse(12)), tmp_path / "run")
    assert config.network.latent == "map"
    said = capsys.readouterr().out
    assert "Few       12 pictures, PCA of 8x8 blocks over 5 other hold-outs of 25%" in said
    assert "95 % interval" in said


@pytest.mark.parametrize("goal", [("--kl", "1e-5"), ("--corrupt", "noise:0.1"), ("--label-weight", "0.01")])
def test_other_goals_do_not_end_below_unsaid(
    goal: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A variational, a repairing and a labelled run start as the components do, and end no lower or say so."""
    out = tmp_path / "run"
    shape = (
        "--characters 100 --holdout 0.3 --size 32 --latent vector --latent-size 6 --width 0.25 --depth 0.25 --steps 4"
    )
    assert train.main([*shape.split(), *goal, "--out", str(out)]) == 0
    said = capsys.readouterr().out
    (floor,) = read_floors(out)
    start, end = (re.search(pattern, said) for pattern in (r"Start +([\d.]+) dB", r"Verdict +([\d.]+) dB"))
    assert start is not None
    assert end is not None
    assert float(start[1]) > floor.psnr_db - 0.05
    assert float(end[1]) > floor.psnr_db - 0.05 or "below the PCA of whole pictures, likely because" in said


@pytest.mark.parametrize(
    ("given", "mixed", "size"),
    [
        ({}, False, "96x128"),
        ({}, True, 96),
        ({"size": 64}, False, 64),
        ({"size": "64x96"}, False, "64x96"),
    ],
)
def test_one_oblong_aspect_is_kept(given: dict[str, int | str], mixed: bool, size: int | str, tmp_path: Path) -> None:
    """Pictures of 3:4 are prepared so and the run says why; where the aspect is mixed, or --size is given, nothing is
    chosen."""
    for index, each in enumerate(_diverse(12)):
        lies = mixed and index % 2
        Image.fromarray(each).resize((120, 90) if lies else (90, 120)).save(tmp_path / f"{index}.png")
    config = TrainConfig.of(data=tmp_path, latent="vector", latent_size=4, **given)
    data, decided = open_decided(config, {"data", "latent", "latent_size", *given}, False, lambda *_: None)
    assert decided.config.pictures.size == size
    assert data.train.pixels.shape[1:3] == decided.config.pictures.sides
    chosen = "--size 96x128, width x height: nearly all files have that aspect"
    assert any(chosen in line for line in decided.lines) == (size == "96x128")


@pytest.mark.parametrize(
    ("pixels", "given", "size", "tiles"),
    [
        ((24, 24), {}, 32, True),
        ((24, 32), {}, 32, True),
        ((24, 24), {"size": 64}, 64, True),
        ((24, 24), {"latent": "vector"}, 32, False),
        ((140, 140), {}, 128, False),
    ],
)
def test_icons_are_not_enlarged(
    pixels: tuple[int, int], given: dict[str, int | str], size: int, tiles: bool, tmp_path: Path
) -> None:
    """Where nearly all files are small the size is, which one line says, and a map sees them as they are."""
    for index, each in enumerate(_diverse(4)):
        Image.fromarray(each).resize(pixels).save(tmp_path / f"{index}.png")
    _, decided = open_decided(TrainConfig.of(data=tmp_path, **given), {"data", *given}, False, lambda *_: None)
    assert (decided.config.pictures.size, decided.config.pictures.tiles) == (size, tiles)
    assert ("--size 32: nearly all files are no larger" in decided.said) == (size == 32)


@pytest.mark.parametrize("ink", [255, 0])
def test_white_drawings_on_nothing_are_told(ink: int, tmp_path: Path) -> None:
    """Transparent parts become white, on which black drawings stand and white ones vanish."""
    for index in range(4):
        drawing = np.zeros((140, 140, 4), np.uint8)
        drawing[10 * index : 10 * index + 60, 20:90] = (ink, ink, ink, 255)
        Image.fromarray(drawing).save(tmp_path / f"{index}.png")
    _, decided = open_decided(TrainConfig.of(data=tmp_path), {"data"}, False, lambda *_: None)
    assert "100 % of the files can have transparent parts, which become white" in decided.said
    vanished = "100 % of the pictures are white all over then; lay them on a darker colour"
    assert (vanished in decided.said) == (ink == 255)


def test_what_is_cut_off_is_said(tmp_path: Path) -> None:
    """Of portraits and landscapes that are resized only the middle square is seen."""
    for index, each in enumerate(_diverse(4)):
        Image.fromarray(each).resize((210, 140) if index % 2 else (140, 210)).save(tmp_path / f"{index}.png")
    _, decided = open_decided(TrainConfig.of(data=tmp_path), {"data"}, False, lambda *_: None)
    assert "of each picture its middle is seen: 33 % of their area is cut off" in decided.said


def test_tiles_are_square(tmp_path: Path) -> None:
    """Large pictures of one oblong aspect that get a map are cut in square tiles, as they are."""
    for index, each in enumerate(_diverse(6)):
        Image.fromarray(each).resize((210, 280)).save(tmp_path / f"{index}.png")
    _, decided = open_decided(TrainConfig.of(data=tmp_path), {"data"}, False, lambda *_: None)
    assert (decided.config.network.latent, decided.config.pictures.tiles) == ("map", True)
    assert decided.config.pictures.size == 128
