"""The pictures of an index that are nearest to a code: of one of them, of a file, or of the sliders."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np

from desktop.engine import session_file
from desktop.engine.autoencoder import Autoencoder
from desktop.engine.disk.arrays import read_npz
from desktop.engine.errors import InspectionError
from desktop.engine.folder.encoding import read_fitted
from desktop.engine.folder.index import Index, Rows, model_key
from desktop.engine.gaussian import Floats
from desktop.engine.latent_file import codec
from desktop.engine.similarity import approximate
from desktop.engine.similarity.approximate import ApproximateSearcher
from desktop.engine.similarity.neighbours import Searcher
from desktop.engine.sliders import own_concepts
from desktop.engine.sliders.latents import read_latent_space
from desktop.engine.sliders.steering import Origin, unpack
from export.bundle import Bundle, BundleError, read_bundle

LATENT_SUFFIX, SESSION_SUFFIX = ".npz", ".json"


@dataclasses.dataclass(frozen=True, eq=False)
class Crowd:
    """All pictures of an index, ready to be searched.

    Attributes:
        rows: int64 `[N]`, in the order of the codes.
        searcher: Over their codes; an exact one up to `approximate.LARGEST_EXACT` of them.
        typical: The unit of distances: that of two pictures picked at random.
        shape: Of one code.
    """

    rows: Rows
    searcher: Searcher | ApproximateSearcher
    typical: float
    shape: tuple[int, ...]

    def nearest(self, code: Floats, count: int) -> tuple[Rows, Floats]:
        """The rows nearest to a code `[C, h, w]` or `[D]`, and how far they are, as shares of the typical distance.

        Raises:
            InspectionError: The code is of another shape than the pictures' codes.
        """
        if code.shape != self.shape:
            raise InspectionError(
                "this latent has the shape {list}, and those of the folder {list2}: similar pictures are found by a "
                "latent of a picture of the size at which the folder was indexed.",
                list=list(code.shape),
                list2=list(self.shape),
            )
        distances, positions = self.searcher.nearest(code.reshape(1, -1), min(count, len(self.rows)))
        return self.rows[positions[0]], distances[0] / np.float32(self.typical)


def gather_crowd(index: Index) -> Crowd:
    """Everything in an index. Codes that lie one after the other on the disk stay there.

    Raises:
        InspectionError: There is no picture, or there are so many that faiss is needed, and it is not installed.
    """
    rows = np.sort(index.rows())
    if not len(rows):
        raise InspectionError("{folder} has no picture that can be read.", folder=index.folder)
    if len(rows) > approximate.LARGEST_EXACT:
        near = approximate.searcher_of(index, rows)
        return Crowd(rows, near, near.typical_distance(), index.shape)
    whole = int(rows[-1]) == len(rows) - 1
    codes = index.codes()[: len(rows)] if whole else index.codes(rows)
    searcher = Searcher(codes.reshape(len(rows), -1))
    return Crowd(rows, searcher, searcher.typical_distance(), index.shape)


def read_code(path: Path, bundle: Bundle, model: Autoencoder, index: Index) -> Floats:
    """The code that a file stands for: a picture, a latent that a batch wrote, a latent file, or a saved session.

    Raises:
        InspectionError: It is broken, or of another model.
        PictureError, SessionFileError: It is a picture or a session that cannot be read.
    """
    if path.suffix == codec.SUFFIX:
        return codec.restore(codec.read_small(path, bundle.info), read_latent_space(bundle))
    if path.suffix == LATENT_SUFFIX:
        return _read_latent(path)
    if path.suffix == SESSION_SUFFIX:
        return _read_session(path, bundle, model, index)
    return _encoded(path, model, index)


def _read_latent(path: Path) -> Floats:
    code = read_npz(path).get("latent")
    if code is None or code.dtype.kind != "f" or not np.isfinite(code).all():
        raise InspectionError(
            "{path} holds no latent: there is no array of that name with finite numbers in it.", path=path
        )
    return np.asarray(code, np.float32)


def _read_session(path: Path, bundle: Bundle, model: Autoencoder, index: Index) -> Floats:
    """The code as it was steered; the picture's own where nothing was moved."""
    saved = session_file.read_session(path)
    try:
        same = saved.model is None or model_key(read_bundle(saved.model).info) == model_key(bundle.info)
    except BundleError:
        same = True  # it has gone, and whether its code fits is seen below
    if not same:
        raise InspectionError("{path} was saved with another model than {name}.", path=path, name=bundle.info.name)
    if not saved.arrays:
        if saved.picture is None:
            return read_latent_space(bundle).mean_code
        return _encoded(saved.picture, model, index)
    space = own_concepts.with_own_concepts(read_latent_space(bundle), bundle.info)
    try:
        return unpack(saved.arrays, Origin("kept", path.name), space).code(space)
    except ValueError as error:
        raise InspectionError(
            "{path} does not fit {name} ({error}).", path=path, name=bundle.info.name, error=error
        ) from error


def _encoded(path: Path, model: Autoencoder, index: Index) -> Floats:
    code: Floats = model.encode(read_fitted(path, index.size)[None])[0]
    return code
