"""A page's files: complete, strict, escaped, and never written over something else."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from export.bundle import Bundle, write_bundle
from export.errors import ExportError
from export.to_web import main
from export.web import page as page_module
from export.web.page import INDEX_FILE, build_page, check_place, write_page
from export.web.runtime import BUILDS, CDN
from tests.bundles import enriched, vector_bundle

HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    """A tiny bundle with a gallery."""
    return enriched(vector_bundle(tmp_path_factory.mktemp("small") / "tiny", side=12))


def described(index: bytes) -> dict[str, Any]:
    """What the page's script reads."""
    found = re.search(rb'<script type="application/json" id="description">(.*?)</script>', index, re.DOTALL)
    assert found is not None
    description: dict[str, Any] = json.loads(found[1])
    return description


def policy(index: bytes) -> dict[str, str]:
    """The Content-Security-Policy by its directives."""
    found = re.search(rb'http-equiv="Content-Security-Policy" content="(.*?)"', index)
    assert found is not None
    parts = found[1].decode().replace("&#x27;", "'").split("; ")
    return {name: rest for name, _, rest in (part.partition(" ") for part in parts)}


def test_every_file_is_there_and_known_by_its_hash(small: Bundle) -> None:
    """A folder has each file that its description names, with the hash that browsers check."""
    page = build_page(small)
    files = described(page.files[INDEX_FILE])["files"]
    own = {name: file for name, file in files.items() if not file["url"].startswith(CDN)}
    assert set(own) == {"worker.js", "arrays.bin", "gallery.webp", "encoder.onnx", "decoder.onnx"}
    for name, file in own.items():
        digest = base64.b64encode(hashlib.sha384(page.files[name]).digest()).decode()
        assert file == {"url": name, "integrity": f"sha384-{digest}"}
    pinned = {file.name: file.integrity for build in BUILDS.values() for file in build}
    assert {name: file["integrity"] for name, file in files.items() if name not in own} == pinned


def test_nothing_is_allowed_but_what_is_named(small: Bundle) -> None:
    """The policy starts from nothing, knows no eval and no inline script, and connects to the page's own place."""
    rules = policy(build_page(small).files[INDEX_FILE])
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == "'self' blob: 'wasm-unsafe-eval'"
    assert rules["connect-src"] == f"'self' {CDN}"
    assert rules["worker-src"] == "blob:"
    assert "unsafe-inline" not in str(rules)


def test_one_file_holds_everything(small: Bundle, runtime: dict[str, bytes]) -> None:
    """With the runtime copied, a single file names no address, and its policy allows its own script by hash alone."""
    page = build_page(small, single=True, runtime=runtime)
    assert list(page.files) == [INDEX_FILE]
    index = page.files[INDEX_FILE]
    rules = policy(index)
    assert rules["connect-src"] == "'none'"
    assert "'self'" not in rules["script-src"]
    assert all(file == {"packed": True} for file in described(index)["files"].values())
    assert b"jsdelivr" not in index


def test_a_copy_has_the_runtime_and_names_no_other_place(small: Bundle, runtime: dict[str, bytes]) -> None:
    """The copied files are npm's to the last bit, and the policy allows the page's own place alone."""
    page = build_page(small, runtime=runtime)
    assert {name: page.files[name] for name in runtime} == runtime
    assert policy(page.files[INDEX_FILE])["connect-src"] == "'self'"


def test_names_stay_text(small: Bundle) -> None:
    """Whatever a model, a concept or a card is called, no element comes of it."""
    concepts = tuple(dataclasses.replace(concept, name=HOSTILE, value=HOSTILE) for concept in small.info.concepts)
    info = dataclasses.replace(small.info, name=f"{HOSTILE}</title>", concepts=concepts)
    files = {name: small.read(name) for name in small.info.sha256}
    files["README.md"] = f"</script><script>alert(1)</script>{HOSTILE}".encode()
    bundle = write_bundle(small.folder.parent / "hostile", info, files)
    index = build_page(bundle).files[INDEX_FILE]
    elements: list[str] = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attributes: elements.append(tag)  # type: ignore[method-assign]
    parser.feed(index.decode())
    assert "img" not in elements
    assert elements.count("script") == 2
    assert described(index)["card"] == files["README.md"].decode()


def test_an_older_page_is_replaced_and_nothing_else(small: Bundle, tmp_path: Path) -> None:
    """A page goes where there is nothing or a page; a folder with anything else in it is refused and left alone."""
    page, place = build_page(small), tmp_path / "page"
    write_page(place, page)
    (place / "app.js").write_text("older")
    write_page(place, page)
    assert (place / "app.js").read_bytes() == page.files["app.js"]
    (place / "notes.txt").write_text("mine")
    for occupied in (place, small.folder):
        before = sorted(occupied.iterdir())
        with pytest.raises(ExportError, match="not a page"):
            write_page(occupied, page)
        assert sorted(occupied.iterdir()) == before
    with pytest.raises(ExportError, match="packed bundle"):
        check_place(tmp_path / "page.convae")


def test_a_file_that_would_be_too_large_is_refused(small: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit of one file is kept, and the message says what to do instead."""
    monkeypatch.setattr(page_module, "LARGEST_SINGLE_BYTES", 10_000)
    with pytest.raises(ExportError, match="leave out --single-file"):
        build_page(small, single=True)


@pytest.mark.parametrize("name", ["decoder.onnx", "latents.npz", "gallery.npz", "bundle.json", "README.md"])
def test_a_corrupt_bundle_gives_one_sentence(
    small: Bundle, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    """Status 2, the file's name, one line, no page."""
    files = {file: small.read(file) for file in small.info.sha256}
    broken = write_bundle(tmp_path / "broken", small.info, files)
    content = bytearray((broken.folder / name).read_bytes())
    content[len(content) // 2] ^= 0xFF
    (broken.folder / name).write_bytes(content)
    assert main([str(broken.folder), "--out", str(tmp_path / "page")]) == 2
    said = capsys.readouterr()
    assert said.err.startswith("error: ")
    assert name in said.err
    assert said.err.count("\n") == 1
    assert said.out == ""
    assert not (tmp_path / "page").exists()


def test_graphs_that_do_not_fit_are_refused(small: Bundle, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A bundle whose hashes are right and whose graphs are changed about ends with status 2 as well."""
    files = {name: small.read(name) for name in small.info.sha256}
    files["encoder.onnx"], files["decoder.onnx"] = files["decoder.onnx"], files["encoder.onnx"]
    swapped = write_bundle(tmp_path / "swapped", small.info, files)
    assert main([str(swapped.folder), "--out", str(tmp_path / "page")]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_the_command_says_what_comes_next(small: Bundle, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The page is written, and the line that shows it is printed."""
    assert main([str(small.folder), "--out", str(tmp_path / "page")]) == 0
    assert "python -m http.server --directory" in capsys.readouterr().out
    assert (tmp_path / "page" / INDEX_FILE).is_file()
