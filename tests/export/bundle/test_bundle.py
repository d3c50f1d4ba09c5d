"""The contract: what a bundle is, and what a reader refuses."""

from __future__ import annotations

import copy
import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from export.bundle import (
    INFO_FILE,
    BundleError,
    CodeScores,
    Floor,
    Interval,
    SizeRule,
    read_bundle,
    write_bundle,
)
from export.bundle import bundle as contract
from tests import bundles


@pytest.fixture(params=["folder", "packed"])
def either(request: pytest.FixtureRequest, folder: Path, tmp_path: Path) -> Path:
    """A sound bundle in each of its two forms."""
    if request.param == "folder":
        return folder
    return write_bundle(tmp_path / "tiny.convae", read_bundle(folder).info, files_of(folder)).path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a sound bundle."""
    return bundles.vector_bundle(tmp_path / "tiny").folder


def files_of(folder: Path) -> dict[str, bytes]:
    """The content of every file but `bundle.json`."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != INFO_FILE}


def raw_info(folder: Path) -> dict[str, Any]:
    """`bundle.json` as it is."""
    raw: dict[str, Any] = json.loads((folder / INFO_FILE).read_text())
    return raw


def put(folder: Path, raw: object) -> None:
    """Writes something else as `bundle.json`."""
    (folder / INFO_FILE).write_text(json.dumps(raw))


def field_paths(raw: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    """The path of every field of `BundleInfo` that must be there, and of the dataclasses within it."""
    for field in dataclasses.fields(contract.BundleInfo):
        if field.default is not dataclasses.MISSING:
            continue
        yield (field.name,)
        if field.name in ("architecture", "size", "latent", "encoder", "decoder", "parity", "quality"):
            yield from ((field.name, key) for key in raw[field.name])


def test_a_bundle_reads_back_as_written(either: Path, folder: Path) -> None:
    """Every field and every file survives the way to the disk and back, in a folder and in one file."""
    assert contract.is_bundle(either)
    bundle = read_bundle(either)
    size, latent = SizeRule("fixed", 1, 32, 32), bundle.info.latent
    expected = dataclasses.replace(bundles.bundle_info("tiny", size, latent), sha256=bundle.info.sha256)
    assert bundle.info == expected
    bundle.verify()
    assert {name: bundle.read(name) for name in bundle.info.sha256} == files_of(folder)


def test_floors_are_read_back_and_older_bundles_have_none(tmp_path: Path, folder: Path) -> None:
    """Floors survive the way to the disk; where there are none nothing is written, and a wrong one is named."""
    assert "floors" not in raw_info(folder)
    assert read_bundle(folder).info.floors == ()
    floors = (Floor("whole", 8, 21.5), Floor("lapped", 16, 30.25))
    old = read_bundle(folder)
    info = dataclasses.replace(old.info, floors=floors)
    made = write_bundle(tmp_path / "new", info, {name: old.read(name) for name in old.info.sha256})
    assert made.info.floors == floors
    raw = raw_info(tmp_path / "new")
    raw["floors"][0]["code"] = "best"
    put(tmp_path / "new", raw)
    with pytest.raises(BundleError, match="floors"):
        read_bundle(tmp_path / "new")


def test_scores_are_read_back_and_bundles_without_labels_have_none(tmp_path: Path, folder: Path) -> None:
    """Scores of disentanglement survive the way to the disk; where there are none nothing is written, and a code of an
    unknown name is refused."""
    assert "disentanglement" not in raw_info(folder)
    each = Interval(0.5, 0.25, 0.75)
    scores = (CodeScores("raw numbers", 900, 3, *[each] * 8), CodeScores("concepts", 900, 3, *[each] * 8))
    old = read_bundle(folder)
    info = dataclasses.replace(old.info, disentanglement=scores)
    made = write_bundle(tmp_path / "new", info, {name: old.read(name) for name in old.info.sha256})
    assert made.info.disentanglement == scores
    raw = raw_info(tmp_path / "new")
    raw["disentanglement"][1]["code"] = "best"
    put(tmp_path / "new", raw)
    with pytest.raises(BundleError, match="disentanglement"):
        read_bundle(tmp_path / "new")


def test_every_missing_field_is_named(folder: Path) -> None:
    """Whichever field is taken out, the error says which."""
    whole = raw_info(folder)
    paths = list(field_paths(whole))
    assert len(paths) > 30
    for path in paths:
        raw = copy.deepcopy(whole)
        holder = raw
        for key in path[:-1]:
            holder = holder[key]
        del holder[path[-1]]
        put(folder, raw)
        with pytest.raises(BundleError, match=path[-1]):
            read_bundle(folder)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", 3),
        ("opset", "18"),
        ("opset", True),
        ("precision", "fp64"),
        ("concepts", "none"),
        ("concepts", [1]),
        ("samplers", [{"name": "dice", "distance": 1.0}]),
        ("samplers", [{"name": "gaussian", "distance": 1.0}]),
        ("thresholds", [{"false_alarm_rate": 0.05}]),
        ("size", []),
        ("latent", {"kind": "vector", "shape": [4, 4, 4]}),
        ("latent", {"kind": "vector", "shape": [0]}),
        ("size", {"kind": "fixed", "multiple": 1, "height": 0, "width": 32}),
        ("quality", {"psnr_db": 10**400, "ssim": 0.9, "pictures": 1, "data": "none"}),
        ("surprise", 1),
        ("size", {"kind": "fixed", "multiple": 1, "height": 1 << 40, "width": 32}),
        ("latent", {"kind": "vector", "shape": [1 << 40]}),
        ("precision", "x" * 10_000),
    ],
)
def test_mistyped_fields_are_named(folder: Path, field: str, value: object) -> None:
    """A wrong type, an impossible value or an unknown field is refused by name."""
    put(folder, raw_info(folder) | {field: value})
    with pytest.raises(BundleError, match=field):
        read_bundle(folder)


@pytest.mark.parametrize("version", [0, 2, "1", None])
def test_an_unknown_version_is_refused(folder: Path, version: object) -> None:
    """Another format version is not guessed at."""
    put(folder, raw_info(folder) | {"format_version": version})
    with pytest.raises(BundleError, match="format_version"):
        read_bundle(folder)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "3",
        "\udcff",
        "[" * 100_000,
        "[" * 40 + "]" * 40,
        '{"training": NaN}',
        '{"a": "\\ud800"}',
        '"\\u001b"',
    ],
)
def test_what_is_no_json_object_is_refused(folder: Path, text: str) -> None:
    """Text that is no JSON object, or nested without end, is an error that names the file."""
    (folder / INFO_FILE).write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(BundleError, match=r"bundle\.json"):
        read_bundle(folder)


def test_a_huge_info_file_is_refused(folder: Path) -> None:
    """A `bundle.json` beyond the limit is not read."""
    with (folder / INFO_FILE).open("wb") as file:
        file.truncate(contract.LARGEST_INFO_BYTES + 1)
    with pytest.raises(BundleError, match="at most"):
        read_bundle(folder)


def test_no_folder_is_no_bundle(tmp_path: Path) -> None:
    """A place that does not exist, and a folder without `bundle.json`, are refused."""
    for place in (tmp_path / "missing", tmp_path):
        assert not contract.is_bundle(place)
        with pytest.raises(BundleError, match=str(place)):
            read_bundle(place)


@pytest.mark.parametrize("name", contract.REQUIRED_FILES)
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    """Each file must be there when the bundle is opened."""
    (folder / name).unlink()
    with pytest.raises(BundleError, match=f"{name} is missing"):
        read_bundle(folder)


@pytest.mark.parametrize("name", contract.REQUIRED_FILES)
def test_an_altered_file_is_named(folder: Path, name: str) -> None:
    """One more byte is found when the file is read, and by `verify`."""
    (folder / name).write_bytes((folder / name).read_bytes() + b"\0")
    bundle = read_bundle(folder)
    for check in (bundle.verify, lambda: bundle.read(name)):
        with pytest.raises(BundleError, match=f"{name} was altered"):
            check()


@pytest.mark.parametrize("name", ["encoder.onnx", INFO_FILE])
def test_links_are_refused(folder: Path, tmp_path: Path, name: str) -> None:
    """A bundle cannot point at files elsewhere, even where their content is right."""
    elsewhere = tmp_path / "elsewhere"
    (folder / name).rename(elsewhere)
    (folder / name).symlink_to(elsewhere)
    with pytest.raises(BundleError, match=name):
        read_bundle(folder)


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "a/b", "", ".", "..", INFO_FILE, "C:file", "a\\b"])
def test_names_that_are_paths_are_refused(folder: Path, name: str) -> None:
    """Only plain names of files within the folder may be recorded."""
    raw = raw_info(folder)
    raw["sha256"][name] = "0" * 64
    put(folder, raw)
    with pytest.raises(BundleError, match="not a plain file name"):
        read_bundle(folder)


def test_an_unrecorded_file_is_not_read(folder: Path) -> None:
    """A file that lies in the folder without a hash is no part of the bundle."""
    (folder / "extra").write_text("extra")
    with pytest.raises(BundleError, match="no file 'extra' is recorded"):
        read_bundle(folder).read("extra")
