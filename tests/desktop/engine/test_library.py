"""Finding models."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.engine import library
from desktop.engine.errors import ModelError
from export.bundle import Bundle
from tests import bundles


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """Empty folders for the models that ship and for the user's; the second does not exist yet."""
    shipped, user = tmp_path / "shipped", tmp_path / "user"
    shipped.mkdir()
    monkeypatch.setattr(library, "shipped_folder", lambda: shipped)
    monkeypatch.setattr(library, "user_folder", lambda: user)
    return shipped, user


def test_shipped_models_come_before_the_users(places: tuple[Path, Path]) -> None:
    """Both places are listed, each by folder name, hidden folders and plain files left out."""
    shipped, user = places
    for folder in (shipped / "b", shipped / "a", user / "c", shipped / ".new"):
        bundles.vector_bundle(folder, name=folder.name)
    (shipped / "notes.txt").touch()
    found = [(entry.name, entry.origin) for entry in library.find_models()]
    assert found == [("a", "shipped"), ("b", "shipped"), ("c", "yours")]


def test_packed_models_are_listed_with_the_others(places: tuple[Path, Path]) -> None:
    """A `.convae` file is a model wherever a folder is one; a broken one is shown with its problem."""
    shipped, user = places
    bundles.vector_bundle(shipped / "b", name="b")
    bundles.vector_bundle(shipped / "a.convae", name="a")
    bundles.vector_bundle(user / "c.convae", name="c")
    (user / "d.convae").write_text("words")
    entries = library.find_models()
    assert [entry.name for entry in entries] == ["a", "b", "c", "d.convae"]
    assert [entry.problem is None for entry in entries] == [True, True, True, False]
    assert library.choose(entries, "c.convae") is entries[2]
    assert library.choose([], str(user / "c.convae")).name == "c"


def test_the_file_in_a_folder_stands_for_it(vector: Bundle, tmp_path: Path) -> None:
    """`bundle.json` is what a file dialog can choose of a folder; other files are no models."""
    file = vector.folder / "bundle.json"
    assert library.is_model(file)
    assert library.open_entry(file).folder == vector.folder
    other = tmp_path / "other.json"
    other.write_text("{}")
    assert not library.is_model(other)


@pytest.mark.parametrize("names", library.FOREIGN_PAIRS)
def test_graphs_of_another_tool_are_told_how_to_be_adopted(tmp_path: Path, names: tuple[str, str]) -> None:
    """A folder with such a pair names the command that makes a bundle of it; with half of one it does not."""
    for name in names:
        assert "export.adopt" not in (library.open_entry(tmp_path).problem or "")
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    problem = library.open_entry(tmp_path).problem
    assert problem is not None
    assert f"python -m export.adopt {tmp_path / names[0]} {tmp_path / names[1]} --pictures" in problem


def test_a_graph_alone_is_told_what_a_model_is(tmp_path: Path, vector: Bundle) -> None:
    """An ONNX file is no model; one whose name says that it is half of a pair finds the other half."""
    alone, first, second = (tmp_path / name for name in ("net.onnx", "taesd_encoder.onnx", "taesd_decoder.onnx"))
    for path in (alone, first, second):
        path.touch()
    assert library.is_foreign(alone)
    assert library.foreign_pair(alone) is None
    assert "a model is a .convae file" in str(library.foreign_problem(alone))
    assert library.foreign_pair(first) == library.foreign_pair(second) == (first, second)
    assert f"export.adopt {first} {second}" in str(library.foreign_problem(second))
    assert not any(library.is_foreign(path) for path in (vector.folder, tmp_path, tmp_path / "missing.onnx"))


def test_no_models_is_an_empty_list(places: tuple[Path, Path]) -> None:
    """Folders that are empty or absent are no error."""
    assert not any(place.exists() and any(place.iterdir()) for place in places)
    assert library.find_models() == []


def test_a_broken_bundle_is_listed_with_its_problem(places: tuple[Path, Path]) -> None:
    """A bundle that lacks a file is shown as broken, not hidden."""
    bundle = bundles.vector_bundle(places[0] / "torn")
    (bundle.folder / "decoder.onnx").unlink()
    (entry,) = library.find_models()
    assert entry.name == "torn"
    assert entry.problem is not None
    assert "decoder.onnx" in entry.problem
    with pytest.raises(ModelError, match=r"decoder\.onnx"):
        entry.require()


def test_a_model_is_chosen_by_name_folder_or_path(tmp_path: Path, vector: Bundle) -> None:
    """The name in the bundle, the folder's name and a path all lead to it."""
    entry = library.open_entry(bundles.vector_bundle(tmp_path / "folder", name="name").folder)
    assert library.choose([entry], "name") is entry
    assert library.choose([entry], "folder") is entry
    assert library.choose([entry], str(vector.folder)).folder == vector.folder


def test_an_unknown_model_names_the_known_ones(vector: Bundle) -> None:
    """The error lists what there is."""
    with pytest.raises(ModelError, match=r"no model nothing.*tiny"):
        library.choose([library.open_entry(vector.folder)], "nothing")


def test_the_same_folder_is_listed_once(vector: Bundle, free: Bundle) -> None:
    """A model that is opened again replaces its earlier line."""
    old, new = library.open_entry(vector.folder), library.open_entry(vector.folder)
    other = library.open_entry(free.folder)
    assert library.join([old, other], [new]) == [new, other]


def test_models_ship_inside_the_package_or_beside_it() -> None:
    """A checkout and an installed wheel both have a folder of that name."""
    assert library.shipped_folder().name == "models"
