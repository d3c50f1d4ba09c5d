"""The names that the user gives to sliders, kept for each model."""

from __future__ import annotations

from PySide6.QtCore import QSettings

from desktop.engine.latents import GROUPS
from desktop.engine.steering import Knob
from export.bundle import BundleInfo

HASH_DIGITS = 24


class SliderNames:
    """The names of one model's sliders. A model is known by its decoder's SHA-256: an axis means what it decodes to."""

    def __init__(self, settings: QSettings, info: BundleInfo) -> None:
        """The names that were kept."""
        self._settings, self._group = settings, f"slider-names/{info.sha256['decoder.onnx'][:HASH_DIGITS]}"

    def all(self) -> dict[Knob, str]:
        """Every name given."""
        self._settings.beginGroup(self._group)
        names = {knob: str(self._settings.value(key)) for key in self._settings.childKeys() if (knob := _knob(key))}
        self._settings.endGroup()
        return names

    def give(self, knob: Knob, name: str) -> None:
        """Keeps a name; an empty one is forgotten."""
        key = f"{self._group}/{knob.group}-{knob.index}"
        if name:
            self._settings.setValue(key, name)
        else:
            self._settings.remove(key)


def _knob(key: str) -> Knob | None:
    """The slider that a key names; None for a key of something else."""
    group, _, index = key.rpartition("-")
    return next((Knob(name, int(index)) for name in GROUPS if name == group and index.isdecimal()), None)
