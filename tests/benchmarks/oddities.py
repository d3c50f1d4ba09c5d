"""How well each score finds planted oddities and real defects: the tables of `desktop/README.md`.

    python -m tests.benchmarks.oddities planted [--model BUNDLE | --models OUT]
    python -m tests.benchmarks.oddities defects FOLDER --models OUT [--side 128] [--kind NAME]

`planted`: built-in characters without beards are good; a black bar, a blur or a moustache is bad. Without `--model` a
linear model of 64 numbers is fitted to 400 other good ones; with `--models` a network of 64 numbers is trained on them,
unless it is in OUT already: neither has seen a moustache. `defects`: FOLDER has folders of kinds, each with `good`,
`bad` and `mask`. The first half of the good pictures of each kind, by name, is what its model and its judge are made
from; all figures are on the other half and the bad ones, which neither has seen. A model that is not yet in OUT is
trained on nine overlapping 64-pixel crops of each of those pictures: a minute and a half on one CPU core for each kind.

False alarms are counted at a rate of 5 % for three judges: one that takes the good pictures as they come, one that is
told which sheet each is of (`PA_X_S_ND_02_7.png` is of sheet 02), and one that is fitted to every other picture of all
sheets and measured on the rest.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from PIL import Image

from desktop.engine.anomaly import anomalies, samples, truth
from desktop.engine.anomaly.detector import Judge, Origin, Verdicts
from desktop.engine.anomaly.fit import fit_judge
from desktop.engine.anomaly.ranking import Truth
from desktop.engine.anomaly.scores import registry
from desktop.engine.anomaly.truth import Result
from desktop.engine.autoencoder import Autoencoder
from desktop.engine.folder.index import Index, Rows
from desktop.engine.folder.update import update
from desktop.engine.picture_writer import save_png
from export.bundle import Bundle, is_bundle, read_bundle
from tests import planted

RATE = 0.05
SIDE, GOOD, BAD = 64, 100, 50
CROP, STRIDE = 64, 32
CHANNELS, STEPS = 4, 100
BEARDLESS_STEPS = 200

Table = dict[str, dict[str, Result]]


def main() -> None:
    """Prints tables in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("planted", "defects"))
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--model", type=Path)
    parser.add_argument("--models", type=Path)
    parser.add_argument("--kind")
    parser.add_argument("--side", type=int)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        if arguments.what == "planted":
            model = arguments.model if arguments.models is None else beardless(arguments.models / "beardless")
            show(measure_planted(Path(name), model))
        else:
            table: Table = {}
            for kind in [each for each in kinds(arguments.folder) if arguments.kind in (None, each.name)]:
                model = Autoencoder(trained(kind, (arguments.models or Path(name) / "models") / kind.name), "cpu")
                table[kind.name] = measure_kind(kind, model, Path(name), arguments.side)
            show(table)


def measure_planted(place: Path, bundle: Path | None) -> Table:
    """Each oddity among characters, judged by the good ones in its own set while they are held out."""
    if bundle is None:
        bundle = place / "model"
        planted.linear_model(bundle, planted.good(range(1000, 1400), SIDE), numbers=64)
    model = Autoencoder(read_bundle(bundle), "cpu")
    table: Table = {}
    side = model.info.size.height
    for oddity in planted.ODDITIES:
        planted.write_set(place / oddity, oddity, GOOD, BAD, side)
        with Index(place / oddity, model.info, root=place / "data") as index:
            update(index, model)
            wanted = anomalies.choose_scores(model.info, None)
            combined = anomalies.default_combination(wanted)
            judge = anomalies.fit_to_folder(index, index.folder / "good", model, wanted, combined, RATE)
            report = anomalies.inspect(index, judge)
            table[oddity] = anomalies.measure_masks(report, index, model, index.folder / "mask")
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
    """One kind: fitted to the first half of its good pictures, measured on the rest. Prints the alarms."""
    with Index(kind, model.info, side, root) as index:
        update(index, model)
        good, bad = index.rows(kind / "good"), index.rows(kind / "bad")
        half = len(good) // 2
        judge = fitted(index, good[:half], model)
        rows: Rows = np.concatenate([good[half:], bad])
        is_bad = np.arange(len(rows)) >= len(good) - half
        seen = samples.gather(index, rows, model)
        verdicts = judge.judge(seen)
        results = truth.measure_pictures(verdicts, is_bad)
        masks = truth.find_masks(kind)
        if masks is not None:
            empty = [np.zeros((index.size.height, index.size.width), bool)] * (len(good) - half)
            found = truth.read_masks(index.paths(bad), masks, index.size)
            results = truth.measure_pixels(judge, seen, empty + found, results)
        tell_alarms(kind.name, "as they come", verdicts, is_bad)
        tell_alarms(kind.name, "by sheet", fitted(index, good[:half], by_sheet=True).judge(seen), is_bad)
        rows = np.concatenate([good[1::2], bad])
        verdicts = fitted(index, good[::2]).judge(samples.gather(index, rows))
        tell_alarms(kind.name, "of all sheets", verdicts, np.arange(len(rows)) >= len(good[1::2]))
    return results


def fitted(index: Index, rows: Rows, model: Autoencoder | None = None, by_sheet: bool = False) -> Judge:
    """A judge fitted to some rows: of every score with its maps where there is a model, or else of what is combined.

    It is told which sheet the rows are of, or not.
    """
    size, every = index.size, [*registry.offered("map" if len(index.shape) > 1 else "vector").values()]
    combined = anomalies.default_combination(every)
    wanted = every if model is not None else [kind for kind in every if kind.combined]
    origin = Origin(index.about["model"], "", str(index.folder), len(rows), size.height, size.width, RATE)
    seen = samples.gather(index, rows, model)
    sheets = [path.stem.split("_")[-2] for path in index.paths(rows)]
    batches = np.unique(sheets, return_inverse=True)[1] if by_sheet else None
    return fit_judge(seen, origin, wanted, combined, batches)


def tell_alarms(kind: str, judge: str, verdicts: Verdicts, is_bad: Truth) -> None:
    """Prints which share of the good and of the bad pictures is odd."""
    print(f"{kind}, {judge}: {verdicts.odd[~is_bad].mean():.0%} false alarms, {verdicts.odd[is_bad].mean():.0%} found")


def write_crops(kind: Path, out: Path) -> None:
    """Crops of the good pictures that the judge of a kind is fitted to."""
    out.mkdir(parents=True, exist_ok=True)
    paths = sorted((kind / "good").iterdir())
    for path in paths[: len(paths) // 2]:
        with Image.open(path) as image:
            picture = image.convert("RGB")
        for top in range(0, picture.height - CROP + 1, STRIDE):
            for left in range(0, picture.width - CROP + 1, STRIDE):
                picture.crop((left, top, left + CROP, top + CROP)).save(out / f"{path.stem}_{top}_{left}.png")


def kinds(folder: Path) -> list[Path]:
    """The folders that have good and bad pictures."""
    return [path for path in sorted(folder.iterdir()) if (path / "good").is_dir() and (path / "bad").is_dir()]


def show(table: Table) -> None:
    """AUROC of pictures and, where there are any, AUROC and PRO of pixels, each with its mean."""
    for title in ("auroc", "pixel_auroc", "pro"):
        print(f"\n| {title} | " + " | ".join(table) + " | mean |")
        print("| --- |" + " ---: |" * (len(table) + 1))
        for name in next(iter(table.values())):
            values = [getattr(results[name], title) for results in table.values()]
            if None not in values:
                print(f"| {name} | " + " | ".join(f"{value:.3f}" for value in [*values, float(np.mean(values))]) + " |")


if __name__ == "__main__":
    main()
