"""Bundles broken in ways that a seed decides, and a program that opens each as the desktop would.

    python -m tests.export.bundle.mutations FIRST COUNT

prints a line for each seed: its number, what was done, and `works`, `refused` or the name of an error that nobody
expects. A line ends the seed: where the program dies, the seed after the last line did it.
"""

from __future__ import annotations

import dataclasses
import hashlib
import io
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import onnx

from desktop.engine import library
from desktop.engine.autoencoder import Autoencoder
from desktop.engine.errors import EXPECTED
from desktop.engine.sliders.gallery import read_gallery
from desktop.engine.sliders.latents import read_latent_space
from desktop.engine.sliders.samplers import read_samplers
from export.bundle import INFO_FILE
from export.bundle.store import write_store
from tests import bundles
from tests.memory import peak_mib

Files = dict[str, bytes]
LARGEST_MEMORY_MIB = 1024
LONGEST_SECONDS = 5.0
NUMBERS = (0, 1, -1, 2, 3, 7, 31, 33, 255, 256, 65_535, 1 << 20, 1 << 31, 1 << 40, (1 << 63) - 1, -(1 << 63))
LARGEST_CHANGE = 64  # bytes


def sound_bundles(folder: Path) -> list[Files]:
    """The files of two bundles that have everything that a bundle can have."""
    made = [bundles.enriched(make(folder / make.__name__)) for make in (bundles.vector_bundle, bundles.map_bundle)]
    return [{path.name: path.read_bytes() for path in bundle.folder.iterdir()} for bundle in made]


def flip(rng: random.Random, content: bytes) -> bytes:
    """One to sixteen bits turned over."""
    changed = bytearray(content)
    for _ in range(rng.choice((1, 1, 4, 16))):
        changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def truncate(rng: random.Random, content: bytes) -> bytes:
    """The end is missing."""
    return content[: rng.randrange(len(content))]


def overwrite(rng: random.Random, content: bytes) -> bytes:
    """Some bytes are replaced by as many others, early ones more often: that is where structure is."""
    length = rng.randrange(1, LARGEST_CHANGE)
    start = int(len(content) * rng.random() ** 3)
    return content[:start] + rng.randbytes(length) + content[start + length :]


def splice(rng: random.Random, content: bytes) -> bytes:
    """A piece is repeated somewhere else."""
    start, place = rng.randrange(len(content)), rng.randrange(len(content))
    return content[:place] + content[start : start + rng.randrange(1, 4 * LARGEST_CHANGE)] + content[place:]


def alter_json(rng: random.Random, content: bytes) -> bytes:
    """A field removed, renamed, or given another value."""
    raw = json.loads(content)
    holder, key = rng.choice(list(_places(raw)))
    change = rng.randrange(4)
    if change == 0:
        del holder[key]
    elif change == 1:
        holder[key] = rng.choice([None, "", [], {}, 1.5, True, "x" * 100_000, [[0] * 9] * 9])
    elif change == 2:
        holder[key] = rng.choice(NUMBERS)
    else:
        other, place = rng.choice(list(_places(raw)))
        holder[key] = other[place]
    return json.dumps(raw).encode() if len(repr(raw)) < 1 << 20 else content


def alter_graph(rng: random.Random, content: bytes) -> bytes:
    """Shapes, types, attributes, operators and wiring changed, in a file that is still Protocol Buffers."""
    model = onnx.load_from_string(content)
    for _ in range(rng.choice((1, 1, 2, 4))):
        rng.choice(_GRAPH_CHANGES)(rng, model.graph)
    changed: bytes = model.SerializeToString()
    return changed


def alter_arrays(rng: random.Random, content: bytes) -> bytes:
    """Arrays of other shapes, types or values, or with a header that lies."""
    if rng.random() < 0.4:
        return content.replace(b"'shape': (", b"'shape': (%d," % rng.choice(NUMBERS), rng.choice((1, -1)))
    with np.load(io.BytesIO(content)) as stored:
        arrays = {name: stored[name] for name in stored.files}
    name = rng.choice(sorted(arrays))
    array = arrays[name]
    changes: list[Callable[[], Any]] = [
        lambda: array[..., :-1],
        lambda: array[None],
        lambda: array.astype(rng.choice(["f2", "f8", "i4", "u1", "O", "U3", "c8"])),
        lambda: np.full_like(array, rng.choice([0, -1, np.inf, np.nan, 1e30]) if array.dtype.kind == "f" else 255),
        lambda: np.zeros((rng.randrange(1000), *array.shape[1:]), array.dtype),
    ]
    with np.errstate(all="ignore"):
        arrays[name] = rng.choice(changes)()
    if rng.random() < 0.1:
        del arrays[name]
    return bundles.npz(arrays)


def _places(raw: Any) -> list[tuple[Any, Any]]:
    """Every holder and key within parsed JSON."""
    keys: Any = raw.keys() if isinstance(raw, dict) else range(len(raw)) if isinstance(raw, list) else ()
    here = [(raw, key) for key in keys]
    return here + [place for holder, key in here for place in _places(holder[key])]


def _initialiser_shape(rng: random.Random, graph: onnx.GraphProto) -> None:
    tensor = rng.choice(graph.initializer)
    if tensor.dims and rng.random() < 0.8:
        tensor.dims[rng.randrange(len(tensor.dims))] = rng.choice(NUMBERS)
    else:
        tensor.dims.append(rng.choice(NUMBERS))


def _initialiser_data(rng: random.Random, graph: onnx.GraphProto) -> None:
    tensor = rng.choice(graph.initializer)
    tensor.raw_data = flip(rng, tensor.raw_data or b"\0" * 8)


def _initialiser_type(rng: random.Random, graph: onnx.GraphProto) -> None:
    rng.choice(graph.initializer).data_type = rng.randrange(0, 24)


def _external(rng: random.Random, graph: onnx.GraphProto) -> None:
    tensor = rng.choice(graph.initializer)
    tensor.data_location = onnx.TensorProto.EXTERNAL
    where = rng.choice(["../../etc/passwd", "/etc/passwd", "*/_ORT_MEM_ADDR_/*", "x"])
    tensor.external_data.add(key="location", value=where)
    tensor.external_data.add(key="offset", value=str(rng.choice(NUMBERS)))


def _operator(rng: random.Random, graph: onnx.GraphProto) -> None:
    names = [schema.name for schema in onnx.defs.get_all_schemas()]
    rng.choice(graph.node).op_type = rng.choice(names)


def _attribute(rng: random.Random, graph: onnx.GraphProto) -> None:
    held = [attribute for node in graph.node for attribute in node.attribute]
    if not held:
        rng.choice(graph.node).attribute.add(name="axis", type=onnx.AttributeProto.INT, i=rng.choice(NUMBERS))
        return
    attribute = rng.choice(held)
    if attribute.ints:
        attribute.ints[rng.randrange(len(attribute.ints))] = rng.choice(NUMBERS)
    else:
        attribute.i = rng.choice(NUMBERS)


def _wiring(rng: random.Random, graph: onnx.GraphProto) -> None:
    names = [name for node in graph.node for name in (*node.input, *node.output)]
    node = rng.choice(graph.node)
    ends = node.input if node.input and rng.random() < 0.7 else node.output
    ends[rng.randrange(len(ends))] = rng.choice([*names, "", "nothing"])


def _node_gone(rng: random.Random, graph: onnx.GraphProto) -> None:
    if len(graph.node) > 1:
        del graph.node[rng.randrange(len(graph.node))]


def _interface(rng: random.Random, graph: onnx.GraphProto) -> None:
    kind = rng.choice([*graph.input, *graph.output]).type.tensor_type
    if rng.random() < 0.3 or not kind.shape.dim:
        kind.elem_type = rng.randrange(0, 24)
    else:
        rng.choice(kind.shape.dim).dim_value = rng.choice(NUMBERS)


_GRAPH_CHANGES = (
    _initialiser_shape,
    _initialiser_data,
    _initialiser_type,
    _external,
    _operator,
    _operator,
    _attribute,
    _wiring,
    _node_gone,
    _interface,
)
_BYTES = (flip, truncate, overwrite, splice)


@dataclasses.dataclass(frozen=True)
class Mutation:
    """A broken bundle: what was done, in words, and where it is."""

    what: str
    path: Path


def mutate(seed: int, sound: list[Files], folder: Path) -> Mutation:
    """Writes the broken bundle of this seed. In half of them the hashes are put right afterwards."""
    rng = random.Random(seed)
    files = dict(rng.choice(sound))
    name = rng.choice(sorted(files))
    changes: list[Callable[[random.Random, bytes], bytes]] = [*_BYTES]
    if name.endswith(".onnx"):
        changes += [alter_graph] * 12
    elif name.endswith(".npz"):
        changes += [alter_arrays] * 8
    elif name == INFO_FILE:
        changes += [alter_json] * 12
    change, mend, packed = rng.choice(changes), rng.random() < 0.5, rng.random() < 0.5
    whole = packed and rng.random() < 0.2
    if not whole:
        files[name] = change(rng, files[name])
    if mend and name != INFO_FILE:
        info = json.loads(files[INFO_FILE])
        info["sha256"][name] = hashlib.sha256(files[name]).hexdigest()
        files[INFO_FILE] = json.dumps(info).encode()
    path = folder / (f"{seed}.convae" if packed else str(seed))
    write_store(path, files)
    if whole:
        change, name = rng.choice(_BYTES), path.name
        path.write_bytes(change(rng, path.read_bytes()))
    return Mutation(f"{change.__name__} {name}{' hashes right' if mend else ''}", path)


def use(path: Path) -> None:
    """Opens a bundle, reads everything in it, and sends a picture through both graphs."""
    bundle = library.open_entry(path).require()
    autoencoder = Autoencoder(bundle, "cpu")
    space = read_latent_space(bundle)
    read_samplers(bundle, space).draw("gaussian", 0)
    read_gallery(bundle)
    size = bundle.info.size
    picture = np.random.default_rng(0).integers(0, 256, (1, size.height, size.width, 3), dtype=np.uint8)
    autoencoder.decode(autoencoder.encode(picture))
    bundle.verify()


def outcome(path: Path) -> str:
    """`works`, `refused`, or the error that nobody expects; so too a bundle that took too much time or memory."""
    started = time.process_time()
    try:
        use(path)
        found = "works"
    except EXPECTED:
        found = "refused"
    except Exception as error:
        found = f"{type(error).__name__}: {str(error)[:200]!r}"
    if time.process_time() - started > LONGEST_SECONDS:
        return f"too slow, then {found}"
    if peak_mib() > LARGEST_MEMORY_MIB:
        return f"too much memory, then {found}"
    return found


def main(first: int, count: int) -> None:
    """Goes through the seeds from `first`."""
    with tempfile.TemporaryDirectory() as scratch:
        sound = sound_bundles(Path(scratch))
        for seed in range(first, first + count):
            with tempfile.TemporaryDirectory(dir=scratch) as folder:
                mutation = mutate(seed, sound, Path(folder))
                print(f"{seed}\t{mutation.what}\t{outcome(mutation.path)}", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
