"""Npz files of a bundle: what is read, and every hostile one that is refused before it is unpacked."""

from __future__ import annotations

import io
import pickle
import struct
import zipfile
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays_of

from export.bundle import Bundle, BundleError, arrays
from export.bundle.arrays import read_arrays
from tests import bundles

KINDS = [np.dtype(name) for name in ("f2", "f4", "f8", "u1", "i4", "i8", "?")]


def put(bundle: Bundle, content: bytes) -> Bundle:
    """The bundle with another `latents.npz` and its hash right."""
    return bundles.rewrite(bundle, latents_npz=content)


def member(header: bytes, numbers: bytes = b"", name: str = "mean.npy", compression: int = zipfile.ZIP_STORED) -> bytes:
    """An npz file of one array with this header, whatever it says."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", compression) as packed:
        start = b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header))
        packed.writestr(name, start + header + numbers)
    return content.getvalue()


def header(kind: str = "<f4", shape: Any = (8,)) -> bytes:
    """An npy header as numpy writes it."""
    return repr({"descr": kind, "fortran_order": False, "shape": shape}).encode() + b"\n"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(array=st.sampled_from(KINDS).flatmap(lambda kind: arrays_of.arrays(kind, arrays_of.array_shapes(min_side=0))))
def test_what_numpy_writes_is_read(vector: Bundle, array: np.ndarray) -> None:
    """Every plain type and shape, in both orders, compressed or not, and writable."""
    for save in (np.savez, np.savez_compressed):
        content = io.BytesIO()
        save(content, c=array, fortran=np.asfortranarray(array))
        read = read_arrays(put(vector, content.getvalue()), "latents.npz")
        for name in ("c", "fortran"):
            np.testing.assert_array_equal(read[name], array)
            assert read[name].dtype == array.dtype
            assert read[name].flags.writeable


def _bomb() -> bytes:
    """A few hundred KiB that unpack to more than the limit."""
    size = arrays.LARGEST_BYTES
    return member(header("|u1", (size,)), bytes(size), compression=zipfile.ZIP_DEFLATED)


def _claimed_size() -> bytes:
    """The list of members says less than there is to unpack."""
    content = bytearray(member(header("|u1", (1 << 20,)), bytes(1 << 20), compression=zipfile.ZIP_DEFLATED))
    place = content.find(b"PK\x01\x02") + 24
    content[place : place + 4] = (1000).to_bytes(4, "little")
    return bytes(content)


def _endless_list() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as packed:
        for index in range(100):
            packed.writestr(f"{index}.npy", b"")
    return content.getvalue()


def _other_list() -> bytes:
    """A list of members for more than 4 GiB, which Python would read in place of the short one."""
    content = member(header(), bytes(32))
    return content[:-22] + b"PK\x06\x07" + bytes(16) + content[-22:]


def _commented() -> bytes:
    content = io.BytesIO(member(header(), bytes(32)))
    with zipfile.ZipFile(content, "a") as packed:
        packed.comment = b"x" * 1000
    return content.getvalue()


def _twice() -> bytes:
    content = io.BytesIO(member(header(), bytes(32), name="meam.npy"))
    with zipfile.ZipFile(content, "a") as packed:
        packed.writestr("mean.npy", b"")
    return content.getvalue().replace(b"meam", b"mean")


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: b"", "does not end as"),
        (lambda: pickle.dumps({"mean": 1}), "does not end as"),
        (lambda: bundles.npz({"mean": np.array([{}], dtype=object)}), "only plain numbers"),
        (lambda: member(header("|O", ()), pickle.dumps(1)), "only plain numbers"),
        (lambda: member(header("<U1000", (8,)), bytes(32000)), "only plain numbers"),
        (lambda: member(header([("a", "<f4")], (8,)), bytes(32)), "only plain numbers"),  # type: ignore[arg-type]
        (lambda: member(header(shape=(1 << 40,)), bytes(32)), "not as long as"),
        (lambda: member(header(shape=(-8,)), bytes(32)), "shape"),
        (lambda: member(header(shape=(4,)), bytes(32)), "not as long as"),
        (lambda: member(header(shape=(8,)), bytes(31)), "not as long as"),
        (lambda: member(b" " * 5000 + header(), bytes(32)), "not a readable npz"),
        (lambda: member(b"__import__('os').getcwd()\n"), "not a readable npz"),
        (lambda: member(b"(" * 3000), "not a readable npz"),
        (lambda: member(header(), bytes(32), name="mean.txt"), "holds 'mean.txt'"),
        (_bomb, "unpacks to more than"),
        (_claimed_size, "not as long as|not a readable npz"),
        (_endless_list, "at most 64"),
        (_other_list, "more than 4 GiB"),
        (_commented, "does not end as"),
        (_twice, "one array twice"),
    ],
)
def test_hostile_arrays_are_refused(vector: Bundle, make: Callable[[], bytes], words: str) -> None:
    """Each in a sentence that names the file."""
    with pytest.raises(BundleError, match=words) as caught:
        read_arrays(put(vector, make()), "latents.npz")
    assert "latents.npz" in str(caught.value)


def test_a_file_too_large_to_hold_arrays_is_not_read(vector: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its size on the disk is looked at first."""
    monkeypatch.setattr(arrays, "LARGEST_BYTES", -arrays.LARGEST_DIRECTORY_BYTES)
    with pytest.raises(BundleError, match="which is not read"):
        read_arrays(vector, "latents.npz")
