"""A connection to a Ray cluster, and how many workers it has room for."""

from __future__ import annotations

import contextlib
import dataclasses
import logging
import os
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from desktop.engine.errors import DesktopError
from desktop.engine.machine.extras import install_line
from export.bundle import Bundle
from export.bundle.bundle import INFO_FILE, LARGEST_INFO_BYTES

BLOCK = 128  # rows in a block of Ray Data, the least that is done again when a node is lost


@dataclasses.dataclass(frozen=True)
class Cluster:
    """Where the work is done.

    Attributes:
        address: Of a running cluster; `auto` finds the one that this machine belongs to, or begins one here.
        workers: At most so many; None for as many as there are processors, or GPUs where these are used.
    """

    address: str = "auto"
    workers: int | None = None


def import_ray() -> Any:
    """The module `ray`, told to send nothing home and no checkout to the nodes.

    Raises:
        DesktopError: It is not installed.
    """
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing leaves the machine
    os.environ.setdefault("RAY_ENABLE_UV_RUN_RUNTIME_ENV", "0")  # else a checkout is sent to the nodes, data and all
    try:
        import pyarrow  # noqa: F401
        import ray.data
    except ImportError as error:
        raise DesktopError(
            "--ray needs Ray, which is not installed; {extra} brings it.", extra=install_line("cluster")
        ) from error
    return ray


@contextlib.contextmanager
def connected(ray: Any, cluster: Cluster, tell: Callable[[str], None]) -> Iterator[None]:
    """A connection to the cluster, which is left as it is; one that was begun here ends here."""
    if ray.is_initialized():
        yield
        return
    try:
        context = _connect(ray, cluster.address)
    except (ConnectionError, ValueError, RuntimeError, TimeoutError) as error:
        raise DesktopError(
            "no Ray cluster answers at {address} ({error}).", address=cluster.address, error=str(error).split("\n")[0]
        ) from error
    try:
        nodes = [node for node in ray.nodes() if node["Alive"]]
        shown = f", dashboard at http://{context.dashboard_url}" if context.dashboard_url else ""
        tell(f"Ray {ray.__version__}, {len(nodes)} {'node' if len(nodes) == 1 else 'nodes'}{shown}.")
        yield
    finally:
        ray.shutdown()


def _connect(ray: Any, address: str) -> Any:
    quiet = {"log_to_driver": False, "logging_level": "ERROR"}
    if address != "auto":
        return ray.init(address=address, **quiet)
    try:
        return ray.init(address="auto", **quiet)
    except ConnectionError:
        return ray.init(address="local", include_dashboard=False, **quiet)


def bundle_files(bundle: Bundle) -> dict[str, bytes]:
    """A model's files by their names, to send to workers.

    Raises:
        BundleError: One cannot be read.
    """
    files = {name: bundle.read(name) for name in bundle.info.sha256}
    return {**files, INFO_FILE: bundle.store.read(INFO_FILE, LARGEST_INFO_BYTES)}


class Sent:
    """A worker's class, and what it is made from, which the driver keeps for workers that are started anew.

    Ray makes one for each process; it calls the worker that it made.
    """

    def __init__(self, kind: Callable[[Any], Callable[..., Any]], kept: list[Any]) -> None:
        """Fetches what the worker is made from: a Ray reference, in a list as Ray would look it up otherwise."""
        import ray

        self._worker = kind(ray.get(kept[0]))

    def __call__(self, batch: Any) -> Any:
        """What the worker makes of a batch."""
        return self._worker(batch)


def spread(
    ray: Any,
    cluster: Cluster,
    kind: type,
    order: Any,
    columns: Sequence[dict[str, Any]],
    at_once: int,
    uses_gpus: bool,
) -> Iterator[dict[str, Any]]:
    """Has workers do rows, and gives what they made, row by row, as it comes.

    Args:
        ray: The module, connected.
        cluster: How many workers to have at most.
        kind: The workers' class, made from `order`; called with columns as NumPy arrays, it gives columns.
        order: What all of them are told.
        columns: The rows.
        at_once: How many rows a worker is given together.
        uses_gpus: Whether each worker has a GPU of its own, where there are any.
    """
    import pyarrow as pa
    from ray.data import ActorPoolStrategy, DataContext

    gpus = int(ray.cluster_resources().get("GPU", 0)) if uses_gpus else 0
    most = gpus or int(ray.cluster_resources().get("CPU", 1))
    most = max(1, min(most, cluster.workers or most))
    size = max(1, min(BLOCK, len(columns) // (4 * most)))
    blocks = [pa.Table.from_pylist(list(columns[start : start + size])) for start in range(0, len(columns), size)]
    context = DataContext.get_current()
    context.enable_progress_bars = False
    context.print_on_execution_start = False
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    done = ray.data.from_arrow(blocks).map_batches(
        Sent,
        fn_constructor_args=(kind, [ray.put(order)]),
        batch_size=at_once,
        batch_format="numpy",
        compute=ActorPoolStrategy(min_size=1, max_size=most),
        num_cpus=1,
        num_gpus=1 if gpus else 0,
    )
    for batch in done.iter_batches(batch_size=None, batch_format="pyarrow", prefetch_batches=0):
        yield from batch.to_pylist()
