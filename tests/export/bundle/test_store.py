"""Packed bundles: what is read from them, and every kind of hostile zip that is refused."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from export.bundle import INFO_FILE, BundleError, read_bundle, store, write_bundle
from export.bundle import bundle as contract
from tests import bundles


@pytest.fixture
def files(tmp_path: Path) -> dict[str, bytes]:
    """The files of a sound bundle, `bundle.json` among them."""
    folder = bundles.vector_bundle(tmp_path / "tiny").folder
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def write_zip(path: Path, files: dict[str, bytes], compression: int = zipfile.ZIP_STORED) -> Path:
    """A zip as any program would write it."""
    with zipfile.ZipFile(path, "w", compression) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return path


def test_a_zip_made_by_another_program_is_read(files: dict[str, bytes], tmp_path: Path) -> None:
    """Whoever zips a bundle's files without compression has a packed bundle."""
    bundle = read_bundle(write_zip(tmp_path / "tiny.convae", files))
    bundle.verify()
    assert bundle.read("README.md") == files["README.md"]


def test_packing_gives_the_same_bytes(files: dict[str, bytes], tmp_path: Path) -> None:
    """The same bundle packed twice is the same file."""
    for name in ("first.convae", "second.convae"):
        store.write_store(tmp_path / name, files)
    assert (tmp_path / "first.convae").read_bytes() == (tmp_path / "second.convae").read_bytes()


def _outside(path: Path, files: dict[str, bytes]) -> None:
    write_zip(path, files | {"../outside": b"1"})


def _absolute(path: Path, files: dict[str, bytes]) -> None:
    write_zip(path, files | {"/etc/outside": b"1"})


def _backslash(path: Path, files: dict[str, bytes]) -> None:
    write_zip(path, files | {"..\\outside": b"1"})


def _drive(path: Path, files: dict[str, bytes]) -> None:
    write_zip(path, files | {"C:outside": b"1"})


def _cut_name(path: Path, files: dict[str, bytes]) -> None:
    write_zip(path, files | {"README.mdX.exe": b"1"})
    path.write_bytes(path.read_bytes().replace(b"README.mdX.exe", b"README.md\0.exe"))


def _sub_folder(path: Path, files: dict[str, bytes]) -> None:
    write_zip(path, {f"tiny/{name}": content for name, content in files.items()})


def _link(path: Path, files: dict[str, bytes]) -> None:
    write_zip(path, files)
    with zipfile.ZipFile(path, "a") as packed:
        member = zipfile.ZipInfo("link")
        member.create_system, member.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        packed.writestr(member, "/etc/passwd")


def _twice(path: Path, files: dict[str, bytes]) -> None:
    write_zip(path, files | {"README.mD": b"another"})


def _compressed(path: Path, files: dict[str, bytes]) -> None:
    write_zip(path, files | {"bomb": bytes(1 << 20)}, zipfile.ZIP_DEFLATED)


def _encrypted(path: Path, files: dict[str, bytes]) -> None:
    content = bytearray(write_zip(path, files).read_bytes())
    for place in _directory_entries(content):
        content[place + 8] |= 1
    path.write_bytes(content)


def _too_many(path: Path, files: dict[str, bytes]) -> None:
    write_zip(path, files | {f"file{index}": b"" for index in range(store.LARGEST_MEMBERS)})


def _claims(path: Path, files: dict[str, bytes]) -> None:
    """Every member claims a GiB: both sizes, so that it still looks stored."""
    content = bytearray(write_zip(path, files).read_bytes())
    for place in _directory_entries(content):
        content[place + 20 : place + 28] = (1 << 30).to_bytes(4, "little") * 2
    path.write_bytes(content)


def _endless_list(path: Path, files: dict[str, bytes]) -> None:
    content = bytearray(write_zip(path, files).read_bytes())
    content[-10:-6] = (1 << 30).to_bytes(4, "little")
    path.write_bytes(content)


def _commented(path: Path, files: dict[str, bytes]) -> None:
    with zipfile.ZipFile(write_zip(path, files), "a") as packed:
        packed.comment = b"x" * 1000


def _cut_short(path: Path, files: dict[str, bytes]) -> None:
    write_zip(path, files)
    path.write_bytes(path.read_bytes()[:-1])


def _front_cut(path: Path, files: dict[str, bytes]) -> None:
    write_zip(path, files)
    path.write_bytes(path.read_bytes()[2000:])


def _empty(path: Path, _: dict[str, bytes]) -> None:
    path.touch()


def _directory_entries(content: bytes | bytearray) -> Iterator[int]:
    """Where the entries of a zip's list of members begin."""
    place = content.find(b"PK\x01\x02")
    while place >= 0:
        yield place
        place = content.find(b"PK\x01\x02", place + 1)


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_outside, "not a plain file name"),
        (_absolute, "not a plain file name"),
        (_backslash, "not a plain file name"),
        (_drive, "not a plain file name"),
        (_cut_name, "not a plain file name"),
        (_sub_folder, "not a plain file name"),
        (_link, "holds a link, 'link'"),
        (_twice, "holds 'README.mD' twice"),
        (_compressed, "without compression"),
        (_encrypted, "encrypted"),
        (_too_many, "at most 64"),
        (_claims, "claims to hold more"),
        (_endless_list, "at most 64"),
        (_commented, "does not end as"),
        (_cut_short, "does not end as"),
        (_front_cut, "claims to hold more"),
        (_empty, "does not end as"),
    ],
)
def test_hostile_zips_are_refused(
    files: dict[str, bytes], tmp_path: Path, spoil: Callable[[Path, dict[str, bytes]], None], words: str
) -> None:
    """Each is refused when it is opened, in a sentence that names the file and what is wrong with it."""
    path = tmp_path / "hostile.convae"
    spoil(path, files)
    with pytest.raises(BundleError, match=words) as caught:
        read_bundle(path)
    assert str(path) in str(caught.value)


def test_a_packed_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    """Its size is looked at first; this one has a GiB of nothing."""
    path = tmp_path / "large.convae"
    with path.open("wb") as file:
        file.truncate(store.LARGEST_PACKED_BYTES + 1)
    with pytest.raises(BundleError, match="at most"):
        read_bundle(path)


@pytest.mark.parametrize("form", ["tiny", "tiny.convae"])
def test_files_are_not_read_beyond_their_limits(
    files: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    """Neither one file nor all together may be larger than is said; the sum is looked at before any is read."""
    store.write_store(tmp_path / "new" / form, files)
    path = tmp_path / "new" / form
    with monkeypatch.context() as patch:
        patch.setattr(contract, "LARGEST_FILE_BYTES", 10)
        bundle = read_bundle(path)
        with pytest.raises(BundleError, match="at most 10 are read"):
            bundle.verify()
    monkeypatch.setattr(contract, "LARGEST_BUNDLE_BYTES", 1000)
    with pytest.raises(BundleError, match="holds more than"):
        read_bundle(path)


def test_more_files_than_any_bundle_has_are_refused(files: dict[str, bytes], tmp_path: Path) -> None:
    """The list of hashes is limited, too."""
    info = read_bundle(tmp_path / "tiny").info
    more = {f"file{index}": b"" for index in range(contract.LARGEST_FILES)}
    del files[INFO_FILE]
    with pytest.raises(BundleError, match="at most 32"):
        write_bundle(tmp_path / "new", info, files | more)


def test_an_altered_byte_in_a_packed_file_is_named(files: dict[str, bytes], tmp_path: Path) -> None:
    """Where zip's own sum is made to fit, the SHA-256 does not."""
    path = write_zip(tmp_path / "tiny.convae", files | {"README.md": b"another"})
    with pytest.raises(BundleError, match=r"README\.md was altered"):
        read_bundle(path).verify()
    path.write_bytes(write_zip(path, files).read_bytes().replace(b"A model for tests", b"B model for tests"))
    with pytest.raises(BundleError, match="is broken: Bad CRC"):
        read_bundle(path).verify()
