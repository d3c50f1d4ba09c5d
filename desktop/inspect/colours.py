"""The colours of the map of the Inspect page, and the legend that says what they mean."""

from __future__ import annotations

from desktop.engine.colour_ramps import MAP
from desktop.engine.embedding import colours
from desktop.engine.embedding.colours import Colouring
from desktop.engine.folder.index import Rows
from desktop.i18n import tr
from desktop.inspect import words
from desktop.inspect.inspection import Inspection
from desktop.inspect.tools.map import ColourKind
from desktop.widgets.legend import Legend

SCALE_STEPS = 7  # colours that stand for a scale


def coloured(inspection: Inspection, rows: Rows, colour_by: tuple[ColourKind, str], legend: Legend) -> Colouring:
    """Colours of pictures by what the user chose; the legend then says what they mean."""
    (kind, name), report, reader = colour_by, inspection.report, inspection.reader()
    if kind == "folder":
        chosen = colours.by_folder(reader.folder, reader.paths(rows))
        kinds = words.legend_kinds(chosen)
        legend.show_kinds([(reader.folder.name if each == "." else each, colour) for each, colour in kinds])
        return chosen
    if kind == "score" and report is not None:
        chosen = colours.by_score(report.scores_of(rows, name))
    else:
        chosen = colours.by_label(inspection.labels.factors[name])
    if chosen.ends is None:
        legend.show_kinds(words.legend_kinds(chosen))
        return chosen
    low, high = (tr("ordinary"), tr("anomalous")) if kind == "score" else (f"{end:g}" for end in chosen.ends)
    legend.show_scale(low, high, MAP.steps(SCALE_STEPS), words.grey_kinds(chosen))
    return chosen
