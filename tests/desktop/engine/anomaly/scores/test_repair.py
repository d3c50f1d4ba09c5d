"""The networks that come with a model, taught on made-up defects."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from desktop.engine.anomaly.scores import repair
from desktop.engine.anomaly.scores.base import Seen
from desktop.engine.errors import InspectionError
from export.bundle import Bundle, read_bundle, write_bundle


def network() -> bytes:
    """A graph in place of the networks: one gives the mean of red in each 4 x 4 pixels, the other its negative."""
    nodes = [
        helper.make_node("Cast", ["image"], ["float"], to=TensorProto.FLOAT),
        helper.make_node("Transpose", ["float"], ["planes"], perm=[0, 3, 1, 2]),
        helper.make_node("AveragePool", ["planes"], ["pooled"], kernel_shape=[4, 4], strides=[4, 4]),
        helper.make_node("Conv", ["pooled", "w"], ["odds"]),
    ]
    weights = np.float32([[1, 0, 0], [-1, 0, 0]]).reshape(2, 3, 1, 1)
    image = helper.make_tensor_value_info("image", TensorProto.UINT8, [1, "H", "W", 3])
    odds = helper.make_tensor_value_info("odds", TensorProto.FLOAT, [1, 2, "h", "w"])
    graph = helper.make_graph(nodes, "repair", [image], [odds], [numpy_helper.from_array(weights, "w")])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
    onnx.checker.check_model(model)
    content: bytes = model.SerializeToString()
    return content


def fitted(first: str = "", second: str = "") -> repair.Repair:
    """The score, whose networks know a picture each."""
    return repair.Repair(np.frombuffer(network(), np.uint8), np.array([[first], [second]], np.str_))


def seen(digest: str, side: int = 34) -> Seen:
    """A picture with one bright corner."""
    pixels = np.zeros((1, side, side, 3), np.uint8)
    pixels[0, :4, :4] = 100
    return Seen(np.zeros((1, 1), np.float32), {}, pixels, digest=digest)


def test_the_map_has_every_fourth_pixel_of_any_size() -> None:
    """Sides are filled up by mirroring, and what was added is cut off again; both networks count alike."""
    assert fitted().maps(seen("", 34)).shape == (1, 9, 9)
    assert fitted().maps(seen("", 7)).shape == (1, 2, 2)
    assert np.allclose(fitted().maps(seen("")), 0)


@pytest.mark.parametrize(("digest", "odds"), [("a", -100), ("b", 100), ("c", 0), ("", 0)])
def test_a_network_does_not_speak_of_pictures_that_it_was_taught_on(digest: str, odds: float) -> None:
    """Of those the other one alone does; of all others both do."""
    assert fitted("a", "b").maps(seen(digest))[0, 0, 0] == pytest.approx(odds, abs=1e-3)


def test_the_networks_of_a_bundle_are_loaded(vector: Bundle, tmp_path: Path) -> None:
    """With what they know; facts that are broken are one sentence."""
    files = {name: vector.read(name) for name in vector.info.sha256}
    facts = {"version": repair.VERSION, "known": [["a", "b"], ["c"]]}
    with_networks = files | {repair.GRAPH_FILE: network(), repair.FACTS_FILE: json.dumps(facts).encode()}
    write_bundle(tmp_path / "good", vector.info, with_networks)
    score = repair.load(read_bundle(tmp_path / "good"))
    known = score.fit(seen("")).known  # type: ignore[attr-defined]
    assert known.tolist() == [["a", "b"], ["c", ""]]
    facts["version"] = 9
    write_bundle(tmp_path / "bad", vector.info, with_networks | {repair.FACTS_FILE: json.dumps(facts).encode()})
    with pytest.raises(InspectionError, match=r"repair\.json is broken"):
        repair.load(read_bundle(tmp_path / "bad"))


def test_a_model_without_networks_says_how_to_get_them() -> None:
    """The score by itself cannot be fitted."""
    with pytest.raises(InspectionError, match=r"python -m export\.repair"):
        repair.SCORE.fit(seen(""))
