"""A Ray cluster of three nodes on this machine."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from typing import Any

import pytest

# Ray reads these when it is imported.
os.environ |= {"RAY_USAGE_STATS_ENABLED": "0", "RAY_ENABLE_UV_RUN_RUNTIME_ENV": "0"}


@pytest.fixture(scope="session")
def cluster() -> Iterator[Any]:
    """A head without processors, and two nodes of one processor each; this process is connected to it.

    `extra` lists the two: a test that removes one puts another in its place.
    """
    ray = pytest.importorskip("ray", reason="needs the extra: cluster")
    from ray.cluster_utils import Cluster

    nodes = Cluster(initialize_head=True, head_node_args={"num_cpus": 0, "include_dashboard": False})
    nodes.extra = [nodes.add_node(num_cpus=1) for _ in range(2)]
    ray.init(address=nodes.address, log_to_driver=False, logging_level="ERROR")
    try:
        yield nodes
    finally:
        ray.shutdown()
        with contextlib.suppress(Exception):
            nodes.shutdown()
