"""How well each score finds planted oddities and real defects: the tables of `desktop/README.md`.

    python -m tests.benchmarks.oddities planted [--model BUNDLE]
    python -m tests.benchmarks.oddities crops FOLDER OUT
    python -m tests.benchmarks.oddities defects FOLDER --model BUNDLE [--side 128]

`planted`: built-in characters without beards are good; a black bar, a blur or a moustache is bad. Without `--model` a
linear model of 64 numbers is fitted to 400 other good ones. `defects`: FOLDER has folders of kinds, each with `good`,
`bad` and `mask`. The first half of the good pictures of each kind, by name, is what the judge is fitted to; all figures
are on the other half and the bad ones. `crops` writes nine overlapping 64-pixel crops of those first halves, to
train a model on: it has seen nothing that it is measured on.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import numpy as np
from PIL import Image

from desktop.engine.autoencoder import Autoencoder
from desktop.engine.inspect import gathering, oddities, truth
from desktop.engine.inspect.index import Index, Rows, model_key
from desktop.engine.inspect.indexing import update
from desktop.engine.inspect.judging import Origin, fit_judge
from desktop.engine.inspect.truth import Result
from desktop.engine.library import open_entry
from export.bundle import read_bundle
from tests import planted

RATE = 0.05
SIDE, GOOD, BAD = 64, 100, 50
CROP, STRIDE = 64, 32

Table = dict[str, dict[str, Result]]


def main() -> None:
    """Prints tables in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("planted", "crops", "defects"))
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("out", type=Path, nargs="?")
    parser.add_argument("--model", type=Path)
    parser.add_argument("--side", type=int)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        if arguments.what == "planted":
            show(measure_planted(Path(name), arguments.model))
        elif arguments.what == "crops":
            write_crops(arguments.folder, arguments.out)
        else:
            model = Autoencoder(open_entry(arguments.model).require(), "cpu")
            show({kind.name: measure_kind(kind, model, Path(name), arguments.side) for kind in kinds(arguments.folder)})


def measure_planted(place: Path, bundle: Path | None) -> Table:
    """Each oddity among characters, judged by the good ones in its own set while they are held out."""
    if bundle is None:
        bundle = place / "model"
        planted.linear_model(bundle, planted.good(range(1000, 1400), SIDE), numbers=64)
    model = Autoencoder(read_bundle(bundle), "cpu")
    table = {}
    for oddity in planted.ODDITIES:
        planted.write_set(place / oddity, oddity, GOOD, BAD, SIDE)
        with Index(place / oddity, model.info, root=place / "data") as index:
            update(index, model)
            wanted = oddities.choose_scores(model.info, None)
            combined = oddities.default_combination(wanted)
            judge = oddities.fit_to_folder(index, index.folder / "good", model, wanted, combined, RATE)
            report = oddities.inspect(index, judge)
            table[oddity] = oddities.measure_masks(report, index, model, index.folder / "mask")
    return table


def measure_kind(kind: Path, model: Autoencoder, root: Path, side: int | None) -> dict[str, Result]:
    """One kind: fitted to the first half of its good pictures, measured on the rest. Prints the alarms."""
    with Index(kind, model.info, side, root) as index:
        update(index, model)
        good, bad = index.rows(kind / "good"), index.rows(kind / "bad")
        fitted, rest = good[: len(good) // 2], good[len(good) // 2 :]
        wanted = oddities.choose_scores(model.info, None)
        combined = oddities.default_combination(wanted)
        size = index.size
        origin = Origin(model_key(model.info), model.info.name, str(kind), len(fitted), size.height, size.width, RATE)
        judge = fit_judge(gathering.gather(index, fitted, model), origin, wanted, combined)
        rows: Rows = np.concatenate([rest, bad])
        is_bad = np.arange(len(rows)) >= len(rest)
        seen = gathering.gather(index, rows, model)
        verdicts = judge.judge(seen)
        results = truth.measure_pictures(verdicts, is_bad)
        masks = truth.find_masks(kind)
        if masks is not None:
            empty = [np.zeros((size.height, size.width), bool)] * len(rest)
            results = truth.measure_pixels(
                judge, seen, empty + truth.read_masks(index.paths(bad), masks, size), results
            )
    alarms, found = verdicts.odd[~is_bad].mean(), verdicts.odd[is_bad].mean()
    print(
        f"{kind.name}: {found:.0%} of the bad ones are odd, and {alarms:.0%} of the good ones, at a rate of {RATE:.0%}"
    )
    return results


def write_crops(folder: Path, out: Path) -> None:
    """Crops of the good pictures that judges are fitted to."""
    for kind in kinds(folder):
        (out / kind.name).mkdir(parents=True, exist_ok=True)
        paths = sorted((kind / "good").iterdir())
        for path in paths[: len(paths) // 2]:
            with Image.open(path) as image:
                picture = image.convert("RGB")
            for top in range(0, picture.height - CROP + 1, STRIDE):
                for left in range(0, picture.width - CROP + 1, STRIDE):
                    crop = picture.crop((left, top, left + CROP, top + CROP))
                    crop.save(out / kind.name / f"{path.stem}_{top}_{left}.png")


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
