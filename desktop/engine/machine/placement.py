"""Where the nodes of a graph really ran, read from onnxruntime's own profile of one run."""

from __future__ import annotations

import dataclasses
import json
from collections import Counter
from pathlib import Path

from desktop.engine.machine.providers import CPU, KINDS, Kind

LARGEST_PROFILE_BYTES = 64 << 20
KERNEL = "_kernel_time"  # how the profile ends the name of a node's computation


@dataclasses.dataclass(frozen=True)
class Placement:
    """How many nodes ran where.

    Attributes:
        nodes: By the provider's name for people.
        left_to_cpu: The operators of nodes that ran on the CPU though another provider was asked for, each once.
    """

    nodes: dict[str, int]
    left_to_cpu: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """All nodes."""
        return sum(self.nodes.values())

    def __add__(self, other: Placement) -> Placement:
        """Of two graphs together."""
        left = sorted({*self.left_to_cpu, *other.left_to_cpu})
        return Placement(dict(Counter(self.nodes) + Counter(other.nodes)), tuple(left))


def read_profile(path: Path, kind: Kind) -> Placement:
    """The placement in one profile, a JSON list of events; `kind` was asked for. No nodes where it cannot be read."""
    try:
        if path.stat().st_size > LARGEST_PROFILE_BYTES:
            return Placement({})
        ran = {
            event["name"]: (event["args"]["provider"], event["args"]["op_name"])
            for event in json.loads(path.read_bytes())
            if event.get("cat") == "Node" and event["name"].endswith(KERNEL)
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Placement({})
    names = {each.provider: each.name for each in KINDS}
    nodes = Counter(names.get(provider, provider) for provider, _ in ran.values())
    left = sorted({operator for provider, operator in ran.values() if provider == CPU.provider})
    return Placement(dict(nodes), () if kind is CPU else tuple(left))
