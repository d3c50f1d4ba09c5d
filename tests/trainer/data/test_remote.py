"""Shards in an object store: read by ranges of bytes, each process its own part, as from a disk."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import fsspec
import numpy as np
import pytest
import torch
from safetensors.torch import load_file

from tests.trainer.data.test_shards import _levels, _open, _picture, _write
from tests.trainer.test_train import QUICK, run
from trainer.data import remote
from trainer.data.dataset import pictures_are_there
from trainer.errors import DataError
from trainer.machine.distributed import Processes
from trainer.run.metrics import read_metrics

FILES = ("set-0.tar", "set-1.tar")


@pytest.fixture
def local(tmp_path: Path) -> Path:
    """Two shards of six pictures each, with classes."""
    for shard in range(2):
        members: dict[str, bytes] = {}
        for index in range(6):
            level = 10 * (6 * shard + index)
            members |= {f"{level:03d}.png": _picture(level), f"{level:03d}.cls": b"%d" % (index % 2)}
        _write(tmp_path / FILES[shard], members)
    return tmp_path / "set-{0..1}.tar"


@pytest.fixture(params=["file", "memory"])
def address(request: pytest.FixtureRequest, local: Path) -> Iterator[Path]:
    """The same shards in a store, as --data names them."""
    if request.param == "file":
        yield Path(f"file://{local}")
        return
    memory = fsspec.filesystem("memory")
    for name in FILES:
        memory.pipe_file(f"memory://test-remote/{name}", (local.parent / name).read_bytes())
    yield Path("memory://test-remote/set-{0..1}.tar")
    memory.rm("/test-remote", recursive=True)


@pytest.mark.parametrize("no_cache", [False, True])
def test_a_store_gives_what_a_disk_gives(address: Path, local: Path, no_cache: bool) -> None:
    """The same pictures in the same order, held out alike, with their classes."""
    here, there = (_open(data, holdout=0.25, no_cache=no_cache) for data in (local, address))
    for one, other in ((here.train, there.train), (here.holdout, there.holdout)):
        assert _levels(one.pixels[one.rows]) == _levels(other.pixels[other.rows])
    assert here.factors == there.factors
    assert here.keys == there.keys
    assert pictures_are_there(address)


def test_a_process_fetches_its_own_part_alone(address: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a step of six pictures two processes fetch three each, none of them twice, and no more than these bytes."""
    data = _open(address, holdout=0.25, no_cache=True)
    fetched: list[tuple[str, int, int]] = []
    read = remote.read_range

    def noted(path: Path, offset: int, count: int) -> bytes:
        fetched.append((path.name, offset, count))
        return read(path, offset, count)

    monkeypatch.setattr(remote, "read_range", noted)
    step = np.arange(6)
    parts = []
    for rank in range(2):
        before = len(fetched)
        parts += _levels(data.train.pixels[data.train.rows[Processes(rank, 2).mine(step)]])
        assert len(fetched) - before == 3
    assert len(set(fetched)) == 6
    assert max(count for _, _, count in fetched) == len(_picture(0)) or max(count for _, _, count in fetched) < 200
    assert parts == _levels(data.train.pixels[data.train.rows[step]])


def test_a_shard_that_was_replaced_is_read_anew(address: Path, local: Path) -> None:
    """What is remembered of a file in a store goes with its length and version."""
    assert len(_open(address, no_cache=True).keys) == 12
    _write(local.parent / "set-1.tar", {"990.png": _picture(200)})
    if remote.shown(address).startswith("memory"):
        fsspec.filesystem("memory").pipe_file(
            "memory://test-remote/set-1.tar", (local.parent / "set-1.tar").read_bytes()
        )
    assert len(_open(address, no_cache=True).keys) == 7


def test_what_cannot_be_read_is_said_in_one_sentence(local: Path) -> None:
    """A shard that is not there, and a kind of store that nobody knows."""
    with pytest.raises(DataError, match=r"There is no shard memory://nowhere/a\.tar"):
        _open(Path("memory://nowhere/a.tar"))
    with pytest.raises(DataError, match=r"nostore://a/b\.tar cannot be read here"):
        _open(Path("nostore://a/b.tar"))
    shutil.rmtree(local.parent)
    assert not pictures_are_there(Path(f"file://{local}"))


def test_addresses_keep_their_slashes() -> None:
    """Also where a Path has taken one of them; a disk of Windows is no store."""
    assert remote.address_of(Path("s3://bucket/a/b.tar")) == "s3://bucket/a/b.tar"
    assert remote.address_of(Path("file:///data/a.tar")) == "file:///data/a.tar"
    assert remote.address_of(Path("/data/a.tar")) is None
    assert remote.address_of(Path("c:/data/a.tar")) is None


def test_a_run_on_a_store_goes_on_to_the_picture(
    address: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stopped in the middle of an epoch and resumed, each step has the loss, and the end the weights, of a run that was
    never stopped: no picture is seen twice or left out."""
    options = ("--data", address, "--no-cache", "--holdout", 0.25, "--near-duplicates", "anywhere")
    asked = (*QUICK, *options, "--schedule", "constant")
    whole, halves = tmp_path / "whole", tmp_path / "halves"
    assert run(monkeypatch, *asked, "--steps", 7, "--out", whole) == 0
    assert run(monkeypatch, *asked, "--steps", 3, "--out", halves) == 0  # two steps are an epoch
    assert run(monkeypatch, "--resume", "--steps", 7, "--out", halves) == 0
    losses = [row.loss for row in read_metrics(whole)]
    assert len(set(losses)) == 7
    assert losses == [row.loss for row in read_metrics(halves)]
    weights = [load_file(folder / "checkpoint.safetensors") for folder in (whole, halves)]
    assert all(torch.equal(each, weights[1][name]) for name, each in weights[0].items())
