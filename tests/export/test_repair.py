"""A network taught on made-up defects goes into a copy of a bundle, and the desktop scores by it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from desktop.engine import pictures
from desktop.engine.anomaly.anomalies import choose_scores
from desktop.engine.anomaly.scores import registry
from desktop.engine.anomaly.scores import repair as score
from desktop.engine.anomaly.scores.base import Seen
from desktop.engine.disk.arrays import from_arrays, to_arrays
from desktop.engine.errors import InspectionError
from desktop.engine.picture_writer import save_png
from export import repair
from export.bundle import Bundle, read_bundle, write_bundle
from export.bundle.digest import picture_digest
from export.errors import ParityError
from export.repair import RepairConfig, add_repair
from tests import bundles
from tests.desktop.engine.conftest import varied
from trainer.errors import DataError
from trainer.repair.network import Pair


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of twelve good pictures."""
    folder = tmp_path_factory.mktemp("good")
    for number in range(12):
        save_png(folder / f"{number:02}.png", varied(number, 48))
    return folder


@pytest.fixture(scope="module")
def repaired(good: Path, tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    """A copy of the tiny bundle with a network that was taught for one step: to be read, or copied."""
    folder = tmp_path_factory.mktemp("repaired")
    plain = bundles.vector_bundle(folder / "tiny")
    return add_repair(RepairConfig(plain.path, good=good, out=folder / "copy", steps=1))


def test_the_copy_has_the_network_and_the_desktop_its_score(repaired: Bundle, vector: Bundle) -> None:
    """The score is offered for the copy alone, looks at pictures of any size, and comes back from arrays as it was."""
    repaired.verify()
    assert "repair" not in {each.name for each in choose_scores(vector.info, None)}
    (offered,) = choose_scores(repaired.info, ["repair"])
    assert offered.load is not None
    seen = Seen(np.empty((1, 0), np.float32), {}, varied(50, 70)[None, :50])
    fitted = offered.load(repaired).fit(seen)
    maps = fitted.maps(seen)
    assert maps is not None
    assert maps.shape == (1, 13, 18)
    back = from_arrays(registry.every()["repair"].scorer, to_arrays(fitted, "it"), "it")
    np.testing.assert_array_equal(back.scores(seen), fitted.scores(seen))


def test_a_picture_is_scored_by_the_network_that_does_not_know_it(repaired: Bundle, good: Path) -> None:
    """Of a picture that one network was taught on, as the desktop reads it, the other one speaks; of others both do."""
    fitted = score.load(repaired).fit(Seen(np.empty((0, 0), np.float32), {}))
    for number, path in enumerate(sorted(good.iterdir())[:4]):
        pixels = pictures.read(path).pixels
        digest = picture_digest(*pixels.shape[:2], pixels.tobytes())
        known = Seen(np.empty((1, 0), np.float32), {}, pixels[None], digest=digest)
        unknown = Seen(np.empty((1, 0), np.float32), {}, pixels[None])
        both = fitted._odds(pixels)  # type: ignore[attr-defined]
        maps = fitted.maps(known), fitted.maps(unknown)
        np.testing.assert_array_equal(maps[0], both[None, 1 - number % 2])
        np.testing.assert_allclose(maps[1], both.mean(axis=0)[None], rtol=1e-6)


@pytest.mark.slow
def test_a_graph_that_differs_is_refused() -> None:
    """Nothing is written where onnxruntime does not give what torch gives."""
    pair = Pair().eval()
    content = repair.to_graph(pair)
    repair.check(pair, content, [varied(0, 64)])
    head = pair.members[0].head[-1]  # type: ignore[index, union-attr]
    assert isinstance(head, nn.Conv2d)
    with torch.no_grad():
        assert head.bias is not None
        head.bias += 0.5
    with pytest.raises(ParityError, match="differs from the network"):
        repair.check(pair, content, [varied(0, 64)])


def test_too_few_pictures_are_refused(vector: Bundle, good: Path, tmp_path: Path) -> None:
    """The sentence says how many are needed, and of a folder that is not there which option names it."""
    (tmp_path / "few").mkdir()
    for path in sorted(good.iterdir())[:8]:
        shutil.copy(path, tmp_path / "few")
    with pytest.raises(DataError, match="8 pictures; at least 10"):
        add_repair(RepairConfig(vector.path, good=tmp_path / "few", out=tmp_path / "copy"))
    with pytest.raises(DataError, match=r"no folder .*gone; --good takes"):
        add_repair(RepairConfig(vector.path, good=tmp_path / "gone", out=tmp_path / "copy"))


def test_broken_facts_are_said(repaired: Bundle, tmp_path: Path) -> None:
    """What is no list of digests beside the network is one sentence with the file's name."""
    files = {name: repaired.read(name) for name in repaired.info.sha256}
    for broken in (b"{", b"[]", json.dumps({"version": 9, "known": [[], []]}).encode()):
        write_bundle(tmp_path / "broken", repaired.info, {**files, score.FACTS_FILE: broken})
        with pytest.raises(InspectionError, match=r"repair\.json is broken"):
            score.load(read_bundle(tmp_path / "broken"))


def test_pictures_on_an_even_ground_have_a_network_too(tmp_path: Path) -> None:
    """Where most patches are even, what their axes leave over is nothing but rounding: the file still gives what the
    network gives, as it counts no less than that of pixels to whole levels."""
    (tmp_path / "good").mkdir()
    for number in range(12):
        picture = np.full((160, 160, 3), (236, 214, 180 + number), np.uint8)
        picture[40 + 4 * number : 90 + 4 * number, 60:100] = (40, 12 * number, 90)
        save_png(tmp_path / "good" / f"{number:02}.png", picture)
    plain = bundles.vector_bundle(tmp_path / "tiny")
    copy = add_repair(RepairConfig(plain.path, good=tmp_path / "good", out=tmp_path / "copy", steps=8))
    assert score.GRAPH_FILE in copy.info.sha256
