"""A connection to a cluster: what is said where there is none, and that only what was begun here ends here."""

from __future__ import annotations

import builtins
from types import SimpleNamespace
from typing import Any

import pytest

from desktop.engine.cluster.connection import Cluster, bundle_files, connected, import_ray
from desktop.engine.errors import DesktopError
from export.bundle import Bundle, write_bundle
from export.bundle.bundle import INFO_FILE


class FakeRay:
    """What of Ray a connection uses, of which every call is written down."""

    __version__ = "9.9"

    def __init__(self, is_initialized: bool = False, refuses: tuple[str, ...] = ()) -> None:
        self.calls: list[str] = []
        self._is_initialized, self._refuses = is_initialized, refuses

    def is_initialized(self) -> bool:
        """Whether somebody connected already."""
        return self._is_initialized

    def init(self, address: str, **_: Any) -> SimpleNamespace:
        """Connects, or does not."""
        self.calls.append(f"init {address}")
        if address in self._refuses:
            raise ConnectionError(f"nobody at {address}\nand a long story")
        return SimpleNamespace(dashboard_url="127.0.0.1:1" if address == "auto" else "")

    def nodes(self) -> list[dict[str, bool]]:
        """One that is alive and one that is not."""
        return [{"Alive": True}, {"Alive": False}]

    def shutdown(self) -> None:
        """Ends it."""
        self.calls.append("shutdown")


def test_a_connection_is_told_of_and_ended() -> None:
    """Also where the work within it fails."""
    ray, told = FakeRay(), list[str]()
    with pytest.raises(ZeroDivisionError), connected(ray, Cluster(), told.append):
        raise ZeroDivisionError
    assert ray.calls == ["init auto", "shutdown"]
    assert told == ["Ray 9.9, 1 node, dashboard at http://127.0.0.1:1."]


def test_what_was_begun_elsewhere_is_left_as_it_is() -> None:
    """Neither begun a second time nor ended."""
    ray, told = FakeRay(is_initialized=True), list[str]()
    with connected(ray, Cluster(), told.append):
        pass
    assert (ray.calls, told) == ([], [])


def test_without_a_cluster_one_is_begun_here() -> None:
    """Only where none was named."""
    ray = FakeRay(refuses=("auto",))
    with connected(ray, Cluster(), lambda _: None):
        pass
    assert ray.calls == ["init auto", "init local", "shutdown"]


def test_a_cluster_that_does_not_answer_is_one_sentence() -> None:
    """With its address and the first line of Ray's reason; no other one is begun in its place."""
    ray = FakeRay(refuses=("far:6379",))
    with pytest.raises(DesktopError) as raised, connected(ray, Cluster("far:6379"), lambda _: None):
        pass
    assert str(raised.value) == "no Ray cluster answers at far:6379 (nobody at far:6379)."
    assert ray.calls == ["init far:6379"]


def test_without_ray_the_line_that_brings_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """And nothing is sent home by it where it is there."""
    original = builtins.__import__

    def blocked(name: str, *rest: Any, **more: Any) -> Any:
        if name.partition(".")[0] == "ray":
            raise ImportError(name)
        return original(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", blocked)
    monkeypatch.setenv("RAY_USAGE_STATS_ENABLED", "0")
    with pytest.raises(DesktopError, match=r"--ray needs Ray, which is not installed; .*cluster"):
        import_ray()


def test_the_files_that_are_sent_make_the_same_bundle(vector: Bundle, tmp_path: Any) -> None:
    """Every file and the facts of them, to the byte."""
    sent = bundle_files(vector)
    assert set(sent) == {INFO_FILE, *vector.info.sha256}
    del sent[INFO_FILE]
    again = write_bundle(tmp_path / "again", vector.info, sent)
    again.verify()
    assert bundle_files(again) == bundle_files(vector)
