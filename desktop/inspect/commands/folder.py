"""`index`, `similar`, `duplicates` and `undo`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from desktop.command_line import EXIT_SOME_FAILED, ProgressLine, count, find_model, open_model, say, say_json, warn
from desktop.engine.errors import DesktopError
from desktop.engine.folder import moves
from desktop.engine.folder.index import Index
from desktop.engine.folder.notes import read_notes
from desktop.engine.latent_file import codec
from desktop.engine.similarity import copies, similar
from desktop.engine.similarity.approximate import find_pairs
from desktop.engine.similarity.groups import without_pairs
from desktop.inspect.commands.common import open_index, tell_moves


def add(commands: Any, with_folder: argparse.ArgumentParser) -> None:
    """Adds these commands to the parser."""
    index = commands.add_parser("index", parents=[with_folder], help="encode what is new in a folder")
    index.add_argument(
        "--ray", metavar="auto|ADDRESS", help="encode on a Ray cluster, whose nodes see FOLDER under the same path"
    )
    index.set_defaults(run=_index)
    similar = commands.add_parser("similar", parents=[with_folder], help="find pictures similar to a picture")
    similar.add_argument(
        "picture",
        type=Path,
        metavar="PICTURE",
        help=f"a picture, a latent (.npz), a latent file ({codec.SUFFIX}), or a session that the window saved (.json)",
    )
    similar.add_argument("--count", type=int, default=10, metavar="N", help="how many pictures to find (10)")
    similar.set_defaults(run=_similar)
    duplicates = commands.add_parser("duplicates", parents=[with_folder], help="find groups of near-duplicates")
    duplicates.add_argument(
        "--limit",
        type=float,
        default=0.1,
        metavar="SHARE",
        help="how far apart two latents may be, as a share of the distance between two pictures picked at random (0.1)",
    )
    duplicates.add_argument(
        "--copies",
        action="store_true",
        help="find copies instead of near latents: turned, mirrored, cropped, resized, compressed again or brightened",
    )
    duplicates.set_defaults(run=_duplicates)
    undo = commands.add_parser("undo", help="undo the last move of `anomalies --move-to`")
    undo.set_defaults(run=_undo)


def _index(arguments: argparse.Namespace) -> int:
    index, done = open_index(arguments, open_model(arguments))
    facts = {"added": done.added, "changed": done.changed, "removed": done.removed, "unchanged": done.unchanged}
    if arguments.json:
        say_json({**facts, "broken": dict(done.broken), "index": index.place})
    else:
        said = ", ".join(f"{count:,} {name}" for name, count in facts.items())
        say(f"{said}, {len(done.broken):,} not readable. The index is in {index.place}.")
    return EXIT_SOME_FAILED if done.broken else 0


def _similar(arguments: argparse.Namespace) -> int:
    model = open_model(arguments)
    index, _ = open_index(arguments, model)
    if arguments.count < 1:
        raise DesktopError("--count must be at least 1.")
    crowd = similar.gather_crowd(index)
    code = similar.read_code(arguments.picture, find_model(arguments.model).require(), model, index)
    rows, shares = crowd.nearest(code, arguments.count)
    found = [(float(share), index.path(int(row))) for share, row in zip(shares, rows)]
    if arguments.json:
        say_json([{"distance": share, "path": path} for share, path in found])
    else:
        say("distance, as a share of that of two pictures picked at random")
        for share, path in found:
            say(f"{share:8.3f}  {path.relative_to(index.folder)}")
    return 0


def _duplicates(arguments: argparse.Namespace) -> int:
    if not 0 <= arguments.limit < 1:
        raise DesktopError("--limit must be at least 0 and less than 1.")
    index, _ = open_index(arguments, open_model(arguments))
    if arguments.copies:
        return _copies(arguments, index)
    rows = index.rows()
    bar = ProgressLine("Comparing")
    pairs = find_pairs(index, rows, arguments.limit, bar)
    bar.end()
    names = [path.relative_to(index.folder).as_posix() for path in index.paths(rows)]
    pairs = without_pairs(pairs, read_notes(index.folder).apart, names)
    if pairs.limit < arguments.limit:
        warn(
            f"There are too many duplicates to hold them all: the limit has fallen from {arguments.limit:g} to "
            f"{pairs.limit:.4f}, and those beyond it are not among these."
        )
    if not pairs.is_complete:
        warn("There are too many pictures to compare every pair: each was compared with its nearest ones alone.")
    groups = pairs.groups(pairs.limit)
    paths = index.paths(rows)
    named = [[paths[position] for position in group] for group in groups]
    if arguments.json:
        say_json(named)
    else:
        said = count(len(named), "group", "groups")
        say(f"{said} of near-duplicates among {len(rows):,} pictures.")
        for number, group in enumerate(named, start=1):
            say(f"{number}:")
            for path in group:
                say(f"  {path.relative_to(index.folder)}")
    return 0


def _copies(arguments: argparse.Namespace, index: Index) -> int:
    """Copies in groups, and bursts as pairs, which are no copies."""
    bar = ProgressLine("Comparing")
    found = copies.find_copies(index, read_notes(index.folder).apart, bar)
    bar.end()
    groups = [[index.path(row) for row in group] for group in copies.groups(found)]
    bursts = [[index.path(each.first), index.path(each.second)] for each in found if each.kind == "burst"]
    if arguments.json:
        say_json({"copies": groups, "bursts": bursts})
        return 0
    say(f"{count(len(groups), 'group', 'groups')} of copies among {len(index.rows()):,} pictures.")
    for number, group in enumerate(groups, start=1):
        say(f"{number}:")
        for path in group:
            say(f"  {path.relative_to(index.folder)}")
    if bursts:
        say("Alike, but taken at another moment:")
        for pair in bursts:
            say("  " + "  ".join(str(path.relative_to(index.folder)) for path in pair))
    return 0


def _undo(_arguments: argparse.Namespace) -> int:
    return EXIT_SOME_FAILED if tell_moves(moves.undo(), "moved back") else 0
