"""The colours of the map of the Inspect page, and the legend that says what they mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.engine.embedding import colours
from desktop.engine.embedding.colours import Colouring
from desktop.engine.folder.index import Rows
from desktop.i18n import tr
from desktop.inspect import words

if TYPE_CHECKING:
    from desktop.inspect.page import InspectPage

SCALE_STEPS = 7  # colours that stand for a scale


def coloured(page: InspectPage, rows: Rows) -> Colouring:
    """Colours of pictures by what the user chose; the page's legend then says what they mean."""
    (kind, name), legend = page.map.colour_by, page.map.legend
    report, reader = page.inspection.report, page.inspection.reader()
    if kind == "folder":
        chosen = colours.by_folder(reader.folder, reader.paths(rows))
        kinds = words.legend_kinds(chosen)
        legend.show_kinds([(reader.folder.name if each == "." else each, colour) for each, colour in kinds])
        return chosen
    if kind == "score" and report is not None:
        chosen = colours.by_score(report.scores_of(rows, name))
    else:
        chosen = colours.by_label(page.inspection.labels.factors[name])
    if chosen.ends is None:
        legend.show_kinds(words.legend_kinds(chosen))
        return chosen
    low, high = (tr("ordinary"), tr("odd")) if kind == "score" else (f"{end:g}" for end in chosen.ends)
    legend.show_scale(low, high, colours.scale(SCALE_STEPS), words.grey_kinds(chosen))
    return chosen
