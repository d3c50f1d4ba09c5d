"""The layers of a model as bars."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from desktop.widgets.layer_graph import IS_LATENT_ROLE, WIDTH_ROLE, LayerGraph

LAYERS = [("Conv", (64, 16, 16), False), ("Flatten", (8,), True), ("Reshape", (3, 32, 32), False)]


@pytest.fixture
def graph(qtbot: QtBot) -> LayerGraph:
    """A graph that is shown."""
    graph = LayerGraph()
    qtbot.addWidget(graph)
    graph.resize(300, 120)
    return graph


def test_a_bar_is_as_wide_as_its_layer_is_large(graph: LayerGraph) -> None:
    """The largest fills the list, the smallest a third of it, and the latent is marked."""
    graph.show_layers(LAYERS)
    items = [graph.item(row) for row in range(graph.count())]
    widths = [item.data(WIDTH_ROLE) for item in items]
    assert widths[0] == pytest.approx(1.0)
    assert widths[1] == pytest.approx(0.34)
    assert widths[1] < widths[2] < widths[0]
    assert [bool(item.data(IS_LATENT_ROLE)) for item in items] == [False, True, False]
    assert items[0].text() == "Conv   64 × 16 × 16"


@pytest.mark.parametrize("layers", [[], [("Relu", (), False)], [("A", (4,), False), ("B", (4,), True)]])
def test_layers_of_one_size_are_shown_too(graph: LayerGraph, layers: list[tuple[str, tuple[int, ...], bool]]) -> None:
    """No layers, one that gives a single number, and two that are equal; all can be painted."""
    graph.show_layers(LAYERS)
    graph.show_layers(layers)
    assert graph.count() == len(layers)
    assert not graph.grab().isNull()
