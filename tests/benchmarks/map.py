"""Frames per second of the map of the Inspect page: `python -m tests.benchmarks.map [--points N]`.

The widget itself, 1000 x 700 pixels, drawn offscreen: panned at the whole view, zoomed in and out, and panned close by.
A frame is one movement and the painting that follows. Thumbnails are grey squares that are there already.
"""

from __future__ import annotations

import argparse
import os
import time

import numpy as np

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from desktop.engine.embedding.point_cloud import PointCloud
from desktop.widgets.plane.view import PlaneView

WIDTH, HEIGHT = 1000, 700
FRAMES, CLUSTERS, SEED = 120, 60, 0


def points_of(count: int) -> np.ndarray:
    """Clusters of different widths and sizes, float32 `[count, 2]`."""
    random = np.random.default_rng(SEED)
    centres, widths = random.normal(0, 3, (CLUSTERS, 2)), random.uniform(0.05, 0.5, CLUSTERS)
    members = random.integers(CLUSTERS, size=count)
    return (centres[members] + random.normal(0, 1, (count, 2)) * widths[members, None]).astype(np.float32)


def filled_view(count: int) -> PlaneView:
    """A view of so many points."""
    view, thumbnail = PlaneView(), QImage(96, 96, QImage.Format.Format_RGB32)
    thumbnail.fill(0x808080)
    view.resize(WIDTH, HEIGHT)
    cloud = PointCloud(points_of(count))
    colours = np.random.default_rng(SEED).integers(60, 220, (count, 3), np.uint8)
    view.show_points(cloud, colours, lambda _: thumbnail)
    view.show()
    return view


def measure(view: PlaneView, movement: str, frames: int = FRAMES) -> tuple[float, float, float]:
    """Frames per second by the clock and by the processor's time; the 99th percentile of a frame in milliseconds."""
    middle, canvas = QPointF(WIDTH / 2, HEIGHT / 2), QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    view.render(canvas)
    begun, worked, times = time.perf_counter(), time.process_time(), list[float]()
    for number in range(frames):
        start = time.perf_counter()
        if movement == "zoom":
            view.frame.zoom_at(middle, 1.05 if number < frames // 2 else 1 / 1.05)
        else:
            view.frame.move(6 if number % 40 < 20 else -6, 3)
        view.moved()
        view.render(canvas)
        times.append(time.perf_counter() - start)
    clock, processor = time.perf_counter() - begun, time.process_time() - worked
    return frames / clock, frames / processor, float(np.percentile(times, 99)) * 1000


def main() -> None:
    """Prints a line for each movement."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--points", type=int, default=1_000_000)
    count = parser.parse_args().points
    _application = QApplication.instance() or QApplication([])
    start = time.perf_counter()
    view = filled_view(count)
    print(f"{count:,} points, {WIDTH} x {HEIGHT} pixels; made ready in {time.perf_counter() - start:.2f} s")
    for name, zoom in (("pan, all in sight", 1.0), ("zoom", 1.0), ("pan, ten times closer", 10.0)):
        view.fit()
        view.frame.zoom_at(QPointF(WIDTH / 2, HEIGHT / 2), zoom)
        clock, processor, slowest = measure(view, "zoom" if name == "zoom" else "pan")
        print(f"{name:<24}{clock:7.1f} frames a second ({processor:.1f} by processor time), p99 {slowest:.1f} ms")


if __name__ == "__main__":
    main()
