"""How well each score finds planted anomalies and real defects: the tables of `desktop/MEASUREMENTS.md`.

    python -m tests.benchmarks.anomalies [--photographs FOLDER] [--model BUNDLE]
    python -m tests.benchmarks.anomalies planted [--model BUNDLE | --models OUT]
    python -m tests.benchmarks.anomalies defects FOLDER [--model BUNDLE | --models OUT] [--side 128] [--kind NAME]

Without a word: `planted`, and then sets that are drawn for it (`stand_ins`), 100 good pictures to fit to and 100 to
measure on, by `models/photos`. `planted`: built-in characters without beards are good; a black bar, a blur or a
moustache is bad. Without `--model` a linear model of 64 numbers is fitted to 400 other good ones; with `--models` a
network of 64 numbers is trained on them, unless it is in OUT already: neither has seen a moustache. `defects`: FOLDER
has sub-folders `good`, `bad` and perhaps `mask`, or folders of kinds that have. The first half of the good pictures of
each, by name, is what its detector and, without `--model`, its model are made from; all figures are on the other half
and the bad ones, which neither has seen. A model that is not yet in OUT is trained on nine overlapping 64-pixel crops
of each of those pictures: a minute and a half on one CPU core for each kind. Pictures are looked at whole, or with
`--side` at that size.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from PIL import Image

from desktop.engine.anomaly import anomalies, samples, tables, truth
from desktop.engine.anomaly.anomalies import Report
from desktop.engine.anomaly.detector import Detector, Origin
from desktop.engine.anomaly.fit import fit_detector
from desktop.engine.anomaly.good import Good
from desktop.engine.anomaly.scores import registry
from desktop.engine.anomaly.truth import Result
from desktop.engine.anomaly.whole import Looker
from desktop.engine.autoencoder import Autoencoder
from desktop.engine.folder.index import Index, Rows
from desktop.engine.folder.update import update
from desktop.engine.picture_writer import save_png
from export.bundle import Bundle, is_bundle, read_bundle
from tests import planted
from tests.benchmarks import stand_ins

RATE = 0.05
SIDE, GOOD, BAD = 64, 100, 50
CROP, STRIDE = 64, 32
CHANNELS, STEPS = 4, 100
BEARDLESS_STEPS = 200
STAND_IN_BAD = 15  # of each kind
PHOTOS = Path(__file__).parents[2] / "models" / "photos"

Table = dict[str, dict[str, Result]]


def main() -> None:
    """Prints tables in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("all", "planted", "defects"), nargs="?", default="all")
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--photographs", type=Path)
    parser.add_argument("--model", type=Path)
    parser.add_argument("--models", type=Path)
    parser.add_argument("--kind")
    parser.add_argument("--side", type=int)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        if arguments.what != "defects":
            model = arguments.model if arguments.models is None else beardless(arguments.models / "beardless")
            show(measure_planted(Path(name), None if arguments.what == "all" else model))
        if arguments.what == "all":
            show(measure_stand_ins(Path(name) / "sets", arguments.model or PHOTOS, arguments.photographs))
        if arguments.what == "defects":
            table: Table = {}
            for kind in [each for each in kinds(arguments.folder) if arguments.kind in (None, each.name)]:
                place = (arguments.models or Path(name) / "models") / kind.name
                bundle = read_bundle(arguments.model) if arguments.model else trained(kind, place)
                table[kind.name] = measure_kind(kind, Autoencoder(bundle, "cpu"), Path(name), arguments.side)
            show(table)


def measure_planted(place: Path, bundle: Path | None) -> Table:
    """Each defect among characters, scored by the good ones in its own set while they are held out."""
    if bundle is None:
        bundle = place / "model"
        planted.linear_model(bundle, planted.good(range(1000, 1400), SIDE), numbers=64)
    model = Autoencoder(read_bundle(bundle), "cpu")
    table: Table = {}
    side = model.info.size.height
    for defect in planted.DEFECTS:
        planted.write_set(place / defect, defect, GOOD, BAD, side)
        with Index(place / defect, model.info, root=place / "data") as index:
            update(index, model)
            wanted = anomalies.choose_scores(model.info, None)
            detector = anomalies.fit_to_folder(index, index.folder / "good", model, wanted, None, RATE, whole=True)
            report = anomalies.inspect(index, detector, model=model)
            table[defect] = anomalies.measure_masks(report, index, model, index.folder / "mask")
    return table


def measure_stand_ins(place: Path, bundle: Path, photographs: Path | None) -> Table:
    """Each set that is drawn for it."""
    model, table = Autoencoder(read_bundle(bundle), "cpu"), dict[str, dict[str, Result]]()
    for name, stand_in in stand_ins.stand_ins(photographs).items():
        stand_ins.write(place / name, name, stand_in, 2 * GOOD, STAND_IN_BAD)
        table[name] = measure_kind(place / name, model, place / "data", None)
    return table


def trained(kind: Path, place: Path) -> Bundle:
    """The model of one kind, trained and exported unless it is there already."""
    if not is_bundle(place):
        crops = place.with_name(f"{kind.name}-crops")
        write_crops(kind, crops)
        train(crops, place, ["--latent", "map", "--latent-size", str(CHANNELS), "--size", str(CROP)], STEPS)
    return read_bundle(place)


def beardless(place: Path) -> Path:
    """A model of 64 numbers trained on 400 characters without beards, unless it is there already; gives its place."""
    if not is_bundle(place):
        pictures = place.with_name(f"{place.name}-pictures")
        pictures.mkdir(parents=True, exist_ok=True)
        for number, picture in enumerate(planted.good(range(1000, 1400), SIDE)):
            save_png(pictures / f"{number:03}.png", picture)
        train(pictures, place, ["--latent", "vector", "--latent-size", "64", "--size", str(SIDE)], BEARDLESS_STEPS)
    return place


def train(pictures: Path, place: Path, options: list[str], steps: int) -> None:
    """Trains a model on a folder and exports it to `place`."""
    run = place.with_name(f"{place.name}-run")
    training = ["trainer.train", "--data", str(pictures), "--out", str(run), "--steps", str(steps), *options]
    for command in (training, ["export.to_onnx", str(run), "--out", str(place)]):
        subprocess.run([sys.executable, "-m", *command], check=True, stdout=subprocess.DEVNULL)


def measure_kind(kind: Path, model: Autoencoder, root: Path, side: int | None) -> dict[str, Result]:
    """One kind: fitted to half of its good pictures, measured on the rest. Prints what was chosen, and the alarms."""
    with Index(kind, model.info, side, root) as index:
        update(index, model)
        good, bad = index.rows(kind / "good"), index.rows(kind / "bad")
        half = len(good) // 2
        detector = fitted(index, good[:half], model, side is None)
        rows: Rows = np.concatenate([good[half:], bad])
        is_bad = np.arange(len(rows)) >= len(good) - half
        verdicts = samples.score_rows(
            detector, index, rows, looker=Looker(model, index.size) if detector.local else None
        )
        report = Report(detector, rows, verdicts, is_bad, truth.measure_pictures(verdicts, is_bad))
        for line in tables.selection_lines(detector):
            print(f"{kind.name}: {line}")
        alarms, found = verdicts.anomalous[~is_bad].mean(), verdicts.anomalous[is_bad].mean()
        print(f"{kind.name}: {alarms:.0%} false alarms, {found:.0%} found", flush=True)
        masks = truth.find_masks(kind)
        return report.results if masks is None else anomalies.measure_masks(report, index, model, masks)


def fitted(index: Index, rows: Rows, model: Autoencoder, whole: bool) -> Detector:
    """A detector of every score fitted to some rows, combined as made-up defects choose where pictures are whole."""
    size, every = index.size, [*registry.offered("map" if len(index.shape) > 1 else "vector").values()]
    origin = Origin(index.about["model"], "", str(index.folder), len(rows), size.height, size.width, RATE)
    wholes = Good(Looker(model, size), index.paths(rows)) if whole else None
    return fit_detector(samples.gather(index, rows, model), origin, every, None, wholes=wholes)


def write_crops(kind: Path, out: Path) -> None:
    """Crops of the good pictures that the detector of a kind is fitted to."""
    out.mkdir(parents=True, exist_ok=True)
    paths = sorted((kind / "good").iterdir())
    for path in paths[: len(paths) // 2]:
        with Image.open(path) as image:
            picture = image.convert("RGB")
        for top in range(0, picture.height - CROP + 1, STRIDE):
            for left in range(0, picture.width - CROP + 1, STRIDE):
                picture.crop((left, top, left + CROP, top + CROP)).save(out / f"{path.stem}_{top}_{left}.png")


def kinds(folder: Path) -> list[Path]:
    """The folder itself, or those in it, that have good and bad pictures."""
    if (folder / "good").is_dir() and (folder / "bad").is_dir():
        return [folder]
    return [path for path in sorted(folder.iterdir()) if (path / "good").is_dir() and (path / "bad").is_dir()]


def show(table: Table) -> None:
    """AUROC of pictures, and of pixels with PRO where there are any, each with its mean; - where one has none."""
    for title in ("auroc", "pixel_auroc", "pro"):
        print(f"\n| {title} | " + " | ".join(table) + " | mean |")
        print("| --- |" + " ---: |" * (len(table) + 1))
        for name in next(iter(table.values()), {}):
            values = [getattr(results[name], title) for results in table.values()]
            known = [value for value in values if value is not None]
            if known:
                mean = float(np.mean(known)) if len(known) == len(values) else None
                print(
                    f"| {name} | "
                    + " | ".join("-" if each is None else f"{each:.3f}" for each in [*values, mean])
                    + " |"
                )


if __name__ == "__main__":
    main()
