"""Everything that the Inspect page asks for, as calls that can run on any thread. No Qt."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from desktop.engine.anomaly import detector_store, samples
from desktop.engine.embedding import methods, paths, plane
from desktop.engine.embedding.methods import Method
from desktop.engine.embedding.plane import Plane
from desktop.engine.embedding.point_cloud import PointCloud
from desktop.engine.errors import InspectionError
from desktop.engine.film import films
from desktop.engine.film.films import Kind
from desktop.engine.folder import update as indexing
from desktop.engine.folder.encoding import read_fitted
from desktop.engine.folder.index import Rows
from desktop.engine.folder.labels import read_labels
from desktop.engine.folder.notes import Notes, read_notes
from desktop.engine.folder.sizes import picture_size
from desktop.engine.gaussian import Floats
from desktop.engine.latent_file import codec, jpeg
from desktop.engine.latent_file.jpeg import Comparison
from desktop.engine.library import ModelEntry
from desktop.engine.machine.providers import Asked
from desktop.engine.pictures import Pixels
from desktop.engine.similarity import copies, groups
from desktop.engine.similarity.approximate import find_pairs
from desktop.engine.similarity.groups import Quality
from desktop.engine.similarity.neighbours import Pairs
from desktop.engine.similarity.similar import Crowd, gather_crowd
from desktop.engine.sliders import own_concepts
from desktop.engine.sliders.latents import read_latent_space
from desktop.engine.sliders.own_concepts import Direction
from desktop.engine.watch import Progress, Stopped
from desktop.inspect.anomaly_inspector import AnomalyInspector
from desktop.inspect.place import Layout, Opened, Place


class Inspector(AnomalyInspector):
    """Answers questions about a folder through a model. Safe to ask from several threads."""

    def __init__(self, asked: Asked = "auto") -> None:
        """`asked` is the execution provider to prefer."""
        super().__init__(asked)
        self._crowd: tuple[Place, Crowd] | None = None

    def close(self) -> None:
        """Lets go of the model that is open; another question opens it again."""
        super().close()
        with self._lock:
            self._crowd = None

    def update(self, place: Place, progress: Progress, stopped: Stopped) -> Opened:
        """Brings the index up to date, and looks for labels and for the detector that was kept for the folder."""
        with place.index() as index:
            with self._lock:
                self._crowd = None
            done = indexing.update(index, self.model(place.entry), progress, stopped)
            detector, notes, problems = None, Notes(), list[Exception]()
            try:
                detector = detector_store.find(index, place.entry.require())
            except InspectionError as error:
                problems.append(error)
            try:
                notes = read_notes(index.folder)
            except InspectionError as error:
                problems.append(error)
            rows = index.rows()
            paths = index.paths(rows)
            names = tuple(path.relative_to(index.folder).as_posix() for path in paths)
            return Opened(done, rows, names, detector, tuple(problems), read_labels(index.folder, paths), notes)

    def similar(self, place: Place, row: int, count: int) -> tuple[Rows, Floats]:
        """The rows nearest to one, itself first, and their distances as shares of the typical one."""
        with place.index() as index:
            code = index.codes(np.array([row]))[0]
        return self._crowd_of(place).nearest(code, count)

    def similar_to(self, place: Place, code: Floats, count: int) -> tuple[Rows, Floats, Pixels]:
        """The rows nearest to a code `[C, h, w]` or `[D]`, their distances likewise, and the picture of the code.

        Raises:
            InspectionError: The code is of another shape than the pictures' codes.
        """
        rows, distances = self._crowd_of(place).nearest(code, count)
        return rows, distances, self.model(place.entry).decode(code[None])[0]

    def _crowd_of(self, place: Place) -> Crowd:
        """The folder's pictures, made ready once for each state of its index."""
        with self._lock:
            if self._crowd is None or self._crowd[0] != place:
                with place.index() as index:
                    self._crowd = place, gather_crowd(index)
            return self._crowd[1]

    def duplicates(self, place: Place, limit: float, progress: Progress, stopped: Stopped) -> tuple[Rows, Pairs]:
        """All pairs up to a limit; positions are those of the rows that come with them.

        Raises:
            InspectionError: There is no picture.
        """
        with place.index() as index:
            rows = index.rows()
            if not len(rows):
                raise InspectionError("{folder} has no picture that can be read.", folder=place.folder)
            return rows, find_pairs(index, rows, limit, progress, stopped)

    def copies(self, place: Place, progress: Progress, stopped: Stopped) -> tuple[Rows, Pairs, int]:
        """All copies and crops, positions being those of the rows that come with them; and how many bursts there are.

        Raises:
            InspectionError: There is no picture.
        """
        with place.index() as index:
            rows = index.rows()
            if not len(rows):
                raise InspectionError("{folder} has no picture that can be read.", folder=place.folder)
            found = copies.find_copies(index, progress=progress, stopped=stopped)
        return rows, copies.as_pairs(found, rows), sum(each.kind == "burst" for each in found)

    def qualities(self, place: Place, rows: Rows, progress: Progress, stopped: Stopped) -> dict[int, Quality]:
        """How good each of some pictures is, by row; where it was stopped, of the first of them."""
        with place.index() as index:
            paths, size = index.paths(rows), index.size
        found = dict[int, Quality]()
        for row, path in zip(rows.tolist(), paths):
            if stopped():
                break
            found[row] = groups.measure(path, size)
            progress(len(found), len(rows))
        return found

    def plane(self, place: Place) -> Layout:
        """The plane of all pictures' codes.

        Raises:
            InspectionError: There is no picture.
        """
        rows, codes = _all_codes(place)
        return _layout(rows, plane.lay_out(codes))

    def embed(self, place: Place, method: Method, progress: Progress, stopped: Stopped) -> Layout:
        """A map of all pictures that keeps neighbours together.

        Raises:
            InspectionError: What it needs is not installed, or there are too few pictures.
            StoppedError: It was stopped.
        """
        rows, codes = _all_codes(place)
        return _layout(rows, methods.embed(codes, method, progress, stopped))

    def film(
        self, place: Place, codes: list[Floats], film: tuple[Path, Kind], progress: Progress, stopped: Stopped
    ) -> Path:
        """Writes the pictures of some codes as a film; gives its place.

        Raises:
            StoppedError: It was stopped, and nothing was written.
            PictureError: The disk refused, or it is too large for its kind.
        """
        with place.index() as index:
            shape = index.shape
        frames = paths.decoded(self.model(place.entry), shape, codes, progress, stopped)
        films.write(*film, frames, len(codes), paths.FRAMES_PER_SECOND)
        return film[0]

    def decode(self, place: Place, code: Floats) -> Pixels:
        """The picture of a code of D numbers, as those of the plane are."""
        with place.index() as index:
            shape = index.shape
        picture: Pixels = self.model(place.entry).decode(code.reshape(1, *shape))[0]
        return picture

    def make_concept(self, place: Place, name: str, more: Rows, less: Rows) -> Direction:
        """A slider made from pictures of the folder, kept with the user's own; with none under `less`, all others are.

        Raises:
            InspectionError: There are too few pictures, or they do not differ.
        """
        bundle = place.entry.require()
        with place.index() as index:
            ordinary = samples.sample_rows(index, index.rows())
            if not len(less):
                less = np.setdiff1d(ordinary, more)
            codes = [index.codes(rows) for rows in (more, less, ordinary)]
        direction = own_concepts.make_direction(name, codes[0], codes[1], read_latent_space(bundle), codes[2])
        own_concepts.keep_direction(bundle.info, direction)
        return direction

    def save_small(self, place: Place, row: int, target: Path, step: float) -> Comparison:
        """Writes a picture's code as a latent file, and measures it beside JPEG."""
        bundle, model = place.entry.require(), self.model(place.entry)
        space, size = read_latent_space(bundle), picture_size(bundle.info)
        with place.index() as index:
            code, original = index.codes(np.array([row]))[0], read_fitted(index.path(row), size)
        small = codec.quantise(code, bundle.info, space, (size.height, size.width), step)
        length = codec.write_small(target, small)
        return jpeg.compare(original, model.decode(codec.restore(small, space)[None])[0], length)

    def open_small(self, entry: ModelEntry, path: Path) -> Floats:
        """The code in a latent file.

        Raises:
            InspectionError: It is broken, or another model's.
        """
        bundle = entry.require()
        return codec.restore(codec.read_small(path, bundle.info), read_latent_space(bundle))


def _layout(rows: Rows, laid: Plane) -> Layout:
    """The points in the order in which they are drawn, which takes its time for a million."""
    return rows, laid, PointCloud(laid.points)


def _all_codes(place: Place) -> tuple[Rows, Floats]:
    """Every row of an index, and its codes as float32 `[N, numbers]`.

    Raises:
        InspectionError: There is no picture.
    """
    with place.index() as index:
        rows = index.rows()
        if not len(rows):
            raise InspectionError("{folder} has no picture that can be read.", folder=place.folder)
        return rows, index.codes(rows).reshape(len(rows), -1)
