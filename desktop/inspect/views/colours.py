"""The colours of the map of the Inspect page, and the legend that says what they mean."""

from __future__ import annotations

import numpy as np

from desktop.engine.colour_ramps import MAP
from desktop.engine.embedding import colours
from desktop.engine.embedding.colours import Colouring
from desktop.engine.embedding.point_cloud import centre_of
from desktop.engine.embedding.thumbnail_map import Points
from desktop.i18n import tr
from desktop.inspect import words
from desktop.inspect.inspection import Inspection
from desktop.inspect.tools.map import ColourKind
from desktop.widgets.legend import Legend
from desktop.widgets.plane.canvas import Label

SCALE_STEPS = 7  # colours that stand for a scale


def coloured(inspection: Inspection, colour_by: tuple[ColourKind, str], legend: Legend) -> Colouring:
    """Colours of all pictures by what the user chose; the legend then says what they mean."""
    (kind, name), report = colour_by, inspection.report
    assert inspection.rows is not None
    assert inspection.place is not None
    if kind == "folder":
        chosen = colours.by_kind([each.rpartition("/")[0] or inspection.place.folder.name for each in inspection.names])
    elif kind == "score" and report is not None:
        chosen = colours.by_score(report.scores_of(inspection.rows, name))
    else:
        chosen = colours.by_label(inspection.labels.factors[name])
    if chosen.ends is None:
        legend.show_kinds(words.legend_kinds(chosen))
        return chosen
    low, high = (tr("ordinary"), tr("anomalous")) if kind == "score" else (f"{end:g}" for end in chosen.ends)
    legend.show_scale(low, high, MAP.steps(SCALE_STEPS), words.grey_kinds(chosen))
    return chosen


def labels(points: Points, chosen: Colouring) -> list[Label]:
    """The name of each kind where most of its pictures lie; none where there is one kind alone."""
    found = list[Label]()
    for name, colour in chosen.kinds if len(chosen.kinds) > 1 else ():
        members = points[(chosen.colours == np.array(colour, np.uint8)).all(axis=1)]
        if len(members):
            found.append((name, *centre_of(members), colour))
    return found
